//! Typed access to the JSON fields that providers send: texts, numbers, lists, links and raw codes. Times are read by [`crate::time`],
//! places by [`crate::place`]. Called by the readers of the providers.

use doorstep_contract::{ConditionState, Raw};
use serde_json::Value;

use crate::carrier_text;

/// Maximum length of a carrier's raw text, in characters. A longer text is cut.
const MAX_TEXT: usize = 1_000;

/// Returns the trimmed text of a field, or None if it is missing, empty or no text.
pub(super) fn text<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    json.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// Returns a field that is a text or a number, as text. Returns None if it is missing, empty or neither.
pub(super) fn number_or_text(json: &Value, name: &str) -> Option<String> {
    let number = json.get(name)?.as_number().map(ToString::to_string);
    number.or_else(|| text(json, name).map(str::to_owned))
}

/// Returns at most `most` elements of a list, or an empty slice if the field is no list.
pub(super) fn list<'a>(json: &'a Value, name: &str, most: usize) -> &'a [Value] {
    let all = json.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.get(..most.min(all.len())).unwrap_or_default()
}

/// Returns the raw code and text of a provider, cut to the maximum length. A text that consists of markup only is dropped.
pub(super) fn raw(provider: &str, code: Option<&str>, text: Option<&str>) -> Raw {
    let text = text.filter(|text| carrier_text::plain(text).is_some());
    let cut = |text: &str| text.chars().take(MAX_TEXT).collect::<String>();
    Raw { provider: provider.to_owned(), code: code.map(cut), text: text.map(cut) }
}

/// Returns true if the provider withdraws an estimate: at least one of the fields is present and empty, and the status gives a
/// condition other than OK. A missing field leaves the earlier estimate as it is. If the status gives no condition or OK, an
/// empty field leaves the earlier estimate as it is too.
pub(super) fn is_withdrawn(fields: &[Option<&Value>], condition: Option<&ConditionState>) -> bool {
    let is_empty = |field: &&Value| field.is_null() || field.as_str().is_some_and(|text| text.trim().is_empty());
    condition.is_some_and(|state| *state != ConditionState::Ok) && fields.iter().flatten().any(is_empty)
}

/// Returns a field that is a non-negative integer. Returns None if the field is missing, anything else or too large.
pub(super) fn count(json: &Value, name: &str) -> Option<u32> {
    json.get(name)?.as_u64().and_then(|number| u32::try_from(number).ok())
}

/// Returns a link that begins with `https://`, or None. Other links must not be shown.
pub(super) fn link(json: &Value, name: &str) -> Option<String> {
    text(json, name).filter(|url| is_secure_link(url)).map(str::to_owned)
}

/// Returns true if a link begins with `https://`. Other links must not be shown.
pub(super) fn is_secure_link(url: &str) -> bool {
    url.starts_with("https://")
}
