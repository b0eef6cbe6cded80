//! Tests of the strict reading: the faults that it finds, and the values that it accepts.

use doorstep_contract::{ConditionState, Stage};
use serde_json::json;

use super::*;

fn found(name: &str, value: &Value) -> Vec<(Kind, String)> {
    Schemas::new().check(name, value).into_iter().map(|finding| (finding.kind, finding.pointer)).collect()
}

fn only(name: &str, value: &Value) -> (Kind, String) {
    let found = found(name, value);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[test]
fn a_vocabulary_has_all_its_words() {
    let schemas = Schemas::new();
    for (name, words) in [("Stage", Stage::VALUES), ("ConditionState", ConditionState::VALUES)] {
        assert_eq!(schemas.0[name]["examples"], json!(words), "{name}");
    }
}

#[test]
fn no_field_is_passed_over_because_its_schema_is_not_understood() {
    let schemas = Schemas::new();
    for (name, schema) in schemas.0.iter().filter(|(name, _)| *name != "Window") {
        let fields = schema["properties"].as_object().into_iter().flatten();
        for (field, schema) in fields.flat_map(|(field, schema)| [(field, schema), (field, &schema["items"])]) {
            let understood = match reference(schema) {
                Some(target) => schemas.0.contains_key(target),
                None => schema.is_null() || !type_of(schema).is_empty(),
            };
            assert!(understood, "{name}.{field}: {schema}");
        }
    }
}

#[test]
fn every_needed_field_is_one_of_the_contract() {
    let schemas = Schemas::new();
    for (name, fields) in REQUIRED_FIELDS {
        for field in *fields {
            assert!(!schemas.0[*name]["properties"][*field].is_null(), "{name}.{field}");
        }
    }
}

#[test]
fn a_date_in_another_notation_is_found_where_it_stands() {
    let window = json!({ "kind": "day", "from": "20/11/2026", "to": "2026-11-20" });
    let findings = Schemas::new().check("Promise", &json!({ "source": "carrier", "confidence": "high", "verdict": "unknown", "guaranteed": false, "revisions": [], "expected": window }));
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].kind, findings[0].pointer.as_str()), (Kind::Time, "/expected/from"));
    assert_eq!(findings[0].what, r#""20/11/2026" is neither a date (YYYY-MM-DD) nor an instant (RFC 3339 with an offset)"#);
}

#[test]
fn an_instant_needs_its_offset_its_seconds_and_its_t() {
    for text in ["2026-11-20T07:30:00", "2026-11-20T07:30Z", "2026-11-20 07:30:00Z", "1605859200", "2026-11-20"] {
        assert_eq!(only("Revision", &json!({ "at": text })), (Kind::Time, "/at".to_owned()), "{text}");
    }
    for text in ["2026-11-20T07:30:00Z", "2026-11-20T07:30:00.123+05:45"] {
        assert_eq!(found("Revision", &json!({ "at": text })), [], "{text}");
    }
}

#[test]
fn the_clock_of_an_event_has_no_offset() {
    let time = |local: &str| json!({ "local": local, "zone": "unknown" });
    assert_eq!(only("EventTime", &time("2026-11-20T07:30:00Z")), (Kind::Time, "/local".to_owned()));
    assert_eq!(found("EventTime", &time("2026-11-20")), []);
    assert_eq!(found("EventTime", &time("2026-11-20T07:30:00")), []);
}

#[test]
fn a_window_is_what_its_kind_says() {
    for (kind, from, to, fits) in [
        ("day", "2026-11-20", "2026-11-20", true),
        ("days", "2026-11-20", "2026-11-22", true),
        ("time", "2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z", true),
        ("day", "2026-11-20", "2026-11-21", false),
        ("days", "2026-11-22", "2026-11-20", false),
        ("days", "2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z", false),
        ("time", "2026-11-20", "2026-11-20", false),
        ("time", "2026-11-20", "2026-11-20T10:00:00Z", false),
    ] {
        let found = found("Window", &json!({ "kind": kind, "from": from, "to": to }));
        let expected = if fits { vec![] } else { vec![(Kind::Window, String::new())] };
        assert_eq!(found, expected, "{kind} {from} {to}");
    }
}

#[test]
fn money_is_whole_and_names_its_currency() {
    for (money, pointer) in [
        (json!({ "minor": 89.99, "currency": "GBP" }), "/minor"),
        (json!({ "minor": "8999", "currency": "GBP" }), "/minor"),
        (json!({ "minor": 8999, "currency": "£" }), "/currency"),
        (json!({ "minor": 8999 }), "/currency"),
        (json!("89.99"), ""),
    ] {
        assert_eq!(only("Money", &money), (Kind::Money, pointer.to_owned()), "{money}");
    }
    assert_eq!(found("Money", &json!({ "minor": -500, "currency": "EUR" })), []);
}

#[test]
fn a_misspelt_word_is_told_from_one_that_is_not_known() {
    let condition = |state: &str| json!({ "state": state });
    assert_eq!(found("Condition", &condition("at_risk")), []);
    assert_eq!(found("Condition", &condition("unknown")), []);
    for misspelt in ["AT_RISK", "at-risk", "atRisk"] {
        assert_eq!(only("Condition", &condition(misspelt)).0, Kind::Word, "{misspelt}");
    }
    assert_eq!(only("Condition", &condition("teleported")).0, Kind::UnknownWord);
}

#[test]
fn what_is_missing_is_told_by_what_depends_on_it() {
    let line = |change: Value| {
        let mut line = json!({ "id": "l1", "title": "Jacket", "quantity": 1 });
        line.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        line
    };
    assert_eq!(found("Line", &line(json!({ "variant": null }))), []);
    assert_eq!(only("Line", &line(json!({ "id": null }))), (Kind::Missing, "/id".to_owned()));
    assert_eq!(only("Line", &line(json!({ "id": "" }))), (Kind::Missing, "/id".to_owned()));
    assert_eq!(only("Line", &line(json!({ "quantity": -1 }))), (Kind::Type, "/quantity".to_owned()));
    assert_eq!(only("Line", &line(json!({ "colour/shade": "red" }))), (Kind::UnknownField, "/colour~1shade".to_owned()));
    assert_eq!(only("Feedback", &json!({ "rating": 5 })), (Kind::Incomplete, "/asked".to_owned()));
}
