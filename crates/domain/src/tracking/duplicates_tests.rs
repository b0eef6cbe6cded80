//! Tests that a scan that is reported twice becomes one row and one delivery attempt, and that two different scans stay separate.

use doorstep_contract::{Shipment, Stage};
use serde_json::{Value, json};

use super::testing::{scan, shown, update};

/// Returns the shipment after two reports of one scan. The first has the fields `first`, the second the fields `second`.
fn twice(words: &str, first: &Value, second: &Value) -> Shipment {
    let telling = |id: &str, fields: &Value| {
        let mut scan = scan(words);
        scan["id"] = json!(id);
        for (name, value) in fields.as_object().expect("fields") {
            scan[name] = value.clone();
        }
        scan
    };
    let told = |scan: Value| update("2026-11-20T11:00:00Z", &[scan], json!({}));
    let in_order = shown(&[told(telling("a", first)), told(telling("b", second))]);
    let turned = shown(&[told(telling("b", second)), told(telling("a", first))]);
    assert_eq!(in_order, turned, "the order in which they come does not matter");
    assert_eq!(in_order, shown(&[update("2026-11-20T11:00:00Z", &[telling("b", second), telling("a", first)], json!({}))]));
    in_order
}

const ATTEMPT: &str = "19T10:00 out_for_delivery attempt_failed";

#[test]
fn the_same_scan_told_twice_is_one_row_and_one_attempt() {
    let at = |local: &str, offset: Option<i32>| json!({"local": format!("2026-11-{local}"), "offset_min": offset});
    for (first, second, what) in [
        (json!({"place": null}), json!({}), "with and without its place"),
        (json!({"place": {"country": "GB"}}), json!({}), "with its country alone"),
        (json!({"place": {"name": "HINCKLEY, Leics", "country": "GB"}}), json!({}), "its town in another way"),
        (json!({"at": at("19T10:00:00", None)}), json!({"at": at("19T10:00:00", Some(-300))}), "with and without its zone"),
        (json!({"at": at("19T10:00:45", Some(0))}), json!({}), "with and without its seconds"),
        (json!({"at": at("19", None)}), json!({}), "with and without its time"),
        (json!({"text": "NOBODY AT HOME "}), json!({"text": "Nobody at home."}), "in capitals"),
        (json!({"text": null}), json!({}), "with and without its words"),
        (
            json!({"raw": {"provider": "aftership", "code": "AttemptFail"}}),
            json!({"raw": {"provider": "aftership"}}),
            "with its code",
        ),
        (json!({"stage": "unknown", "condition": null}), json!({}), "without what its code means"),
        (
            json!({"raw": {"provider": "shippo"}, "text": "Notice left", "at": at("19T10:01:30", Some(0))}),
            json!({"raw": {"provider": "easypost"}, "place": null}),
            "by two providers",
        ),
    ] {
        let shipment = twice(ATTEMPT, &first, &second);
        assert_eq!((shipment.events.len(), shipment.attempts), (1, 1), "{what}");
    }
}

#[test]
fn two_scans_at_two_times_or_two_places_stay_two() {
    let at = |local: &str| json!({"local": format!("2026-11-{local}"), "offset_min": 0});
    for (first, second, what) in [
        (json!({}), json!({"at": at("19T16:00:00")}), "two attempts of one day"),
        (json!({}), json!({"at": at("18T10:00:00")}), "two attempts of two days"),
        (json!({}), json!({"place": {"name": "Leeds", "country": "GB"}}), "two places"),
        (json!({}), json!({"place": {"name": "Hinckley", "country": "US"}}), "two countries"),
        (json!({}), json!({"text": "The business is closed"}), "other words"),
        (json!({}), json!({"at": {"local": "2026-11-19T12:00:00"}, "place": null}), "another hour without a zone"),
    ] {
        assert_eq!(twice(ATTEMPT, &first, &second).attempts, 2, "{what}");
    }
}

#[test]
fn what_only_one_telling_knows_is_kept() {
    let unzoned = json!({"at": {"local": "2026-11-19T10:00:00"}, "text": "Arrived at the hub"});
    let unplaced = json!({"place": null, "reason": "weather_delay", "text": "ARRIVED AT THE HUB."});
    let shipment = twice("19T10:00 in_transit late", &unzoned, &unplaced);
    let event = &shipment.events[0];
    assert_eq!(event.at.offset_min, Some(0));
    assert_eq!(event.place.as_ref().and_then(|place| place.name.as_deref()), Some("Hinckley"));
    assert_eq!(event.reason.as_ref().map(|reason| reason.as_str()), Some("weather_delay"));
    assert_eq!(shipment.stage, Stage::InTransit);
}

#[test]
fn each_of_three_scans_that_is_sent_with_and_without_its_town_is_one_row() {
    let words = ["17T08:00 in_transit", "18T08:00 out_for_delivery attempt_failed", "19T08:00 out_for_delivery"];
    let bare = words.map(|words| {
        let mut bare = scan(words);
        (bare["id"], bare["place"]) = (json!(format!("{words} bare")), Value::Null);
        bare["at"]["offset_min"] = Value::Null;
        bare
    });
    let all: Vec<Value> = words.iter().map(|words| scan(words)).chain(bare).collect();
    let shipment = shown(&[update("2026-11-20T11:00:00Z", &all, json!({}))]);
    assert_eq!((shipment.events.len(), shipment.attempts), (3, 1));
}
