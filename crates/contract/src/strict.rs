//! Reads documents of the contract strictly if they are part of a request body. The lenient reader drops unknown or invalid
//! parts. For a page this is right, but in a request it would hide a mistake of the sender.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::MAX_TEXT_BYTES;

/// Start of the error message for a value that the lenient reader would drop. The JSON pointer of the value follows, relative to
/// the field that was read.
pub const DROPPED_FIELD_PREFIX: &str = "not read: ";

/// Reads an optional part. Returns None for null. Refuses everything that the lenient reader would drop, cut or convert.
pub fn optional<'de, D: Deserializer<'de>, T: DeserializeOwned + Serialize>(source: D) -> Result<Option<T>, D::Error> {
    let given = Value::deserialize(source)?;
    if given.is_null() { Ok(None) } else { read(given).map(Some) }
}

/// Reads a required part, as strictly as [`optional`].
pub fn required<'de, D: Deserializer<'de>, T: DeserializeOwned + Serialize>(source: D) -> Result<T, D::Error> {
    read(Value::deserialize(source)?)
}

fn read<T: DeserializeOwned + Serialize, E: serde::de::Error>(given: Value) -> Result<T, E> {
    let read: T = serde_path_to_error::deserialize(given.clone()).map_err(|error| {
        let message = error.inner().to_string();
        // A message about a value of a wrong type or size does not name its field, so the pointer is added. Other messages name
        // their field.
        let lacks_field = message.starts_with("invalid");
        E::custom(if lacks_field { format!("{DROPPED_FIELD_PREFIX}{}", pointer(error.path())) } else { message })
    })?;
    let written = serde_json::to_value(&read).map_err(E::custom)?;
    match first_dropped(&given, &written) {
        None => Ok(read),
        Some(pointer) => Err(E::custom(format!("{DROPPED_FIELD_PREFIX}{pointer}"))),
    }
}

/// Converts a path to a JSON pointer.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let steps = path.iter().filter_map(|step| match step {
        Segment::Seq { index } => Some(format!("/{index}")),
        Segment::Map { key } => Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    steps.collect()
}

/// Compares a given value with the value that is written after reading it. Returns the JSON pointer of the first given value that
/// is missing from `written`, has another type, number or list length there, or is a text of more than `MAX_TEXT_BYTES`. If no
/// value is, returns the pointer of the missing end of a window. If no end is missing, returns None.
fn first_dropped(given: &Value, written: &Value) -> Option<String> {
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => {
            // A window needs both ends here. The lenient reader replaces a missing end by the other end.
            let ends = ["from", "to"];
            let is_window = ends.iter().all(|end| written.contains_key(*end));
            let is_open = ends.iter().find(|end| is_window && !given.contains_key(**end));
            // Null is accepted for an optional field. Null is refused for a text or a list, because these are written even if
            // they are empty.
            let is_nothing = |name: &String, value: &Value| value.is_null() && written.get(name).is_none_or(Value::is_null);
            let unread = given.iter().filter(|(name, value)| !is_nothing(name, value)).find_map(|(name, value)| {
                let inside = written.get(name).map_or(Some(String::new()), |written| first_dropped(value, written))?;
                Some(format!("/{}{inside}", name.replace('~', "~0").replace('/', "~1")))
            });
            unread.or_else(|| is_open.map(|end| format!("/{end}")))
        }
        (Value::Array(given), Value::Array(written)) if given.len() == written.len() => {
            let mut pairs = given.iter().zip(written).enumerate();
            pairs.find_map(|(index, (given, written))| Some(format!("/{index}{}", first_dropped(given, written)?)))
        }
        (Value::String(given), Value::String(_)) => (given.len() > MAX_TEXT_BYTES).then(String::new),
        (Value::Number(given), Value::Number(written)) => (given.as_f64() != written.as_f64()).then(String::new),
        (Value::Bool(given), Value::Bool(written)) if given == written => None,
        _ => Some(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Delivered, Pickup, Window};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_slip_inside_a_document_of_the_wire_is_refused_where_it_is() {
        let pickup = |change: Value| {
            let mut pickup =
                json!({"name": "Corner shop", "lines": ["1 High Street"], "hours": ["Mon 8–20"], "collect_by": "2026-11-27"});
            for (name, value) in change.as_object().expect("an object") {
                pickup[name] = value.clone();
            }
            optional::<_, Pickup>(pickup).map_err(|error| error.to_string())
        };
        assert!(pickup(json!({})).is_ok() && pickup(json!({"code": null})).is_ok());
        for (change, at) in [
            (json!({"nmae": "x"}), "/nmae"),
            (json!({"code": 5}), "/code"),
            (json!({"collect_by": "tomorrow"}), "/collect_by"),
            (json!({"hours": ["Mon 8–20", 9]}), "/hours/1"),
            (json!({"lines": "1 High Street"}), "/lines"),
            (json!({"lines": null}), "/lines"),
            (json!({"name": null}), "/name"),
            (json!({"name": "x".repeat(5_000)}), "/name"),
        ] {
            assert_eq!(pickup(change.clone()), Err(format!("{DROPPED_FIELD_PREFIX}{at}")), "{change}");
        }
    }

    #[test]
    fn only_a_window_needs_its_ends() {
        let delivered = |given: Value| optional::<_, Delivered>(given).map_err(|error| error.to_string());
        assert!(delivered(json!({})).is_ok() && delivered(json!({"signed_by": "A. Lovelace"})).is_ok());
        assert_eq!(delivered(json!({"to": null})), Err(format!("{DROPPED_FIELD_PREFIX}/to")));
    }

    #[test]
    fn a_window_has_two_ends_of_one_kind() {
        let window = |from: Value, to: Value| required::<_, Window>(json!({"from": from, "to": to})).is_ok();
        assert!(window(json!("2026-11-27"), json!("2026-11-28")));
        assert!(window(json!("2026-11-27T08:00:00Z"), json!("2026-11-27T12:00:00+01:00")));
        assert!(!window(json!("2026-11-27"), json!("2026-11-27T12:00:00Z")) && !window(json!(1), json!(2)));
        assert!(required::<_, Window>(json!({"from": "2026-11-27"})).is_err());
    }
}
