//! Plain JavaScript objects: reading a field that may be missing, setting one.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Returns an object without a prototype: what a page has put into `Object.prototype` is no field of it.
pub(crate) fn bare() -> Object {
    Object::create(JsValue::NULL.unchecked_ref())
}

/// A field that is there and is not `undefined`.
pub(crate) fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}

/// Sets a field.
pub(crate) fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}
