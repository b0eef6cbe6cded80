//! What is said about a shipment: facts about the whole of it, and scans.

use std::collections::BTreeMap;

use doorstep_core::wire::{
    ActionRequired, Carrier, Condition, Confidence, Delivered, Event, Pickup, Position, PromiseSource, Reason, Stage, Timestamp,
    TrackingLevel, Window,
};

/// What is said about a shipment as a whole; what is left out stays as it was.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ShipmentFacts {
    /// Where it is. Taken as a claim without a date: it does not undo an ending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// How it goes; `ok` ends a condition and what somebody had to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Whose move it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_required: Option<ActionRequired>,
    /// When it was first expected, where the provider remembers it; a promise that was made before stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_first: Option<Window>,
    /// When it is expected now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_expected: Option<Window>,
    /// Whether what was expected is taken back, and no other day is named. A provider takes back only what a provider has said; what was
    /// promised first stays in the ledger.
    pub promise_withdrawn: bool,
    /// The earliest that is possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_earliest: Option<Window>,
    /// Who expects that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_source: Option<PromiseSource>,
    /// How sure it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_confidence: Option<Confidence>,
    /// Why the expectation changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_reason: Option<Reason>,
    /// Where it was left, and the proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Delivered>,
    /// Where it can be collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pickup: Option<Pickup>,
    /// Failed delivery attempts so far; never counted down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// How near the vehicle is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Who carries the last mile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_mile_carrier: Option<Carrier>,
    /// The number under which that carrier knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_mile_tracking_number: Option<String>,
    /// The carrier's page for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_url: Option<String>,
    /// The carrier's page to change the delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reroute_url: Option<String>,
    /// How much the service reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_level: Option<TrackingLevel>,
    /// How many pieces it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pieces: Option<u32>,
}

/// What is newly known about a shipment.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Update {
    /// When it was said, by the clock of who said it: the later of two statements counts, whichever comes in first. Unless given, the
    /// moment at which it is applied.
    pub told_at: Option<Timestamp>,
    /// About the shipment as a whole.
    pub facts: ShipmentFacts,
    /// Scans and messages, in any order, known ones among them.
    pub events: Vec<Event>,
    /// The piece that an event is about, by the identity of the event; the others are about all of them.
    pub pieces: BTreeMap<String, String>,
    /// Whether the shopper has done what was asked for.
    pub answered: bool,
    /// What the provider calls the shipment where it does not say the carrier's number, with the provider's name before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}
