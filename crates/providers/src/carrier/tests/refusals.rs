//! Tests that faulty payloads are refused, and that no code of a carrier causes a panic.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::parcel;
use crate::carrier::case::CASE;
use crate::delivery::Delivery;
use crate::refusal::Refusal;
use crate::testing::shipment_after;

#[test]
fn a_mistake_of_the_sender_is_refused_and_an_oddity_of_the_carrier_is_not() {
    let scan = |scan: Value| json!({"events": [scan]});
    let refused = [
        json!({"traking_url": "https://a.example"}),
        json!({"tracking_number": " "}),
        json!({"carrier": ""}),
        json!({"told_at": "2026-11-19T10:00:00"}),
        json!({"told_at": "2026-11-20T12:06:00Z"}),
        json!({"pieces": 0}),
        json!({"tracking_level": "some"}),
        json!({"expected": {"from": "soon"}}),
        json!({"delivered": {"to": "the moon"}}),
        json!({"action_required": {"who": "nobody"}}),
        json!({"status": {"code": 46}}),
        json!({"status": {"stage": "teleported"}}),
        scan(json!({"at": "yesterday", "code": "D"})),
        scan(json!({"code": "D"})),
        scan(json!({"at": "2026-11-19T10:00"})),
        scan(json!({"at": "2026-11-19T10:00", "id": "", "code": "D"})),
        scan(json!({"at": "2026-11-19T10:00", "code": "D", "condition": "fine"})),
        scan(json!({"at": "2026-11-19T10:00", "code": "D", "reason": "because"})),
        scan(json!({"at": "2026-11-19T10:00", "code": "D", "place": {"city": "Kyoto"}})),
    ];
    for fields in refused {
        let body = parcel(fields);
        assert!(matches!(CASE.deliver(body.as_bytes()), Err(Refusal::Unreadable(_))), "{body}");
    }
    let odd = parcel(json!({
        "tracking_url": "javascript:alert(1)", "reroute_url": "", "last_mile": {"carrier": {}, "tracking_number": " "},
        "events": [{"at": "20261119", "code": "☃", "text": "", "place": {"country": "Japan", "lat": 1e9, "lon": 0.0}}],
    }));
    let facts = CASE.delivery(&odd).update.facts;
    assert_eq!(
        (facts.tracking_url, facts.reroute_url, facts.last_mile_carrier, facts.last_mile_tracking_number),
        (None, None, None, None)
    );
    assert_eq!(CASE.delivery(&odd).update.events.first().map(|event| event.place.clone()), Some(None));
}

#[test]
fn the_reason_for_the_log_says_where_and_repeats_nothing() {
    for (fields, why) in [
        (json!({"traking_url": "Ada"}), "traking_url does not fit the format"),
        (json!({"pieces": "Ada"}), "pieces does not fit the format"),
        (json!({"events": [{"at": "2026-11-19", "text": "Ada"}, {"at": "Ada", "code": "D"}]}), "events[1]: at cannot be read"),
        (json!({"status": {"stage": "Ada"}}), "stage is no word of the contract"),
    ] {
        assert_eq!(CASE.deliver(parcel(fields).as_bytes()), Err(Refusal::Unreadable(why.to_owned())));
    }
}

proptest! {
    #[test]
    fn no_scan_makes_it_panic(
        code in "[A-Z]{1,2}|[0-9]{1,4}|.{0,5}",
        group in proptest::option::of(proptest::sample::select(vec!["activity", "status", "manifest", "update", "regulatory", "possession", ""])),
        carrier in proptest::sample::select(vec!["ups", "fedex", "dhl", "DHL-Express", "usps", "dpd"]),
        at in "2026-1[0-2]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9])?(Z|[+-][01][0-9]:00)?",
    ) {
        let body = parcel(json!({"carrier": carrier, "status": {"code": code, "group": group}, "events": [{"at": at, "code": code, "group": group}]}));
        let read = CASE.deliver(body.as_bytes()).unwrap_or_default();
        let twice: Vec<Delivery> = read.iter().chain(&read).cloned().collect();
        prop_assert_eq!(shipment_after(&twice), shipment_after(&read));
    }
}
