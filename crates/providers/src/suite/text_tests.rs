//! Tests the last step of reading, `normalize.rs`, with the texts of every provider: markup is removed, and a delivery to the sender is a
//! return.

use doorstep_contract::Stage;
use doorstep_domain::update::TrackingUpdate;
use serde_json::Value;

use super::cases::{all, check};
use crate::normalize::normalized;

const LINK: &str = "Held <a href=\"https://carrier.example/?q=1\">here</a> &amp; <b>there</b>";
const SHOWN: &str = "Held here & there";

/// Returns every text of an update except the raw texts.
fn texts(update: &TrackingUpdate) -> Vec<String> {
    fn collect(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::String(text) => out.push(text.clone()),
            Value::Array(list) => list.iter().for_each(|value| collect(value, out)),
            Value::Object(fields) => fields.iter().filter(|(name, _)| *name != "raw").for_each(|(_, value)| collect(value, out)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut out = Vec::new();
    collect(&serde_json::to_value(update).expect("json"), &mut out);
    out
}

#[test]
fn no_text_of_any_provider_shows_its_tags() {
    for case in all() {
        let deliveries = case.deliver((case.with_texts)(LINK).to_string().as_bytes()).expect("read");
        let texts: Vec<String> = deliveries.iter().flat_map(|delivery| texts(&delivery.update)).collect();
        assert!(texts.iter().any(|text| text.contains(SHOWN)), "{}: {texts:?}", case.name);
        for text in &texts {
            assert!(!text.contains(['<', '>']) && !text.contains("&amp;"), "{}: {text}", case.name);
        }
    }
}

#[test]
fn a_text_that_is_nothing_but_markup_is_no_text() {
    for case in all() {
        for delivery in case.deliver((case.with_texts)("<br><span></span>").to_string().as_bytes()).expect("read") {
            let event = delivery.update.events.first().expect("an event");
            let raw = event.raw.as_ref().and_then(|raw| raw.text.clone());
            assert_eq!((event.text.clone(), raw), (None, None), "{}", case.name);
        }
    }
}

#[test]
fn what_is_cleaned_twice_is_cleaned_once() {
    for case in all() {
        check(case, &"[ -~äé]{0,40}", |text| {
            let deliveries = case.deliver((case.with_texts)(&text).to_string().as_bytes()).unwrap_or_default();
            proptest::prop_assert_eq!(&normalized(deliveries.clone()), &deliveries);
            Ok(())
        });
    }
}

#[test]
fn a_parcel_delivered_to_its_sender_is_returned_whichever_provider_says_so() {
    for case in all() {
        let shipment = case.shipment_after(&(case.delivered)("Delivered, To Original Sender").to_string());
        assert_eq!((&shipment.stage, &shipment.delivered), (&Stage::Returned, &None), "{}", case.name);
        assert_eq!(shipment.events.first().map(|event| &event.stage), Some(&Stage::Returned), "{}", case.name);
        let shipment = case.shipment_after(&(case.delivered)("Delivered, Front Door/Porch").to_string());
        assert_eq!(shipment.stage, Stage::Delivered, "{}", case.name);
    }
}
