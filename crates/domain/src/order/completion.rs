//! Computes the time at which an order was completed. The retention period counts from this time. Pure.

use chrono::{DateTime, TimeZone as _, Utc};
use doorstep_contract::{CaseState, Event, Order, RefundState, ReturnState, Shipment};

use crate::calendar::zone;
use crate::tracking::stage::has_ended;

/// Returns the time at which an order was completed, or `None` while something is open. An order is completed if every item was
/// sent or cancelled, every shipment has ended, and no case, return or refund is open. A refund is no longer open once it was
/// sent. If the carrier never reports the end of a shipment, the order stays open. An order without shipments and cases stays
/// open too.
pub fn completed_at(order: &Order) -> Option<DateTime<Utc>> {
    let is_open = !order.unshipped.is_empty()
        || (order.shipments.is_empty() && order.cases.is_empty())
        || !order.shipments.iter().all(|shipment| has_ended(&shipment.stage))
        || order.cases.iter().any(|case| !matches!(case.state, CaseState::Resolved | CaseState::Declined))
        || order
            .returns
            .iter()
            .any(|rma| !matches!(rma.state, ReturnState::Completed | ReturnState::Rejected | ReturnState::Expired))
        || order
            .refunds
            .iter()
            .any(|refund| matches!(refund.state, RefundState::Promised | RefundState::Failed | RefundState::Unknown(_)));
    if is_open {
        return None;
    }
    let entries = order.cases.iter().flat_map(|case| &case.timeline).map(|entry| entry.at.utc());
    let sent = order.refunds.iter().filter_map(|refund| refund.sent_at).map(|at| at.utc());
    let parcels = order.shipments.iter().filter_map(|shipment| last_of(shipment, order));
    entries.chain(sent).chain(parcels).chain(order.placed_at.map(|at| at.utc())).max()
}

/// Returns the time of the last report about a shipment.
fn last_of(shipment: &Shipment, order: &Order) -> Option<DateTime<Utc>> {
    let local_zone = zone(order);
    let scanned = |event: &Event| {
        let local = event.at.local.date.and_time(event.at.local.time.unwrap_or_default());
        match event.at.offset_min {
            Some(offset) => Some(local.and_utc() - chrono::TimeDelta::minutes(offset.into())),
            None => local_zone.from_local_datetime(&local).earliest().map(|at| at.to_utc()),
        }
    };
    let delivered = shipment.delivered.as_ref().and_then(|delivered| delivered.at);
    let reported = [delivered, shipment.last_carrier_update, shipment.condition.since].into_iter().flatten().map(|at| at.utc());
    shipment.events.iter().filter_map(scanned).chain(reported).max()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn order(change: impl FnOnce(&mut Value)) -> Option<String> {
        let mut order = json!({ "id": "o", "number": "1", "placed_at": "2020-01-01T00:00:00Z", "time_zone": "Europe/Berlin",
            "shipments": [{ "id": "s1", "direction": "outbound", "stage": "delivered",
                "events": [{ "id": "e", "at": { "local": "2020-01-05T12:00:00" }, "stage": "delivered" }] }] });
        change(&mut order);
        completed_at(&serde_json::from_value(order).unwrap()).map(|at| at.to_rfc3339())
    }

    #[test]
    fn an_order_is_finished_when_nothing_is_left_to_happen() {
        assert_eq!(order(|_| {}).as_deref(), Some("2020-01-05T11:00:00+00:00"));
        let refund = |state: &'static str| {
            move |order: &mut Value| order["refunds"] = json!([{ "id": "f", "state": state, "sent_at": "2020-02-01T00:00:00Z" }])
        };
        assert_eq!(order(refund("sent")).as_deref(), Some("2020-02-01T00:00:00+00:00"));
        type Change = fn(&mut Value);
        let unfinished: [(&str, Change); 7] = [
            ("a line is to be sent", |order| order["unshipped"] = json!([{ "line_id": "l1", "quantity": 1 }])),
            ("a parcel is on its way", |order| order["shipments"][0]["stage"] = json!("in_transit")),
            ("a word of tomorrow", |order| order["shipments"][0]["stage"] = json!("teleported")),
            ("nothing was sent at all", |order| order["shipments"] = json!([])),
            ("a case is open", |order| order["cases"] = json!([{ "id": "c", "kind": "contact", "state": "received" }])),
            ("a return is on its way", |order| order["returns"] = json!([{ "id": "r", "state": "in_transit" }])),
            ("money is owed", |order| order["refunds"] = json!([{ "id": "f", "state": "promised" }])),
        ];
        for (why, change) in unfinished {
            assert_eq!(order(change), None, "{why}");
        }
    }
}
