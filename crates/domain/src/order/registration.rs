//! The shipments whose tracking numbers are registered at a tracking provider.

use doorstep_contract::{Direction, Order, Shipment, TrackingLevel};

use crate::tracking::stage::has_ended;

/// Returns the shipments with a number of a carrier that a provider can follow. Leaves out shipments that have come to an end and
/// those of a service without tracking. Also leaves out a return that has no carrier yet, because the backend made its number.
pub fn registrable(order: &Order) -> impl Iterator<Item = &Shipment> {
    order.shipments.iter().filter(|shipment| {
        let is_own_number = shipment.direction == Direction::Return && shipment.carrier.is_none();
        shipment.tracking_number.is_some()
            && !is_own_number
            && shipment.tracking_level != TrackingLevel::None
            && !has_ended(&shipment.stage)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn numbers_of_carriers_are_registered_until_the_parcel_has_come_to_an_end() {
        type Change = fn(&mut Value);
        let cases: [(Change, bool); 9] = [
            (|_| {}, true),
            (|shipment| shipment["stage"] = json!("in_transit"), true),
            (|shipment| shipment["stage"] = json!("returning"), true),
            (|shipment| shipment["direction"] = json!("return"), true),
            (|shipment| shipment["stage"] = json!("delivered"), false),
            (|shipment| shipment["stage"] = json!("cancelled"), false),
            (|shipment| shipment["tracking_level"] = json!("none"), false),
            (|shipment| shipment["tracking_number"] = Value::Null, false),
            (
                |shipment| {
                    shipment["direction"] = json!("return");
                    shipment["carrier"] = Value::Null;
                },
                false,
            ),
        ];
        for (change, is_registrable) in cases {
            let mut shipment = json!({ "id": "s1", "direction": "outbound", "stage": "label_created", "tracking_number": "1Z42",
                "tracking_level": "full", "carrier": { "code": "ups", "name": "UPS" } });
            change(&mut shipment);
            let order: Order = serde_json::from_value(json!({ "id": "o", "number": "1", "shipments": [shipment] })).unwrap();
            assert_eq!(registrable(&order).count(), usize::from(is_registrable), "{shipment}");
        }
    }
}
