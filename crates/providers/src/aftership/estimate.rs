//! Estimated delivery from AfterShip, which sends the carrier's estimate, its own prediction, and an estimate by the shop's
//! rules. Called by the reader of the webhooks.

use doorstep_contract::{ConditionState, Confidence, PromiseSource, Window};
use doorstep_domain::tracking::ShipmentFacts;
use serde_json::Value;

use super::status_codes;
use crate::fields::{is_withdrawn, text};
use crate::time::window;

/// An estimated delivery and its source. The source is None if AfterShip's code for the source is missing or not in the table.
struct Estimate {
    window: Window,
    source: Option<PromiseSource>,
}

/// Fields that withdraw the estimate if they are empty. The estimate by the rules of the shop is not one of them.
const ESTIMATES: [&str; 4] =
    ["latest_estimated_delivery", "courier_estimated_delivery_date", "aftership_estimated_delivery_date", "expected_delivery"];

/// Adds the current and the first estimate to the facts. The condition decides whether an empty estimate counts as withdrawn.
pub(super) fn add(facts: ShipmentFacts, parcel: &Value, condition: Option<&ConditionState>) -> ShipmentFacts {
    let Some(estimate) = current(parcel) else {
        let fields = ESTIMATES.map(|name| parcel.get(name));
        let promise_reason = revise_reason(parcel).and_then(status_codes::revised_because);
        return ShipmentFacts {
            promise_first: first(parcel),
            promise_withdrawn: is_withdrawn(&fields, condition),
            promise_reason,
            ..facts
        };
    };
    let confidence = if estimate.source == Some(PromiseSource::Model) { predicted(parcel) } else { Confidence::Medium };
    ShipmentFacts {
        promise_first: first(parcel),
        promise_expected: Some(estimate.window),
        promise_source: estimate.source,
        promise_confidence: Some(confidence),
        promise_reason: revise_reason(parcel).and_then(status_codes::revised_because),
        ..facts
    }
}

/// Returns the codes of the revision's reason and of the estimate's source that are not in the table, each as `field/code`.
pub(super) fn unknown_codes(parcel: &Value) -> impl Iterator<Item = String> {
    let reason = revise_reason(parcel).filter(|reason| status_codes::revised_because(reason).is_none());
    let source = parcel.get("latest_estimated_delivery").and_then(|latest| text(latest, "source"));
    let source = source.filter(|source| status_codes::expected_by(source).is_none());
    let named = |name: &str, word: Option<&str>| word.map(|word| format!("{name}/{word}"));
    [named("revise_reason", reason), named("source", source)].into_iter().flatten()
}

fn revise_reason(parcel: &Value) -> Option<&str> {
    let of = |name| parcel.get(name).and_then(|estimate| text(estimate, "revise_reason"));
    of("latest_estimated_delivery").or_else(|| of("aftership_estimated_delivery_date"))
}

/// Returns the first promise. The date that the shop promised takes precedence over the first estimate.
fn first(parcel: &Value) -> Option<Window> {
    let promised = text(parcel, "order_promised_delivery_date").and_then(|day| window(day, day));
    promised.or_else(|| dated(parcel.get("first_estimated_delivery")?))
}

/// Returns the current estimate: the newest estimate if AfterShip names it, else the carrier's, AfterShip's prediction, the
/// shop's, and the older field `expected_delivery`, in this order.
fn current(parcel: &Value) -> Option<Estimate> {
    let latest = parcel.get("latest_estimated_delivery").and_then(|latest| {
        let source = text(latest, "source").and_then(status_codes::expected_by);
        // If AfterShip predicts a single day reliably, the day is only in `aftership_estimated_delivery_date`.
        let window = if source == Some(PromiseSource::Model) {
            aftership_estimate(parcel).or_else(|| dated(latest))
        } else {
            dated(latest)
        };
        Some(Estimate { window: window?, source })
    });
    let by = |source, window: Option<Window>| window.map(|window| Estimate { window, source: Some(source) });
    latest
        .or_else(|| by(PromiseSource::Carrier, estimated(parcel.get("courier_estimated_delivery_date")?)))
        .or_else(|| by(PromiseSource::Model, aftership_estimate(parcel)))
        .or_else(|| by(PromiseSource::Retailer, dated(parcel.get("custom_estimated_delivery_date")?)))
        .or_else(|| by(PromiseSource::Carrier, text(parcel, "expected_delivery").and_then(|day| window(day, day))))
}

/// Returns AfterShip's own prediction: its best day if that is as reliable as the range, else the range.
fn aftership_estimate(parcel: &Value) -> Option<Window> {
    let prediction = parcel.get("aftership_estimated_delivery_date")?;
    let day = text(prediction, "estimated_delivery_date");
    if predicted(parcel) == Confidence::High { day.and_then(|day| window(day, day)) } else { None }
        .or_else(|| estimated(prediction))
}

/// Returns the confidence of the prediction by its code: high if one day is as reliable as the range, medium if only the range is reliable,
/// low if too little is known.
fn predicted(parcel: &Value) -> Confidence {
    match parcel.pointer("/aftership_estimated_delivery_date/confidence_code").and_then(Value::as_i64) {
        Some(10000) => Confidence::High,
        Some(10001 | 20001) => Confidence::Medium,
        _ => Confidence::Low,
    }
}

fn dated(estimate: &Value) -> Option<Window> {
    range(estimate, "datetime_min", "datetime_max", "datetime")
}

fn estimated(estimate: &Value) -> Option<Window> {
    range(estimate, "estimated_delivery_date_min", "estimated_delivery_date_max", "estimated_delivery_date")
}

fn range(estimate: &Value, from: &str, to: &str, day: &str) -> Option<Window> {
    let (from, to, day) = (text(estimate, from), text(estimate, to), text(estimate, day));
    from.zip(to).and_then(|(from, to)| window(from, to)).or_else(|| window(day?, day?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_estimate_is_as_sure_as_its_code_says() {
        for (code, confidence, expected) in [
            (json!(10000), Confidence::High, "day"),
            (json!(10001), Confidence::Medium, "days"),
            (json!(20001), Confidence::Medium, "days"),
            (json!(30001), Confidence::Low, "days"),
            (json!(30002), Confidence::Low, "days"),
            (json!(30003), Confidence::Low, "days"),
            (json!(30004), Confidence::Low, "days"),
            (json!(99999), Confidence::Low, "days"),
            (json!(null), Confidence::Low, "days"),
        ] {
            let estimate = json!({"estimated_delivery_date": "2026-11-25", "confidence_code": code,
                "estimated_delivery_date_min": "2026-11-24", "estimated_delivery_date_max": "2026-11-26"});
            let facts = add(ShipmentFacts::default(), &json!({"aftership_estimated_delivery_date": estimate}), None);
            assert_eq!(facts.promise_confidence, Some(confidence), "{code}");
            assert_eq!(
                facts.promise_expected.map(|window| window.kind().as_str().to_owned()).as_deref(),
                Some(expected),
                "{code}"
            );
        }
    }

    #[test]
    fn every_estimate_says_whose_it_is() {
        let dated = |source: &str| json!({"type": "specific", "source": source, "datetime": "2026-11-25"});
        for (fields, source) in [
            (json!({"latest_estimated_delivery": dated("Carrier EDD")}), Some(PromiseSource::Carrier)),
            (json!({"latest_estimated_delivery": dated("AfterShip EDD")}), Some(PromiseSource::Model)),
            (json!({"latest_estimated_delivery": dated("Custom EDD")}), Some(PromiseSource::Retailer)),
            (json!({"latest_estimated_delivery": dated("Order EDD")}), Some(PromiseSource::Retailer)),
            (json!({"latest_estimated_delivery": dated("Oracle EDD")}), None),
            (json!({"courier_estimated_delivery_date": {"estimated_delivery_date": "2026-11-25"}}), Some(PromiseSource::Carrier)),
            (json!({"custom_estimated_delivery_date": {"datetime": "2026-11-25"}}), Some(PromiseSource::Retailer)),
            (json!({"expected_delivery": "2026-11-25"}), Some(PromiseSource::Carrier)),
        ] {
            let facts = add(ShipmentFacts::default(), &fields, None);
            assert_eq!(facts.promise_source, source, "{fields}");
            assert_eq!(facts.promise_expected.map(|window| json!(window)["from"].clone()), Some(json!("2026-11-25")), "{fields}");
        }
    }
}
