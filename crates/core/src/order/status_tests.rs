use super::*;
use crate::testing::shipment;
use serde_json::json;

#[test]
fn stage_and_condition_give_one_situation() {
    let table = [
        ("in_transit", "ok", Situation::OnTheWay),
        ("in_transit", "late", Situation::Late),
        ("out_for_delivery", "late", Situation::OutForDelivery),
        ("out_for_delivery", "attempt_failed", Situation::AttemptFailed),
        ("ready_for_pickup", "attempt_failed", Situation::ReadyForPickup),
        ("delivered", "late", Situation::Delivered),
        ("delivered", "damaged", Situation::Damaged),
        ("ready_for_pickup", "not_collected", Situation::NotCollected),
        ("in_transit", "not_collected", Situation::NotCollected),
        ("returning", "not_collected", Situation::Returning),
        ("customs", "documents_due", Situation::DocumentsDue),
        ("customs", "ok", Situation::Customs),
        ("lost", "stalled", Situation::Lost),
        ("teleporting", "ok", Situation::Unknown),
        ("in_transit", "bewitched", Situation::OnTheWay),
    ];
    for (stage, condition, expected) in table {
        let shipment = shipment(json!({"stage": stage, "condition": {"state": condition}}));
        assert_eq!(situation(&shipment), expected, "{stage} {condition}");
    }
}

#[test]
fn a_parcel_that_the_carrier_looks_for_is_not_on_its_way_as_usual() {
    let searched = json!({"stage": "in_transit", "condition": {"state": "unknown", "reason": "parcel_being_researched"}});
    assert_eq!(situation(&shipment(searched)), Situation::Stalled);
}

#[test]
fn a_service_that_reports_little_is_never_called_late() {
    for level in ["partial", "none"] {
        let shipment = shipment(json!({
            "stage": "in_transit", "tracking_level": level, "condition": {"state": "late"}, "promise": {"verdict": "late"},
        }));
        assert_eq!(situation(&shipment), Situation::OnTheWay, "{level}");
    }
}

#[test]
fn an_unknown_word_is_never_turned_into_late_or_preparing() {
    let shipment = shipment(json!({"stage": "zzz", "condition": {"state": "zzz"}}));
    assert_eq!(situation(&shipment).tone(), Tone::Quiet);
    assert_eq!(situation(&shipment), Situation::Unknown);
}

#[test]
fn every_situation_has_its_own_label() {
    let labels: std::collections::BTreeSet<_> = Situation::ALL.iter().map(|situation| situation.label()).collect();
    assert_eq!(labels.len(), Situation::ALL.len());
}
