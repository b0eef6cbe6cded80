//! The headline: one message and one tone for the whole order, computed from all its parcels.

use chrono::NaiveDate;

use super::promise::{begins_after, expectation, expected_window, is_estimated, is_revised, is_today};
use super::proof_of_delivery::stops_away;
use super::siblings::{is_replaced, numbered};
use super::status::{Situation, Tone, is_searched_for, situation, situation_at};
use crate::local_clock::{LocalClock, as_heading, with_day};
use crate::message::{Key, Message, count, keys};
use crate::order::timeline::{carrier_text, in_order};
use doorstep_contract::{DeliveredTo, Direction, Event, Order, Shipment, Stage, Unshipped};

/// Headline of an order, shown first on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// Headline as one sentence.
    pub message: Message,
    /// Tone of the most serious parcel; quiet if every parcel is cancelled or there is none.
    pub tone: Tone,
}

/// Returns the headline of an order.
pub fn headline(order: &Order, clock: &LocalClock<'_>) -> Headline {
    let parcels: Vec<&Shipment> = to_the_shopper(order).collect();
    let not_cancelled: Vec<&Shipment> = parcels.iter().copied().filter(|parcel| parcel.stage != Stage::Cancelled).collect();
    let waiting = order.unshipped.iter().any(|unshipped| unshipped.quantity > 0);
    let message = match (not_cancelled.as_slice(), parcels.is_empty(), waiting) {
        ([], true, _) | ([], false, true) => preparing(order, clock),
        ([], false, false) => keys::HEADLINE_ORDER_CANCELLED.into(),
        ([only], _, false) if only.direction == Direction::Replacement => {
            Message::new(keys::HEADLINE_REPLACEMENT).with("what", single(only, clock))
        }
        ([only], _, false) => single(only, clock),
        (many, _, waiting) => several(order, many, waiting, clock),
    };
    let tone = not_cancelled.iter().map(|parcel| situation_at(parcel, clock).tone()).max().unwrap_or(Tone::Quiet);
    Headline { message, tone }
}

/// Returns the shipments that go to the shopper, without those for which a replacement is sent.
fn to_the_shopper(order: &Order) -> impl Iterator<Item = &Shipment> {
    order.shipments.iter().filter(|shipment| shipment.direction != Direction::Return && !is_replaced(order, shipment))
}

fn preparing(order: &Order, clock: &LocalClock<'_>) -> Message {
    match dispatch(&order.unshipped, clock) {
        Some(when) => Message::new(keys::HEADLINE_PREPARING_UNTIL).with("when", when),
        None => keys::HEADLINE_PREPARING.into(),
    }
}

/// Returns the message for the latest expected dispatch of the unshipped lines. Returns None if no dispatch is expected or if the
/// latest one has passed.
pub fn dispatch(unshipped: &[Unshipped], clock: &LocalClock<'_>) -> Option<Message> {
    let windows =
        unshipped.iter().filter(|unshipped| unshipped.quantity > 0).filter_map(|unshipped| unshipped.expected_dispatch.as_ref());
    let latest = windows.max_by_key(|window| clock.dates(window).1)?;
    (clock.dates(latest).1 >= clock.today()).then(|| clock.window(latest))
}

/// Returns the headline of one shipment.
pub fn single(shipment: &Shipment, clock: &LocalClock<'_>) -> Message {
    let expected = expectation(shipment, clock);
    let with_date = |dated_key: Key, undated_key: Key| match &expected {
        Some(when) => Message::new(dated_key).with("when", when.clone()),
        None => undated_key.into(),
    };
    match situation_at(shipment, clock) {
        Situation::Preparing => with_date(keys::HEADLINE_PREPARING_ARRIVING, keys::HEADLINE_PREPARING),
        Situation::AwaitingCarrier => with_date(keys::HEADLINE_AWAITING_CARRIER_ARRIVING, keys::HEADLINE_AWAITING_CARRIER),
        Situation::HandedOver => with_date(keys::HEADLINE_ARRIVING, keys::HEADLINE_HANDED_OVER),
        Situation::OnTheWay => with_date(keys::HEADLINE_ARRIVING, keys::HEADLINE_ON_THE_WAY),
        Situation::Customs => with_date(keys::HEADLINE_CUSTOMS_ARRIVING, keys::HEADLINE_CUSTOMS),
        Situation::AtLocalDepot => with_date(keys::HEADLINE_ARRIVING, keys::HEADLINE_AT_LOCAL_DEPOT),
        Situation::OutForDelivery => out_for_delivery(shipment, expected.filter(|_| is_today(shipment, clock)), clock),
        Situation::ReadyForPickup => ready(shipment, clock),
        Situation::Delivered => delivered(shipment, clock),
        Situation::DeliveredInPart => keys::HEADLINE_DELIVERED_IN_PART.into(),
        // No new date has been given, so the date at risk is not shown as the arrival.
        Situation::AtRisk if !is_revised(shipment) => keys::HEADLINE_AT_RISK.into(),
        Situation::AtRisk => with_date(keys::HEADLINE_AT_RISK_ARRIVING, keys::HEADLINE_AT_RISK),
        // A date that the shop promised before the delay is not an expected arrival now.
        Situation::Late if !is_revised(shipment) && !is_estimated(shipment) => keys::HEADLINE_LATE.into(),
        Situation::Late => with_date(keys::HEADLINE_LATE_ARRIVING, keys::HEADLINE_LATE),
        Situation::Stalled => stalled(shipment, clock),
        Situation::Held if shipment.stage == Stage::Customs => with_date(keys::HEADLINE_CUSTOMS_ARRIVING, keys::HEADLINE_CUSTOMS),
        Situation::Held => with_date(keys::HEADLINE_HELD_ARRIVING, keys::HEADLINE_HELD),
        // An expected day that is not after the failed attempt is the day of that attempt, so it is not shown.
        Situation::AttemptFailed if !begins_after(shipment, clock) => keys::HEADLINE_ATTEMPT_FAILED.into(),
        Situation::AttemptFailed => with_date(keys::HEADLINE_ATTEMPT_FAILED_AGAIN, keys::HEADLINE_ATTEMPT_FAILED),
        Situation::Damaged => keys::HEADLINE_DAMAGED.into(),
        Situation::AddressProblem => keys::HEADLINE_ADDRESS_PROBLEM.into(),
        Situation::PaymentDue => keys::HEADLINE_PAYMENT_DUE.into(),
        Situation::DocumentsDue => keys::HEADLINE_DOCUMENTS_DUE.into(),
        Situation::Refused => keys::HEADLINE_REFUSED.into(),
        Situation::NotCollected => keys::STATUS_NOT_COLLECTED.into(),
        Situation::Misrouted => with_date(keys::HEADLINE_MISROUTED_ARRIVING, keys::HEADLINE_MISROUTED),
        Situation::Returning => keys::HEADLINE_RETURNING.into(),
        Situation::Returned => keys::HEADLINE_RETURNED.into(),
        Situation::ReturnAwaited => keys::HEADLINE_RETURN_AWAITED.into(),
        Situation::ReturnUnderWay => keys::HEADLINE_RETURN_UNDER_WAY.into(),
        Situation::ReturnArrived => keys::HEADLINE_RETURN_ARRIVED.into(),
        Situation::Cancelled => keys::HEADLINE_ORDER_CANCELLED.into(),
        Situation::Lost => keys::HEADLINE_LOST.into(),
        Situation::Destroyed => keys::HEADLINE_DESTROYED.into(),
        Situation::Unknown => unknown(shipment, clock),
    }
}

fn out_for_delivery(shipment: &Shipment, expected: Option<Message>, clock: &LocalClock<'_>) -> Message {
    let today = with_day(keys::HEADLINE_OUT_FOR_DELIVERY, clock.day(clock.today()));
    match (stops_away(shipment), expected) {
        (Some(stops), _) => Message::new(keys::HEADLINE_STOPS_AWAY).with("count", stops).with_printed_form(today),
        (None, Some(when)) => Message::new(keys::HEADLINE_ARRIVING).with("when", when),
        (None, None) => today,
    }
}

fn ready(shipment: &Shipment, clock: &LocalClock<'_>) -> Message {
    match shipment.pickup.as_ref().and_then(|pickup| pickup.collect_by) {
        Some(date) => with_day(keys::HEADLINE_READY_UNTIL, as_heading(clock.day(date.0))),
        None => keys::HEADLINE_READY.into(),
    }
}

/// Returns the message for a delivered shipment, with the day if it is known. The message names a neighbour, a safe place or a
/// pickup point. The day is that of `delivered.at`, else the carrier's local day of the delivered scan.
fn delivered(shipment: &Shipment, clock: &LocalClock<'_>) -> Message {
    let (with_date, without_date) = match shipment.delivered.as_ref().map(|delivered| &delivered.to) {
        Some(DeliveredTo::Neighbour) => (keys::HEADLINE_DELIVERED_NEIGHBOUR_ON, keys::HEADLINE_DELIVERED_NEIGHBOUR),
        Some(DeliveredTo::SafePlace) => (keys::HEADLINE_DELIVERED_SAFE_PLACE_ON, keys::HEADLINE_DELIVERED_SAFE_PLACE),
        Some(DeliveredTo::PickupPoint) => (keys::HEADLINE_COLLECTED_ON, keys::HEADLINE_COLLECTED),
        _ => (keys::HEADLINE_DELIVERED_ON, keys::HEADLINE_DELIVERED),
    };
    let delivered_on = shipment.delivered.as_ref().and_then(|delivered| delivered.at).map(|at| clock.local(at).date());
    match delivered_on.or_else(|| scanned_on(shipment)) {
        Some(date) => with_day(with_date, clock.day(date)),
        None => without_date.into(),
    }
}

/// Returns the local date of the first delivered scan. Ignores a delivered scan with an earlier date than the last scan on the
/// way, because that date is wrong. Returns None if no delivered scan is left.
fn scanned_on(shipment: &Shipment) -> Option<NaiveDate> {
    let is_moving = |event: &&Event| matches!(event.stage, Stage::InTransit | Stage::AtLocalDepot | Stage::OutForDelivery);
    let moved = shipment.events.iter().filter(is_moving).map(|event| event.at.local.date).max();
    let delivered = shipment.events.iter().filter(|event| event.stage == Stage::Delivered).map(|event| event.at.local.date);
    delivered.filter(|date| moved.is_none_or(|moved| *date >= moved)).min()
}

fn stalled(shipment: &Shipment, clock: &LocalClock<'_>) -> Message {
    if is_searched_for(shipment) {
        return keys::REASON_PARCEL_BEING_RESEARCHED.into();
    }
    match shipment.last_carrier_update {
        Some(at) => with_day(keys::HEADLINE_STALLED_SINCE, clock.day(clock.local(at).date())),
        None => keys::HEADLINE_STALLED.into(),
    }
}

/// Returns the headline for an unknown stage: the newest text of the carrier, or a general sentence if there is none.
fn unknown(shipment: &Shipment, clock: &LocalClock<'_>) -> Message {
    match in_order(shipment, clock).into_iter().find_map(carrier_text) {
        Some(text) => Message::new(keys::HEADLINE_UNKNOWN_WORDS).with("words", text),
        None => keys::HEADLINE_UNKNOWN.into(),
    }
}

/// Returns the headline of several shipments, or of one shipment and unshipped items.
fn several(order: &Order, parcels: &[&Shipment], waiting: bool, clock: &LocalClock<'_>) -> Message {
    if let Some(worst) = worst(parcels, clock) {
        return worst_first(order, worst, parcels.len(), clock);
    }
    let (arrived, coming): (Vec<&Shipment>, Vec<&Shipment>) =
        parcels.iter().partition(|parcel| situation(parcel) == Situation::Delivered);
    if coming.is_empty() {
        return all_arrived(parcels.len(), waiting.then(|| dispatch(&order.unshipped, clock)));
    }
    let (done, total) = (count(arrived.len()), count(parcels.len()));
    if let (0, Some(only), 1) = (done, coming.first(), total) {
        return single(only, clock);
    }
    // In these messages, "the rest" would include unshipped items. So the messages with "the rest" are not used while items are
    // unshipped.
    let all = common_expectation(&coming, clock).filter(|_| !waiting);
    let under_way = !waiting && coming.iter().all(|parcel| situation(parcel) > Situation::AwaitingCarrier);
    let (key, when) = match (done, all, earliest_expectation(&coming, clock)) {
        (0, Some(when), _) => (keys::HEADLINE_ALL_ARRIVING, Some(when)),
        (0, None, Some(when)) => (keys::HEADLINE_FIRST_ARRIVING, Some(when)),
        (0, None, None) if under_way => (keys::HEADLINE_IN_PARCELS, None),
        (0, None, None) => (keys::HEADLINE_IN_PARCELS_LATER, None),
        (_, Some(when), _) => (keys::HEADLINE_SOME_ARRIVED_REST, Some(when)),
        (_, None, Some(when)) => (keys::HEADLINE_SOME_ARRIVED_NEXT, Some(when)),
        (_, None, None) if under_way => (keys::HEADLINE_SOME_ARRIVED, None),
        (_, None, None) => (keys::HEADLINE_SOME_ARRIVED_MORE, None),
    };
    let message = match done {
        0 => Message::new(key).with("count", total),
        _ => Message::new(key).with("count", done).with("total", total),
    };
    match when {
        Some(when) => message.with("when", when),
        None => message,
    }
}

/// Returns the first parcel with the most serious tone, or None if all are quiet or good.
fn worst<'a>(parcels: &[&'a Shipment], clock: &LocalClock<'_>) -> Option<&'a Shipment> {
    let tone = |parcel: &Shipment| situation_at(parcel, clock).tone();
    let highest = parcels.iter().map(|parcel| tone(parcel)).max().filter(|tone| *tone > Tone::Good)?;
    parcels.iter().copied().find(|parcel| tone(parcel) == highest)
}

fn worst_first(order: &Order, worst: &Shipment, parcels: usize, clock: &LocalClock<'_>) -> Message {
    let what = single(worst, clock);
    match numbered(order, worst).filter(|(_, total)| *total > 1) {
        Some((number, total)) => {
            Message::new(keys::HEADLINE_ONE_OF).with("number", number).with("total", total).with("what", what)
        }
        None if parcels > 1 => Message::new(keys::HEADLINE_REPLACEMENT).with("what", what),
        None => what,
    }
}

/// Returns the expectation of the parcel that is expected first. Returns None if no parcel has an expectation.
fn earliest_expectation(parcels: &[&Shipment], clock: &LocalClock<'_>) -> Option<Message> {
    let day = |parcel: &Shipment| expected_window(parcel.promise.as_ref()?).map(|window| clock.dates(window).1);
    let expected = parcels.iter().filter_map(|parcel| Some((day(parcel)?, expectation(parcel, clock)?)));
    expected.min_by_key(|(day, _)| *day).map(|(_, when)| when)
}

/// Returns the expectation that all parcels share. Returns None if the expectations differ or a parcel has none.
fn common_expectation(parcels: &[&Shipment], clock: &LocalClock<'_>) -> Option<Message> {
    let mut expected = parcels.iter().map(|parcel| expectation(parcel, clock));
    let first = expected.next()??;
    expected.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Returns the headline for an order whose shipments have all been delivered. `waiting` is None if no item is unshipped. It is
/// `Some(None)` if items are unshipped and no date of dispatch is known.
fn all_arrived(total: usize, waiting: Option<Option<Message>>) -> Message {
    let key = match waiting {
        None => keys::HEADLINE_ALL_DELIVERED,
        Some(None) => keys::HEADLINE_ARRIVED_REST_LATER,
        Some(Some(_)) => keys::HEADLINE_ARRIVED_REST_SHIPS,
    };
    let message = Message::new(key).with("count", count(total));
    match waiting.flatten() {
        Some(when) => message.with("when", when),
        None => message,
    }
}

#[cfg(test)]
#[path = "headline_tests.rs"]
mod tests;
