//! Reads and writes JSON with the browser's parser, so that no shopper has to download another one.

use doorstep_contract::{Map, Value, cut};
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::object;

/// Parses a text. If the text is not JSON, returns None.
pub(crate) fn parse(text: &str) -> Option<Value> {
    js_sys::JSON::parse(text).ok().map(|value| read(&value))
}

/// Returns a value as JSON text, written by the browser's `JSON.stringify`. The arrays and objects passed to it have no
/// prototype, so that a `toJSON` that old libraries add to all arrays and objects is not called.
pub(crate) fn text(value: &Value) -> JsValue {
    js_sys::JSON::stringify(&written(value)).map(JsValue::from).unwrap_or_default()
}

fn written(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(entries) => null_proto_array(entries.iter().map(written)),
        Value::Object(fields) => {
            let object = object::null_proto();
            for (name, value) in fields.iter() {
                object::set(&object, name, written(value));
            }
            object.into()
        }
    }
}

fn null_proto_array(entries: impl Iterator<Item = JsValue>) -> JsValue {
    let array: Array = entries.collect();
    Object::set_prototype_of(&array, JsValue::NULL.unchecked_ref()).into()
}

/// Converts a parsed value into the core's type. The value comes from JSON, so it has no cycles and only the types of JSON.
pub(crate) fn read(value: &JsValue) -> Value {
    if let Some(mut text) = value.as_string() {
        cut(&mut text);
        return Value::String(text);
    }
    if let Some(number) = value.as_f64() {
        return Value::Number(number);
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
