//! Checks that the loader, the views, the stylesheet, the manifest, the types and the documentation agree with the table of the
//! public surface.
//!
//! `UPDATE=1 cargo test -p doorstep-core --test public_surface` writes the generated parts: the tables of the documentation, the
//! list of attributes, the TypeScript declarations and the manifest of the element.

use std::collections::BTreeSet;

use serde_json::Value;

mod attribute_list;
mod declarations;
mod documentation;
mod files;
mod leptos;
mod manifest;
mod table;

use attribute_list::attribute_list;
use declarations::declarations;
use documentation::{printed, tokens};
use files::{check_generated, files, text};
use manifest::manifest;
use table::{ATTRIBUTES, ERROR_CODES, EVENTS, HIDABLE, METHODS, Named, PARTS, PROPERTIES, SLOTS, STATES, STATIC_METHODS, TOKENS};

/// Returns the text between the first occurrence of `from` and the next one of `to`.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let found = text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(found, _)| found);
    assert!(found.is_some(), "no {from} … {to}");
    found.unwrap_or_default()
}

/// Returns all texts between two single quotes.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('\'').skip(1).step_by(2).collect()
}

fn names(table: &[Named]) -> BTreeSet<&'static str> {
    table.iter().map(|entry| entry.name).collect()
}

fn attributes() -> BTreeSet<&'static str> {
    ATTRIBUTES.iter().map(|attribute| attribute.name).collect()
}

#[test]
fn the_element_observes_exactly_the_attributes() {
    let element = text("embed/element.ts");
    assert!(element.contains("observedAttributes = ATTRIBUTES;"));
    let list = text("embed/attributes.ts");
    let mirrored = quoted(between(&list, "MIRRORED = [", "]"));
    assert_eq!(&quoted(between(&list, "ATTRIBUTES = [", "]")) | &mirrored, attributes());
    for attribute in ATTRIBUTES.iter() {
        assert_eq!(attribute.is_mirrored, mirrored.contains(attribute.name), "{}", attribute.name);
        let property = attribute.name.split('-').enumerate().map(|(at, word)| match word.split_at(1) {
            (first, rest) if at > 0 => [&first.to_uppercase(), rest].concat(),
            _ => word.to_owned(),
        });
        assert!(
            !attribute.is_mirrored || attribute.property == Some(property.collect::<String>().as_str()),
            "{}",
            attribute.name
        );
    }
    assert!(element.contains("get token()") && element.contains("set token("));
    let held = quoted(between(&element, "const HELD = [", "]"));
    for property in PROPERTIES.iter().filter(|property| !held.contains(property.name)) {
        assert!(element.contains(&["get ", property.name, "()"].concat()), "{}", property.name);
        assert_eq!(element.contains(&["set ", property.name, "("].concat()), !property.is_readonly, "{}", property.name);
    }
    assert!(held.iter().all(|name| PROPERTIES.iter().any(|property| property.name == *name && !property.is_readonly)));
    for method in STATIC_METHODS {
        let name = method.name.split('(').next().unwrap_or_default();
        assert!(element.contains(&["  static ", name, "("].concat()), "{name}");
    }
    for method in METHODS {
        assert!(element.contains(&["  ", method.name, ": void"].concat()), "{}", method.name);
    }
}

#[test]
fn the_script_tag_takes_the_same_names() {
    let tag = text("embed/script-tag.ts");
    assert!(tag.contains("of ATTRIBUTES)") && tag.contains("`data-${name}`"));
    let list = text("embed/attributes.ts");
    let taken = &quoted(between(&list, "MIRRORED = [", "]")) | &quoted(between(&list, "ATTRIBUTES = [", "]"));
    assert!(taken.contains("token") && tag.contains("element.token ="));
    assert_eq!(taken, attributes());
}

#[test]
fn the_types_know_every_attribute_event_and_error_code() {
    let types = text("embed/types.d.ts");
    let declared = between(&types, "interface DoorstepTrackerAttributes {", "\n}");
    let lines = declared.lines().map(str::trim).filter(|line| !line.starts_with("/**") && line.contains(':'));
    let declared: BTreeSet<&str> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim_end_matches('?').trim_matches('\'')).collect();
    assert_eq!(declared, attributes());

    let events: BTreeSet<&str> = EVENTS.iter().map(|event| event.name).collect();
    assert_eq!(quoted(between(&types, "interface DoorstepTrackerEventMap {", "\n}")), events);
    for event in EVENTS {
        let fields = between(&types, &["interface ", event.detail.interface, " {"].concat(), "\n}");
        for field in event.detail.fields {
            let has = |mark| fields.contains(&["  ", field.name, mark].concat());
            assert!(has(":") || has("?:"), "{} has {}", event.name, field.name);
        }
    }
    assert_eq!(quoted(between(&types, "interface DoorstepErrorDetail {", ";")), names(ERROR_CODES));
}

#[test]
fn every_error_code_is_emitted_and_no_other() {
    let glue = text("embed/glue.ts");
    let mut emitted: BTreeSet<String> =
        quoted(between(&glue, "export type Code =", ";")).into_iter().map(str::to_owned).collect();
    for (_, code) in files("crates/core/src/screen", "update.rs") {
        for line in code.lines().filter(|line| line.contains(".error(")) {
            emitted.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    assert_eq!(emitted, names(ERROR_CODES).into_iter().map(str::to_owned).collect());
}

#[test]
fn the_manifest_says_the_same() {
    let manifest: Value = serde_json::from_str(&text("embed/custom-elements.json")).unwrap();
    let class = &manifest["modules"][0]["declarations"][0];
    let string = |value: &Value| value.as_str().map(str::to_owned);

    let listed: Vec<_> = class["attributes"].as_array().unwrap().iter().collect();
    assert_eq!(listed.len(), ATTRIBUTES.len());
    for (listed, attribute) in listed.into_iter().zip(ATTRIBUTES) {
        assert_eq!(string(&listed["name"]).as_deref(), Some(attribute.name));
        assert_eq!(string(&listed["type"]["text"]).as_deref(), Some(attribute.kind), "{}", attribute.name);
        assert_eq!(string(&listed["default"]).as_deref(), attribute.default, "{}", attribute.name);
        assert_eq!(string(&listed["description"]).as_deref(), Some(attribute.about), "{}", attribute.name);
    }
    let pairs = |list: &str| -> Vec<(String, String)> {
        let list = class[list].as_array().unwrap();
        list.iter().map(|entry| (string(&entry["name"]).unwrap(), string(&entry["description"]).unwrap())).collect()
    };
    let table = |table: &[Named]| -> Vec<(String, String)> {
        table.iter().map(|entry| (entry.name.to_owned(), entry.about.to_owned())).collect()
    };
    assert_eq!(pairs("slots"), table(SLOTS));
    assert_eq!(pairs("cssParts"), table(PARTS));
    assert_eq!(pairs("cssProperties"), table(TOKENS));
    let events: Vec<_> = EVENTS.iter().map(|event| (event.name.to_owned(), event.about.to_owned())).collect();
    assert_eq!(pairs("events"), events);
}

#[test]
fn the_views_have_exactly_the_parts() {
    let views = [files("crates/view/src", ".rs"), files("src/self_service_views", ".rs")].concat();
    let used: BTreeSet<&str> = views
        .iter()
        .flat_map(|(_, view)| {
            [
                ".attr(\"part\", \"",
                ".part_if(\"",
                ".part_and_tone(\"",
                ".named(\"",
                "(\"done\", \"",
                "(\"current\", \"",
                "(\"ahead\", \"",
                "Tone::",
            ]
            .map(|mark| (mark, view))
        })
        .flat_map(|(mark, view)| view.split(mark).skip(1).map(move |rest| (mark, rest)))
        // The name of a tone is a part, too. It stands in a match arm such as `Tone::Good => "good"`.
        .filter_map(|(mark, rest)| {
            if mark == "Tone::" { rest.split_once(" => \"").filter(|(word, _)| word.len() < 10) } else { Some(("", rest)) }
        })
        .filter_map(|(_, rest)| rest.split_once('"'))
        .flat_map(|(names, _)| names.split(' '))
        .collect();
    assert_eq!(used, names(PARTS));
    assert!(PARTS.iter().all(|part| part.name.bytes().all(|letter| letter.is_ascii_lowercase())), "a part is one word");
}

#[test]
fn the_views_have_exactly_the_slots() {
    let used: BTreeSet<String> = files("crates/view/src", ".rs")
        .iter()
        .flat_map(|(_, view)| view.split("named_slot(").skip(1).map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|rest| rest.split('"').nth(1).map(str::to_owned))
        .filter(|name| name != "name")
        .map(|name| if name.ends_with('-') { [&name, "{id}"].concat() } else { name })
        .collect();
    let named = SLOTS.iter().map(|slot| slot.name.to_owned()).filter(|name| !name.is_empty());
    assert_eq!(used, named.collect());
}

#[test]
fn the_stylesheet_hides_exactly_the_names() {
    let sheet = text("style/widget.css");
    let hidden = sheet.split('}').filter(|rule| rule.contains("hide~") && rule.contains("{ display: none;"));
    let rules: BTreeSet<(String, String)> = hidden
        .collect::<String>()
        .split(":host([hide~=\"")
        .skip(1)
        .filter_map(|rest| {
            let (name, rest) = rest.split_once("\"]) ")?;
            Some((name.to_owned(), rest.split([',', '{']).next()?.trim().to_owned()))
        })
        .collect();
    assert_eq!(rules, HIDABLE.iter().map(|(entry, selector)| (entry.name.to_owned(), (*selector).to_owned())).collect());
    let loader = text("embed/sections.ts");
    let context = text("crates/view/src/context.rs");
    let sections: Vec<&str> = between(&loader, "SECTIONS = [", "]").split('\'').skip(1).step_by(2).collect();
    let known: Vec<&str> = between(&context, "SECTIONS: [&str; 7] = [", "]").split('"').skip(1).step_by(2).collect();
    assert_eq!(sections, known, "the place in the list is what the loader passes");
    for section in known.iter().filter(|name| !["headline", "parcels"].contains(name)) {
        assert!(HIDABLE.iter().any(|(entry, _)| entry.name == *section), "{section} cannot be hidden");
    }
}

#[test]
fn the_element_sets_exactly_the_states() {
    let code = text("embed/element-state.ts");
    let states = between(&code, "const states = {", "};").lines().filter_map(|line| line.trim().split_once(':'));
    let set: BTreeSet<&str> = states.map(|(name, _)| name).collect();
    assert_eq!(set, names(STATES));
}

#[test]
fn every_token_has_a_default_and_is_used() {
    let sheet = text("style/tokens.css");
    let declared: Vec<String> = tokens(&sheet).into_iter().map(|(name, _)| name).collect();
    assert_eq!(declared, TOKENS.iter().map(|token| token.name).collect::<Vec<_>>());
    let widget = [text("style/widget.css"), text("style/request.css")].concat();
    for token in TOKENS {
        let short = token.name.trim_start_matches("--doorstep-");
        assert!(widget.contains(&["var(--", short, ")"].concat()), "{} is not used", token.name);
    }
}

#[test]
fn the_documentation_prints_the_table() {
    for file in ["README.md", "docs/embedding.md", "docs/theming.md", "docs/customising.md", "docs/texts.md"] {
        check_generated(file, &printed(file, &text(file)));
    }
}

#[test]
fn the_generated_files_of_the_element_print_the_table() {
    check_generated("embed/attributes.ts", &attribute_list());
    check_generated("embed/types.d.ts", &declarations());
    check_generated("embed/custom-elements.json", &manifest());
}
