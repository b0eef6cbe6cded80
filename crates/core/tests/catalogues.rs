//! Checks that every catalogue has exactly the entries of the core, uses only permitted placeholders, and keeps the style of the
//! product. Checks that an overlay, such as `de-x-informal`, has only what differs from its base.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the project's files has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use doorstep_core::message::{keys, request_keys};
use serde_json::{Map, Value, json};

/// Returns the files of `locales/` as they are written, by language tag.
fn written() -> BTreeMap<String, Map<String, Value>> {
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

/// Returns the tag of the catalogue that an overlay changes: `de` for `de-x-informal`. Returns None for a catalogue that is no overlay.
fn base_of(language: &str) -> Option<&str> {
    language.split_once("-x-").map(|(base, _)| base)
}

/// Returns the catalogues by language tag, each with all its texts: an overlay with those of its base that it does not change.
fn catalogues() -> Vec<(String, Value)> {
    let written = written();
    let whole = |(language, own): (&String, &Map<String, Value>)| {
        let mut texts = base_of(language).map_or_else(Map::new, |base| written.get(base).unwrap().clone());
        texts.extend(own.clone());
        (language.clone(), Value::from(texts))
    };
    written.iter().map(whole).collect()
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

/// Returns the faults of an overlay: entries that its base does not have, that repeat it, or that have other plural forms or
/// placeholders.
fn faults_of_overlay(base: &Map<String, Value>, overlay: &Map<String, Value>) -> Vec<String> {
    let shape = |entry: &Value| -> Vec<(String, BTreeSet<String>)> {
        let names = entry.as_object().map_or_else(|| vec![String::new()], |forms| forms.keys().cloned().collect());
        names
            .into_iter()
            .zip(forms(entry).into_iter().map(|form| placeholders(form).into_iter().map(String::from).collect()))
            .collect()
    };
    let fault = |(key, entry): (&String, &Value)| match base.get(key) {
        None => Some(format!("{key} is not in the base")),
        Some(same) if same == entry => Some(format!("{key} repeats the base")),
        Some(other) if shape(other) != shape(entry) => Some(format!("{key} has other plural forms or placeholders")),
        Some(_) => None,
    };
    overlay.iter().filter_map(fault).collect()
}

#[test]
fn an_overlay_has_only_entries_that_differ_from_its_base() {
    let written = written();
    for (language, overlay) in &written {
        if let Some(base) = base_of(language) {
            assert_eq!(faults_of_overlay(&written[base], overlay), [""; 0], "{language}");
        }
    }
}

#[test]
fn every_fault_of_an_overlay_is_found() {
    let forms = json!({"one": "Ihr Paket", "other": "{count} Pakete"});
    let base = json!({"a": "Ihr {what}", "b": forms}).as_object().unwrap().clone();
    let faults = |overlay: Value| faults_of_overlay(&base, overlay.as_object().unwrap());
    assert_eq!(faults(json!({"a": "Dein {what}", "b": {"one": "Dein Paket", "other": "{count} Pakete"}})), [""; 0]);
    assert_eq!(faults(json!({"c": "Dein Paket"})), ["c is not in the base"]);
    assert_eq!(faults(json!({"a": "Ihr {what}", "b": forms})), ["a repeats the base", "b repeats the base"]);
    for other in [
        json!({"a": "Dein Paket"}),
        json!({"a": "Dein {when}"}),
        json!({"a": {"other": "Dein {what}"}}),
        json!({"a": "Dein {what} {when}"}),
    ] {
        assert_eq!(faults(other), ["a has other plural forms or placeholders"]);
    }
    for other in [json!("{count} Pakete"), json!({"other": "{count} Pakete"}), json!({"one": "{count} Paket", "other": "Pakete"})]
    {
        assert_eq!(faults(json!({"b": other})), ["b has other plural forms or placeholders"]);
    }
}

/// Beginnings of German sentences in which "Sie" is the order or the e-mail address, and not the shopper.
const NOT_THE_SHOPPER: [&str; 2] = ["Sie kommt", "Sie steht"];

/// Returns true if a German text addresses the shopper formally.
fn is_formal(text: &str) -> bool {
    let text = NOT_THE_SHOPPER.iter().fold(text.to_owned(), |text, sentence| text.replace(sentence, ""));
    text.split(|letter: char| !letter.is_alphabetic())
        .any(|word| matches!(word, "Sie" | "Ihnen" | "Ihr" | "Ihre" | "Ihrem" | "Ihren" | "Ihrer" | "Ihres"))
}

#[test]
fn informal_german_has_no_formal_address() {
    let catalogues: BTreeMap<String, Value> = catalogues().into_iter().collect();
    let formal = |language: &str| -> Vec<&str> {
        let is_formal = |key: &&str| forms(&catalogues[language][*key]).into_iter().any(is_formal);
        entries().map(|(key, _)| *key).filter(is_formal).collect()
    };
    assert_eq!(formal("de-x-informal"), [""; 0]);
    assert!(formal("de").len() > 100);
}

#[test]
fn formal_address_is_told_from_a_pronoun() {
    for text in [
        "Wählen Sie",
        "Sie sehen es.",
        "In Ihrer Nähe",
        "Ihr Paket",
        "Ihnen übergeben",
        "Sie kommt. Holen Sie sie",
        "Wartet auf Sie",
    ] {
        assert!(is_formal(text), "{text}");
    }
    for text in ["Sie kommt morgen", "Entferne sie", "mit ihrer Nummer", "Dein Paket", "Sieh noch einmal hin"] {
        assert!(!is_formal(text), "{text}");
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
