//! Instants that follow from dates at the destination. A period of days ends with its last day, never in the middle of it.

use std::str::FromStr as _;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{Order, Window};

/// The zone of the destination.
pub(crate) fn zone(order: &Order) -> Tz {
    order.time_zone.as_deref().and_then(|name| Tz::from_str(name).ok()).unwrap_or(Tz::UTC)
}

/// The reading of the clock in the zone as an instant; an hour that summer time leaves out is taken an hour later.
pub(crate) fn at(date: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let reading = date.and_time(time);
    let local = |reading: chrono::NaiveDateTime| reading.and_local_timezone(zone).earliest();
    local(reading).or_else(|| local(reading + TimeDelta::hours(1))).map_or_else(|| reading.and_utc(), |at| at.to_utc())
}

/// The end of the day that is so many days after the date.
pub(crate) fn end_of_day(date: NaiveDate, days: u32, zone: Tz) -> DateTime<Utc> {
    at(date.checked_add_days(Days::new(u64::from(days) + 1)).unwrap_or(date), NaiveTime::MIN, zone)
}

/// The end of the day that is so many days after the instant.
pub(crate) fn days_after(instant: DateTime<Utc>, days: u32, zone: Tz) -> DateTime<Utc> {
    end_of_day(instant.with_timezone(&zone).date_naive(), days, zone)
}

/// So many hours later.
pub(crate) fn hours_after(instant: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    instant.checked_add_signed(TimeDelta::hours(hours.into())).unwrap_or(instant)
}

/// The first instant after a window.
pub(crate) fn end_of(window: &Window, zone: Tz) -> DateTime<Utc> {
    match window {
        Window::Days { to, .. } => end_of_day(to.0, 0, zone),
        Window::Times { to, .. } => to.utc() + TimeDelta::seconds(1),
    }
}

/// Instants travel in whole seconds.
pub(crate) fn whole_seconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_nanosecond(0).unwrap_or(at)
}
