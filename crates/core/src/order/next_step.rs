//! Decides who has to act and what happens next, for every stage, condition and reason. Stage and condition make a situation, and
//! a reason may ask for more than the situation does. Both tables match every word without a wildcard, so a new word without a
//! row does not compile.

use super::status::{Situation, Tone, situation_at};
use crate::local_clock::{LocalClock, with_day};
use crate::message::{Key, Message, keys};
use doorstep_contract::{Party, Reason, Shipment, Stage, TrackingLevel};

/// Line below the promise that says who has to act and what happens next.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep {
    /// Party that has to act, in words.
    pub whose: Message,
    /// Message about the next step; absent if `asked` already says it.
    pub what: Option<Message>,
    /// Action that the backend asks for, in its own words.
    pub asked: Option<String>,
    /// Time by which the party has to act.
    pub by: Option<Message>,
    /// True if the shopper has to act.
    pub shopper: bool,
    /// Urgency of the step.
    pub tone: Tone,
}

/// Returns the next step of a shipment, or None if it is delivered or cancelled and the backend asks for nothing.
pub fn next_step(shipment: &Shipment, clock: &LocalClock<'_>) -> Option<NextStep> {
    let situation = situation_at(shipment, clock);
    // A parcel that was not collected in time can no longer be collected, so the backend's required action no longer applies.
    let required = shipment.action_required.as_ref().filter(|_| situation != Situation::NotCollected);
    let reason = shipment.condition.reason.as_ref().filter(|_| is_trouble(situation));
    let (usual, what) = match reason.map(asks_for) {
        Some(Asks::Retailer) => Some((Party::Retailer, keys::NEXT_RETAILER)),
        Some(Asks::As(other)) => usual(other),
        Some(Asks::Nothing) | None if is_with_us(shipment, situation) => Some((Party::Retailer, keys::NEXT_RETAILER)),
        Some(Asks::Nothing) | None if is_at_customs(shipment, situation) => usual(Situation::Customs),
        Some(Asks::Nothing) | None if is_unseen(shipment, situation) => Some((Party::default(), keys::NEXT_UNSEEN)),
        Some(Asks::Nothing) | None => usual(situation),
    }
    .or_else(|| required.map(|_| (Party::default(), keys::NEXT_ASKED)))?;
    let who = required.map(|required| required.who.clone()).filter(|who| *who != Party::default()).unwrap_or(usual.clone());
    let asked = required.and_then(|required| required.what.clone()).filter(|what| !what.trim().is_empty());
    // The usual message does not fit if another party than usual has to act. After a failed attempt it still does: the carrier
    // comes again, even if the shopper may choose the day.
    let what = match who {
        Party::Shopper if who != usual && asked.is_none() => keys::NEXT_ASK_CARRIER,
        Party::Shopper if who != usual && situation != Situation::AttemptFailed => keys::NEXT_ASKED,
        Party::Retailer if who != usual => keys::NEXT_RETAILER,
        Party::Shopper | Party::Retailer | Party::Carrier | Party::Unknown(_) => what,
    };
    // The backend's own text replaces the general message, except for two messages that add a fact: nothing is paid on this page,
    // and the carrier comes again.
    let said = asked.is_some() && what != keys::NEXT_PAYMENT_DUE && what != keys::NEXT_ATTEMPT_FAILED;
    let what = match what {
        keys::NEXT_OUT_FOR_DELIVERY => with_day(what, clock.day(clock.today())),
        _ => what.into(),
    };
    let shopper = who == Party::Shopper;
    let whose = match who {
        Party::Shopper => keys::WHOSE_SHOPPER,
        Party::Retailer => keys::WHOSE_RETAILER,
        Party::Carrier => keys::WHOSE_CARRIER,
        Party::Unknown(_) => keys::WHOSE_NOBODY,
    };
    Some(NextStep {
        whose: whose.into(),
        what: (!said).then_some(what),
        asked,
        by: required.and_then(|required| required.by).map(|by| Message::new(keys::NEXT_BY).with("moment", clock.moment(by))),
        shopper,
        tone: if shopper { situation.tone().max(Tone::Attention) } else { situation.tone() },
    })
}

/// Returns true if the shipment is late, at risk or stalled while the carrier does not have it yet.
fn is_with_us(shipment: &Shipment, situation: Situation) -> bool {
    matches!(shipment.stage, Stage::Ordered | Stage::Packed | Stage::LabelCreated)
        && matches!(situation, Situation::Late | Situation::AtRisk | Situation::Stalled)
}

/// Returns true if customs holds the shipment, and not the carrier.
fn is_at_customs(shipment: &Shipment, situation: Situation) -> bool {
    shipment.stage == Stage::Customs && situation == Situation::Held
}

/// Returns true if the shipment is on its way and its service reports no scans.
fn is_unseen(shipment: &Shipment, situation: Situation) -> bool {
    shipment.tracking_level == TrackingLevel::None
        && matches!(situation, Situation::HandedOver | Situation::OnTheWay | Situation::AtLocalDepot)
}

/// Next step that a reason asks for, beyond the situation in which it is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Nothing more than the situation asks for.
    Nothing,
    /// The step of this other situation.
    As(Situation),
    /// A correction that only the retailer can make.
    Retailer,
}

fn asks_for(reason: &Reason) -> Asks {
    match reason {
        Reason::CarrierDamagedParcel | Reason::RetailerPackagingIssue => Asks::As(Situation::Damaged),
        Reason::CarrierSortingError => Asks::As(Situation::Misrouted),
        Reason::CarrierAddressNotFound | Reason::ConsigneeIncorrectAddress => Asks::As(Situation::AddressProblem),
        Reason::CarrierParcelLost => Asks::As(Situation::Lost),
        Reason::ParcelBeingResearched => Asks::As(Situation::Stalled),
        Reason::RetailerCancelled
        | Reason::RetailerIncorrectData
        | Reason::RetailerNotReady
        | Reason::RetailerIncorrectParcel
        | Reason::RetailerIncorrectDimensions => Asks::Retailer,
        Reason::ConsigneeRefused | Reason::ConsigneeCancelled => Asks::As(Situation::Refused),
        Reason::CustomsDocumentation => Asks::As(Situation::DocumentsDue),
        Reason::CustomsDutiesUnpaid => Asks::As(Situation::PaymentDue),
        Reason::CustomsProhibited => Asks::As(Situation::Returned),
        Reason::CustomsDelay | Reason::CustomsInspection => Asks::As(Situation::Customs),
        Reason::SecurityIssue | Reason::RegulatoryHold => Asks::As(Situation::Held),
        Reason::CarrierNotEnoughTime
        | Reason::CarrierVehicleIssue
        | Reason::CarrierCapacityExceeded
        | Reason::CarrierMechanicalDelay
        | Reason::ConsigneeBusinessClosed
        | Reason::ConsigneeNotAvailable
        | Reason::ConsigneeNotHome
        | Reason::ConsigneeVerificationFailed
        | Reason::ConsigneeAccessRestricted
        | Reason::ConsigneeSafePlaceUnavailable
        | Reason::WeatherDelay
        | Reason::NaturalDisaster
        | Reason::ForceMajeure
        | Reason::Unknown(_) => Asks::Nothing,
    }
}

/// Returns true if something is wrong that a reason can explain. A situation with its own remedy has its own next step and is
/// excluded.
fn is_trouble(situation: Situation) -> bool {
    match situation {
        Situation::Customs
        | Situation::AtRisk
        | Situation::Late
        | Situation::Stalled
        | Situation::Held
        | Situation::AttemptFailed
        | Situation::Misrouted
        | Situation::Unknown => true,
        Situation::Preparing
        | Situation::AwaitingCarrier
        | Situation::HandedOver
        | Situation::OnTheWay
        | Situation::AtLocalDepot
        | Situation::OutForDelivery
        | Situation::ReadyForPickup
        | Situation::Delivered
        | Situation::DeliveredInPart
        | Situation::Damaged
        | Situation::AddressProblem
        | Situation::PaymentDue
        | Situation::DocumentsDue
        | Situation::Refused
        | Situation::NotCollected
        | Situation::Returning
        | Situation::Returned
        | Situation::ReturnAwaited
        | Situation::ReturnUnderWay
        | Situation::ReturnArrived
        | Situation::Cancelled
        | Situation::Lost
        | Situation::Destroyed => false,
    }
}

/// Returns the party that usually has to act and the message for the step, or None if the shipment is delivered or cancelled.
fn usual(situation: Situation) -> Option<(Party, Key)> {
    let nobody = Party::default;
    Some(match situation {
        Situation::Preparing => (nobody(), keys::NEXT_PREPARING),
        Situation::AwaitingCarrier => (nobody(), keys::NEXT_AWAITING_CARRIER),
        Situation::HandedOver => (nobody(), keys::NEXT_HANDED_OVER),
        Situation::OnTheWay => (nobody(), keys::NEXT_ON_THE_WAY),
        Situation::Customs => (nobody(), keys::NEXT_CUSTOMS),
        Situation::AtLocalDepot => (nobody(), keys::NEXT_AT_LOCAL_DEPOT),
        Situation::OutForDelivery => (nobody(), keys::NEXT_OUT_FOR_DELIVERY),
        Situation::ReadyForPickup => (Party::Shopper, keys::NEXT_READY_FOR_PICKUP),
        Situation::DeliveredInPart => (Party::Carrier, keys::NEXT_DELIVERED_IN_PART),
        Situation::AtRisk => (nobody(), keys::NEXT_AT_RISK),
        Situation::Late => (Party::Carrier, keys::NEXT_LATE),
        Situation::Stalled => (Party::Carrier, keys::NEXT_STALLED),
        Situation::Held => (Party::Carrier, keys::NEXT_HELD),
        Situation::AttemptFailed => (Party::Carrier, keys::NEXT_ATTEMPT_FAILED),
        Situation::Damaged => (Party::Retailer, keys::NEXT_DAMAGED),
        Situation::AddressProblem => (Party::Shopper, keys::NEXT_ADDRESS_PROBLEM),
        Situation::PaymentDue => (Party::Shopper, keys::NEXT_PAYMENT_DUE),
        Situation::DocumentsDue => (Party::Shopper, keys::NEXT_DOCUMENTS_DUE),
        Situation::Refused | Situation::NotCollected => (Party::Carrier, keys::NEXT_REFUSED),
        Situation::Misrouted => (Party::Carrier, keys::NEXT_MISROUTED),
        Situation::Returning => (Party::Retailer, keys::NEXT_RETURNING),
        Situation::Returned => (Party::Retailer, keys::NEXT_RETURNED),
        Situation::ReturnAwaited => (Party::Shopper, keys::NEXT_RETURN_AWAITED),
        Situation::ReturnUnderWay => (nobody(), keys::NEXT_RETURN_UNDER_WAY),
        Situation::ReturnArrived => (Party::Retailer, keys::NEXT_RETURN_ARRIVED),
        Situation::Lost => (Party::Retailer, keys::NEXT_LOST),
        Situation::Destroyed => (Party::Retailer, keys::NEXT_DESTROYED),
        Situation::Unknown => (nobody(), keys::NEXT_UNKNOWN),
        Situation::Delivered | Situation::Cancelled => return None,
    })
}

#[cfg(test)]
mod tests {
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
        let asked =
            step(json!({"stage": "customs", "condition": {"state": "documents_due"}, "action_required": required})).unwrap();
        assert!(!asked.shopper);
        assert_eq!(asked.asked.as_deref(), Some("Send the invoice"));
        assert_eq!(asked.by.map(|by| by.key), Some(keys::NEXT_BY));
    }

    #[test]
    fn a_reason_says_whose_move_it_is_where_the_situation_leaves_it_open() {
        let step = |stage: &str, state: &str, reason: &str| {
            let json = json!({"stage": stage, "condition": {"state": state, "reason": reason}});
            let step = next_step(&shipment(json), &clock(noon(), &zone)).expect("a step");
            (step.whose.key, step.what.expect("what happens").key)
        };
        for (stage, state, reason, whose, what) in [
            ("in_transit", "held", "customs_duties_unpaid", keys::WHOSE_SHOPPER, keys::NEXT_PAYMENT_DUE),
            ("customs", "ok", "customs_documentation", keys::WHOSE_SHOPPER, keys::NEXT_DOCUMENTS_DUE),
            ("out_for_delivery", "attempt_failed", "carrier_address_not_found", keys::WHOSE_SHOPPER, keys::NEXT_ADDRESS_PROBLEM),
            ("out_for_delivery", "attempt_failed", "consignee_not_home", keys::WHOSE_CARRIER, keys::NEXT_ATTEMPT_FAILED),
            ("in_transit", "late", "weather_delay", keys::WHOSE_CARRIER, keys::NEXT_LATE),
            ("in_transit", "late", "retailer_not_ready", keys::WHOSE_RETAILER, keys::NEXT_RETAILER),
            ("label_created", "late", "weather_delay", keys::WHOSE_RETAILER, keys::NEXT_RETAILER),
            ("in_transit", "stalled", "carrier_parcel_lost", keys::WHOSE_RETAILER, keys::NEXT_LOST),
            ("in_transit", "held", "a word of tomorrow", keys::WHOSE_CARRIER, keys::NEXT_HELD),
            // A situation with its own remedy keeps its next step, whatever the reason.
            ("in_transit", "damaged", "weather_delay", keys::WHOSE_RETAILER, keys::NEXT_DAMAGED),
        ] {
            assert_eq!(step(stage, state, reason), (whose, what), "{stage} {state} {reason}");
        }
    }

    #[test]
    fn what_happens_next_is_about_whoever_has_to_act() {
        let asks = |state: &str, required: serde_json::Value| {
            let json = json!({"stage": "in_transit", "condition": {"state": state}, "action_required": required});
            let step = next_step(&shipment(json), &clock(noon(), &zone)).expect("a step");
            (step.whose.key, step.what.map(|what| what.key))
        };
        let step = |state: &str, who: &str| {
            let (whose, what) = asks(state, json!({"who": who}));
            (whose, what.expect("what happens"))
        };
        let told = |state: &str| asks(state, json!({"who": "shopper", "what": "Choose another day"}));
        assert_eq!(step("ok", "shopper"), (keys::WHOSE_SHOPPER, keys::NEXT_ASK_CARRIER));
        assert_eq!(step("attempt_failed", "shopper"), (keys::WHOSE_SHOPPER, keys::NEXT_ASK_CARRIER));
        assert_eq!(told("attempt_failed"), (keys::WHOSE_SHOPPER, Some(keys::NEXT_ATTEMPT_FAILED)));
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
        for (stage, state) in [
            ("ready_for_pickup", "ok"),
            ("at_local_depot", "address_problem"),
            ("customs", "documents_due"),
            ("in_transit", "held"),
        ] {
            let step = next(stage, state);
            assert_eq!((step.what, step.asked.as_deref()), (None, Some("Do just that")), "{stage} {state}");
        }
        // No other text says that nothing is paid on this page and that the carrier comes again.
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
        let reasons: Vec<Option<&str>> =
            Reason::WORDS.iter().copied().map(Some).chain([None, Some("a word of tomorrow")]).collect();
        let mut answers = 0;
        for stage in Stage::WORDS.iter().chain(&["a stage of tomorrow"]) {
            for state in ConditionState::WORDS.iter().chain(&["a condition of tomorrow"]) {
                for reason in &reasons {
                    let shipment = shipment(json!({"stage": stage, "condition": {"state": state, "reason": reason}}));
                    let situation = situation(&shipment);
                    let next = next_step(&shipment, &clock(noon(), &zone));
                    let is_over = matches!(situation, Situation::Delivered | Situation::Cancelled);
                    assert_eq!(next.is_none(), is_over, "{stage} {state} {reason:?}");
                    // The shopper is never told that there is nothing to do while the shopper has to act.
                    if let Some(next) = next {
                        assert_eq!(next.shopper, next.whose.key == keys::WHOSE_SHOPPER);
                    }
                    answers += 1;
                }
            }
        }
        assert_eq!(answers, (Stage::WORDS.len() + 1) * (ConditionState::WORDS.len() + 1) * (Reason::WORDS.len() + 2));
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
                (passed.whose.key, passed.what.map(|what| what.key), passed.asked),
                (keys::WHOSE_CARRIER, Some(keys::NEXT_REFUSED), None)
            );
        }
    }

    #[test]
    fn a_delivered_parcel_asks_for_nothing() {
        assert_eq!(next_step(&shipment(json!({"stage": "delivered"})), &clock(noon(), &zone)), None);
    }
}
