//! Reads one scan of 17TRACK: status code, time and place.

use doorstep_contract::{Event, EventTime, Place, Source};
use doorstep_domain::tracking::event_id;
use serde_json::Value;

use super::status_codes;
use crate::carrier_text;
use crate::fields::{raw, text};
use crate::place::{place_of, with_coordinates};
use crate::time::{ZSuffix, event_time};

/// Returns the sub-status of a scan, or else its field `stage`.
pub(super) fn code(scan: &Value) -> &str {
    text(scan, "sub_status").or_else(|| text(scan, "stage")).unwrap_or_default()
}

/// Returns the scan as a tracking event, or None if the scan has no readable time.
pub(super) fn event(scan: &Value) -> Option<Event> {
    let (code, description, place) = (code(scan), text(scan, "description"), place(scan));
    let (written, at) = at(scan, place.as_ref())?;
    let meaning = status_codes::meaning(code);
    let name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
    Some(Event {
        // 17TRACK derives the code from the text and may change it later. The id does not contain the code, so that the scan
        // keeps its id.
        id: event_id(&["seventeentrack", &written, description.unwrap_or_default(), name]),
        at,
        stage: meaning.stage.unwrap_or_default(),
        condition: meaning.condition,
        reason: meaning.reason,
        text: description.and_then(carrier_text::sentence),
        source: Source::Carrier,
        raw: Some(raw("seventeentrack", (!code.is_empty()).then_some(code), description)),
        place,
    })
}

/// Returns the place of the scan, from the parts of the address or else from the line that the carrier wrote.
pub(super) fn place(scan: &Value) -> Option<Place> {
    let address = scan.get("address").unwrap_or(&Value::Null);
    let country = text(address, "country");
    let parts = place_of(text(address, "city"), text(address, "state"), country);
    let place = parts.filter(|place| place.name.is_some()).or_else(|| place_of(text(scan, "location"), None, country));
    place.map(|place| with_coordinates(place, address.get("coordinates")))
}

/// Returns the time of the scan and its original text. The carrier's own time takes precedence, because the offset of `time_iso` is a guess
/// of 17TRACK where the carrier wrote no zone. If the carrier's time is missing or unreadable, `time_iso` is used; a `Z` in it is UTC.
fn at(scan: &Value, place: Option<&Place>) -> Option<(String, EventTime)> {
    let region = scan.get("address").and_then(|address| text(address, "state"));
    let by_carrier = scan.get("time_raw").and_then(|raw| {
        let reading = [Some(text(raw, "date")?), text(raw, "time")].into_iter().flatten().collect::<Vec<_>>().join("T");
        let zoned = text(raw, "timezone").map(|zone| format!("{reading}{zone}"));
        let read = |written: &str| event_time(written, ZSuffix::Utc, place, region);
        let at = zoned.as_deref().and_then(read).or_else(|| read(&reading))?;
        Some((reading, at))
    });
    let by_seventeentrack = || {
        let written = text(scan, "time_iso").or_else(|| text(scan, "time_utc"))?;
        Some((written.to_owned(), event_time(written, ZSuffix::Utc, place, region)?))
    };
    by_carrier.or_else(by_seventeentrack)
}
