//! Tests of lenient reading.

use crate::lenient::*;

#[test]
fn a_text_is_cut_at_a_character_boundary() {
    for (letter, bytes) in [("é", MAX_TEXT_BYTES), ("a€", MAX_TEXT_BYTES), ("a", MAX_TEXT_BYTES), ("€", 3_999)] {
        let order = format!(r#"{{"id": "ord_1", "number": "{}"}}"#, letter.repeat(MAX_TEXT_BYTES));
        assert_eq!(read_document::<crate::Order>(&order).map(|order| order.number.len()), Ok(bytes), "{letter}");
    }
}

#[test]
fn what_is_stored_is_read_to_its_last_byte() {
    let text = "é".repeat(MAX_TEXT_BYTES);
    let entry = serde_json::json!({ "at": "2026-11-20T12:00:00Z", "who": "shopper", "what": "message", "text": text });
    let read: crate::CaseEntry = serde_json::from_value(entry).expect("an entry");
    assert_eq!(read.text, Some(text));
}

#[test]
fn a_body_that_is_no_object_is_unreadable() {
    for body in ["", "null", "[]", "17", "{", "<!doctype html>"] {
        assert_eq!(read_document::<crate::Order>(body), Err(Unreadable), "{body}");
    }
}
