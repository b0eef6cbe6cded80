//! The delivery promise as the page shows it: the first promise beside the present expectation, the reasons for changes and the
//! confidence.

use chrono::{Datelike, NaiveDate};

use super::status::{Situation, Tone, may_be_late, situation};
use crate::local_clock::{LocalClock, as_heading, days_later};
use crate::message::{Key, Message, MessageArg, keys};
use doorstep_contract::{Confidence, Promise, PromiseSource, Reason, Revision, Shipment, StagePhase, Verdict, Window};

/// Delivery promise of one shipment, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseCard {
    /// First promise.
    pub promised: Option<Message>,
    /// Present expectation, or a note that there is none yet; absent if neither applies.
    pub expected: Option<Message>,
    /// Days around the promised and the expected ones, in order. Empty if the parcel has arrived, if no day is expected, or if the days
    /// are more than a week.
    pub days: Vec<PromiseDay>,
    /// Early, on time or late, with its tone; absent if it is unknown.
    pub verdict: Option<(Message, Tone)>,
    /// Reason for the last change.
    pub why: Option<Message>,
    /// Confidence in the expectation and its source.
    pub confidence: Option<Message>,
    /// Every change, newest first.
    pub history: Vec<HistoryRow>,
}

/// One day of the scale that shows how the expectation relates to the promise.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseDay {
    /// Name of the weekday.
    pub weekday: MessageArg,
    /// Day of the month.
    pub day: MessageArg,
    /// True if the parcel was promised for this day.
    pub promised: bool,
    /// True if the parcel is expected on this day.
    pub expected: bool,
}

/// One change of the expectation.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryRow {
    /// Time of the change.
    pub at: Message,
    /// Expectation before and after the change.
    pub change: Message,
    /// Reason for the change.
    pub why: Option<Message>,
}

/// Returns the expectation as precisely as it can be given, or None if none is known or its last day has passed. Hours are shown
/// if the confidence is high or the shipment is out for delivery, else days. A single day may be widened to a range if the
/// confidence is not high.
pub fn expectation(shipment: &Shipment, clock: &LocalClock<'_>) -> Option<Message> {
    let promise = shipment.promise.as_ref()?;
    let window = expected_window(promise)?;
    // Checked before the range is widened, so that a passed day with low confidence does not become an expectation of the next
    // day.
    if clock.dates(window).1 < clock.today() {
        return None;
    }
    if shows_hours(shipment, promise, window) {
        return Some(clock.window(window));
    }
    let (from, to) = days_ahead(promise, window, clock);
    Some(clock.days(from, to))
}

/// Returns true if the hours of the expected window are shown.
fn shows_hours(shipment: &Shipment, promise: &Promise, window: &Window) -> bool {
    let is_precise = promise.confidence == Confidence::High || situation(shipment) == Situation::OutForDelivery;
    is_precise && matches!(window, Window::Times { .. })
}

/// Returns the first and the last date to show, without the days that have passed: they are no longer part of the expectation.
fn days_ahead(promise: &Promise, window: &Window, clock: &LocalClock<'_>) -> (NaiveDate, NaiveDate) {
    let (from, to) = displayed_dates(promise, window, clock);
    (from.max(clock.today()), to)
}

/// Returns true if the expected window begins today or earlier.
pub fn is_today(shipment: &Shipment, clock: &LocalClock<'_>) -> bool {
    expected_dates(shipment, clock).is_some_and(|(from, _)| from <= clock.today())
}

/// Returns true if the expected window begins after the day on which the present condition began. If that day is unknown, any
/// expected window counts.
pub fn begins_after(shipment: &Shipment, clock: &LocalClock<'_>) -> bool {
    let since = shipment.condition.since.map(|since| clock.local(since).date());
    expected_dates(shipment, clock).is_some_and(|(from, _)| since.is_none_or(|since| from > since))
}

/// Returns true if a window is expected that differs from the promised one.
pub fn is_revised(shipment: &Shipment) -> bool {
    shipment.promise.as_ref().is_some_and(|promise| promise.expected.is_some() && promise.expected != promise.promised)
}

fn expected_dates(shipment: &Shipment, clock: &LocalClock<'_>) -> Option<(NaiveDate, NaiveDate)> {
    expected_window(shipment.promise.as_ref()?).map(|window| clock.dates(window))
}

/// Returns the expected window. If there is none, returns the promised window, unless the last change withdrew the expectation.
/// Otherwise, returns None.
pub fn expected_window(promise: &Promise) -> Option<&Window> {
    promise.expected.as_ref().or_else(|| promise.promised.as_ref().filter(|_| !is_withdrawn(promise)))
}

/// Returns true if the last change withdrew the expectation and named no other window.
fn is_withdrawn(promise: &Promise) -> bool {
    promise.expected.is_none() && promise.revisions.last().is_some_and(|last| last.to.is_none())
}

/// Returns true if the carrier or a prediction is the source of the expectation. The expectation may equal the promise.
pub fn is_estimated(shipment: &Shipment) -> bool {
    let source = shipment.promise.as_ref().map(|promise| &promise.source);
    matches!(source, Some(PromiseSource::Carrier | PromiseSource::Model))
}

/// Returns the first and the last date to show for a window. A single day other than today is widened if the confidence is not
/// high: back to the earliest known date, else forward by one day (two if the confidence is low).
fn displayed_dates(promise: &Promise, window: &Window, clock: &LocalClock<'_>) -> (NaiveDate, NaiveDate) {
    let (from, to) = clock.dates(window);
    let spread = match promise.confidence {
        Confidence::High => 0,
        Confidence::Medium | Confidence::Unknown(_) => 1,
        Confidence::Low => 2,
    };
    if from != to || spread == 0 || from == clock.today() {
        return (from, to);
    }
    let earliest = promise.earliest.as_ref().map(|window| clock.dates(window).0).filter(|earliest| *earliest < from);
    earliest.map_or((from, days_later(to, spread)), |earliest| (earliest, to))
}

/// Returns the expectation compared with the promise, by calendar dates of the destination. Returns the backend's verdict if it
/// gives one, else compares the dates. Returns an unknown verdict if a date is missing.
pub fn verdict(promise: &Promise, clock: &LocalClock<'_>) -> Verdict {
    if promise.verdict != Verdict::default() {
        return promise.verdict.clone();
    }
    let (Some(promised), Some(expected)) = (&promise.promised, &promise.expected) else {
        return Verdict::default();
    };
    let ((first, last), (_, expected)) = (clock.dates(promised), clock.dates(expected));
    match expected {
        expected if expected > last => Verdict::Late,
        expected if expected < first => Verdict::Early,
        _ => Verdict::OnTime,
    }
}

/// Returns the card. Returns None for a cancelled shipment, for a return, and if there is neither a promise nor an expectation to
/// show.
pub fn card(shipment: &Shipment, clock: &LocalClock<'_>) -> Option<PromiseCard> {
    let promise = shipment.promise.as_ref()?;
    let situation = situation(shipment);
    if situation == Situation::Cancelled || situation.is_return() {
        return None;
    }
    let arrived = shipment.stage.phase() == StagePhase::AtDestination;
    let given_up = situation.is_given_up();
    let promised = promise.promised.as_ref().map(|window| as_heading(clock.window(window)));
    let expected = (!arrived && !given_up).then(|| expectation(shipment, clock)).flatten().map(as_heading);
    let confidence = expected.as_ref().map(|_| confidence(promise));
    // A late parcel without an expected date gets the note that there is no date yet.
    let over_due = !arrived && !given_up && may_be_late(shipment) && verdict(promise, clock) == Verdict::Late;
    // A parcel whose promise was withdrawn gets this note too, unless it is out for delivery or was not collected.
    let is_open = !arrived && !given_up && situation != Situation::OutForDelivery && situation != Situation::NotCollected;
    let over_due = over_due || (is_open && is_withdrawn(promise));
    let expected = expected.or_else(|| over_due.then(|| keys::PROMISE_NONE_YET.into()));
    let card = PromiseCard {
        verdict: (!given_up).then(|| verdict_message(shipment, promise, arrived, clock)).flatten(),
        why: promise.revisions.last().filter(|_| !arrived).and_then(why),
        days: if confidence.is_some() { days(shipment, promise, clock) } else { Vec::new() },
        confidence,
        history: promise.revisions.iter().rev().map(|revision| history_row(revision, clock)).collect(),
        promised,
        expected,
    };
    (card.promised.is_some() || card.expected.is_some()).then_some(card)
}

/// Largest number of days on the scale, and smallest one.
const MOST_DAYS: u64 = 7;
const FEWEST_DAYS: u64 = 5;

/// Returns the days of the scale, or an empty list if there are too many.
fn days(shipment: &Shipment, promise: &Promise, clock: &LocalClock<'_>) -> Vec<PromiseDay> {
    let Some(window) = expected_window(promise) else { return Vec::new() };
    let (from, to) = match shows_hours(shipment, promise, window) {
        true => clock.dates(window),
        false => days_ahead(promise, window, clock),
    };
    let (promised_from, promised_to) = promise.promised.as_ref().map_or((from, to), |promised| clock.dates(promised));
    let (mut first, last) = (from.min(promised_from), to.max(promised_to));
    let mut count = u64::try_from((last - first).num_days()).unwrap_or(MOST_DAYS).saturating_add(1);
    if count > MOST_DAYS {
        return Vec::new();
    }
    // A short range has a day before it, and days after it if there is room, so that it looks like a part of a week.
    if count < FEWEST_DAYS {
        first = first.pred_opt().unwrap_or(first);
        count = FEWEST_DAYS;
    }
    let mut days = Vec::new();
    for distance in 0..count {
        let date = days_later(first, distance);
        days.push(PromiseDay {
            weekday: MessageArg::Weekday(date),
            day: MessageArg::Count(date.day()),
            promised: promise.promised.is_some() && (promised_from..=promised_to).contains(&date),
            expected: (from..=to).contains(&date),
        });
    }
    days
}

fn verdict_message(shipment: &Shipment, promise: &Promise, arrived: bool, clock: &LocalClock<'_>) -> Option<(Message, Tone)> {
    // A parcel that arrived damaged or in part gets no verdict, even if it arrived on the promised day.
    if arrived && situation(shipment).tone() > Tone::Good {
        return None;
    }
    match verdict(promise, clock) {
        Verdict::Early if arrived => Some((keys::PROMISE_ARRIVED_EARLY.into(), Tone::Good)),
        Verdict::OnTime if arrived => Some((keys::PROMISE_ARRIVED_ON_TIME.into(), Tone::Good)),
        Verdict::Late if arrived => Some((keys::PROMISE_ARRIVED_LATE.into(), Tone::Quiet)),
        // "Early" and "on time" are not shown above a problem that has to be solved first, or above an unknown situation.
        Verdict::Early | Verdict::OnTime
            if !matches!(situation(shipment).tone(), Tone::Good | Tone::Quiet)
                || is_unknown(shipment)
                // They are also not shown if the expected day has passed, or if the range shown ends after the promise.
                || expectation(shipment, clock).is_none()
                || may_end_late(promise, clock) =>
        {
            None
        }
        Verdict::Early => Some((keys::PROMISE_EARLY.into(), Tone::Good)),
        Verdict::OnTime => Some((keys::PROMISE_ON_TIME.into(), Tone::Good)),
        Verdict::Late if may_be_late(shipment) => Some((keys::PROMISE_LATE.into(), Tone::Attention)),
        Verdict::Late | Verdict::Unknown(_) => None,
    }
}

/// Returns true if the range of dates to show ends after the promised window.
fn may_end_late(promise: &Promise, clock: &LocalClock<'_>) -> bool {
    let (Some(promised), Some(expected)) = (&promise.promised, &promise.expected) else { return false };
    displayed_dates(promise, expected, clock).1 > clock.dates(promised).1
}

fn is_unknown(shipment: &Shipment) -> bool {
    situation(shipment) == Situation::Unknown
}

fn confidence(promise: &Promise) -> Message {
    if promise.guaranteed {
        return keys::PROMISE_GUARANTEED.into();
    }
    let confidence = match promise.confidence {
        Confidence::High => keys::CONFIDENCE_HIGH,
        Confidence::Medium | Confidence::Unknown(_) => keys::CONFIDENCE_MEDIUM,
        Confidence::Low => keys::CONFIDENCE_LOW,
    };
    let who = match promise.source {
        PromiseSource::Carrier => keys::SOURCE_CARRIER,
        PromiseSource::Retailer => keys::SOURCE_RETAILER,
        PromiseSource::Model => keys::SOURCE_MODEL,
        PromiseSource::Unknown(_) => return confidence.into(),
    };
    Message::new(keys::PROMISE_SURE).with("sure", confidence).with("source", who)
}

fn why(revision: &Revision) -> Option<Message> {
    revision.reason.as_ref().and_then(reason).map(Message::from)
}

fn history_row(revision: &Revision, clock: &LocalClock<'_>) -> HistoryRow {
    let windows = [&revision.from, &revision.to];
    let dates =
        |window: &Option<Window>| window.as_ref().map_or(keys::PROMISE_NO_DATE.into(), |window| clock.absolute_dates(window));
    let hours = |window: &Option<Window>| window.as_ref().and_then(|window| clock.absolute_hours(window));
    let [mut from, mut to] = windows.map(dates);
    // If only the hours changed, the hours are shown.
    if from == to {
        [from, to] = windows.map(|window| hours(window).unwrap_or_else(|| dates(window)));
    }
    let change = if from == to { to } else { Message::new(keys::PROMISE_CHANGE).with("from", from).with("to", to) };
    HistoryRow { at: clock.moment(revision.at), change, why: why(revision) }
}

/// Returns the message for a reason, or None for a value that this version does not know, so that nothing wrong is shown.
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
