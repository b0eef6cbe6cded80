//! Self-service actions as the page offers them, for one parcel or for the whole order. The backend's policy decides the
//! availability of each action. This module only decides which actions are shown directly and which are folded.

use super::siblings::{is_alone, is_replaced};
use super::status::{Situation, situation};
use crate::local_clock::{LocalClock, as_heading};
use crate::message::{Key, Message, keys};
use doorstep_contract::{Action, ActionKind, ActionState, Order, Shipment, ShipmentId};

/// Self-service actions of one parcel or of the order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actions {
    /// Available actions shown directly: all prominent ones, and others that fit the situation as long as there are less than two.
    pub main: Vec<Entry>,
    /// All other actions, folded.
    pub more: Vec<Entry>,
}

/// One action as the page offers it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Kind of action.
    pub kind: ActionKind,
    /// Id of the shipment that it concerns; absent for the whole order.
    pub shipment: Option<ShipmentId>,
    /// Label of the action.
    pub label: Key,
    /// Start or end of its availability, or a note that it is not available now.
    pub note: Option<Message>,
    /// True if the action can be taken now. The dialog of an unavailable action shows the reason.
    pub available: bool,
}

/// Number of actions shown directly from which no other is added because it fits.
const MAIN: usize = 2;

/// Returns the actions for a shipment, sorted by its situation into direct and folded ones. A shipment that is the whole order also
/// has the actions for the order.
pub fn of_shipment(order: &Order, shipment: &Shipment, clock: &LocalClock<'_>) -> Actions {
    let mut actions = Actions::default();
    gather(&mut actions, order, Some(&shipment.id), fitting(situation(shipment)), clock);
    if is_alone(order) {
        gather(&mut actions, order, None, fitting_order(order), clock);
    }
    actions
}

/// Returns the actions for the order as a whole. Returns no actions if a single shipment has them.
pub fn of_order(order: &Order, clock: &LocalClock<'_>) -> Actions {
    let mut actions = Actions::default();
    if !is_alone(order) {
        gather(&mut actions, order, None, fitting_order(order), clock);
    }
    actions
}

/// Returns the actions that fit the order as a whole best. A return fits once everything is delivered and nothing is on its way back.
fn fitting_order(order: &Order) -> &'static [ActionKind] {
    if is_delivered(order) { &[ActionKind::AcceptDelay, ActionKind::StartReturn] } else { &[ActionKind::AcceptDelay] }
}

/// Returns true if every item is delivered, apart from those that were cancelled or replaced, and no return was started.
fn is_delivered(order: &Order) -> bool {
    let mut delivered = order.unshipped.iter().all(|unshipped| unshipped.quantity == 0) && !order.shipments.is_empty();
    for shipment in &order.shipments {
        let situation = situation(shipment);
        delivered &= situation == Situation::Delivered || situation == Situation::Cancelled || is_replaced(order, shipment);
    }
    delivered
}

/// Adds the actions of a shipment, or those of the order if `shipment` is None. An action for a shipment that the order does not
/// list belongs to the order.
fn gather(actions: &mut Actions, order: &Order, shipment: Option<&ShipmentId>, fits: &[ActionKind], clock: &LocalClock<'_>) {
    for action in &order.actions {
        let is_offered = match (&action.shipment_id, shipment) {
            (Some(shipment_id), Some(id)) => shipment_id == id,
            (Some(shipment_id), None) => !order.shipments.iter().any(|known| known.id == *shipment_id),
            (None, None) => true,
            (None, Some(_)) => false,
        };
        if !is_offered {
            continue;
        }
        let Some(label) = label(&action.kind) else { continue };
        let available = action.state == ActionState::Available;
        let main = available && (action.prominent || (fits.contains(&action.kind) && actions.main.len() < MAIN));
        let entry = Entry {
            kind: action.kind.clone(),
            shipment: action.shipment_id.clone(),
            label,
            note: note(action, clock),
            available,
        };
        if main { actions.main.push(entry) } else { actions.more.push(entry) }
    }
}

/// Returns the actions that fit a situation best. Returns an empty list if no action fits better than the others.
fn fitting(situation: Situation) -> &'static [ActionKind] {
    match situation {
        Situation::AttemptFailed | Situation::Held => &[ActionKind::Reschedule, ActionKind::RedirectToPickup],
        Situation::AddressProblem => &[ActionKind::ChangeAddress],
        Situation::Damaged => &[ActionKind::ReportDamaged],
        Situation::DeliveredInPart => &[ActionKind::ReportMissingItem],
        Situation::Lost | Situation::Stalled | Situation::Destroyed | Situation::Late | Situation::Misrouted => {
            &[ActionKind::ReportNonReceipt]
        }
        Situation::Preparing
        | Situation::AwaitingCarrier
        | Situation::HandedOver
        | Situation::OnTheWay
        | Situation::Customs
        | Situation::AtLocalDepot
        | Situation::OutForDelivery
        | Situation::ReadyForPickup
        | Situation::Delivered
        | Situation::AtRisk
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
        | Situation::Unknown => &[],
    }
}

fn note(action: &Action, clock: &LocalClock<'_>) -> Option<Message> {
    let day = |key, date| Message::new(key).with("day", clock.day(date));
    match (&action.state, action.from, action.until) {
        (ActionState::Available, _, Some(until)) if action.prominent => {
            Some(as_heading(day(keys::ACTION_UNTIL, clock.last_day(until))))
        }
        (ActionState::NotYet, Some(from), _) => Some(as_heading(day(keys::ACTION_FROM, clock.local(from).date()))),
        (ActionState::Expired, _, Some(until)) => Some(day(keys::ACTION_ENDED, clock.last_day(until))),
        (ActionState::Available, ..) => None,
        (ActionState::NotYet | ActionState::Expired | ActionState::Unavailable | ActionState::Unknown(_), ..) => {
            Some(keys::ACTION_NOT_NOW.into())
        }
    }
}

/// Returns the label of an action, or None for a kind that this version does not know.
pub fn label(kind: &ActionKind) -> Option<Key> {
    Some(match kind {
        ActionKind::ReportNonReceipt => keys::ACTION_REPORT_NON_RECEIPT,
        ActionKind::ReportDamaged => keys::ACTION_REPORT_DAMAGED,
        ActionKind::ReportWrongItem => keys::ACTION_REPORT_WRONG_ITEM,
        ActionKind::ReportMissingItem => keys::ACTION_REPORT_MISSING_ITEM,
        ActionKind::Reschedule => keys::ACTION_RESCHEDULE,
        ActionKind::ChangeAddress => keys::ACTION_CHANGE_ADDRESS,
        ActionKind::DeliveryInstructions => keys::ACTION_DELIVERY_INSTRUCTIONS,
        ActionKind::LeaveWithNeighbour => keys::ACTION_LEAVE_WITH_NEIGHBOUR,
        ActionKind::LeaveInSafePlace => keys::ACTION_LEAVE_IN_SAFE_PLACE,
        ActionKind::RedirectToPickup => keys::ACTION_REDIRECT_TO_PICKUP,
        ActionKind::Cancel => keys::ACTION_CANCEL,
        ActionKind::AcceptDelay => keys::ACTION_ACCEPT_DELAY,
        ActionKind::StartReturn => keys::ACTION_START_RETURN,
        ActionKind::Withdraw => keys::ACTION_WITHDRAW,
        ActionKind::RefundStatus => keys::ACTION_REFUND_STATUS,
        ActionKind::Contact => keys::ACTION_CONTACT,
        ActionKind::Unknown(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{clock, noon, zone};
    use serde_json::json;

    fn order(actions: serde_json::Value) -> Order {
        let shipments =
            json!([{"id": "s1", "stage": "out_for_delivery", "condition": {"state": "attempt_failed"}}, {"id": "s2"}]);
        serde_json::from_value(json!({"id": "o", "shipments": shipments, "actions": actions})).unwrap()
    }

    fn kinds(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.kind.as_str()).collect()
    }

    #[test]
    fn what_fits_the_situation_is_one_press_away_and_the_rest_is_folded() {
        let order = order(json!([
            {"kind": "contact", "state": "available"},
            {"kind": "leave_with_neighbour", "shipment_id": "s1", "state": "available"},
            {"kind": "reschedule", "shipment_id": "s1", "state": "available"},
            {"kind": "redirect_to_pickup", "shipment_id": "s1", "state": "unavailable", "reason": "carrier_does_not_offer"},
            {"kind": "teleport", "shipment_id": "s1", "state": "available"},
        ]));
        let actions = of_shipment(&order, &order.shipments[0], &clock(noon(), &zone));
        assert_eq!(kinds(&actions.main), ["reschedule"]);
        assert_eq!(kinds(&actions.more), ["leave_with_neighbour", "redirect_to_pickup"]);
    }

    #[test]
    fn a_single_parcel_has_the_actions_of_its_order_and_no_other_place_has_them() {
        let actions = json!([
            {"kind": "contact", "state": "available"},
            {"kind": "leave_with_neighbour", "shipment_id": "s1", "state": "available"},
        ]);
        let mut order = order(actions);
        let of_parcel = |order: &Order| of_shipment(order, &order.shipments[0], &clock(noon(), &zone));
        assert_eq!(kinds(&of_parcel(&order).more), ["leave_with_neighbour"]);
        assert_eq!(kinds(&of_order(&order, &clock(noon(), &zone)).more), ["contact"]);
        order.shipments.truncate(1);
        assert_eq!(kinds(&of_parcel(&order).more), ["leave_with_neighbour", "contact"]);
        assert_eq!(of_order(&order, &clock(noon(), &zone)), Actions::default());
    }

    #[test]
    fn a_return_is_one_press_away_once_everything_is_delivered() {
        let mut order = order(json!([{"kind": "start_return", "state": "available"}]));
        order.shipments.truncate(1);
        let of_parcel = |order: &Order| of_shipment(order, &order.shipments[0], &clock(noon(), &zone));
        assert_eq!(kinds(&of_parcel(&order).more), ["start_return"]);
        order.shipments[0] = crate::testing::shipment(json!({"id": "s1", "stage": "delivered"}));
        assert_eq!(kinds(&of_parcel(&order).main), ["start_return"]);
    }

    #[test]
    fn a_prominent_action_is_never_folded() {
        let mut order = order(json!([
            {"kind": "reschedule", "shipment_id": "s1", "state": "available"},
            {"kind": "redirect_to_pickup", "shipment_id": "s1", "state": "available"},
            {"kind": "accept_delay", "state": "available"},
            {"kind": "withdraw", "state": "available", "prominent": true},
        ]));
        order.shipments.truncate(1);
        let actions = of_shipment(&order, &order.shipments[0], &clock(noon(), &zone));
        assert_eq!(kinds(&actions.main), ["reschedule", "redirect_to_pickup", "withdraw"]);
        assert_eq!(kinds(&actions.more), ["accept_delay"]);
    }

    #[test]
    fn an_action_says_from_when_or_since_when() {
        let order = order(json!([
            {"kind": "withdraw", "state": "available", "prominent": true, "until": "2026-11-30T23:00:00Z"},
            {"kind": "start_return", "state": "expired", "until": "2026-11-01T12:00:00Z"},
            {"kind": "refund_status", "state": "not_yet", "from": "2026-12-01T12:00:00Z"},
            {"kind": "cancel", "state": "unavailable"},
        ]));
        let actions = of_order(&order, &clock(noon(), &zone));
        assert_eq!(actions.main[0].note.as_ref().map(|note| note.key), Some(keys::ACTION_UNTIL));
        let notes: Vec<_> = actions.more.iter().map(|entry| entry.note.as_ref().unwrap().key).collect();
        assert_eq!(notes, [keys::ACTION_ENDED, keys::ACTION_FROM, keys::ACTION_NOT_NOW]);
    }

    #[test]
    fn a_period_that_ends_at_midnight_ends_with_the_day_before() {
        // The period ends at midnight in London.
        let order =
            order(json!([{"kind": "withdraw", "state": "available", "prominent": true, "until": "2026-12-05T00:00:00Z"}]));
        let actions = of_order(&order, &clock(noon(), &zone));
        let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
        let expected = as_heading(Message::new(keys::ACTION_UNTIL).with("day", clock(noon(), &zone).day(day)));
        assert_eq!(actions.main[0].note, Some(expected));
    }
}
