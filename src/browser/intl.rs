//! Formats dates, times, time spans, numbers, plurals and lists in the language of the page. It uses the browser's Intl, so that
//! no locale data is downloaded.

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

/// Formats a decimal amount of money for the locale. An amount without decimals gets as many as the browser shows for the
/// currency. Decimals of the amount are never rounded away, whatever the browser takes for the currency's number of decimals. If
/// the browser rejects the currency code, the code is appended to the plain amount.
pub(crate) fn money(locale: &str, amount: &str, currency: &str) -> String {
    let decimals = amount.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let least = doorstep_contract::digits(decimals as u64);
    let options = [("style", "currency"), ("currency", currency), ("minimumFractionDigits", &least)];
    let options = if decimals == 0 { options.split_at(2).0 } else { &options };
    match make("NumberFormat", locale, options) {
        // The amount is passed as text, because a number would lose digits of large amounts.
        Some(formatter) => call(&formatter, "format", &amount.into(), None),
        None => [amount, currency].join("\u{a0}"),
    }
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
