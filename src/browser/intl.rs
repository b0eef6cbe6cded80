//! Intl: dates, times, spans, numbers, plurals and lists in the language of the page, with data that the browser has already.

use js_sys::Intl::{DateTimeFormat, ListFormat, NumberFormat, PluralRules, RelativeTimeFormat};
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::object;

/// A formatter of Intl, or nothing where the browser refuses the locale or the options.
pub(crate) fn make<T: JsCast>(kind: &str, locale: &str, options: &[(&str, &str)]) -> Option<T> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &kind.into()).ok()?.dyn_into().ok()?;
    let settings = Object::new();
    for (name, value) in options {
        object::set(&settings, name, *value);
    }
    let made = |locale: JsValue| Reflect::construct(&constructor, &Array::of2(&locale, &settings)).ok();
    made(locale.into()).or_else(|| made(JsValue::UNDEFINED)).map(JsValue::unchecked_into)
}

/// The clock on the wall of a zone, written as ISO 8601 with a space.
pub(crate) fn clock_of(zone: &str) -> Option<DateTimeFormat> {
    make("DateTimeFormat", "sv-SE", &[("timeZone", zone), ("dateStyle", "short"), ("timeStyle", "medium")])
}

/// Writes an instant, in milliseconds since 1970.
#[expect(clippy::cast_precision_loss, reason = "dates beyond 2^53 milliseconds are not written")]
pub(crate) fn format(formatter: &DateTimeFormat, ms: i64) -> String {
    call(formatter, "format", &Date::new(&JsValue::from_f64(ms as f64)), None)
}

/// Writes a range of instants.
#[expect(clippy::cast_precision_loss, reason = "dates beyond 2^53 milliseconds are not written")]
pub(crate) fn format_range(formatter: &DateTimeFormat, from: i64, to: i64) -> String {
    let date = |ms: i64| Date::new(&JsValue::from_f64(ms as f64));
    call(formatter, "formatRange", &date(from), Some(&date(to)))
}

/// Writes a number.
pub(crate) fn number(formatter: &NumberFormat, number: u32) -> String {
    call(formatter, "format", &number.into(), None)
}

/// The plural category of a number.
pub(crate) fn plural(rules: &PluralRules, number: u32) -> String {
    call(rules, "select", &number.into(), None)
}

/// Writes a span back from now.
pub(crate) fn ago(formatter: &RelativeTimeFormat, count: u32, unit: &str) -> String {
    call(formatter, "format", &(-f64::from(count)).into(), Some(&unit.into()))
}

/// Joins a list.
pub(crate) fn list(formatter: &ListFormat, entries: &[String]) -> String {
    let array: Array = entries.iter().map(|entry| JsValue::from_str(entry)).collect();
    call(formatter, "format", &array, None)
}

/// Calls a method that returns a text; an error is an empty text.
fn call(formatter: &JsValue, method: &str, first: &JsValue, second: Option<&JsValue>) -> String {
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
