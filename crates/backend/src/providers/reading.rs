//! Reading what providers write: texts that say something, times in any of their spellings, places.

use std::ops::RangeInclusive;

use chrono::{
    DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeZone as _, Timelike as _, Utc,
};
use doorstep_core::wire::{ConditionState, Date, EventTime, LocalTime, Place, Raw, Timestamp, Window, Zone};
use serde_json::Value;

use super::{wording, zone};

/// A text of a carrier that is longer than this is cut.
const MAX_TEXT: usize = 1_000;
/// The years in which parcels travel.
const YEARS: RangeInclusive<i32> = 2000..=2999;

/// A text that says something.
pub(super) fn text<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    json.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// The same of a field that may also be a number.
pub(super) fn number_or_text(json: &Value, name: &str) -> Option<String> {
    let number = json.get(name)?.as_number().map(ToString::to_string);
    number.or_else(|| text(json, name).map(str::to_owned))
}

/// A list, at most so many of it.
pub(super) fn list<'a>(json: &'a Value, name: &str, most: usize) -> &'a [Value] {
    let all = json.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.get(..most.min(all.len())).unwrap_or_default()
}

/// What the provider sent, word for word; a text that is nothing but markup is none.
pub(super) fn raw(provider: &str, code: Option<&str>, said: Option<&str>) -> Raw {
    let said = said.filter(|text| wording::plain(text).is_some());
    let cut = |text: &str| text.chars().take(MAX_TEXT).collect::<String>();
    Raw { provider: provider.to_owned(), code: code.map(cut), text: said.map(cut) }
}

/// What a `Z`, or an offset of nought, means when this provider writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zulu {
    /// An instant.
    Utc,
    /// Nothing: the reading is local, and somebody appended it.
    Nothing,
}

/// A moment as it was written: a reading, and an offset where one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) date: NaiveDate,
    pub(super) time: Option<NaiveTime>,
    pub(super) offset: Option<FixedOffset>,
}

/// Reads a moment in any of the spellings that providers use, also several in one list: `2026-11-19T10:00:00Z`, with a fraction, with
/// `+01:00` or `+0100`, with a space for the `T`, without seconds, `20261119 100000`, `2026/11/19 10:00`, or a date alone.
///
/// A year that is no parcel's is not read: some write the first day of their calendar where they mean nothing, and at the ends of
/// ours an offset leads beyond it.
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

/// When an event happened, on the clock of the place: as it was written where nothing says which zone that is, and never converted
/// then. A reading in UTC becomes the local one where the place lies in one zone.
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
        // A reading that the clock shows twice is taken for the first; one that it never shows stays without an offset.
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

/// An instant in UTC; nothing where no offset was written.
pub(super) fn instant(said: &str) -> Option<Timestamp> {
    let written = written(said)?;
    let at = written.date.and_time(written.time?).and_local_timezone(written.offset?).single()?;
    Some(Timestamp::from(at.to_utc()))
}

/// An instant from seconds since 1970.
pub(super) fn from_seconds(seconds: i64) -> Option<Timestamp> {
    DateTime::<Utc>::from_timestamp(seconds, 0).filter(|at| YEARS.contains(&at.year())).map(Timestamp::from)
}

/// When something is expected, between two moments as they were written. Dates stay dates, and so do midnights, which providers
/// append to them; two instants are a window of hours.
pub(super) fn window(from: &str, to: &str) -> Option<Window> {
    let (first, last) = (written(from)?, written(to)?);
    let has_hour = |moment: &Written| moment.time.is_some_and(|time| time != NaiveTime::MIN);
    let hours = instant(from).zip(instant(to)).filter(|(from, to)| from < to && (has_hour(&first) || has_hour(&last)));
    Some(match hours {
        Some((from, to)) => Window::Times { from, to },
        None => Window::Days { from: Date(first.date.min(last.date)), to: Date(first.date.max(last.date)) },
    })
}

/// Returns whether an estimate is taken back: one of its fields is there and empty while something is wrong. A provider that leaves the
/// field out, or empties it while all is well, says nothing about what was expected.
pub(super) fn is_taken_back(fields: &[Option<&Value>], condition: Option<&ConditionState>) -> bool {
    let is_empty = |field: &&Value| field.is_null() || field.as_str().is_some_and(|text| text.trim().is_empty());
    condition.is_some_and(|state| *state != ConditionState::Ok) && fields.iter().flatten().any(is_empty)
}

/// A place: city and region as a name, and the country where it is a code.
pub(super) fn place(city: Option<&str>, region: Option<&str>, country: Option<&str>) -> Option<Place> {
    let city = city.and_then(wording::place);
    let name = [city, region.and_then(wording::plain)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let country = country.filter(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let (name, country) = ((!name.is_empty()).then_some(name), country.map(str::to_ascii_uppercase));
    (name.is_some() || country.is_some()).then_some(Place { name, country, lat: None, lon: None })
}

/// The place with its latitude and longitude, where both are given.
pub(super) fn located(place: Place, json: Option<&Value>) -> Place {
    let degrees = |name, most: f64| json?.get(name)?.as_f64().filter(|degrees| degrees.abs() <= most);
    match (degrees("latitude", 90.0), degrees("longitude", 180.0)) {
        (Some(lat), Some(lon)) => Place { lat: Some(lat), lon: Some(lon), ..place },
        (Some(_) | None, _) => place,
    }
}

/// How many; never a negative number.
pub(super) fn count(json: &Value, name: &str) -> Option<u32> {
    json.get(name)?.as_u64().and_then(|number| u32::try_from(number).ok())
}

/// A link that may be shown.
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
        // The hour that summer time leaves out is shown by no clock.
        let berlin = place(Some("Berlin"), None, Some("DE"));
        let never = event_time("2026-03-29T02:30:00", Zulu::Utc, berlin.as_ref(), None).expect("a reading");
        assert_eq!((never.offset_min, never.zone), (None, Zone::default()));
    }
}
