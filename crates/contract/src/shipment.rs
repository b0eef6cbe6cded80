//! A shipment: its contents, carrier, stage, condition, delivery promise and tracking events.

use super::event::Event;
use super::id::ShipmentId;
use super::lenient::{document, vocabulary};
use super::promise::Promise;
use super::time::{Date, Timestamp};
use super::vocabulary::{Condition, DeliveredTo, Stage};

vocabulary! {
    /// Direction and purpose of a shipment.
    pub enum Direction {
        /// To the shopper.
        Outbound = "outbound",
        /// Back to the retailer.
        Return = "return",
        /// To the shopper, in place of another shipment.
        Replacement = "replacement",
    }
}

vocabulary! {
    /// Amount of tracking that the carrier's service provides. A shipment with `partial` or `none` is never shown as late.
    pub enum TrackingLevel {
        /// Every step is reported.
        Full = "full",
        /// Some steps are reported.
        Partial = "partial",
        /// No step is reported.
        None = "none",
    }
}

vocabulary! {
    /// Party that has to act, or that took a step.
    pub enum Party {
        /// The shopper.
        Shopper = "shopper",
        /// The retailer.
        Retailer = "retailer",
        /// The carrier.
        Carrier = "carrier",
    }
}

document! {
    /// Carrier of a shipment.
    pub struct Carrier {
        /// Stable code, such as `ups`.
        pub code: String,
        /// Name to show.
        pub name: String,
        /// Telephone number.
        pub phone: Option<String>,
        /// Address of the carrier's site.
        pub url: Option<String>,
    }
}

document! {
    /// Quantity of an order line.
    pub struct LineQuantity {
        /// Id of the order line.
        pub line_id: String,
        /// Quantity of the line.
        pub quantity: u32,
    }
}

document! {
    /// Action that is required before the shipment can go on.
    pub struct ActionRequired {
        /// Party that has to act.
        pub who: Party,
        /// Description of the action, as text from the backend.
        pub what: Option<String>,
        /// Time by which the party has to act.
        pub by: Option<Timestamp>,
    }
}

document! {
    /// Place of a delivery and its proof.
    pub struct Delivered {
        /// Time of the delivery. Absent if the carrier's time has no zone; the timeline then shows the time as the carrier wrote
        /// it.
        pub at: Option<Timestamp>,
        /// Recipient or place of the delivery.
        pub to: DeliveredTo,
        /// Further detail, such as a neighbour's number or a place.
        pub detail: Option<String>,
        /// Name of the person who signed.
        pub signed_by: Option<String>,
        /// Address of a photo of the delivery: an `https:` URL, or a path on the origin of the backend.
        pub photo_url: Option<String>,
    }
}

document! {
    /// Pickup point at which a shipment can be collected.
    pub struct Pickup {
        /// Name of the pickup point.
        pub name: String,
        /// Address, line by line.
        pub lines: Vec<String>,
        /// ISO 3166-1 alpha-2 country code.
        pub country: Option<String>,
        /// Opening hours, line by line.
        pub hours: Vec<String>,
        /// Last day for collection.
        pub collect_by: Option<Date>,
        /// Code to show or type at collection.
        pub code: Option<String>,
        /// Link to its location on a map.
        pub location: Option<String>,
    }
}

document! {
    /// Distance of the delivery vehicle, counted in stops.
    pub struct Position {
        /// Number of stops before this delivery.
        pub stops_away: Option<u32>,
        /// Time at which the carrier reported the distance.
        pub at: Option<Timestamp>,
    }
}

document! {
    /// One shipment of an order.
    pub struct Shipment {
        /// Id within the order.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub id: ShipmentId,
        /// Direction and purpose of the shipment.
        pub direction: Direction,
        /// Id of the shipment that this one replaces or returns.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        pub of: Option<ShipmentId>,
        /// Carrier.
        pub carrier: Option<Carrier>,
        /// Carrier of the last mile, if it differs from `carrier`.
        pub last_mile_carrier: Option<Carrier>,
        /// Tracking number of the last-mile carrier, if it differs from `tracking_number`.
        pub last_mile_tracking_number: Option<String>,
        /// Tracking number.
        pub tracking_number: Option<String>,
        /// Address of the carrier's tracking page.
        pub tracking_url: Option<String>,
        /// Amount of tracking that the carrier's service provides.
        pub tracking_level: TrackingLevel,
        /// Order lines in the shipment, with quantities.
        pub lines: Vec<LineQuantity>,
        /// Number of pieces; one if absent.
        pub pieces: Option<u32>,
        /// Present stage, decided by the backend from all events.
        pub stage: Stage,
        /// Present condition.
        pub condition: Condition,
        /// Required action, if a party has to act.
        pub action_required: Option<ActionRequired>,
        /// Delivery promise and present expectation.
        pub promise: Option<Promise>,
        /// Place of the delivery and its proof.
        pub delivered: Option<Delivered>,
        /// Pickup point at which the shipment can be collected.
        pub pickup: Option<Pickup>,
        /// Number of failed delivery attempts so far.
        pub attempts: u32,
        /// Distance of the delivery vehicle, counted in stops.
        pub position: Option<Position>,
        /// Time of the carrier's last report.
        pub last_carrier_update: Option<Timestamp>,
        /// Usual time between two scans of this service, in hours.
        pub usual_gap_h: Option<u32>,
        /// Address of the carrier's page for changing the delivery.
        pub reroute_url: Option<String>,
        /// Tracking events, in any order.
        pub events: Vec<Event>,
    }
}
