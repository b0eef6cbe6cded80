//! Compares the component of Leptos with the table. Its words are a copy, so that apps do not compile the contract.

use std::collections::BTreeSet;

use doorstep_contract::ActionKind;

use crate::files::text;
use crate::table::{ATTRIBUTES, ERROR_CODES, EVENTS, FieldKind};

/// Returns the words of an enum in `crates/leptos/src/words.rs`.
fn words<'a>(file: &'a str, name: &str) -> BTreeSet<&'a str> {
    let declared = file.split_once(&["    ", name, " {\n"].concat()).and_then(|(_, rest)| rest.split_once("\n    }"));
    let lines = declared.map_or("", |(declared, _)| declared).lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.filter_map(|line| line.split('"').nth(1)).collect()
}

#[test]
fn the_component_of_leptos_has_every_attribute_and_event() {
    let component = text("crates/leptos/src/tracker.rs");
    for attribute in ATTRIBUTES {
        let methods: &[&str] = if attribute.name == "token" { &[".prop(\""] } else { &[".attr(\"", " attribute(\""] };
        let has = |method: &&str| component.contains(&[*method, attribute.name, "\""].concat());
        assert!(methods.iter().any(has), "{}", attribute.name);
    }
    let details = text("crates/leptos/src/event.rs");
    for event in EVENTS {
        assert!(component.contains(&["event(\"", event.name, "\")"].concat()), "{}", event.name);
        for field in event.detail.fields {
            assert!(details.contains(&["(\"", field.name, "\")"].concat()), "{} has {}", event.name, field.name);
        }
    }
}

#[test]
fn the_component_of_leptos_knows_the_words_of_the_events() {
    let file = text("crates/leptos/src/words.rs");
    assert_eq!(words(&file, "ActionKind"), ActionKind::VALUES.iter().copied().collect());
    assert_eq!(words(&file, "ErrorCode"), ERROR_CODES.iter().map(|code| code.name).collect());
    for (field, name) in [("tone", "Tone"), ("phase", "Phase")] {
        let kinds = EVENTS.iter().flat_map(|event| event.detail.fields).filter(|found| found.name == field);
        for kind in kinds.map(|found| found.kind) {
            let FieldKind::Type(kind) = kind else { continue };
            assert_eq!(words(&file, name), kind.split('\'').skip(1).step_by(2).collect());
        }
    }
}
