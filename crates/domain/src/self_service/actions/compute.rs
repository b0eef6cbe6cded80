//! Computes all actions of an order, family by family.

use chrono::{DateTime, Utc};
use doorstep_contract::{Action, Direction, Order, Timestamp};

use super::context::ActionContext;
use super::{delivery_changes, refunds, reports, returning};
use crate::calendar;
use crate::order::InternalState;
use crate::policy::Policy;

/// Returns every action that makes sense for the order now, and the next time at which time alone changes an action. The time is
/// None if time alone changes none of them.
pub fn actions(
    order: &Order,
    policy: &Policy,
    private: &InternalState,
    now: DateTime<Utc>,
) -> (Vec<Action>, Option<DateTime<Utc>>) {
    let country = order.destination.as_ref().and_then(|to| to.country.as_deref());
    let context = ActionContext { order, private, rules: policy.for_country(country), zone: calendar::zone(order), now };
    let mut actions = Vec::new();
    for shipment in order.shipments.iter().filter(|shipment| shipment.direction != Direction::Return) {
        reports::of_shipment(&context, shipment, &mut actions);
        delivery_changes::of_shipment(&context, shipment, &mut actions);
    }
    delivery_changes::of_order(&context, &mut actions);
    returning::of_order(&context, &mut actions);
    refunds::of_order(&context, &mut actions);
    let mut instants = Vec::new();
    for action in &actions {
        instants.extend([action.from, action.until].into_iter().flatten().map(Timestamp::utc));
        instants.extend(action.lines.iter().filter_map(|line| line.until).map(Timestamp::utc));
    }
    let next = instants.into_iter().filter(|at| *at > now).min();
    (actions, next)
}
