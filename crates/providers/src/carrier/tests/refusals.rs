//! Tests that faulty payloads are refused and that no payload causes a panic.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::super::testing::{any_json, now, send, shipment_after};
use super::super::super::{Delivery, Refusal, Secrets};
use super::{ALL, DELIVERED, SECRET, deliver, delivery, parcel, secrets, signed_at};
use doorstep_domain::signature::{HEADER, sign};

#[test]
fn a_signature_that_is_wrong_missing_or_old_is_refused() {
    let body = DELIVERED.as_bytes();
    let at = now().timestamp();
    for (seconds, expected) in
        [(at - 300, None), (at + 300, None), (at - 301, Some(Refusal::Stale)), (at + 301, Some(Refusal::Stale))]
    {
        assert_eq!(signed_at(seconds, body).err(), expected, "{seconds}");
    }
    let other = sign(b"back-door", at, body);
    let stretched = sign(SECRET.as_bytes(), at - 3_600, body).replace(&(at - 3_600).to_string(), &at.to_string());
    for header in [other, stretched, String::new(), "t=,v1=".to_owned(), format!("t={at}"), format!("t={at},v1=")] {
        assert_eq!(send("carrier", &[(HEADER, header.clone())], body, &secrets()), Err(Refusal::BadSignature), "{header}");
    }
    assert_eq!(send("carrier", &[], body, &secrets()), Err(Refusal::BadSignature));
    for secret in [Vec::new(), vec![String::new()]] {
        let header = sign(b"", at, body);
        let secrets = Secrets { carrier: secret, ..Secrets::default() };
        assert_eq!(send("carrier", &[(HEADER, header)], body, &secrets), Err(Refusal::BadSignature));
    }
}

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
        assert!(matches!(deliver(body.as_bytes()), Err(Refusal::Unreadable(_))), "{body}");
    }
    for body in ["", "{", "[]", "{}", "null"] {
        assert!(matches!(deliver(body.as_bytes()), Err(Refusal::Unreadable(_))), "{body}");
    }
    let odd = parcel(json!({
        "tracking_url": "javascript:alert(1)", "reroute_url": "", "last_mile": {"carrier": {}, "tracking_number": " "},
        "events": [{"at": "20261119", "code": "☃", "text": "", "place": {"country": "Japan", "lat": 1e9, "lon": 0.0}}],
    }));
    let facts = delivery(&odd).update.facts;
    assert_eq!(
        (facts.tracking_url, facts.reroute_url, facts.last_mile_carrier, facts.last_mile_tracking_number),
        (None, None, None, None)
    );
    assert_eq!(delivery(&odd).update.events.first().map(|event| event.place.clone()), Some(None));
}

#[test]
fn the_reason_for_the_log_says_where_and_repeats_nothing() {
    for (fields, why) in [
        (json!({"traking_url": "Ada"}), "traking_url does not fit the format"),
        (json!({"pieces": "Ada"}), "pieces does not fit the format"),
        (json!({"events": [{"at": "2026-11-19", "text": "Ada"}, {"at": "Ada", "code": "D"}]}), "events[1]: at cannot be read"),
        (json!({"status": {"stage": "Ada"}}), "stage is no word of the contract"),
    ] {
        assert_eq!(deliver(parcel(fields).as_bytes()), Err(Refusal::Unreadable(why.to_owned())));
    }
}

const NAMES: &[&str] = &[
    "status",
    "events",
    "code",
    "group",
    "stage",
    "condition",
    "reason",
    "text",
    "at",
    "place",
    "piece",
    "expected",
    "delivered",
    "to",
    "pickup",
    "last_mile",
    "carrier",
    "46",
    "D",
    "X",
    "2026-11-19",
];

proptest! {
    #[test]
    fn no_payload_makes_it_panic(fields in any_json(NAMES), scans in proptest::collection::vec(any_json(NAMES), 0..4)) {
        let mut body: Value = serde_json::from_str(&parcel(fields)).expect("json");
        body["events"] = json!(scans);
        shipment_after(&deliver(body.to_string().as_bytes()).unwrap_or_default());
    }

    #[test]
    fn no_scan_makes_it_panic(
        code in "[A-Z]{1,2}|[0-9]{1,4}|.{0,5}",
        group in proptest::option::of(proptest::sample::select(vec!["activity", "status", "manifest", "update", "regulatory", "possession", ""])),
        carrier in proptest::sample::select(vec!["ups", "fedex", "dhl", "DHL-Express", "usps", "dpd"]),
        at in "2026-1[0-2]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9])?(Z|[+-][01][0-9]:00)?",
    ) {
        let body = parcel(json!({"carrier": carrier, "status": {"code": code, "group": group}, "events": [{"at": at, "code": code, "group": group}]}));
        let read = deliver(body.as_bytes()).unwrap_or_default();
        let twice: Vec<Delivery> = read.iter().chain(&read).cloned().collect();
        prop_assert_eq!(shipment_after(&twice), shipment_after(&read));
    }

    #[test]
    fn a_body_that_breaks_off_or_is_signed_by_another_changes_nothing(which in 0..ALL.len(), part in 0.0..1.0_f64, at in 0_usize..100) {
        let body = ALL[which].trim_end().as_bytes();
        let end = (body.len() as f64 * part) as usize;
        prop_assert!(matches!(deliver(&body[..end]), Err(Refusal::Unreadable(_))));
        let mut touched = body.to_vec();
        touched[at] ^= 1;
        let header = sign(SECRET.as_bytes(), now().timestamp(), body);
        prop_assert_eq!(send("carrier", &[(HEADER, header)], &touched, &secrets()), Err(Refusal::BadSignature));
    }
}
