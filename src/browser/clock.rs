//! The device's clock, random numbers, and the browser's time zone database. The tracker passes all three to the core.

use std::cell::RefCell;

use chrono::{DateTime, NaiveDateTime, Utc};
use doorstep_contract::LocalTime;
use wasm_bindgen::JsValue;

use super::intl;

/// Returns the current time by the device's clock.
pub(crate) fn now() -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for the next 200 million years")]
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

/// Returns a random number in 0..1.
pub(crate) fn random() -> f64 {
    js_sys::Math::random()
}

/// Time zones used so far, each with its formatter, or None if the browser does not know the zone.
#[derive(Default)]
pub(crate) struct Zones {
    known: RefCell<Vec<(String, Option<JsValue>)>>,
}

impl Zones {
    /// Returns the local date and time in a zone, or None if the browser does not know the zone.
    pub(crate) fn local(&self, at: DateTime<Utc>, zone: &str) -> Option<NaiveDateTime> {
        let mut known = self.known.borrow_mut();
        if !known.iter().any(|(name, _)| name == zone) {
            known.push((
                zone.to_owned(),
                intl::make("DateTimeFormat", "sv-SE", &[("timeZone", zone), ("dateStyle", "short"), ("timeStyle", "medium")]),
            ));
        }
        let clock = known.iter().find(|(name, _)| name == zone)?.1.as_ref()?;
        // The Swedish locale writes dates in the format of ISO 8601.
        let reading = LocalTime::parse(&intl::call(clock, "format", &intl::date(at.timestamp_millis()), None))?;
        Some(reading.date.and_time(reading.time?))
    }
}

/// Reads a date in the format of HTTP, or in any other that the browser's `Date.parse` accepts; None if it cannot be read.
pub(crate) fn date(text: &str) -> Option<DateTime<Utc>> {
    let ms = js_sys::Date::parse(text);
    #[expect(clippy::cast_possible_truncation, reason = "a date of the browser is a whole number of milliseconds")]
    let whole = ms as i64;
    if ms.is_nan() { None } else { DateTime::from_timestamp_millis(whole) }
}
