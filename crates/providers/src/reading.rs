//! Readers for the fields that providers send: texts, numbers, lists, times in any of their formats, delivery windows and places. Called by
//! the readers of the providers.

use std::ops::RangeInclusive;

use chrono::{
    DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeZone as _, Timelike as _, Utc,
};
use doorstep_contract::{ConditionState, Date, EventTime, LocalTime, Place, Raw, Timestamp, Window, Zone};
use serde_json::Value;

use super::{wording, zone};

/// Maximum length of a carrier's raw text, in characters. A longer text is cut.
const MAX_TEXT: usize = 1_000;
/// Years that are accepted in a time.
const YEARS: RangeInclusive<i32> = 2000..=2999;

/// Returns the trimmed text of a field, or None if it is missing, empty or no text.
pub(super) fn text<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    json.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// Returns a field that is a text or a number, as text. Returns None if it is missing, empty or neither.
pub(super) fn number_or_text(json: &Value, name: &str) -> Option<String> {
    let number = json.get(name)?.as_number().map(ToString::to_string);
    number.or_else(|| text(json, name).map(str::to_owned))
}

/// Returns at most `most` elements of a list, or an empty slice if the field is no list.
pub(super) fn list<'a>(json: &'a Value, name: &str, most: usize) -> &'a [Value] {
    let all = json.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.get(..most.min(all.len())).unwrap_or_default()
}

/// Returns the raw code and text of a provider, cut to the maximum length. A text that consists of markup only is dropped.
pub(super) fn raw(provider: &str, code: Option<&str>, said: Option<&str>) -> Raw {
    let said = said.filter(|text| wording::plain(text).is_some());
    let cut = |text: &str| text.chars().take(MAX_TEXT).collect::<String>();
    Raw { provider: provider.to_owned(), code: code.map(cut), text: said.map(cut) }
}

/// Meaning of a `Z`, or of an offset of zero, in the times of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zulu {
    /// The time is in UTC.
    Utc,
    /// The time is local, and the `Z` was appended without meaning.
    Nothing,
}

/// A time as it was written: date, time of day where there is one, and offset where one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) date: NaiveDate,
    pub(super) time: Option<NaiveTime>,
    pub(super) offset: Option<FixedOffset>,
}

/// Reads a time in any of the formats that providers use, also several in one list: `2026-11-19T10:00:00Z`, with a fraction, with `+01:00`
/// or `+0100`, with a space for the `T`, without seconds, `20261119 100000`, `2026/11/19 10:00`, or a date alone.
///
/// Returns None if the format is unknown or the year is not plausible for a shipment. Some providers write the first day of their calendar
/// for a missing time, and at the limits of the calendar an offset would leave its range.
pub(super) fn written(said: &str) -> Option<Written> {
    spelled(said).filter(|written| YEARS.contains(&written.date.year()))
}

fn spelled(said: &str) -> Option<Written> {
    let said = said.trim();
    if said.len() > 40 || !said.is_ascii() {
        return None;
    }
    let plain = said.replace('/', "-");
    for format in ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f %#z", "%Y-%m-%dT%H:%M%#z"] {
        if let Ok(at) = DateTime::parse_from_str(&plain.replace(['Z', 'z'], "+00:00"), format) {
            let reading = at.naive_local();
            let time = reading.time().with_nanosecond(0);
            return Some(Written { date: reading.date(), time, offset: Some(*at.offset()) });
        }
    }
    for format in
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y%m%d %H%M%S", "%Y%m%d%H%M%S"]
    {
        if let Ok(reading) = NaiveDateTime::parse_from_str(&plain, format) {
            return Some(Written { date: reading.date(), time: reading.time().with_nanosecond(0), offset: None });
        }
    }
    let date = ["%Y-%m-%d", "%Y%m%d"].iter().find_map(|format| NaiveDate::parse_from_str(&plain, format).ok())?;
    Some(Written { date, time: None, offset: None })
}

/// Returns the time of an event on the local clock of its place. Without a known zone, the time is kept as written and never converted. A
/// time in UTC becomes local time if the place lies in one zone only. Returns None if the time cannot be read.
pub(super) fn event_time(said: &str, zulu: Zulu, place: Option<&Place>, region: Option<&str>) -> Option<EventTime> {
    let written = written(said)?;
    let Some(time) = written.time else {
        return Some(EventTime { local: LocalTime { date: written.date, time: None }, offset_min: None, zone: Zone::default() });
    };
    let reading = written.date.and_time(time);
    let zone = place.and_then(|place| zone::of(place.country.as_deref()?, region));
    match (written.offset.filter(|offset| zulu == Zulu::Utc || offset.local_minus_utc() != 0), zone) {
        (Some(offset), Some(zone)) if offset.local_minus_utc() == 0 => {
            let at = zone.from_utc_datetime(&reading);
            Some(local(at.naive_local(), at.offset().fix().local_minus_utc(), Zone::FromPlace))
        }
        (Some(offset), _) => Some(local(reading, offset.local_minus_utc(), Zone::Explicit)),
        // An ambiguous local time, at the end of summer time, is taken for the first one. A time that the clock skips gets no offset.
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

/// Returns the time in UTC, or None if no time of day or no offset was written.
pub(super) fn instant(said: &str) -> Option<Timestamp> {
    let written = written(said)?;
    let at = written.date.and_time(written.time?).and_local_timezone(written.offset?).single()?;
    Some(Timestamp::from(at.to_utc()))
}

/// Returns the time for a number of seconds since 1970, or None if the year is not plausible.
pub(super) fn from_seconds(seconds: i64) -> Option<Timestamp> {
    DateTime::<Utc>::from_timestamp(seconds, 0).filter(|at| YEARS.contains(&at.year())).map(Timestamp::from)
}

/// Returns the delivery window between two times as written. Dates, and midnights, which providers append to dates, give a window of days;
/// two times with an offset give a window of hours. Returns None if a time cannot be read.
pub(super) fn window(from: &str, to: &str) -> Option<Window> {
    let (first, last) = (written(from)?, written(to)?);
    let has_hour = |moment: &Written| moment.time.is_some_and(|time| time != NaiveTime::MIN);
    let hours = instant(from).zip(instant(to)).filter(|(from, to)| from < to && (has_hour(&first) || has_hour(&last)));
    Some(match hours {
        Some((from, to)) => Window::Times { from, to },
        None => Window::Days { from: Date(first.date.min(last.date)), to: Date(first.date.max(last.date)) },
    })
}

/// Returns true if an estimate is withdrawn: one of its fields is present and empty, and the condition is not OK. A missing field, or an
/// empty one while the condition is OK, says nothing about the earlier estimate.
pub(super) fn is_taken_back(fields: &[Option<&Value>], condition: Option<&ConditionState>) -> bool {
    let is_empty = |field: &&Value| field.is_null() || field.as_str().is_some_and(|text| text.trim().is_empty());
    condition.is_some_and(|state| *state != ConditionState::Ok) && fields.iter().flatten().any(is_empty)
}

/// Returns a place: city and region as its name, and the country if it is a two-letter code. Returns None if neither is known.
pub(super) fn place(city: Option<&str>, region: Option<&str>, country: Option<&str>) -> Option<Place> {
    let city = city.and_then(wording::place);
    let name = [city, region.and_then(wording::plain)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let country = country.filter(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let (name, country) = ((!name.is_empty()).then_some(name), country.map(str::to_ascii_uppercase));
    (name.is_some() || country.is_some()).then_some(Place { name, country, lat: None, lon: None })
}

/// Adds latitude and longitude, in degrees, to a place if both are given and within range.
pub(super) fn located(place: Place, json: Option<&Value>) -> Place {
    let degrees = |name, most: f64| json?.get(name)?.as_f64().filter(|degrees| degrees.abs() <= most);
    match (degrees("latitude", 90.0), degrees("longitude", 180.0)) {
        (Some(lat), Some(lon)) => Place { lat: Some(lat), lon: Some(lon), ..place },
        (Some(_) | None, _) => place,
    }
}

/// Returns a non-negative number, or None.
pub(super) fn count(json: &Value, name: &str) -> Option<u32> {
    json.get(name)?.as_u64().and_then(|number| u32::try_from(number).ok())
}

/// Returns a link if it may be shown, that is, if it begins with `https://`.
pub(super) fn link(json: &Value, name: &str) -> Option<String> {
    text(json, name).filter(|url| url.starts_with("https://")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_moment_is_read() {
        for said in [
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
            let at = event_time(said, Zulu::Nothing, None, None).expect(said);
            assert_eq!((at.local.to_string().as_str(), at.offset_min), ("2026-11-19T10:00:00", None), "{said}");
        }
        assert_eq!(event_time("20261119", Zulu::Utc, None, None).map(|at| at.local.to_string()).as_deref(), Some("2026-11-19"));
        for said in ["", "tomorrow", "2026-13-40", "10:00", "２０２６-11-19"] {
            assert_eq!(event_time(said, Zulu::Utc, None, None), None, "{said}");
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
        let tokyo = place(None, None, Some("JP"));
        for said in
            ["+262142-12-31T23:59:59Z", "-262143-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00", "19700101"]
        {
            assert_eq!(event_time(said, Zulu::Utc, tokyo.as_ref(), None), None, "{said}");
            assert_eq!(instant(said), None, "{said}");
        }
        assert_eq!((from_seconds(0), from_seconds(i64::MAX), from_seconds(8_210_266_876_799)), (None, None, None));
        assert_eq!(from_seconds(1_790_000_000).map(|at| at.to_string()).as_deref(), Some("2026-09-21T14:13:20Z"));
    }

    #[test]
    fn a_place_in_one_zone_says_which_clock_it_was() {
        let tokyo = place(Some("TOKYO"), None, Some("jp"));
        for (said, zulu, local, offset) in [
            ("2026-11-19T10:00:00Z", Zulu::Utc, "2026-11-19T19:00:00", Some(540)),
            ("2026-11-19T10:00:00Z", Zulu::Nothing, "2026-11-19T10:00:00", Some(540)),
            ("2026-11-19T10:00:00", Zulu::Utc, "2026-11-19T10:00:00", Some(540)),
            ("2026-11-19T10:00:00+02:00", Zulu::Utc, "2026-11-19T10:00:00", Some(120)),
        ] {
            let at = event_time(said, zulu, tokyo.as_ref(), None).expect(said);
            assert_eq!((at.local.to_string().as_str(), at.offset_min), (local, offset), "{said} {zulu:?}");
        }
        // Clocks skip this hour at the start of summer time.
        let berlin = place(Some("Berlin"), None, Some("DE"));
        let never = event_time("2026-03-29T02:30:00", Zulu::Utc, berlin.as_ref(), None).expect("a reading");
        assert_eq!((never.offset_min, never.zone), (None, Zone::default()));
    }
}
