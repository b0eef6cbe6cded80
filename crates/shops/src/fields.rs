//! Lenient access to the JSON that platforms send: strings where numbers are expected and the reverse, `null`, and missing fields.

use chrono::{DateTime, NaiveDateTime, Utc};
use doorstep_contract::Timestamp;
use doorstep_providers::markup;
use doorstep_providers::time::instant;
use serde_json::Value;

use crate::decimal::Decimal;

/// Maximum number of lines, fulfilments, refunds or parcels that are read. A real order has a few.
pub(crate) const MAX_ENTRIES: usize = 1_000;
/// Maximum length of a text, in characters. A longer text is cut.
const MAX_TEXT: usize = 500;

/// Returns the trimmed text of a field, or None if it is missing, empty or no text. A number counts as text. Control characters
/// are removed.
pub(crate) fn text(json: &Value, name: &str) -> Option<String> {
    json.get(name).and_then(as_text)
}

/// Returns a value that is a text or a number as trimmed text.
pub(crate) fn as_text(value: &Value) -> Option<String> {
    let raw = value.as_number().map(ToString::to_string);
    let raw = raw.or_else(|| value.as_str().map(str::to_owned))?;
    let text: String = raw.chars().filter(|letter| !letter.is_control()).take(MAX_TEXT).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns the text of a field without markup and with decoded entities.
pub(crate) fn plain(json: &Value, name: &str) -> Option<String> {
    let text = markup::text(&text(json, name)?);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Returns an id, which is a number without a fraction or a text of digits. Numbers of 64 bits keep every digit.
pub(crate) fn id(json: &Value, name: &str) -> Option<String> {
    text(json, name).filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()) && id.bytes().any(|byte| byte != b'0'))
}

/// Returns a non-negative quantity, which may be a text or have a fraction. A fraction is rounded up. Returns None if the field is
/// missing, negative or no number.
pub(crate) fn quantity(json: &Value, name: &str) -> Option<u32> {
    Decimal::read(json.get(name)?)?.ceil()
}

/// Returns the elements of a list, at most `MAX_ENTRIES`, or an empty slice if the field is no list.
pub(crate) fn list<'a>(json: &'a Value, name: &str) -> &'a [Value] {
    let all = json.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.get(..MAX_ENTRIES.min(all.len())).unwrap_or_default()
}

/// Returns true if a field is `true`, or a text or number that PHP writes for it.
pub(crate) fn is_true(json: &Value, name: &str) -> bool {
    match json.get(name) {
        Some(Value::Bool(flag)) => *flag,
        Some(value) => as_text(value).is_some_and(|text| ["1", "true", "yes"].contains(&text.as_str())),
        None => false,
    }
}

/// Returns a time with an offset.
pub(crate) fn time(json: &Value, name: &str) -> Option<Timestamp> {
    let text = text(json, name)?;
    Timestamp::parse(&text).filter(|_| instant(&text).is_some()).or_else(|| instant(&text))
}

/// Returns a time that is in UTC and may be written without an offset.
pub(crate) fn utc(json: &Value, name: &str) -> Option<Timestamp> {
    let text = text(json, name)?;
    let bare = || {
        let reading = text.replacen(' ', "T", 1);
        let reading = NaiveDateTime::parse_from_str(&reading, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
        instant(&format!("{}Z", reading.format("%Y-%m-%dT%H:%M:%S")))
    };
    instant(&text).or_else(bare)
}

/// Returns the first time that is present, or `now`.
pub(crate) fn changed_at(times: &[Option<Timestamp>], now: DateTime<Utc>) -> DateTime<Utc> {
    times.iter().flatten().next().map_or(now, |at| at.utc())
}

/// Returns a link if it begins with `https://` and has a host. Other links must not be shown.
pub(crate) fn link(json: &Value, name: &str) -> Option<String> {
    json.get(name).and_then(as_link)
}

/// Returns a value that is a link with `https://` and a host.
pub(crate) fn as_link(value: &Value) -> Option<String> {
    as_text(value).filter(|url| doorstep_contract::invalid::is_web_link(url))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_id_keeps_every_digit_and_is_nothing_but_digits() {
        for (written, read) in [
            (json!(820_982_911_946_154_508_u64), Some("820982911946154508")),
            (json!(u64::MAX), Some("18446744073709551615")),
            (json!("820982911946154508"), Some("820982911946154508")),
            (json!(" 7 "), Some("7")),
            (json!(0), None),
            (json!("00"), None),
            (json!(-1), None),
            (json!(1.5), None),
            (json!(1e30), None),
            (json!("gid://shopify/Order/7"), None),
            (json!(null), None),
            (json!([7]), None),
        ] {
            assert_eq!(id(&json!({ "id": written }), "id").as_deref(), read, "{written}");
        }
    }

    #[test]
    fn a_text_is_trimmed_cut_and_free_of_control_characters() {
        assert_eq!(text(&json!({"a": " x\u{7}\ny "}), "a").as_deref(), Some("xy"));
        assert_eq!(text(&json!({"a": "x".repeat(9_000)}), "a").map(|text| text.len()), Some(MAX_TEXT));
        assert_eq!(plain(&json!({"a": "Tea &amp;  <b>milk</b><script>alert(1)</script>"}), "a").as_deref(), Some("Tea & milk"));
        for nothing in [json!(null), json!(""), json!("  "), json!({}), json!([]), json!(true)] {
            assert_eq!(text(&json!({ "a": nothing }), "a"), None, "{nothing}");
        }
    }

    #[test]
    fn a_time_without_an_offset_counts_only_where_it_is_in_utc() {
        let at = |text: &str| json!({ "at": text });
        for (written, zoned, in_utc) in [
            ("2026-11-12T10:30:00+01:00", Some("2026-11-12T10:30:00+01:00"), Some("2026-11-12T09:30:00Z")),
            ("2026-11-12T09:30:00Z", Some("2026-11-12T09:30:00Z"), Some("2026-11-12T09:30:00Z")),
            ("2026-11-12T09:30:00", None, Some("2026-11-12T09:30:00Z")),
            ("2026-11-12 09:30:00", None, Some("2026-11-12T09:30:00Z")),
            ("0000-00-00 00:00:00", None, None),
            ("0001-01-01T00:00:00Z", None, None),
            ("yesterday", None, None),
        ] {
            let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
            assert_eq!(text(time(&at(written), "at")).as_deref(), zoned, "{written}");
            assert_eq!(text(utc(&at(written), "at")).as_deref(), in_utc, "{written}");
        }
    }
}
