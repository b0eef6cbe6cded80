//! Checks the notation of single values: whole numbers, times, words.

use doorstep_contract::{Date, LocalTime, Timestamp};
use serde_json::{Number, Value};

/// Returns a description of the expected number, or None if the number is right.
pub(super) fn not_whole(schema: &Value, number: &Number) -> Option<&'static str> {
    let whole =
        number.as_i64().is_some() || number.as_u64().is_some() || number.as_f64().is_some_and(|number| number.fract() == 0.0);
    let minimum = schema.get("minimum").and_then(Value::as_f64);
    let small = minimum.is_some_and(|minimum| number.as_f64().is_some_and(|number| number < minimum));
    match (whole, small) {
        (false, _) => Some("a whole number"),
        (true, true) => Some("a whole number from 0 on"),
        (true, false) => None,
    }
}

/// Returns the fault of a text that should be a time of this format, or None if the text is right.
pub(super) fn wrong_time(format: &str, text: &str) -> Option<String> {
    let wanted = match format {
        "date" if Date::parse(text).is_none() => "a date (YYYY-MM-DD)",
        "date-time" if !is_instant(text) => "an instant (RFC 3339 with an offset, such as 2026-11-20T07:30:00Z)",
        "local-date-time" if !is_reading(text) => "the reading of a clock without an offset (YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS)",
        _ => return None,
    };
    Some(format!("{text:?} is not {wanted}"))
}

/// Returns true for an instant in strict RFC 3339. The widget's reader accepts more notations than other readers do.
pub(super) fn is_instant(text: &str) -> bool {
    Timestamp::parse(text).is_some() && has_t(text) && text.get(16..17) == Some(":")
}

fn is_reading(text: &str) -> bool {
    LocalTime::parse(text).is_some() && (text.len() == 10 || has_t(text))
}

fn has_t(text: &str) -> bool {
    matches!(text.get(10..11), Some("T" | "t"))
}

/// Returns the letters and digits of a word in lower case, by which two spellings of one word are compared.
pub(super) fn letters(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns a value as JSON for a message, cut to 60 characters.
pub(super) fn short(value: &Value) -> String {
    const MAX_CHARS: usize = 60;
    let text = value.to_string();
    if text.chars().count() <= MAX_CHARS { text } else { text.chars().take(MAX_CHARS).chain(['…']).collect() }
}
