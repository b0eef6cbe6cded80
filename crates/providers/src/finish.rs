//! Last step for the updates of every provider, after reading: removes markup that the reader left, turns a delivery to the sender into a
//! return, and dates updates that have no time. Called by [`super::verify_and_parse`] and [`super::read`].

use chrono_tz::Tz;
use doorstep_contract::{Delivered, Pickup, Timestamp};
use doorstep_domain::tracking::TrackingUpdate;
use doorstep_domain::tracking::stage::instant;

use super::{Delivery, to_sender, wording};

/// Returns the updates as the domain takes them.
pub(super) fn finished(mut deliveries: Vec<Delivery>) -> Vec<Delivery> {
    for update in deliveries.iter_mut().map(|delivery| &mut delivery.update) {
        clean(update);
        to_sender::correct(update);
        date(update);
    }
    deliveries
}

/// Sets the time of an update whose provider sends none to the time of its newest scan. The time of receipt is not used, because it must
/// not affect the result.
fn date(update: &mut TrackingUpdate) {
    let newest = update.events.iter().map(|event| instant(event, Tz::UTC)).max();
    update.reported_at = update.reported_at.or(newest.map(Timestamp::from));
}

/// Removes markup from every text that a shopper reads. Texts that are already clean stay unchanged.
fn clean(update: &mut TrackingUpdate) {
    for event in &mut update.events {
        clear(&mut event.text);
        if let Some(place) = &mut event.place {
            clear(&mut place.name);
        }
    }
    let facts = &mut update.facts;
    if let Some(action) = &mut facts.action_required {
        clear(&mut action.what);
    }
    if let Some(Delivered { detail, signed_by, .. }) = &mut facts.delivered {
        clear(detail);
        clear(signed_by);
    }
    if let Some(Pickup { name, lines, hours, code, .. }) = &mut facts.pickup {
        *name = wording::plain(name).unwrap_or_default();
        clear_lines(lines);
        clear_lines(hours);
        clear(code);
    }
    if let Some(carrier) = &mut facts.last_mile_carrier {
        carrier.name = wording::plain(&carrier.name).unwrap_or_default();
        clear(&mut carrier.phone);
    }
}

fn clear(text: &mut Option<String>) {
    *text = text.as_deref().and_then(wording::plain);
}

fn clear_lines(lines: &mut Vec<String>) {
    *lines = lines.iter().filter_map(|line| wording::plain(line)).collect();
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::parse_unverified;
    use super::super::testing::now;
    use super::*;

    const LINK: &str = "Held <a href=\"https://carrier.example/?q=1\">here</a> &amp; <b>there</b>";
    const SHOWN: &str = "Held here & there";

    fn at() -> DateTime<Utc> {
        now()
    }

    /// One update of every provider, with marked-up text in every text field that the provider sends.
    fn marked_up(said: &str) -> Vec<(&'static str, Value)> {
        vec![
            (
                "easypost",
                json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "delivered", "signed_by": said,
                    "tracking_details": [{"message": said, "status": "delivered", "datetime": "2026-11-19T10:00:00Z",
                        "tracking_location": {"city": said, "state": said}}]}}),
            ),
            (
                "aftership",
                json!({"event": "tracking_update", "msg": {"tracking_number": "1", "tag": "Delivered", "signed_by": said,
                    "pickup_note": said, "delivery_type": "pickup_at_store", "pickup_location": said, "delivery_location_type": said,
                    "checkpoints": [{"checkpoint_time": "2026-11-19T10:00:00", "tag": "Delivered", "message": said, "city": said,
                        "state": said, "location": said}]}}),
            ),
            (
                "shippo",
                json!({"event": "track_updated", "data": {"tracking_number": "1", "tracking_status": {"status": "TRANSIT",
                    "status_details": said, "status_date": "2026-11-19T10:00:00Z", "location": {"city": said, "state": said}}}}),
            ),
            (
                "shipengine",
                json!({"resource_type": "API_TRACK", "data": {"tracking_number": "1", "status_code": "SP", "exception_description": said,
                    "events": [{"occurred_at": "2026-11-19T10:00:00Z", "status_code": "SP", "description": said, "city_locality": said,
                        "state_province": said, "company_name": said, "postal_code": said, "signer": said}]}}),
            ),
            (
                "seventeentrack",
                json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "carrier": 3, "track_info": {
                    "latest_status": {"status": "AvailableForPickup", "sub_status": "AvailableForPickup_Other"},
                    "misc_info": {"local_provider": said},
                    "tracking": {"providers": [{"provider": {"key": 3, "name": said, "tel": said}, "events": [
                        {"time_iso": "2026-11-19T10:00:00+00:00", "description": said, "location": said, "stage": "AvailableForPickup",
                         "address": {"street": said, "city": said, "state": said, "postal_code": said}}]}]}}}}),
            ),
            (
                "karrio",
                json!({"event": "tracker_updated", "data": {"tracking_number": "1", "status": "delivered", "info": {"signed_by": said},
                    "events": [{"date": "2026-11-19", "time": "10:00", "status": "delivered", "description": said, "location": said}]}}),
            ),
            (
                "carrier",
                json!({"tracking_number": "1", "carrier": "dpd", "told_at": "2026-11-19T12:00:00Z",
                    "events": [{"at": "2026-11-19T10:00", "stage": "delivered", "text": said, "place": {"name": said, "region": said}}],
                    "delivered": {"to": "neighbour", "detail": said, "signed_by": said},
                    "pickup": {"name": said, "lines": [said], "hours": [said], "code": said},
                    "last_mile": {"carrier": {"code": "x", "name": said}}, "action_required": {"who": "shopper", "what": said}}),
            ),
        ]
    }

    /// Returns every text of an update except the raw texts.
    fn texts(update: &TrackingUpdate) -> Vec<String> {
        fn collect(value: &Value, out: &mut Vec<String>) {
            match value {
                Value::String(text) => out.push(text.clone()),
                Value::Array(list) => list.iter().for_each(|value| collect(value, out)),
                Value::Object(fields) => {
                    fields.iter().filter(|(name, _)| *name != "raw").for_each(|(_, value)| collect(value, out))
                }
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
        let mut out = Vec::new();
        collect(&serde_json::to_value(update).expect("json"), &mut out);
        out
    }

    #[test]
    fn no_text_of_any_provider_shows_its_tags() {
        for (provider, body) in marked_up(LINK) {
            let deliveries = parse_unverified(provider, body.to_string().as_bytes(), at()).expect("read");
            let texts: Vec<String> = deliveries.iter().flat_map(|delivery| texts(&delivery.update)).collect();
            assert!(texts.iter().any(|text| text.contains(SHOWN)), "{provider}: {texts:?}");
            for text in &texts {
                assert!(!text.contains(['<', '>']) && !text.contains("&amp;"), "{provider}: {text}");
            }
        }
    }

    #[test]
    fn a_text_that_is_nothing_but_markup_is_no_text() {
        for (provider, body) in marked_up("<br><span></span>") {
            for delivery in parse_unverified(provider, body.to_string().as_bytes(), at()).expect("read") {
                let event = delivery.update.events.first().expect("an event");
                let raw = event.raw.as_ref().and_then(|raw| raw.text.clone());
                assert_eq!((event.text.clone(), raw), (None, None), "{provider}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_cleaned_twice_is_cleaned_once(said in "[ -~äé]{0,40}") {
            for (provider, body) in marked_up(&said) {
                for delivery in parse_unverified(provider, body.to_string().as_bytes(), at()).unwrap_or_default() {
                    let mut again = delivery.update.clone();
                    clean(&mut again);
                    prop_assert_eq!(&again, &delivery.update, "{}", provider);
                }
            }
        }
    }
}
