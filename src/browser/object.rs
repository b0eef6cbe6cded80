//! Plain JavaScript objects: reading a field that may be missing, setting one.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A field that is there and is not `undefined`.
pub(crate) fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}

/// Sets a field.
pub(crate) fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}
