//! Tracking update: facts about a shipment, and scans.

use std::collections::BTreeMap;

use doorstep_contract::{
    ActionRequired, Carrier, Condition, Confidence, Delivered, Event, Pickup, Position, PromiseSource, Reason, Stage, Timestamp,
    TrackingLevel, Window,
};

/// Facts about a shipment, as opposed to its single events. Fields that are left out stay unchanged.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ShipmentFacts {
    /// Stage of the shipment. It has no date, so it alone does not put a delivered, returned or destroyed parcel on its way
    /// again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Condition of the shipment. `ok` ends a condition and a required action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Action that is required, and the party that has to take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_required: Option<ActionRequired>,
    /// First delivery estimate of the provider. Becomes the promised window if the shipment has no promise yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_first: Option<Window>,
    /// Current estimated delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_expected: Option<Window>,
    /// True if the delivery estimate is withdrawn without a new one. A provider can withdraw only an estimate of a provider. The
    /// promised window stays.
    pub promise_withdrawn: bool,
    /// Earliest possible delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_earliest: Option<Window>,
    /// Source of the estimated delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_source: Option<PromiseSource>,
    /// Confidence of the estimated delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_confidence: Option<Confidence>,
    /// Reason for the change of the estimated delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_reason: Option<Reason>,
    /// Place and proof of delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Delivered>,
    /// Pickup point at which the parcel can be collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pickup: Option<Pickup>,
    /// Failed delivery attempts so far. The number never decreases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// Position of the vehicle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Carrier of the last mile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_mile_carrier: Option<Carrier>,
    /// Tracking number at the carrier of the last mile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_mile_tracking_number: Option<String>,
    /// The carrier's tracking page of the shipment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_url: Option<String>,
    /// The carrier's page for changes of the delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reroute_url: Option<String>,
    /// Level of detail that the service reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_level: Option<TrackingLevel>,
    /// Number of pieces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pieces: Option<u32>,
}

/// A tracking update: one message about a shipment.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct TrackingUpdate {
    /// Report time: the time of the message by the clock of its sender. If two messages contradict each other, the message with
    /// the later report time counts, even if it arrives first. None stands for the time at which the update is applied.
    #[serde(rename = "told_at")]
    pub reported_at: Option<Timestamp>,
    /// Facts about the shipment.
    pub facts: ShipmentFacts,
    /// Scans in any order, including scans that are already known.
    pub events: Vec<Event>,
    /// Ids of pieces, by event id, for the events that are about a single piece of the shipment.
    pub pieces: BTreeMap<String, String>,
    /// True if the shopper has taken the required action.
    pub answered: bool,
    /// Name that the provider uses for the shipment instead of the tracking number, prefixed with the provider's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}
