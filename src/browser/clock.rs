//! The device's clock, random numbers, and the browser's time zone database. The tracker passes all three to the core.

use chrono::{DateTime, NaiveDateTime, Utc};
use wasm_bindgen::JsValue;

use super::object;

/// Returns the current time by the device's clock.
pub(crate) fn now() -> DateTime<Utc> {
    instant(js_sys::Date::now()).unwrap_or_default()
}

/// Returns a random number from 0 (included) to 1 (not included).
pub(crate) fn random() -> f64 {
    js_sys::Math::random()
}

/// Converts instants to the local time of a zone with the loader's function `localTime`.
#[derive(Default)]
pub(crate) struct Zones(JsValue);

impl Zones {
    /// Takes the function from the loader's `MountConfig`.
    pub(crate) fn new(config: &JsValue) -> Self {
        Self(object::field(config, "localTime").unwrap_or_default())
    }

    /// Returns the local date and time in a zone, or None if the browser does not know the zone.
    pub(crate) fn local(&self, at: DateTime<Utc>, zone: &str) -> Option<NaiveDateTime> {
        #[expect(clippy::cast_precision_loss, reason = "dates beyond 2^53 milliseconds are not written")]
        let at = at.timestamp_millis() as f64;
        let local = object::call(&self.0, &[at.into(), zone.into()])?.as_f64()?;
        instant(local).map(|local| local.naive_utc())
    }
}

/// Reads a date in the format of HTTP, or in any other format that the browser's `Date.parse` accepts. If the text is no date,
/// returns None.
pub(crate) fn date(text: &str) -> Option<DateTime<Utc>> {
    instant(js_sys::Date::parse(text))
}

/// Returns the instant of a time in milliseconds since 1970. If the time is NaN or out of range, returns None.
fn instant(ms: f64) -> Option<DateTime<Utc>> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for the next 200 million years")]
    let whole = ms as i64;
    if ms.is_nan() { None } else { DateTime::from_timestamp_millis(whole) }
}
