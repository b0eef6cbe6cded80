//! Creates plain JavaScript objects, reads and sets their fields, and calls functions.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Returns an object without a prototype, so that properties that a page has added to `Object.prototype` are not fields of it.
pub(crate) fn null_proto() -> Object {
    Object::create(JsValue::NULL.unchecked_ref())
}

/// Returns the value of a field. If the field is missing or `undefined`, returns None.
pub(crate) fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}

/// Sets a field.
pub(crate) fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// Calls a function of the loader and returns its result. If the function throws, returns None.
pub(crate) fn call(function: &JsValue, arguments: &[JsValue]) -> Option<JsValue> {
    let arguments: Array = arguments.iter().collect();
    Reflect::apply(function.unchecked_ref::<Function>(), &JsValue::UNDEFINED, &arguments).ok()
}
