//! Times and delivery windows in all the formats that providers write. Called by the readers of the providers.

use std::ops::RangeInclusive;

use chrono::{
    DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeZone as _, Timelike as _, Utc,
};
use doorstep_contract::{Date, EventTime, LocalTime, Place, Timestamp, Window, Zone};

use crate::time_zone;

/// Years that are accepted in a time.
const YEARS: RangeInclusive<i32> = 2000..=2999;

/// Meaning of a `Z`, or of an offset of zero, in the times of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZSuffix {
    /// The time is in UTC.
    Utc,
    /// The time is local, and the `Z` was appended without meaning.
    Local,
}

/// A time as it was written: date, time of day where there is one, and offset where one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenTime {
    pub(super) date: NaiveDate,
    pub(super) time: Option<NaiveTime>,
    pub(super) offset: Option<FixedOffset>,
}

/// Reads a time in any of the formats that providers use, which may differ within one list of scans: `2026-11-19T10:00:00Z`, with
/// a fraction, with `+01:00` or `+0100`, with a space for the `T`, without seconds, `20261119 100000`, `2026/11/19 10:00`, or a
/// date alone.
///
/// Returns None if the format is unknown or the year is outside `YEARS`. The year is limited for two reasons: some providers
/// write the first day of their calendar instead of a missing time, and adding an offset would overflow near the limits of
/// chrono's calendar.
pub(super) fn parse_time(text: &str) -> Option<WrittenTime> {
    parse_any_year(text).filter(|written| YEARS.contains(&written.date.year()))
}

fn parse_any_year(text: &str) -> Option<WrittenTime> {
    let text = text.trim();
    if text.len() > 40 || !text.is_ascii() {
        return None;
    }
    let plain = text.replace('/', "-");
    for format in ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f %#z", "%Y-%m-%dT%H:%M%#z"] {
        if let Ok(at) = DateTime::parse_from_str(&plain.replace(['Z', 'z'], "+00:00"), format) {
            let reading = at.naive_local();
            let time = reading.time().with_nanosecond(0);
            return Some(WrittenTime { date: reading.date(), time, offset: Some(*at.offset()) });
        }
    }
    for format in
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y%m%d %H%M%S", "%Y%m%d%H%M%S"]
    {
        if let Ok(reading) = NaiveDateTime::parse_from_str(&plain, format) {
            return Some(WrittenTime { date: reading.date(), time: reading.time().with_nanosecond(0), offset: None });
        }
    }
    let date = ["%Y-%m-%d", "%Y%m%d"].iter().find_map(|format| NaiveDate::parse_from_str(&plain, format).ok())?;
    Some(WrittenTime { date, time: None, offset: None })
}

/// Returns the time of an event on the local clock of its place. Without a known zone, the time is kept as written and never converted. A
/// time in UTC becomes local time if the place lies in one zone only. Returns None if the time cannot be read.
pub(super) fn event_time(text: &str, z_suffix: ZSuffix, place: Option<&Place>, region: Option<&str>) -> Option<EventTime> {
    let written = parse_time(text)?;
    let Some(time) = written.time else {
        return Some(EventTime { local: LocalTime { date: written.date, time: None }, offset_min: None, zone: Zone::default() });
    };
    let reading = written.date.and_time(time);
    let zone = place.and_then(|place| time_zone::of_place(place.country.as_deref()?, region));
    match (written.offset.filter(|offset| z_suffix == ZSuffix::Utc || offset.local_minus_utc() != 0), zone) {
        (Some(offset), Some(zone)) if offset.local_minus_utc() == 0 => {
            let at = zone.from_utc_datetime(&reading);
            Some(local(at.naive_local(), at.offset().fix().local_minus_utc(), Zone::FromPlace))
        }
        (Some(offset), _) => Some(local(reading, offset.local_minus_utc(), Zone::Explicit)),
        // At the end of summer time, an ambiguous local time counts as the earlier one. A time that the clock skips gets no
        // offset.
        (None, Some(zone)) => Some(match zone.from_local_datetime(&reading).earliest() {
            Some(at) => local(reading, at.offset().fix().local_minus_utc(), Zone::FromPlace),
            None => unzoned(reading),
        }),
        (None, None) => Some(unzoned(reading)),
    }
}

fn local(reading: NaiveDateTime, offset_s: i32, zone: Zone) -> EventTime {
    let local = LocalTime { date: reading.date(), time: Some(reading.time()) };
    EventTime { local, offset_min: Some(offset_s / 60), zone }
}

fn unzoned(reading: NaiveDateTime) -> EventTime {
    EventTime { local: LocalTime { date: reading.date(), time: Some(reading.time()) }, offset_min: None, zone: Zone::default() }
}

/// Returns the time in UTC. Returns None if the text cannot be read, or has no time of day or no offset.
pub fn instant(text: &str) -> Option<Timestamp> {
    let written = parse_time(text)?;
    let at = written.date.and_time(written.time?).and_local_timezone(written.offset?).single()?;
    Some(Timestamp::from(at.to_utc()))
}

/// Returns the time for a number of seconds since 1970, or None if the year is outside `YEARS`.
pub(super) fn from_seconds(seconds: i64) -> Option<Timestamp> {
    DateTime::<Utc>::from_timestamp(seconds, 0).filter(|at| YEARS.contains(&at.year())).map(Timestamp::from)
}

/// Returns the delivery window between two times as written. Gives a window of times if both have an offset, the first is
/// earlier, and at least one is not midnight. Otherwise gives a window of days, because providers append midnight to dates.
/// Returns None if a time cannot be read.
pub(super) fn window(from: &str, to: &str) -> Option<Window> {
    let (first, last) = (parse_time(from)?, parse_time(to)?);
    let has_hour = |moment: &WrittenTime| moment.time.is_some_and(|time| time != NaiveTime::MIN);
    let hours = instant(from).zip(instant(to)).filter(|(from, to)| from < to && (has_hour(&first) || has_hour(&last)));
    Some(match hours {
        Some((from, to)) => Window::Times { from, to },
        None => Window::Days { from: Date(first.date.min(last.date)), to: Date(first.date.max(last.date)) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::place_of;

    #[test]
    fn every_spelling_of_a_moment_is_read() {
        for text in [
            "2026-11-19T10:00:00Z",
            "2026-11-19T10:00:00.123+00:00",
            "2026-11-19T10:00:00+0000",
            "2026-11-19 10:00:00+00:00",
            "2026-11-19T10:00:00",
            "2026-11-19 10:00:00.5",
            "2026-11-19T10:00",
            "2026-11-19 10:00",
            "2026/11/19 10:00",
            "20261119 100000",
            "20261119100000",
        ] {
            let at = event_time(text, ZSuffix::Local, None, None).expect(text);
            assert_eq!((at.local.to_string().as_str(), at.offset_min), ("2026-11-19T10:00:00", None), "{text}");
        }
        assert_eq!(
            event_time("20261119", ZSuffix::Utc, None, None).map(|at| at.local.to_string()).as_deref(),
            Some("2026-11-19")
        );
        for text in ["", "tomorrow", "2026-13-40", "10:00", "２０２６-11-19"] {
            assert_eq!(event_time(text, ZSuffix::Utc, None, None), None, "{text}");
        }
    }

    #[test]
    fn dates_stay_dates_and_only_instants_are_hours() {
        for (from, to, kind) in [
            ("2026-11-19", "2026-11-19", "day"),
            ("2026-11-19", "2026-11-21", "days"),
            ("2026-11-21", "2026-11-19", "days"),
            ("2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z", "days"),
            ("2026-11-19T17:00:00", "2026-11-19T19:00:00", "day"),
            ("2026-11-19T17:00:00-05:00", "2026-11-19T17:00:00-05:00", "day"),
            ("2026-11-19T17:00:00-05:00", "2026-11-19T19:00:00-05:00", "time"),
        ] {
            assert_eq!(window(from, to).map(|window| window.kind().as_str().to_owned()).as_deref(), Some(kind), "{from} {to}");
        }
        assert_eq!(window("soon", "2026-11-19"), None);
    }

    #[test]
    fn a_year_that_is_no_parcels_is_not_read() {
        let tokyo = place_of(None, None, Some("JP"));
        for text in
            ["+262142-12-31T23:59:59Z", "-262143-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00", "19700101"]
        {
            assert_eq!(event_time(text, ZSuffix::Utc, tokyo.as_ref(), None), None, "{text}");
            assert_eq!(instant(text), None, "{text}");
        }
        assert_eq!((from_seconds(0), from_seconds(i64::MAX), from_seconds(8_210_266_876_799)), (None, None, None));
        assert_eq!(from_seconds(1_790_000_000).map(|at| at.to_string()).as_deref(), Some("2026-09-21T14:13:20Z"));
    }

    #[test]
    fn a_place_in_one_zone_says_which_clock_it_was() {
        let tokyo = place_of(Some("TOKYO"), None, Some("jp"));
        for (text, z_suffix, local, offset) in [
            ("2026-11-19T10:00:00Z", ZSuffix::Utc, "2026-11-19T19:00:00", Some(540)),
            ("2026-11-19T10:00:00Z", ZSuffix::Local, "2026-11-19T10:00:00", Some(540)),
            ("2026-11-19T10:00:00", ZSuffix::Utc, "2026-11-19T10:00:00", Some(540)),
            ("2026-11-19T10:00:00+02:00", ZSuffix::Utc, "2026-11-19T10:00:00", Some(120)),
        ] {
            let at = event_time(text, z_suffix, tokyo.as_ref(), None).expect(text);
            assert_eq!((at.local.to_string().as_str(), at.offset_min), (local, offset), "{text} {z_suffix:?}");
        }
        // Clocks skip this hour at the start of summer time.
        let berlin = place_of(Some("Berlin"), None, Some("DE"));
        let never = event_time("2026-03-29T02:30:00", ZSuffix::Utc, berlin.as_ref(), None).expect("a reading");
        assert_eq!((never.offset_min, never.zone), (None, Zone::default()));
    }
}
