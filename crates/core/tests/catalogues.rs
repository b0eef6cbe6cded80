//! Checks that every catalogue has exactly the entries of the core, uses only permitted placeholders, and keeps the style of the
//! product.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the project's files has failed")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use doorstep_core::message::{keys, request_keys};
use serde_json::Value;

fn catalogues() -> Vec<(String, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let json = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    json.map(|path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let catalogue = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        (name, catalogue)
    })
    .collect()
}

/// Returns the entries of both tables, because a catalogue has the entries of the first load and of the second chunk.
fn entries() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
    keys::ALL.iter().chain(request_keys::ALL)
}

/// Returns the texts of an entry, one for each plural form.
fn forms(entry: &Value) -> Vec<&str> {
    match entry.as_object() {
        Some(forms) => forms.values().map(|form| form.as_str().unwrap()).collect(),
        None => vec![entry.as_str().unwrap()],
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|part| part.split_once('}').unwrap().0).collect()
}

#[test]
fn every_catalogue_has_every_entry_and_no_other() {
    let known: BTreeSet<&str> = entries().map(|(name, _)| *name).collect();
    assert_eq!(known.len(), entries().count(), "a key is declared twice");
    for (name, catalogue) in catalogues() {
        let entries: BTreeSet<&str> = catalogue.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(entries, known, "{name}");
    }
}

#[test]
fn a_text_uses_only_the_placeholders_that_its_entry_declares() {
    for (name, catalogue) in catalogues() {
        for (key, declared) in entries() {
            for text in forms(&catalogue[*key]) {
                for used in placeholders(text) {
                    assert!(declared.contains(&used), "{name}: {} uses {{{used}}}", key);
                }
            }
        }
    }
}

#[test]
fn the_general_form_of_a_text_says_all_that_its_entry_has_to_say() {
    for (name, catalogue) in catalogues() {
        for (key, declared) in entries() {
            let entry = &catalogue[*key];
            let general = entry.get("other").unwrap_or(entry).as_str().unwrap();
            let declared: BTreeSet<&str> = declared.iter().copied().collect();
            assert_eq!(placeholders(general), declared, "{name}: {}", key);
        }
    }
}

#[test]
fn the_two_tables_do_not_share_a_number() {
    assert!(keys::ALL.len() <= usize::from(request_keys::FIRST));
    assert_eq!(request_keys::CLOSE.name(), "request.close");
    assert_eq!(keys::DAY_TODAY.name(), "day.today");
}

#[test]
fn the_voice_is_calm() {
    for (name, catalogue) in catalogues() {
        for (key, _) in entries() {
            for text in forms(&catalogue[*key]) {
                assert!(!text.contains('!') && !text.trim().is_empty() && text == text.trim(), "{name}: {} {text:?}", key);
                assert!(!text.contains('<') && !text.contains('&'), "{name}: {} has markup", key);
            }
        }
    }
}

#[test]
fn every_entry_is_used_by_the_core_the_view_or_the_loader() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut code = String::new();
    for folder in ["crates/core/src", "crates/view/src", "src", "embed"] {
        read_code(&root.join(folder), &mut code);
    }
    for (key, _) in entries() {
        let name = key.strip_prefix("request.").unwrap_or(key);
        let constant = format!("keys::{}", name.replace(['.', '-'], "_").to_uppercase());
        let used =
            code.split(&constant).skip(1).any(|rest| !rest.starts_with(|next: char| next == '_' || next.is_ascii_uppercase()));
        assert!(used || code.contains(&format!("'{}'", key)), "{} is not used", key);
    }
}

fn read_code(folder: &std::path::Path, code: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_code(&path, code);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "ts")
            && !path.ends_with("keys.rs")
            && !path.ends_with("request_keys.rs")
        {
            code.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
