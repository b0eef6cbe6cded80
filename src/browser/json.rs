//! JSON through the browser's own parser: no shopper has to download another one.

use js_sys::{Array, Object};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

use super::object;

/// What a text says, if it is JSON.
pub(crate) fn parse(text: &str) -> Option<Value> {
    js_sys::JSON::parse(text).ok().map(|value| read(&value))
}

/// A value as text, written by the browser's own writer.
pub(crate) fn text(value: &Value) -> JsValue {
    js_sys::JSON::stringify(&written(value)).map(JsValue::from).unwrap_or_default()
}

fn written(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => number.as_f64().into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(entries) => entries.iter().map(written).collect::<Array>().into(),
        Value::Object(fields) => {
            let object = Object::new();
            for (name, value) in fields {
                object::set(&object, name, written(value));
            }
            object.into()
        }
    }
}

/// The parser's values as the core knows them. They came out of JSON, so there are no cycles and no other kinds.
fn read(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    if let Some(number) = value.as_f64() {
        return number_of(number);
    }
    if let Some(array) = value.dyn_ref::<Array>() {
        return Value::Array(array.iter().map(|entry| read(&entry)).collect());
    }
    if let Some(object) = value.dyn_ref::<Object>() {
        let mut fields = Map::new();
        for entry in Object::entries(object).iter() {
            let entry: Array = entry.unchecked_into();
            fields.insert(entry.get(0).as_string().unwrap_or_default(), read(&entry.get(1)));
        }
        return Value::Object(fields);
    }
    value.as_bool().map_or(Value::Null, Value::Bool)
}

/// Whole numbers as such, as a parser of Rust would read them.
fn number_of(number: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "checked on the next line")]
    let whole = number as i64;
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "a number that survives the way there and back is whole")]
    if whole as f64 == number {
        return Value::Number(whole.into());
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}
