use super::super::status::situation;
use super::*;
use crate::testing::{clock, noon, shipment, zone};
use doorstep_contract::ConditionState;
use serde_json::json;

#[test]
fn what_the_backend_requires_comes_before_what_is_usual() {
    let step = |json| next_step(&shipment(json), &clock(noon(), &zone));
    let usual = step(json!({"stage": "customs", "condition": {"state": "documents_due"}})).unwrap();
    assert!(usual.shopper);
    let required = json!({"who": "retailer", "what": "Send the invoice", "by": "2026-11-21T17:00:00Z"});
    let asked = step(json!({"stage": "customs", "condition": {"state": "documents_due"}, "action_required": required})).unwrap();
    assert!(!asked.shopper);
    assert_eq!(asked.asked.as_deref(), Some("Send the invoice"));
    assert_eq!(asked.by.map(|by| by.key), Some(keys::NEXT_BY));
}

#[test]
fn a_reason_says_whose_move_it_is_where_the_situation_leaves_it_open() {
    let step = |stage: &str, state: &str, reason: &str| {
        let json = json!({"stage": stage, "condition": {"state": state, "reason": reason}});
        let step = next_step(&shipment(json), &clock(noon(), &zone)).expect("a step");
        (step.party.key, step.what.expect("what happens").key)
    };
    for (stage, state, reason, party, what) in [
        ("in_transit", "held", "customs_duties_unpaid", keys::WHOSE_SHOPPER, keys::NEXT_PAYMENT_DUE),
        ("customs", "ok", "customs_documentation", keys::WHOSE_SHOPPER, keys::NEXT_DOCUMENTS_DUE),
        ("out_for_delivery", "attempt_failed", "carrier_address_not_found", keys::WHOSE_SHOPPER, keys::NEXT_ADDRESS_PROBLEM),
        ("out_for_delivery", "attempt_failed", "consignee_not_home", keys::WHOSE_CARRIER, keys::NEXT_ATTEMPT_FAILED),
        ("in_transit", "late", "weather_delay", keys::WHOSE_CARRIER, keys::NEXT_LATE),
        ("in_transit", "late", "retailer_not_ready", keys::WHOSE_RETAILER, keys::NEXT_RETAILER),
        ("label_created", "late", "weather_delay", keys::WHOSE_RETAILER, keys::NEXT_RETAILER),
        ("in_transit", "stalled", "carrier_parcel_lost", keys::WHOSE_RETAILER, keys::NEXT_LOST),
        ("in_transit", "held", "a word of tomorrow", keys::WHOSE_CARRIER, keys::NEXT_HELD),
        // A situation with a specific remedy keeps its next step for every reason.
        ("in_transit", "damaged", "weather_delay", keys::WHOSE_RETAILER, keys::NEXT_DAMAGED),
    ] {
        assert_eq!(step(stage, state, reason), (party, what), "{stage} {state} {reason}");
    }
}

#[test]
fn what_happens_next_is_about_whoever_has_to_act() {
    let asks = |state: &str, required: serde_json::Value| {
        let json = json!({"stage": "in_transit", "condition": {"state": state}, "action_required": required});
        let step = next_step(&shipment(json), &clock(noon(), &zone)).expect("a step");
        (step.party.key, step.what.map(|what| what.key))
    };
    let step = |state: &str, who: &str| {
        let (party, what) = asks(state, json!({"who": who}));
        (party, what.expect("what happens"))
    };
    let required = |state: &str| asks(state, json!({"who": "shopper", "what": "Choose another day"}));
    assert_eq!(step("ok", "shopper"), (keys::WHOSE_SHOPPER, keys::NEXT_ASK_CARRIER));
    assert_eq!(step("attempt_failed", "shopper"), (keys::WHOSE_SHOPPER, keys::NEXT_ASK_CARRIER));
    assert_eq!(required("attempt_failed"), (keys::WHOSE_SHOPPER, Some(keys::NEXT_ATTEMPT_FAILED)));
    assert_eq!(step("documents_due", "shopper"), (keys::WHOSE_SHOPPER, keys::NEXT_DOCUMENTS_DUE));
    assert_eq!(step("documents_due", "retailer"), (keys::WHOSE_RETAILER, keys::NEXT_RETAILER));
    assert_eq!(step("held", "carrier"), (keys::WHOSE_CARRIER, keys::NEXT_HELD));
}

#[test]
fn what_is_asked_for_is_not_said_twice() {
    let next = |stage: &str, state: &str| {
        let required = json!({"who": "shopper", "what": "Do just that"});
        let json = json!({"stage": stage, "condition": {"state": state}, "action_required": required});
        next_step(&shipment(json), &clock(noon(), &zone)).expect("a step")
    };
    for (stage, state) in
        [("ready_for_pickup", "ok"), ("at_local_depot", "address_problem"), ("customs", "documents_due"), ("in_transit", "held")]
    {
        let step = next(stage, state);
        assert_eq!((step.what, step.asked.as_deref()), (None, Some("Do just that")), "{stage} {state}");
    }
    // These messages are shown beside the backend's text: nothing is paid on this page, and the carrier comes again.
    assert_eq!(next("customs", "payment_due").what.map(|what| what.key), Some(keys::NEXT_PAYMENT_DUE));
    assert_eq!(next("out_for_delivery", "attempt_failed").what.map(|what| what.key), Some(keys::NEXT_ATTEMPT_FAILED));
}

#[test]
fn of_a_parcel_that_nobody_scans_nobody_says_where_it_travels() {
    let next = |level: &str, stage: &str, extra: serde_json::Value| {
        let mut json = json!({"stage": stage, "tracking_level": level});
        json["condition"] = extra;
        next_step(&shipment(json), &clock(noon(), &zone)).and_then(|step| step.what).expect("what happens").key
    };
    let well = json!({"state": "ok"});
    assert_eq!(next("none", "handed_over", well.clone()), keys::NEXT_UNSEEN);
    assert_eq!(next("none", "out_for_delivery", well.clone()), keys::NEXT_OUT_FOR_DELIVERY, "somebody has said so");
    assert_eq!(next("partial", "handed_over", well), keys::NEXT_HANDED_OVER);
    assert_eq!(next("none", "in_transit", json!({"state": "damaged"})), keys::NEXT_DAMAGED);
}

/// Checks that every stage with every condition and every reason has a next step, unless the shipment is delivered or
/// cancelled.
#[test]
fn there_is_an_answer_for_everything_that_can_be_said_of_a_parcel() {
    let reasons: Vec<Option<&str>> = Reason::VALUES.iter().copied().map(Some).chain([None, Some("a word of tomorrow")]).collect();
    let mut answers = 0;
    for stage in Stage::VALUES.iter().chain(&["a stage of tomorrow"]) {
        for state in ConditionState::VALUES.iter().chain(&["a condition of tomorrow"]) {
            for reason in &reasons {
                let shipment = shipment(json!({"stage": stage, "condition": {"state": state, "reason": reason}}));
                let situation = situation(&shipment);
                let next = next_step(&shipment, &clock(noon(), &zone));
                let is_over = matches!(situation, Situation::Delivered | Situation::Cancelled);
                assert_eq!(next.is_none(), is_over, "{stage} {state} {reason:?}");
                // The message names the shopper only if the shopper has to act.
                if let Some(next) = next {
                    assert_eq!(next.shopper, next.party.key == keys::WHOSE_SHOPPER);
                }
                answers += 1;
            }
        }
    }
    assert_eq!(answers, (Stage::VALUES.len() + 1) * (ConditionState::VALUES.len() + 1) * (Reason::VALUES.len() + 2));
}

#[test]
fn what_was_not_collected_is_not_the_shoppers_move() {
    let asks = json!({"who": "shopper", "what": "Collect it with the code"});
    let step = |collect_by: &str, state: &str| {
        let json = json!({"stage": "ready_for_pickup", "condition": {"state": state}, "action_required": asks,
            "pickup": {"name": "Kiosk", "collect_by": collect_by}});
        next_step(&shipment(json), &clock(noon(), &zone)).expect("a step")
    };
    assert!(step("2026-11-20", "ok").shopper, "its last day");
    for passed in [step("2026-11-19", "ok"), step("2026-11-25", "not_collected")] {
        assert_eq!(
            (passed.party.key, passed.what.map(|what| what.key), passed.asked),
            (keys::WHOSE_CARRIER, Some(keys::NEXT_REFUSED), None)
        );
    }
}

#[test]
fn a_delivered_parcel_asks_for_nothing() {
    assert_eq!(next_step(&shipment(json!({"stage": "delivered"})), &clock(noon(), &zone)), None);
}
