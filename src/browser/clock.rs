//! The clock of the device, chance, and the browser's zone database.

use std::cell::RefCell;

use chrono::{DateTime, NaiveDateTime, Utc};
use doorstep_core::wire::LocalTime;
use wasm_bindgen::JsValue;

use super::intl;

/// Now.
pub(crate) fn now() -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for the next 200 million years")]
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

/// A random number in 0..1.
pub(crate) fn random() -> f64 {
    js_sys::Math::random()
}

/// Zones that were asked for, each with its formatter, or nothing where the browser does not know it.
#[derive(Default)]
pub(crate) struct Zones {
    known: RefCell<Vec<(String, Option<JsValue>)>>,
}

impl Zones {
    /// What the clock on the wall of a zone shows.
    pub(crate) fn local(&self, at: DateTime<Utc>, zone: &str) -> Option<NaiveDateTime> {
        let mut known = self.known.borrow_mut();
        if !known.iter().any(|(name, _)| name == zone) {
            known.push((
                zone.to_owned(),
                intl::make("DateTimeFormat", "sv-SE", &[("timeZone", zone), ("dateStyle", "short"), ("timeStyle", "medium")]),
            ));
        }
        let clock = known.iter().find(|(name, _)| name == zone)?.1.as_ref()?;
        // Swedish writes dates as ISO 8601 does.
        let reading = LocalTime::parse(&intl::call(clock, "format", &intl::date(at.timestamp_millis()), None))?;
        Some(reading.date.and_time(reading.time?))
    }
}

/// An instant as HTTP writes it, or as anything else that the browser can read.
pub(crate) fn date(text: &str) -> Option<DateTime<Utc>> {
    let ms = js_sys::Date::parse(text);
    #[expect(clippy::cast_possible_truncation, reason = "a date of the browser is a whole number of milliseconds")]
    let whole = ms as i64;
    if ms.is_nan() { None } else { DateTime::from_timestamp_millis(whole) }
}
