//! Formatters of the browser's Intl, for the conversion of an instant to the time of a zone. The texts of the page are formatted by
//! the loader (`i18n`).

use js_sys::{Array, Date, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::object;

/// Creates a formatter of Intl. If the browser rejects the locale, its default locale is used; None if it also rejects the
/// options.
pub(crate) fn make(kind: &str, locale: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &kind.into()).ok()?.dyn_into().ok()?;
    let settings = object::null_proto();
    for (name, value) in options {
        object::set(&settings, name, *value);
    }
    let made = |locale: JsValue| Reflect::construct(&constructor, &Array::of2(&locale, &settings)).ok();
    made(locale.into()).or_else(|| made(JsValue::UNDEFINED))
}

/// Returns a JavaScript `Date` for a time in milliseconds since 1970.
#[expect(clippy::cast_precision_loss, reason = "dates beyond 2^53 milliseconds are not written")]
pub(crate) fn date(ms: i64) -> JsValue {
    Date::new(&JsValue::from_f64(ms as f64)).into()
}

/// Calls a method that returns a text; returns an empty text on an error.
pub(crate) fn call(formatter: &JsValue, method: &str, first: &JsValue, second: Option<&JsValue>) -> String {
    let Ok(method) = Reflect::get(formatter, &method.into()) else {
        return String::new();
    };
    let Some(method) = method.dyn_ref::<Function>() else {
        return String::new();
    };
    let result = match second {
        Some(second) => method.call2(formatter, first, second),
        None => method.call1(formatter, first),
    };
    result.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
