//! Parses a stored order. An order is written back as a whole, so it is read without loss or not at all. A text that would be cut
//! and a field that this release does not know are errors, because the next write would lose them.

use serde::Serialize;
use serde_json::Value;

use crate::error::Error;
use crate::store::{SCHEMA, StoredOrder};
use doorstep_domain::order::OrderAggregate;

/// Returns the order. Rejects an order of a newer schema, and an order of this schema that would not be written back as it is
/// stored. An order that was stored before schema numbers existed is read without the fields that this release does not know.
pub(crate) fn parse(stored: &StoredOrder) -> Result<OrderAggregate, Error> {
    if stored.schema > SCHEMA {
        let (stored_schema, known) = (stored.schema, SCHEMA);
        return Err(Error::Internal(format!(
            "a stored order has schema {stored_schema}, this release knows {known}: run a newer one"
        )));
    }
    let (document, private): (Value, Value) = (serde_json::from_str(&stored.document)?, serde_json::from_str(&stored.private)?);
    if stored.schema < SCHEMA {
        return Ok(OrderAggregate { order: serde_json::from_value(document)?, private: serde_json::from_value(private)? });
    }
    let aggregate =
        OrderAggregate { order: serde_json::from_value(document.clone())?, private: serde_json::from_value(private.clone())? };
    check_lossless("document", &document, &aggregate.order)?;
    check_lossless("private", &private, &aggregate.private)?;
    Ok(aggregate)
}

/// Rejects a value that would not be written as it is stored. The error is for the logs, so it names the location and not the
/// content.
fn check_lossless(part: &str, stored: &Value, read: &impl Serialize) -> Result<(), Error> {
    let read = serde_json::to_value(read)?;
    match difference(stored, &read) {
        None => Ok(()),
        Some(at) => Err(Error::Internal(format!("a stored order cannot be read without loss: {part}{at}"))),
    }
}

/// Returns the location of the first difference between two values as a JSON pointer, or None if they are equal.
fn difference(stored: &Value, read: &Value) -> Option<String> {
    match (stored, read) {
        (Value::Object(stored), Value::Object(read)) => {
            let names: std::collections::BTreeSet<&String> = stored.keys().chain(read.keys()).collect();
            names.into_iter().find_map(|name| {
                let at = match (stored.get(name), read.get(name)) {
                    (Some(stored), Some(read)) => difference(stored, read)?,
                    (Some(_), None) | (None, Some(_)) | (None, None) => String::new(),
                };
                Some(format!("/{name}{at}"))
            })
        }
        (Value::Array(stored), Value::Array(read)) if stored.len() == read.len() => {
            let mut pairs = stored.iter().zip(read).enumerate();
            pairs.find_map(|(index, (stored, read))| Some(format!("/{index}{}", difference(stored, read)?)))
        }
        (stored, read) if stored == read => None,
        _ => Some(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn stored(schema: i64, document: &Value, private: &Value) -> StoredOrder {
        let (document, private) = (document.to_string(), private.to_string());
        StoredOrder { version: 1, document, private, recompute_at: None, schema, epoch: 0 }
    }

    /// Returns an order as this release writes it.
    fn written(order: Value) -> (Value, Value) {
        let aggregate = parse(&stored(0, &order, &json!({}))).expect("an order");
        (serde_json::to_value(&aggregate.order).expect("a document"), serde_json::to_value(&aggregate.private).expect("a part"))
    }

    fn order(text: &str) -> Value {
        let entry = json!({ "at": "2026-11-20T12:00:00Z", "who": "shopper", "what": "message", "text": text });
        json!({ "id": "ord_1", "number": "1042", "version": 7,
                "cases": [{ "id": "c1", "reference": "DS-1", "kind": "contact", "state": "received", "timeline": [entry] }] })
    }

    #[test]
    fn a_long_message_is_read_and_written_to_its_last_byte() {
        let text = "Wörter ".repeat(2_000);
        for schema in [0, SCHEMA] {
            let (document, private) = written(order(&text));
            let aggregate = parse(&stored(schema, &document, &private)).expect("an order");
            assert_eq!(aggregate.order.cases[0].timeline[0].text.as_deref(), Some(text.as_str()));
            assert_eq!(serde_json::to_value(&aggregate.order).expect("a document"), document);
        }
    }

    #[test]
    fn a_field_that_is_not_known_is_an_error_and_is_not_lost() {
        let (mut document, private) = written(order("hello"));
        document["cases"][0]["timeline"][0]["mood"] = json!("calm");
        let error = parse(&stored(SCHEMA, &document, &private)).expect_err("a error");
        assert!(error.internal_detail().is_some_and(|detail| detail.ends_with("document/cases/0/timeline/0/mood")), "{error:?}");
        // Orders that were stored before schema numbers existed may contain fields of earlier releases.
        assert!(parse(&stored(0, &document, &private)).is_ok());
        let (document, mut private) = written(order("hello"));
        private["cases"] = json!({ "c1": { "request": { "kind": "contact", "mood": "calm" }, "by": "", "since": null } });
        assert!(parse(&stored(SCHEMA, &document, &private)).is_err());
    }

    #[test]
    fn an_order_of_a_newer_schema_is_not_touched() {
        let (document, private) = written(order("hello"));
        let error = parse(&stored(SCHEMA + 1, &document, &private)).expect_err("a error");
        assert!(error.internal_detail().is_some_and(|detail| detail.contains("newer")), "{error:?}");
    }
}
