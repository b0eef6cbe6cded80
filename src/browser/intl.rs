//! Intl: dates, times, spans, numbers, plurals and lists in the language of the page, with data that the browser has already.

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::object;

/// A formatter of Intl, or nothing where the browser refuses the locale or the options.
pub(crate) fn make(kind: &str, locale: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &kind.into()).ok()?.dyn_into().ok()?;
    let settings = Object::new();
    for (name, value) in options {
        object::set(&settings, name, *value);
    }
    let made = |locale: JsValue| Reflect::construct(&constructor, &Array::of2(&locale, &settings)).ok();
    made(locale.into()).or_else(|| made(JsValue::UNDEFINED))
}

/// An instant, in milliseconds since 1970.
#[expect(clippy::cast_precision_loss, reason = "dates beyond 2^53 milliseconds are not written")]
pub(crate) fn date(ms: i64) -> JsValue {
    Date::new(&JsValue::from_f64(ms as f64)).into()
}

/// An amount in the currency's smallest unit, as the language writes it; how many decimals that makes, Intl knows.
pub(crate) fn money(locale: &str, minor: i64, currency: &str) -> String {
    let written = || {
        let formatter = make("NumberFormat", locale, &[("style", "currency"), ("currency", currency)])?;
        let options: Function = Reflect::get(&formatter, &"resolvedOptions".into()).ok()?.dyn_into().ok()?;
        let digits = object::field(&options.call0(&formatter).ok()?, "maximumFractionDigits")?.as_f64()?;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "amounts beyond 2^53 are nobody's refund, and decimals are few"
        )]
        let amount = minor as f64 / (0..digits as u32).fold(1.0, |power, _| power * 10.0);
        Some(call(&formatter, "format", &amount.into(), None))
    };
    written().unwrap_or_default()
}

/// Calls a method that returns a text; an error is an empty text.
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
