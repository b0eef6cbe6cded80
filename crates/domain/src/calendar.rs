//! Computes instants from dates and times at the destination. A period of days ends at the end of its last local day.

use std::str::FromStr as _;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Order, Window};

/// Returns the time zone of the destination, or UTC if the order names no time zone or an unknown one.
pub fn zone(order: &Order) -> Tz {
    order.time_zone.as_deref().and_then(|name| Tz::from_str(name).ok()).unwrap_or(Tz::UTC)
}

/// Returns the instant of a local date and time. For a time that the change to summer time skips, returns the instant one hour
/// later. For a time that occurs twice, returns the first instant.
pub fn at(date: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let reading = date.and_time(time);
    let local = |reading: chrono::NaiveDateTime| reading.and_local_timezone(zone).earliest();
    local(reading).or_else(|| local(reading + TimeDelta::hours(1))).map_or_else(|| reading.and_utc(), |at| at.to_utc())
}

/// Returns the end of the local day that is `days` days after the date.
pub(crate) fn end_of_day(date: NaiveDate, days: u32, zone: Tz) -> DateTime<Utc> {
    at(date.checked_add_days(Days::new(u64::from(days) + 1)).unwrap_or(date), NaiveTime::MIN, zone)
}

/// Returns the end of the local day that is `days` days after the day of the instant.
pub(crate) fn days_after(instant: DateTime<Utc>, days: u32, zone: Tz) -> DateTime<Utc> {
    end_of_day(instant.with_timezone(&zone).date_naive(), days, zone)
}

/// Returns the instant `hours` hours later.
pub(crate) fn hours_after(instant: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    instant.checked_add_signed(TimeDelta::hours(hours.into())).unwrap_or(instant)
}

/// Returns the end of a window: the start of the day after its last day, or one second after its last time.
pub(crate) fn end_of(window: &Window, zone: Tz) -> DateTime<Utc> {
    match window {
        Window::Days { to, .. } => end_of_day(to.0, 0, zone),
        Window::Times { to, .. } => to.utc() + TimeDelta::seconds(1),
    }
}

/// Returns the instant without its fraction of a second, because times are exchanged in whole seconds.
pub(crate) fn whole_seconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_nanosecond(0).unwrap_or(at)
}
