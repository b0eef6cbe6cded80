//! When a scan was: ShipEngine sends the carrier's own reading, which has no zone, and beside it what should be the same moment in UTC.

use chrono::{FixedOffset, NaiveDateTime};
use doorstep_core::wire::{EventTime, Place};

use super::super::reading::{Written, Zulu, event_time, written};

/// Offsets are whole quarters of an hour, from twelve hours behind UTC to fourteen before it.
const MINUTES: std::ops::RangeInclusive<i64> = -12 * 60..=14 * 60;

/// The carrier's reading as it was written, with the offset that the instant beside it tells.
pub(super) fn of(reading: &str, utc: Option<&str>, place: Option<&Place>, region: Option<&str>) -> Option<EventTime> {
    let at = event_time(reading, Zulu::Nothing, place, region)?;
    let told = written(reading).zip(utc.and_then(written)).and_then(|(local, utc)| offset(&local, &utc));
    Some(match told.filter(|_| at.offset_min.is_none()) {
        Some(offset) => event_time(&format!("{}{offset}", at.local), Zulu::Nothing, None, None).unwrap_or(at),
        None => at,
    })
}

/// What lies between the two. Twice the same reading means that somebody took the local one for UTC, and tells nothing.
fn offset(local: &Written, utc: &Written) -> Option<FixedOffset> {
    let reading = |written: &Written| Some(NaiveDateTime::new(written.date, written.time?));
    let is_plain = local.offset.is_none_or(|offset| offset.local_minus_utc() == 0);
    let is_utc = utc.offset.is_some_and(|offset| offset.local_minus_utc() == 0);
    let minutes = reading(local)?.signed_duration_since(reading(utc)?).num_minutes();
    let tells = is_plain && is_utc && minutes != 0 && minutes % 15 == 0 && MINUTES.contains(&minutes);
    FixedOffset::east_opt(i32::try_from(minutes * 60).ok()?).filter(|_| tells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instant_tells_the_offset_and_never_the_reading() {
        for (reading, utc, local, offset) in [
            ("2026-11-18T23:30:00", Some("2026-11-19T04:30:00Z"), "2026-11-18T23:30:00", Some(-300)),
            ("2026-11-18T23:30:00Z", Some("2026-11-19T04:30:00Z"), "2026-11-18T23:30:00", Some(-300)),
            ("2026-11-19T10:15:00", Some("2026-11-19T04:30:00Z"), "2026-11-19T10:15:00", Some(345)),
            // The same reading twice, one without a zone, one that fits no zone, and none at all.
            ("2026-11-19T04:30:00", Some("2026-11-19T04:30:00Z"), "2026-11-19T04:30:00", None),
            ("2026-11-18T23:30:00", Some("2026-11-19T04:30:00"), "2026-11-18T23:30:00", None),
            ("2026-11-18T23:30:00", Some("2026-11-19T04:37:00Z"), "2026-11-18T23:30:00", None),
            ("2026-11-18T23:30:00", Some("2026-11-21T04:30:00Z"), "2026-11-18T23:30:00", None),
            ("2026-11-18", Some("2026-11-19T04:30:00Z"), "2026-11-18", None),
            ("2026-11-18T23:30:00", Some("soon"), "2026-11-18T23:30:00", None),
            ("2026-11-18T23:30:00", None, "2026-11-18T23:30:00", None),
            // It may be the only one that was sent.
            ("2026-11-19T04:30:00Z", Some("2026-11-19T04:30:00Z"), "2026-11-19T04:30:00", None),
        ] {
            let at = of(reading, utc, None, None).expect("a moment");
            assert_eq!((at.local.to_string().as_str(), at.offset_min), (local, offset), "{reading} {utc:?}");
        }
    }
}
