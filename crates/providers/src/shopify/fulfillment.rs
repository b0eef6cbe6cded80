//! Reads a fulfilment: its parcels by tracking number, and one status for all of them. A fulfilment has the time of its last
//! change but no time of a scan, so it creates no tracking event.

use doorstep_contract::{ActionRequired, Delivered, DeliveredTo, Party, Stage};
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use serde_json::Value;

use super::parcel::{MAX_NUMBERS, numbers, reference, unknown_code};
use super::status_codes;
use crate::delivery::Delivery;
use crate::fields::{is_secure_link, list, number_or_text, text};
use crate::meaning::Meaning;
use crate::refusal::Refusal;
use crate::time::instant;

/// Returns one update per tracking number, and an empty list if the fulfilment has no number yet. Returns an error if there is no id.
pub(super) fn parse(fulfillment: &Value) -> Result<Vec<Delivery>, Refusal> {
    let id = number_or_text(fulfillment, "id").ok_or_else(|| Refusal::Unreadable("no id".to_owned()))?;
    let numbers = numbers(fulfillment);
    let status = text(fulfillment, "shipment_status").unwrap_or_default();
    // With several parcels, it is unknown which one the status is about. A parcel that is still under way must not be shown as delivered.
    let meaning = if numbers.len() == 1 { meaning(fulfillment, status) } else { Meaning::default() };
    let deliveries = numbers.iter().enumerate().map(|(index, number)| Delivery {
        tracking_number: (*number).to_owned(),
        carrier: text(fulfillment, "tracking_company").map(str::to_owned),
        update: TrackingUpdate {
            reported_at: text(fulfillment, "updated_at").and_then(instant),
            facts: ShipmentFacts { tracking_url: tracking_url(fulfillment, index), ..facts(&meaning, status) },
            // An event names only its fulfilment. With several parcels, the event could be about any of them, so there is no
            // reference.
            reference: (numbers.len() == 1).then(|| reference(&id)),
            ..TrackingUpdate::default()
        },
        unknown: unknown_code(status),
    });
    Ok(deliveries.collect())
}

/// Returns the meaning of the status. If the fulfilment is cancelled before its parcel has moved, the stage is cancelled. If the
/// parcel has already moved, the cancellation is ignored.
fn meaning(fulfillment: &Value, status: &str) -> Meaning {
    let meaning = status_codes::meaning(status);
    let has_not_moved = matches!(meaning.stage, None | Some(Stage::LabelCreated));
    if has_not_moved && text(fulfillment, "status") == Some("cancelled") { Meaning::stage(Stage::Cancelled) } else { meaning }
}

fn facts(meaning: &Meaning, status: &str) -> ShipmentFacts {
    let to = if status_codes::is_collected(status) { DeliveredTo::PickupPoint } else { DeliveredTo::default() };
    ShipmentFacts {
        delivered: (meaning.stage == Some(Stage::Delivered)).then_some(Delivered {
            at: None,
            to,
            detail: None,
            signed_by: None,
            photo_url: None,
        }),
        action_required: meaning.awaits_shopper.then_some(ActionRequired { who: Party::Shopper, what: None, by: None }),
        condition: meaning.shipment_condition(&[]),
        stage: meaning.stage.clone(),
        ..ShipmentFacts::default()
    }
}

/// Returns the tracking link of the tracking number at this index, or None if there is no secure link. The first number may have
/// its link in `tracking_url` instead of the list.
fn tracking_url(fulfillment: &Value, index: usize) -> Option<String> {
    let urls = list(fulfillment, "tracking_urls", MAX_NUMBERS);
    let url = urls.get(index).and_then(Value::as_str).or_else(|| text(fulfillment, "tracking_url").filter(|_| index == 0));
    url.filter(|url| is_secure_link(url)).map(str::to_owned)
}
