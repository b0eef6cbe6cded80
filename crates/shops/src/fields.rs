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
