//! The promise ledger: what was promised beside what is expected now, why it changed and how sure it is.

use chrono::NaiveDate;

use super::status::{Situation, Tone, may_be_late, situation};
use crate::here::{Here, days_later, standing};
use crate::phrase::{Key, Phrase, keys};
use crate::wire::{Confidence, Promise, PromiseSource, Reason, Revision, Shipment, Stage, Verdict, Window};

/// The promise of one shipment, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseCard {
    /// What was promised first.
    pub promised: Option<Phrase>,
    /// What is expected now; absent where nobody knows.
    pub expected: Option<Phrase>,
    /// Early, on time or late, where it can be said.
    pub verdict: Option<(Phrase, Tone)>,
    /// Why it changed.
    pub why: Option<Phrase>,
    /// How sure it is, and who says so.
    pub sure: Option<Phrase>,
    /// Every change, newest first.
    pub history: Vec<HistoryRow>,
}

/// One change of the expectation.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryRow {
    /// When it changed.
    pub at: Phrase,
    /// From what to what.
    pub change: Phrase,
    /// Why.
    pub why: Option<Phrase>,
}

/// What is expected, as precisely as the confidence allows: hours or one day when it is high, a range otherwise; nothing once it has
/// passed, because a date in the past is not an expectation.
pub fn expectation(shipment: &Shipment, here: &Here<'_>) -> Option<Phrase> {
    let promise = shipment.promise.as_ref()?;
    let window = expected_window(promise)?;
    // Also where it is not sure: that makes a passed day no expectation of the next one.
    if here.dates(window).1 < here.today() {
        return None;
    }
    let (from, to) = honest_dates(promise, window, here);
    let precise = promise.confidence == Confidence::High || situation(shipment) == Situation::OutForDelivery;
    Some(match window {
        Window::Times { .. } if precise => here.window(window),
        // Days that have passed are not part of what can still be expected.
        Window::Days { .. } | Window::Times { .. } => here.days(from.max(here.today()), to),
    })
}

/// Whether it is expected today, among other days perhaps.
pub fn is_today(shipment: &Shipment, here: &Here<'_>) -> bool {
    expected_dates(shipment, here).is_some_and(|(from, _)| from <= here.today())
}

/// Whether the expectation lies after the day since which it goes as it goes, as far as that is known.
pub fn begins_after(shipment: &Shipment, here: &Here<'_>) -> bool {
    let since = shipment.condition.since.map(|since| here.local(since).date());
    expected_dates(shipment, here).is_some_and(|(from, _)| since.is_none_or(|since| from > since))
}

/// Whether something else is expected than was promised.
pub fn is_revised(shipment: &Shipment) -> bool {
    shipment.promise.as_ref().is_some_and(|promise| promise.expected.is_some() && promise.expected != promise.promised)
}

fn expected_dates(shipment: &Shipment, here: &Here<'_>) -> Option<(NaiveDate, NaiveDate)> {
    expected_window(shipment.promise.as_ref()?).map(|window| here.dates(window))
}

/// Returns what is expected now: what was promised, as long as nobody has said otherwise or taken it back.
pub fn expected_window(promise: &Promise) -> Option<&Window> {
    promise.expected.as_ref().or_else(|| promise.promised.as_ref().filter(|_| !is_withdrawn(promise)))
}

/// Whether what was expected has been taken back, and no other day was named.
fn is_withdrawn(promise: &Promise) -> bool {
    promise.expected.is_none() && promise.revisions.last().is_some_and(|last| last.to.is_none())
}

/// Returns whether the carrier or a prediction expects it then, which can be the day that was promised.
pub fn is_estimated(shipment: &Shipment) -> bool {
    let source = shipment.promise.as_ref().map(|promise| &promise.source);
    matches!(source, Some(PromiseSource::Carrier | PromiseSource::Model))
}

/// The dates that can honestly be named for a window.
fn honest_dates(promise: &Promise, window: &Window, here: &Here<'_>) -> (NaiveDate, NaiveDate) {
    let (from, to) = here.dates(window);
    let spread = match promise.confidence {
        Confidence::High => 0,
        Confidence::Medium | Confidence::Unknown(_) => 1,
        Confidence::Low => 2,
    };
    if from != to || spread == 0 || from == here.today() {
        return (from, to);
    }
    let earliest = promise.earliest.as_ref().map(|window| here.dates(window).0).filter(|earliest| *earliest < from);
    earliest.map_or((from, days_later(to, spread)), |earliest| (earliest, to))
}

/// Expected against promised, in the calendar of the destination; what the backend says counts, else the dates are compared.
pub fn verdict(promise: &Promise, here: &Here<'_>) -> Verdict {
    if promise.verdict != Verdict::default() {
        return promise.verdict.clone();
    }
    let (Some(promised), Some(expected)) = (&promise.promised, &promise.expected) else {
        return Verdict::default();
    };
    let ((first, last), (_, expected)) = (here.dates(promised), here.dates(expected));
    match expected {
        expected if expected > last => Verdict::Late,
        expected if expected < first => Verdict::Early,
        _ => Verdict::OnTime,
    }
}

/// The card, where there is anything to put on it.
pub fn card(shipment: &Shipment, here: &Here<'_>) -> Option<PromiseCard> {
    let promise = shipment.promise.as_ref()?;
    let situation = situation(shipment);
    if matches!(situation, Situation::Cancelled | Situation::ReturnArrived | Situation::ReturnAwaited | Situation::ReturnUnderWay)
    {
        return None;
    }
    let arrived = matches!(shipment.stage, Stage::Delivered | Stage::ReadyForPickup);
    let given_up = matches!(situation, Situation::Lost | Situation::Destroyed | Situation::Returning | Situation::Returned);
    let promised = promise.promised.as_ref().map(|window| standing(here.window(window)));
    let expected = (!arrived && !given_up).then(|| expectation(shipment, here)).flatten().map(standing);
    let sure = expected.as_ref().map(|_| sure(promise));
    // A promise that has passed without a word about a new date: say just that.
    let over_due = !arrived && !given_up && may_be_late(shipment) && verdict(promise, here) == Verdict::Late;
    // One that was taken back leaves none, but for a parcel that is on the vehicle or was not collected.
    let is_open = !arrived && !given_up && situation != Situation::OutForDelivery && situation != Situation::NotCollected;
    let over_due = over_due || (is_open && is_withdrawn(promise));
    let expected = expected.or_else(|| over_due.then(|| keys::PROMISE_NONE_YET.into()));
    let card = PromiseCard {
        verdict: (!given_up).then(|| verdict_phrase(shipment, promise, arrived, here)).flatten(),
        why: promise.revisions.last().filter(|_| !arrived).and_then(why),
        sure,
        history: promise.revisions.iter().rev().map(|revision| history_row(revision, here)).collect(),
        promised,
        expected,
    };
    (card.promised.is_some() || card.expected.is_some()).then_some(card)
}

fn verdict_phrase(shipment: &Shipment, promise: &Promise, arrived: bool, here: &Here<'_>) -> Option<(Phrase, Tone)> {
    // What came damaged or in part did not arrive as promised, whenever it came.
    if arrived && situation(shipment).tone() > Tone::Good {
        return None;
    }
    match verdict(promise, here) {
        Verdict::Early if arrived => Some((keys::PROMISE_ARRIVED_EARLY.into(), Tone::Good)),
        Verdict::OnTime if arrived => Some((keys::PROMISE_ARRIVED_ON_TIME.into(), Tone::Good)),
        Verdict::Late if arrived => Some((keys::PROMISE_ARRIVED_LATE.into(), Tone::Quiet)),
        // Nobody should read "on time" above something that has to be put right first, or that nobody understands.
        Verdict::Early | Verdict::OnTime
            if !matches!(situation(shipment).tone(), Tone::Good | Tone::Quiet)
                || is_unknown(shipment)
                // Nor above a day that has passed, of a service that does not say whether it came, nor above days that end later.
                || expectation(shipment, here).is_none()
                || may_end_late(promise, here) =>
        {
            None
        }
        Verdict::Early => Some((keys::PROMISE_EARLY.into(), Tone::Good)),
        Verdict::OnTime => Some((keys::PROMISE_ON_TIME.into(), Tone::Good)),
        Verdict::Late if may_be_late(shipment) => Some((keys::PROMISE_LATE.into(), Tone::Attention)),
        Verdict::Late | Verdict::Unknown(_) => None,
    }
}

/// Whether the days that can honestly be named end after what was promised.
fn may_end_late(promise: &Promise, here: &Here<'_>) -> bool {
    let (Some(promised), Some(expected)) = (&promise.promised, &promise.expected) else { return false };
    honest_dates(promise, expected, here).1 > here.dates(promised).1
}

fn is_unknown(shipment: &Shipment) -> bool {
    situation(shipment) == Situation::Unknown
}

fn sure(promise: &Promise) -> Phrase {
    if promise.guaranteed {
        return keys::PROMISE_GUARANTEED.into();
    }
    let how_sure = match promise.confidence {
        Confidence::High => keys::CONFIDENCE_HIGH,
        Confidence::Medium | Confidence::Unknown(_) => keys::CONFIDENCE_MEDIUM,
        Confidence::Low => keys::CONFIDENCE_LOW,
    };
    let who = match promise.source {
        PromiseSource::Carrier => keys::SOURCE_CARRIER,
        PromiseSource::Retailer => keys::SOURCE_RETAILER,
        PromiseSource::Model => keys::SOURCE_MODEL,
        PromiseSource::Unknown(_) => return how_sure.into(),
    };
    Phrase::new(keys::PROMISE_SURE).with("sure", how_sure).with("source", who)
}

fn why(revision: &Revision) -> Option<Phrase> {
    revision.reason.as_ref().and_then(reason).map(Phrase::from)
}

fn history_row(revision: &Revision, here: &Here<'_>) -> HistoryRow {
    let sides = [&revision.from, &revision.to];
    let dated = |window: &Option<Window>| window.as_ref().map_or(keys::PROMISE_NO_DATE.into(), |window| here.dated(window));
    let hours = |window: &Option<Window>| window.as_ref().and_then(|window| here.dated_hours(window));
    let [mut from, mut to] = sides.map(dated);
    // Where only the hours moved, they are what changed.
    if from == to {
        [from, to] = sides.map(|window| hours(window).unwrap_or_else(|| dated(window)));
    }
    let change = if from == to { to } else { Phrase::new(keys::PROMISE_CHANGE).with("from", from).with("to", to) };
    HistoryRow { at: here.moment(revision.at), change, why: why(revision) }
}

/// A reason in words; a word that this version does not know says nothing rather than something wrong.
pub fn reason(reason: &Reason) -> Option<Key> {
    Some(match reason {
        Reason::CarrierDamagedParcel => keys::REASON_CARRIER_DAMAGED_PARCEL,
        Reason::CarrierSortingError => keys::REASON_CARRIER_SORTING_ERROR,
        Reason::CarrierAddressNotFound => keys::REASON_CARRIER_ADDRESS_NOT_FOUND,
        Reason::CarrierParcelLost => keys::REASON_CARRIER_PARCEL_LOST,
        Reason::CarrierNotEnoughTime => keys::REASON_CARRIER_NOT_ENOUGH_TIME,
        Reason::CarrierVehicleIssue => keys::REASON_CARRIER_VEHICLE_ISSUE,
        Reason::CarrierCapacityExceeded => keys::REASON_CARRIER_CAPACITY_EXCEEDED,
        Reason::CarrierMechanicalDelay => keys::REASON_CARRIER_MECHANICAL_DELAY,
        Reason::RetailerCancelled => keys::REASON_RETAILER_CANCELLED,
        Reason::RetailerIncorrectData => keys::REASON_RETAILER_INCORRECT_DATA,
        Reason::RetailerNotReady => keys::REASON_RETAILER_NOT_READY,
        Reason::RetailerIncorrectParcel => keys::REASON_RETAILER_INCORRECT_PARCEL,
        Reason::RetailerIncorrectDimensions => keys::REASON_RETAILER_INCORRECT_DIMENSIONS,
        Reason::RetailerPackagingIssue => keys::REASON_RETAILER_PACKAGING_ISSUE,
        Reason::ConsigneeRefused => keys::REASON_CONSIGNEE_REFUSED,
        Reason::ConsigneeBusinessClosed => keys::REASON_CONSIGNEE_BUSINESS_CLOSED,
        Reason::ConsigneeNotAvailable => keys::REASON_CONSIGNEE_NOT_AVAILABLE,
        Reason::ConsigneeNotHome => keys::REASON_CONSIGNEE_NOT_HOME,
        Reason::ConsigneeCancelled => keys::REASON_CONSIGNEE_CANCELLED,
        Reason::ConsigneeVerificationFailed => keys::REASON_CONSIGNEE_VERIFICATION_FAILED,
        Reason::ConsigneeIncorrectAddress => keys::REASON_CONSIGNEE_INCORRECT_ADDRESS,
        Reason::ConsigneeAccessRestricted => keys::REASON_CONSIGNEE_ACCESS_RESTRICTED,
        Reason::ConsigneeSafePlaceUnavailable => keys::REASON_CONSIGNEE_SAFE_PLACE_UNAVAILABLE,
        Reason::CustomsDelay => keys::REASON_CUSTOMS_DELAY,
        Reason::CustomsDocumentation => keys::REASON_CUSTOMS_DOCUMENTATION,
        Reason::CustomsDutiesUnpaid => keys::REASON_CUSTOMS_DUTIES_UNPAID,
        Reason::CustomsProhibited => keys::REASON_CUSTOMS_PROHIBITED,
        Reason::CustomsInspection => keys::REASON_CUSTOMS_INSPECTION,
        Reason::WeatherDelay => keys::REASON_WEATHER_DELAY,
        Reason::NaturalDisaster => keys::REASON_NATURAL_DISASTER,
        Reason::ForceMajeure => keys::REASON_FORCE_MAJEURE,
        Reason::ParcelBeingResearched => keys::REASON_PARCEL_BEING_RESEARCHED,
        Reason::SecurityIssue => keys::REASON_SECURITY_ISSUE,
        Reason::RegulatoryHold => keys::REASON_REGULATORY_HOLD,
        Reason::Unknown(_) => return None,
    })
}

#[cfg(test)]
#[path = "promise_tests.rs"]
mod tests;
