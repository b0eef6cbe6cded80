//! The strict body that adds an event. Called by the service.

use chrono::{DateTime, Utc};
use doorstep_core::wire;

use super::new_order::Invalid;
use super::update::{ShipmentFacts, Update};

/// One event as the retailer's systems send it.
#[derive(Clone, Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// The shipment it is about.
    pub shipment_id: String,
    /// Identity within the shipment.
    pub id: String,
    /// When it happened.
    pub at: wire::EventTime,
    /// Where the shipment was after it.
    pub stage: wire::Stage,
    /// The words to show.
    pub text: Option<String>,
    /// Facts that come with it.
    pub facts: Option<ShipmentFacts>,
}

impl NewEvent {
    /// The shipment and what became known about it.
    pub fn into_update(self, _now: DateTime<Utc>) -> Result<(String, Update), Invalid> {
        let event = wire::Event {
            id: self.id,
            at: self.at,
            stage: self.stage,
            condition: None,
            reason: None,
            place: None,
            text: self.text,
            source: wire::Source::Retailer,
            raw: None,
        };
        Ok((
            self.shipment_id,
            Update {
                facts: self.facts.unwrap_or_default(),
                events: vec![event],
            },
        ))
    }
}
