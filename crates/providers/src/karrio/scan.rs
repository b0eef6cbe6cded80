//! Reads one scan of Karrio: status, time and place.

use chrono::NaiveTime;
use doorstep_contract::{Event, EventTime, Place, Source};
use doorstep_domain::tracking::event_id;
use serde_json::Value;

use super::status_codes;
use crate::carrier_text;
use crate::fields::{raw, text};
use crate::place::{place_of, with_coordinates};
use crate::time::{ZSuffix, event_time};

/// Returns the status of a tracker or of a scan. Some of Karrio's connectors turn a code that the carrier itself calls unknown into a
/// delay; such a status is returned as unknown.
pub(super) fn status<'a>(json: &'a Value, scan: Option<&Value>) -> &'a str {
    let is_unknown = scan.and_then(|scan| text(scan, "code")).is_some_and(|code| code.eq_ignore_ascii_case("unknown"));
    match text(json, "status") {
        Some("delivery_delayed") if is_unknown => "unknown",
        status => status.unwrap_or_default(),
    }
}

/// Returns the scan as a tracking event, or None if the scan has no readable time.
pub(super) fn event(scan: &Value) -> Option<Event> {
    let meaning = status_codes::meaning(status(scan, Some(scan)), text(scan, "reason").unwrap_or_default());
    let (code, description, place) = (text(scan, "code"), text(scan, "description"), place(scan));
    let (written, at) = at(scan)?;
    Some(Event {
        // Karrio changes the status of a scan when it has more information. The id does not contain the status, so that the scan
        // keeps its id.
        id: event_id(&[
            "karrio",
            &written,
            code.unwrap_or_default(),
            description.unwrap_or_default(),
            text(scan, "location").unwrap_or_default(),
        ]),
        at,
        stage: meaning.stage.unwrap_or_default(),
        condition: meaning.condition,
        reason: meaning.reason,
        text: description.and_then(carrier_text::sentence),
        source: Source::Carrier,
        raw: Some(raw("karrio", raw_code(scan).as_deref(), description)),
        place,
    })
}

/// Returns Karrio's status and the carrier's code, joined by a slash, or the part that is present.
fn raw_code(scan: &Value) -> Option<String> {
    let parts: Vec<_> = ["status", "code"].into_iter().filter_map(|name| text(scan, name)).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Returns the place from the line that Karrio makes of the carrier's address. The parts have no fixed position (`TN` may be Tennessee or
/// Tunisia), so the place has no country and therefore no zone.
fn place(scan: &Value) -> Option<Place> {
    let location = text(scan, "location")?;
    let (town, rest) = location.split_once(", ").map_or((location, None), |(town, rest)| (town, Some(rest)));
    place_of(Some(town), rest, None).map(|place| with_coordinates(place, Some(scan)))
}

/// Returns the time of the scan and its original text. Karrio drops the carrier's offset and appends a `Z` to the local time, so the `Z` is
/// ignored. Karrio also turns a date without a time into midnight; in this case, only the date is returned. Returns None if no
/// time can be read.
fn at(scan: &Value) -> Option<(String, EventTime)> {
    let read = |written: &str| Some((written.to_owned(), event_time(written, ZSuffix::Local, None, None)?));
    let (date, time) = (text(scan, "date"), text(scan, "time").and_then(time_of_day));
    let stamp = text(scan, "timestamp").and_then(read);
    let is_date_alone = |at: &EventTime| time.is_none() && date.is_some() && at.local.time == Some(NaiveTime::MIN);
    stamp.filter(|(_, at)| !is_date_alone(at)).or_else(|| match time {
        Some(time) => read(&format!("{}T{time}", date?)),
        None => read(date?),
    })
}

/// Reads `13:04`, `01:04 PM`, and `13:04 PM`, which Karrio writes as well. Each may have seconds.
fn time_of_day(written: &str) -> Option<NaiveTime> {
    let plain = written.trim_end_matches([' ', 'A', 'P', 'M', 'a', 'p', 'm']);
    let twelve_hour = ["%I:%M %p", "%I:%M:%S %p"].iter().find_map(|format| NaiveTime::parse_from_str(written, format).ok());
    twelve_hour.or_else(|| ["%H:%M", "%H:%M:%S"].iter().find_map(|format| NaiveTime::parse_from_str(plain, format).ok()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_time_is_read_however_it_is_written_and_never_converted() {
        for (scan, local) in [
            (json!({"date": "2026-11-17", "time": "13:04 PM", "timestamp": "2026-11-17T13:04:00.000Z"}), "2026-11-17T13:04:00"),
            (json!({"timestamp": "2026-11-17T13:04:30.000Z"}), "2026-11-17T13:04:30"),
            (json!({"date": "2026-11-17", "timestamp": "2026-11-17T00:00:00.000Z"}), "2026-11-17"),
            (json!({"date": "2026-11-17", "time": "00:00 AM", "timestamp": "2026-11-17T00:00:00.000Z"}), "2026-11-17T00:00:00"),
            (json!({"date": "2026-11-17", "time": "01:04 PM"}), "2026-11-17T13:04:00"),
            (json!({"date": "2026-11-17", "time": "13:04 PM"}), "2026-11-17T13:04:00"),
            (json!({"date": "2026-11-17", "time": "12:04 AM", "timestamp": null}), "2026-11-17T00:04:00"),
            (json!({"date": "2026-11-17", "time": "00:04 AM"}), "2026-11-17T00:04:00"),
            (json!({"date": "2026-11-17", "time": "10:39"}), "2026-11-17T10:39:00"),
            (json!({"date": "2026-11-17", "time": "later", "timestamp": ""}), "2026-11-17"),
        ] {
            let (_, at) = at(&scan).expect("a time");
            assert_eq!((at.local.to_string().as_str(), at.offset_min), (local, None), "{scan}");
        }
        for scan in [json!({}), json!({"time": "10:39"}), json!({"date": "soon", "time": "10:39"})] {
            assert_eq!(at(&scan), None, "{scan}");
        }
    }

    #[test]
    fn a_place_keeps_its_abbreviations() {
        let place =
            |location: &str| place(&json!({"location": location, "latitude": 35.1, "longitude": -90.0})).expect("a place");
        assert_eq!(place("MEMPHIS, TN, US").name.as_deref(), Some("Memphis, TN, US"));
        assert_eq!(
            (place("BONN").name.as_deref(), place("BONN").lat, place("Tunis, TN").country),
            (Some("Bonn"), Some(35.1), None)
        );
    }
}
