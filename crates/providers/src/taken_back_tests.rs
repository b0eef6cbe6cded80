//! Tests the effect of an empty estimate, for every provider.

use serde_json::{Value, json};

use super::parse_unverified;
use super::testing::now;

/// Returns one payload of every provider with this estimate, or without the field if it is None. The shipment is late or under way.
fn bodies(estimate: Option<&Value>, is_late: bool) -> Vec<(&'static str, Value)> {
    let word = |late: &str, well: &str| json!(if is_late { late } else { well });
    let field = |mut parcel: Value, name: &str| {
        if let Some(estimate) = estimate {
            parcel[name] = estimate.clone();
        }
        parcel
    };
    let easypost = json!({"tracking_code": "1", "status": "in_transit", "status_detail": word("delayed", "in_transit")});
    let aftership =
        json!({"tracking_number": "1", "tag": word("Exception", "InTransit"), "subtag": word("Exception_005", "InTransit_001")});
    let status = json!({"status": "TRANSIT", "substatus": {"code": word("delayed", "package_accepted")}});
    let shippo = json!({"tracking_number": "1", "tracking_status": status});
    let detail = word("CARRIER_DELAYS", "IN_TRANSIT");
    let shipengine = json!({"tracking_number": "1", "status_code": "IT", "status_detail_code": detail});
    let karrio = json!({"tracking_number": "1", "status": word("delivery_delayed", "in_transit")});
    let sub_status = word("Exception_Delayed", "InTransit_Other");
    let mut track = json!({"latest_status": {"sub_status": sub_status}, "time_metrics": {}});
    track["time_metrics"] = field(json!({}), "estimated_delivery_date");
    let carrier = json!({"tracking_number": "1", "carrier": "x", "told_at": "2026-11-19T10:00:00Z", "status": {"stage": "in_transit",
        "condition": word("late", "ok")}});
    vec![
        ("easypost", json!({"description": "tracker.updated", "result": field(easypost, "est_delivery_date")})),
        ("aftership", json!({"event": "tracking_update", "msg": field(aftership, "expected_delivery")})),
        ("shippo", json!({"event": "track_updated", "data": field(shippo, "eta")})),
        ("shipengine", json!({"resource_type": "API_TRACK", "data": field(shipengine, "estimated_delivery_date")})),
        ("karrio", json!({"event": "tracker_updated", "data": field(karrio, "estimated_delivery")})),
        ("seventeentrack", json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "track_info": track}})),
        ("carrier", field(carrier, "expected")),
    ]
}

fn withdrawn(estimate: Option<&Value>, is_late: bool) -> Vec<(&'static str, bool)> {
    let said = |(provider, body): (&'static str, Value)| {
        let mut deliveries = parse_unverified(provider, body.to_string().as_bytes(), now()).expect("a delivery");
        (provider, deliveries.remove(0).update.facts.promise_withdrawn)
    };
    bodies(estimate, is_late).into_iter().map(said).collect()
}

#[test]
fn an_estimate_that_becomes_empty_with_a_delay_is_taken_back() {
    for (provider, is_withdrawn) in withdrawn(Some(&Value::Null), true) {
        assert!(is_withdrawn, "{provider}");
    }
}

#[test]
fn an_estimate_that_is_left_out_is_not_taken_back() {
    for (provider, is_withdrawn) in withdrawn(None, true) {
        assert!(!is_withdrawn, "{provider}");
    }
}

#[test]
fn an_estimate_that_is_empty_while_all_is_well_is_taken_back_only_where_the_format_says_so() {
    for (provider, is_withdrawn) in withdrawn(Some(&Value::Null), false) {
        assert_eq!(is_withdrawn, provider == "carrier", "{provider}");
    }
}
