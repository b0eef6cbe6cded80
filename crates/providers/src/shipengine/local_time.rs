//! Time of a scan. ShipEngine sends the carrier's local time without a zone, and a second time that should be the same moment in
//! UTC.

use chrono::{FixedOffset, NaiveDateTime};
use doorstep_contract::{EventTime, Place};

use crate::time::{WrittenTime, ZSuffix, event_time, parse_time};

/// Possible offsets in minutes, from UTC-12 to UTC+14. Only multiples of 15 minutes occur.
const OFFSET_MINUTES: std::ops::RangeInclusive<i64> = -12 * 60..=14 * 60;

/// Returns the carrier's local time as written, with its offset if the offset is known. If neither the text nor the place gives
/// an offset, the difference between the local time and the time in UTC is the offset. Returns None if the local time is
/// unreadable.
pub(super) fn with_offset(local: &str, utc: Option<&str>, place: Option<&Place>, region: Option<&str>) -> Option<EventTime> {
    let at = event_time(local, ZSuffix::Local, place, region)?;
    let derived = parse_time(local).zip(utc.and_then(parse_time)).and_then(|(local, utc)| offset(&local, &utc));
    Some(match derived.filter(|_| at.offset_min.is_none()) {
        Some(offset) => event_time(&format!("{}{offset}", at.local), ZSuffix::Local, None, None).unwrap_or(at),
        None => at,
    })
}

/// Returns the difference between the two times as an offset, or None if the difference is not plausible. If the two times are
/// equal, ShipEngine took the local time for UTC, so there is no offset.
fn offset(local: &WrittenTime, utc: &WrittenTime) -> Option<FixedOffset> {
    let naive = |written: &WrittenTime| Some(NaiveDateTime::new(written.date, written.time?));
    let is_plain = local.offset.is_none_or(|offset| offset.local_minus_utc() == 0);
    let is_utc = utc.offset.is_some_and(|offset| offset.local_minus_utc() == 0);
    let minutes = naive(local)?.signed_duration_since(naive(utc)?).num_minutes();
    let is_plausible = is_plain && is_utc && minutes != 0 && minutes % 15 == 0 && OFFSET_MINUTES.contains(&minutes);
    FixedOffset::east_opt(i32::try_from(minutes * 60).ok()?).filter(|_| is_plausible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instant_tells_the_offset_and_never_the_reading() {
        for (written, utc, local, offset) in [
            ("2026-11-18T23:30:00", Some("2026-11-19T04:30:00Z"), "2026-11-18T23:30:00", Some(-300)),
            ("2026-11-18T23:30:00Z", Some("2026-11-19T04:30:00Z"), "2026-11-18T23:30:00", Some(-300)),
            ("2026-11-19T10:15:00", Some("2026-11-19T04:30:00Z"), "2026-11-19T10:15:00", Some(345)),
            // The cases are: equal times, a UTC time without a zone, a difference that fits no zone, one that is too large, and no usable
            // time.
            ("2026-11-19T04:30:00", Some("2026-11-19T04:30:00Z"), "2026-11-19T04:30:00", None),
            ("2026-11-18T23:30:00", Some("2026-11-19T04:30:00"), "2026-11-18T23:30:00", None),
            ("2026-11-18T23:30:00", Some("2026-11-19T04:37:00Z"), "2026-11-18T23:30:00", None),
            ("2026-11-18T23:30:00", Some("2026-11-21T04:30:00Z"), "2026-11-18T23:30:00", None),
            ("2026-11-18", Some("2026-11-19T04:30:00Z"), "2026-11-18", None),
            ("2026-11-18T23:30:00", Some("soon"), "2026-11-18T23:30:00", None),
            ("2026-11-18T23:30:00", None, "2026-11-18T23:30:00", None),
            // The carrier may have sent a time in UTC only, or a local time with a `Z`, so the offset stays unknown.
            ("2026-11-19T04:30:00Z", Some("2026-11-19T04:30:00Z"), "2026-11-19T04:30:00", None),
        ] {
            let at = with_offset(written, utc, None, None).expect("a moment");
            assert_eq!((at.local.to_string().as_str(), at.offset_min), (local, offset), "{written} {utc:?}");
        }
    }
}
