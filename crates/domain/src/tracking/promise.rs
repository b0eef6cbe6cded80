//! The promise ledger: keeps the first delivery promise and every later change of the delivery estimate with its reason, and
//! computes the verdict. Dates are compared in the calendar of the destination.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Confidence, Promise, PromiseSource, Revision, Timestamp, Verdict, Window};

use super::delivery::Arrival;
use super::log::ShipmentReport;
use super::update::ShipmentFacts;

/// Writes every delivery estimate to the ledger, in the sequence of the reports.
///
/// An estimate that repeats the last estimate of the same source is ignored in two cases:
///
/// - The source is the retailer, whose systems send the complete order repeatedly.
/// - The shopper has chosen a day. The source may not know this day yet.
pub(super) fn write(ledger: &mut Option<Promise>, reports: &[&ShipmentReport]) {
    let mut last_by_source = initial_expectations(ledger.as_ref());
    let mut is_chosen = false;
    let by_model_or_carrier = |promise: &Promise| matches!(promise.source, PromiseSource::Carrier | PromiseSource::Model);
    let mut is_from_provider = ledger.as_ref().is_some_and(by_model_or_carrier);
    for report in reports {
        let facts = &report.facts;
        if facts.promise_withdrawn && facts.promise_expected.is_none() {
            // A provider cannot withdraw an estimate of the shop or a day that the shopper has chosen.
            if is_from_provider || !report.is_from_provider() || ledger.is_none() {
                withdraw(ledger, facts, report.reported_at);
                last_by_source.retain(|who, _| *who == PromiseSource::Retailer);
            }
            continue;
        }
        if let Some(expected) = facts.promise_expected {
            let who = facts.promise_source.clone().unwrap_or_default();
            let by_retailer = who == PromiseSource::Retailer;
            let repeats = !report.answered && last_by_source.insert(who, expected) == Some(expected);
            if repeats && (by_retailer || is_chosen) {
                continue;
            }
            is_chosen = report.answered;
            is_from_provider = report.is_from_provider() && !report.answered;
        }
        revise(ledger, facts, report.reported_at);
    }
}

/// Returns the delivery estimates before the first report, by source. The promised window belongs to the retailer, the expected
/// window to the source that the ledger names.
fn initial_expectations(ledger: Option<&Promise>) -> BTreeMap<PromiseSource, Window> {
    let promised = ledger.and_then(|promise| promise.promised).map(|promised| (PromiseSource::Retailer, promised));
    let expected = ledger.and_then(|promise| Some((promise.source.clone(), promise.expected?)));
    promised.into_iter().chain(expected).collect()
}

/// Withdraws the delivery estimate and records the withdrawal as a revision. If there is no ledger yet, creates one from the
/// provider's first estimate, if the report contains it.
fn withdraw(ledger: &mut Option<Promise>, facts: &ShipmentFacts, reported_at: Timestamp) {
    if ledger.is_none() {
        *ledger = facts.promise_first.map(|first_expectation| first(Some(first_expectation)));
    }
    let Some(promise) = ledger else { return };
    let Some(before) = promise.expected.take() else { return };
    promise.earliest = None;
    promise.confidence = Confidence::default();
    promise.revisions.push(Revision { at: reported_at, from: Some(before), to: None, reason: facts.promise_reason.clone() });
}

/// Writes one new delivery estimate to the ledger. If nothing was promised before, the first estimate becomes the promise,
/// because it is the first date that the shopper sees.
pub(crate) fn revise(ledger: &mut Option<Promise>, facts: &ShipmentFacts, reported_at: Timestamp) {
    let first_expectation = facts.promise_first.or(facts.promise_expected);
    if first_expectation.is_none() && ledger.is_none() {
        return;
    }
    let promise = ledger.get_or_insert_with(|| first(first_expectation));
    if let Some(source) = &facts.promise_source {
        promise.source = source.clone();
    }
    if let Some(confidence) = &facts.promise_confidence {
        promise.confidence = confidence.clone();
    }
    promise.earliest = facts.promise_earliest.or(promise.earliest);
    let Some(expected) = facts.promise_expected else { return };
    promise.promised = promise.promised.or(first_expectation);
    let is_withdrawn = promise.expected.is_none() && promise.revisions.last().is_some_and(|last| last.to.is_none());
    let before = if is_withdrawn { None } else { promise.expected.or(promise.promised) };
    if before != Some(expected) {
        let reason = facts.promise_reason.clone();
        promise.revisions.push(Revision { at: reported_at, from: before, to: Some(expected), reason });
    }
    promise.expected = Some(expected);
}

/// Creates a promise with this promised and expected window and no other information.
pub(crate) fn first(promised: Option<Window>) -> Promise {
    Promise {
        promised,
        expected: promised,
        earliest: None,
        source: PromiseSource::default(),
        confidence: Confidence::default(),
        verdict: Verdict::default(),
        guaranteed: false,
        revisions: Vec::new(),
    }
}

/// Returns the verdict on the delivery promise. Compares the promised window with the arrival or, before the arrival, with the
/// expected window. The verdict is unknown if no window is promised, if there is neither an arrival nor an expected window, or if
/// the expected window begins before the end of the promised window and ends after it.
pub(super) fn verdict(promise: &Promise, arrival: Option<Arrival>, zone: Tz) -> Verdict {
    let Some(promised) = promise.promised else {
        return Verdict::default();
    };
    let (from, to) = dates(promised, zone);
    if let Some(arrival) = arrival {
        return match (promised, arrival.at) {
            (Window::Times { from, to }, Some(at)) => against(at, at, from.utc(), to.utc()),
            (Window::Times { .. } | Window::Days { .. }, _) => against(arrival.date, arrival.date, from, to),
        };
    }
    let Some(expected) = promise.expected else {
        return Verdict::default();
    };
    match (promised, expected) {
        (Window::Times { from, to }, Window::Times { from: first, to: last }) => {
            against(first.utc(), last.utc(), from.utc(), to.utc())
        }
        (Window::Times { .. } | Window::Days { .. }, Window::Times { .. } | Window::Days { .. }) => {
            let (first, last) = dates(expected, zone);
            against(first, last, from, to)
        }
    }
}

fn against<T: Ord>(first: T, last: T, from: T, to: T) -> Verdict {
    if first > to {
        Verdict::Late
    } else if last < from {
        Verdict::Early
    } else if last > to {
        Verdict::default()
    } else {
        Verdict::OnTime
    }
}

/// Returns true if the promised window has passed at the destination. A later delivery estimate does not matter.
pub(super) fn has_passed(promise: &Promise, zone: Tz, now: DateTime<Utc>) -> bool {
    match promise.promised {
        Some(Window::Times { to, .. }) => now > to.utc(),
        Some(Window::Days { to, .. }) => now.with_timezone(&zone).date_naive() > to.0,
        None => false,
    }
}

/// Returns the first and the last date of a window in the calendar of the destination.
fn dates(window: Window, zone: Tz) -> (NaiveDate, NaiveDate) {
    match window {
        Window::Days { from, to } => (from.0, to.0),
        Window::Times { from, to } => (from.0.with_timezone(&zone).date_naive(), to.0.with_timezone(&zone).date_naive()),
    }
}

#[cfg(test)]
mod tests {
    use doorstep_contract::Reason;

    use super::*;

    fn window(from: &str, to: &str) -> Window {
        serde_json::from_value(serde_json::json!({ "from": from, "to": to })).expect("a window")
    }

    fn judged(promised: Window, expected: Window) -> Verdict {
        let promise = Promise { expected: Some(expected), ..first(Some(promised)) };
        verdict(&promise, None, chrono_tz::America::New_York)
    }

    #[test]
    fn lateness_is_counted_in_the_calendar_of_the_destination() {
        let day = |date: &str| window(date, date);
        let table = [
            (day("2026-11-20"), day("2026-11-20"), Verdict::OnTime),
            (day("2026-11-20"), day("2026-11-21"), Verdict::Late),
            (day("2026-11-20"), day("2026-11-19"), Verdict::Early),
            (window("2026-11-19", "2026-11-21"), day("2026-11-19"), Verdict::OnTime),
            (window("2026-11-19", "2026-11-21"), window("2026-11-20", "2026-11-23"), Verdict::default()),
            // 02:00Z on the 21st is still the evening of the 20th in New York.
            (day("2026-11-20"), window("2026-11-21T01:00:00Z", "2026-11-21T02:00:00Z"), Verdict::OnTime),
            (day("2026-11-20"), window("2026-11-21T14:00:00Z", "2026-11-21T16:00:00Z"), Verdict::Late),
            (
                window("2026-11-20T10:00:00-05:00", "2026-11-20T12:00:00-05:00"),
                window("2026-11-20T17:30:00Z", "2026-11-20T18:00:00Z"),
                Verdict::Late,
            ),
        ];
        for (promised, expected, verdict) in table {
            assert_eq!(judged(promised, expected), verdict, "{promised:?} against {expected:?}");
        }
    }

    #[test]
    fn the_first_promise_survives_every_revision() {
        let mut ledger = None;
        let now = DateTime::<Utc>::UNIX_EPOCH;
        for date in ["2026-11-19", "2026-11-20", "2026-11-20", "2026-11-23"] {
            let facts = ShipmentFacts {
                promise_expected: Some(window(date, date)),
                promise_reason: Some(Reason::WeatherDelay),
                ..ShipmentFacts::default()
            };
            revise(&mut ledger, &facts, now.into());
        }
        let promise = ledger.expect("a promise");
        assert_eq!(promise.promised, Some(window("2026-11-19", "2026-11-19")));
        assert_eq!(promise.expected, Some(window("2026-11-23", "2026-11-23")));
        assert_eq!(promise.revisions.len(), 2);
    }
}
