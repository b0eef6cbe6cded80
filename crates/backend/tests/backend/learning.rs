//! Tests of the usual gap between scans of a carrier, which is learned from the parcels that it has delivered.

use serde_json::{Value, json};

use crate::support::{Backend, order};

/// Creates an order that does not state the usual gap between scans, with these scans of January (day and time, stage). Returns its
/// shipment.
async fn scanned(backend: &Backend, number: &str, scans: &[(&str, &str)]) -> Value {
    let mut body = order(number);
    body["shipments"][0].as_object_mut().unwrap().remove("usual_gap_h");
    let id = backend.admin("POST", "/v1/admin/orders", &body).await.text("id");
    for (at, stage) in scans {
        let at = json!({ "local": format!("2020-01-{at}:00"), "offset_min": 0 });
        let event = json!({ "shipment_id": "s1", "at": at, "stage": stage });
        backend.admin("POST", &format!("/v1/admin/orders/{id}/events"), &event).await;
    }
    let token = backend.token(&id, &["read"]).await;
    backend.read(&id, &token).await.json()["shipments"][0].clone()
}

#[tokio::test]
async fn a_carrier_that_scans_twice_a_day_is_called_silent_after_half_a_day() {
    let backend = Backend::with_policy("[tracking]\nlearn_from = 2\n").await;
    let quiet = [("25T13:00", "in_transit")];
    let parcel = scanned(&backend, "1", &quiet).await;
    assert_eq!((&parcel["usual_gap_h"], &parcel["condition"]["state"]), (&json!(72), &json!("ok")));
    let transit_sample = [("22T08:00", "handed_over"), ("22T18:00", "in_transit"), ("23T04:00", "delivered")];
    for number in ["2", "3"] {
        scanned(&backend, number, &transit_sample).await;
        backend.app.service.compute_transit_statistics().await.unwrap();
    }
    let parcel = scanned(&backend, "4", &quiet).await;
    assert_eq!((&parcel["usual_gap_h"], &parcel["condition"]["state"]), (&json!(10), &json!("stalled")));
    assert_eq!(parcel["condition"]["since"], "2020-01-25T23:00:01Z");
}
