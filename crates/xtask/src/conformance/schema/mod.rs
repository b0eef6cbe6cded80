//! Checks a value strictly against the types of the wire. The widget reads leniently; these checks find what its reader ignores.
//!
//! The schemas are the same as in the OpenAPI document, made from the same types. This module adds rules that the schemas do not
//! contain: the fields that the widget requires, the notation of times, and words that are only misspelt.

mod value;
mod window;

use std::collections::BTreeMap;

use doorstep_contract::{Case, LookupAnswer, Order, PickupPoints, Quote, Slots};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Kind of fault. There is one check for each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value of another JSON type.
    Type,
    /// A missing field without which the widget cannot show the part.
    Missing,
    /// A missing field that the widget reads as empty.
    Incomplete,
    /// A date or an instant in a wrong notation.
    Time,
    /// A window whose ends do not fit its kind or each other.
    Window,
    /// An amount of money in a wrong form.
    Money,
    /// A known word that is misspelt.
    Word,
    /// A word that the widget does not know.
    UnknownWord,
    /// A field that the widget does not know.
    UnknownField,
}

/// One fault and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) kind: Kind,
    /// JSON pointer (RFC 6901) to the place.
    pub(super) pointer: String,
    pub(super) what: String,
}

impl Finding {
    /// Returns true if the widget cannot show the value because of the fault.
    pub(super) fn is_grave(&self) -> bool {
        match self.kind {
            Kind::Type | Kind::Missing | Kind::Time | Kind::Window | Kind::Money | Kind::Word => true,
            Kind::Incomplete | Kind::UnknownWord | Kind::UnknownField => false,
        }
    }

    /// Describes the place and the fault.
    pub(super) fn describe(&self) -> String {
        let place = if self.pointer.is_empty() { "the whole" } else { &self.pointer };
        format!("{place}: {}", self.what)
    }
}

/// Required fields of each type. Without them the widget cannot show a value of the type, or shows it wrongly.
const REQUIRED_FIELDS: &[(&str, &[&str])] = &[
    ("Action", &["kind", "state"]),
    ("Case", &["id", "kind", "reference", "state"]),
    ("CaseEntry", &["at", "what"]),
    ("Condition", &["state"]),
    ("Event", &["at", "id"]),
    ("EventTime", &["local"]),
    ("Line", &["id", "quantity", "title"]),
    ("LineQuantity", &["line_id", "quantity"]),
    ("LookupAnswer", &["order_id", "token"]),
    ("Money", &["currency", "minor"]),
    ("Order", &["id", "number", "version"]),
    ("PickupPoint", &["id", "name"]),
    ("PickupPoints", &["points"]),
    ("Quote", &["methods"]),
    ("Refund", &["id", "state"]),
    ("Return", &["id", "state"]),
    ("ReturnMethod", &["id", "kind"]),
    ("Revision", &["at"]),
    ("Shipment", &["id", "stage"]),
    ("Slot", &["id", "window"]),
    ("Slots", &["slots"]),
    ("Support", &["url"]),
    ("Unshipped", &["line_id", "quantity"]),
    ("Window", &["from", "kind", "to"]),
];

/// The types of the wire as JSON schemas, by name.
pub(super) struct Schemas(BTreeMap<String, Value>);

impl Schemas {
    pub(super) fn new() -> Self {
        let mut all = Vec::new();
        add::<Order>(&mut all);
        add::<Case>(&mut all);
        add::<LookupAnswer>(&mut all);
        add::<PickupPoints>(&mut all);
        add::<Quote>(&mut all);
        add::<Slots>(&mut all);
        Self(all.into_iter().filter_map(|(name, schema)| Some((name, serde_json::to_value(schema).ok()?))).collect())
    }

    /// Returns every fault of a value of this type.
    pub(super) fn check(&self, name: &str, value: &Value) -> Vec<Finding> {
        let mut walk = Walk { schemas: self, found: Vec::new() };
        walk.named("", name, value);
        walk.found
    }
}

type Named = (String, utoipa::openapi::RefOr<utoipa::openapi::Schema>);

fn add<T: ToSchema>(all: &mut Vec<Named>) {
    T::schemas(all);
    all.push((T::name().into_owned(), T::schema()));
}

struct Walk<'a> {
    schemas: &'a Schemas,
    found: Vec<Finding>,
}

impl<'a> Walk<'a> {
    fn report(&mut self, kind: Kind, pointer: &str, what: impl Into<String>) {
        self.found.push(Finding { kind, pointer: pointer.to_owned(), what: what.into() });
    }

    /// Reports a fault. A fault within `Money` is always reported as a fault of the amount.
    fn wrong(&mut self, kind: Kind, owner: &str, pointer: &str, what: impl Into<String>) {
        self.report(if owner == "Money" { Kind::Money } else { kind }, pointer, what);
    }

    fn named(&mut self, pointer: &str, name: &str, value: &Value) {
        if name == "Window" {
            return self.window(pointer, value);
        }
        let schemas = self.schemas;
        if let Some(schema) = schemas.0.get(name) {
            self.value(pointer, name, schema, value);
        }
    }

    fn value(&mut self, pointer: &str, owner: &str, schema: &'a Value, value: &Value) {
        if let Some(name) = reference(schema) {
            return self.named(pointer, name, value);
        }
        let wrong = match (type_of(schema), value) {
            ("object", Value::Object(fields)) => return self.object(pointer, owner, schema, fields),
            ("array", Value::Array(entries)) => return self.list(pointer, owner, schema, entries),
            ("string", Value::String(text)) => return self.text(pointer, owner, schema, text),
            ("integer", Value::Number(number)) => value::not_whole(schema, number),
            ("number", Value::Number(_)) | ("boolean", Value::Bool(_)) => None,
            ("object", _) => Some("an object"),
            ("array", _) => Some("a list"),
            ("string", _) => Some("a text"),
            ("integer", _) => Some("a whole number"),
            ("number", _) => Some("a number"),
            ("boolean", _) => Some("true or false"),
            _ => None,
        };
        if let Some(wanted) = wrong {
            self.wrong(Kind::Type, owner, pointer, format!("{} is not {wanted}", value::short(value)));
        }
    }

    fn list(&mut self, pointer: &str, owner: &str, schema: &'a Value, entries: &[Value]) {
        if let Some(items) = schema.get("items") {
            for (index, entry) in entries.iter().enumerate() {
                self.value(&format!("{pointer}/{index}"), owner, items, entry);
            }
        }
    }

    fn object(&mut self, pointer: &str, owner: &str, schema: &'a Value, fields: &Map<String, Value>) {
        let Some(known) = schema.get("properties").and_then(Value::as_object) else { return };
        let listed =
            |name: &str| schema.get("required").and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| one == name));
        for (name, schema) in known {
            let below = format!("{pointer}/{name}");
            match fields.get(name).filter(|value| !value.is_null()) {
                Some(value) if is_needed(owner, name) && value == "" => self.wrong(Kind::Missing, owner, &below, "is empty"),
                Some(value) => self.value(&below, owner, schema, value),
                None if is_needed(owner, name) => self.wrong(Kind::Missing, owner, &below, "is missing"),
                None if listed(name) => self.report(Kind::Incomplete, &below, "is missing"),
                None => {}
            }
        }
        for name in fields.keys().filter(|name| !known.contains_key(*name)) {
            self.report(
                Kind::UnknownField,
                &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")),
                "is not in the contract",
            );
        }
    }

    fn text(&mut self, pointer: &str, owner: &str, schema: &Value, text: &str) {
        match schema.get("format").and_then(Value::as_str) {
            Some(format) => {
                if let Some(what) = value::wrong_time(format, text) {
                    self.report(Kind::Time, pointer, what);
                }
            }
            // A string with examples and no format is a vocabulary, and the examples are its words.
            None => {
                let words: Vec<&str> =
                    schema.get("examples").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
                self.word(pointer, &words, text);
            }
        }
        if owner == "Money" && !(text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase())) {
            self.report(Kind::Money, pointer, format!("{text:?} is not a currency of ISO 4217, such as \"GBP\""));
        }
    }

    fn word(&mut self, pointer: &str, words: &[&str], text: &str) {
        if words.is_empty() || text == "unknown" || words.contains(&text) {
            return;
        }
        match words.iter().find(|word| value::letters(word) == value::letters(text)) {
            Some(word) => self.report(Kind::Word, pointer, format!("{text:?} must be written \"{word}\"")),
            None => self.report(Kind::UnknownWord, pointer, format!("{text:?} is none of: {}", words.join(", "))),
        }
    }
}

fn is_needed(owner: &str, field: &str) -> bool {
    REQUIRED_FIELDS.iter().any(|(name, fields)| *name == owner && fields.contains(&field))
}

/// Returns the name of the component that a schema refers to, alone or beside `null`. If the schema has no reference, returns
/// None.
fn reference(schema: &Value) -> Option<&str> {
    let direct = schema.get("$ref").and_then(Value::as_str);
    let either = || schema.get("oneOf").and_then(Value::as_array)?.iter().find_map(|one| one.get("$ref")?.as_str());
    direct.or_else(either)?.strip_prefix("#/components/schemas/")
}

/// Returns the type that a schema names beside `null`, or an empty text if the schema names no type.
fn type_of(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(one)) => one,
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).find(|one| *one != "null").unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests;
