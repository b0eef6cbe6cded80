//! A shipment: what is in it, who carries it, where it is, how it goes and what is promised.

use super::event::Event;
use super::lenient::{document, vocabulary};
use super::promise::Promise;
use super::time::{Date, Timestamp};
use super::vocabulary::{Condition, DeliveredTo, Stage};

vocabulary! {
    /// Which way a shipment goes, and why.
    pub enum Direction {
        /// To the shopper.
        Outbound = "outbound",
        /// Back to the retailer.
        Return = "return",
        /// To the shopper, in place of another one.
        Replacement = "replacement",
    }
}

vocabulary! {
    /// How much the service reports; a silent service is never called late.
    pub enum TrackingLevel {
        /// Every step.
        Full = "full",
        /// Some steps.
        Partial = "partial",
        /// Nothing.
        None = "none",
    }
}

vocabulary! {
    /// Whose move it is.
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
    /// Who carries it.
    pub struct Carrier {
        /// A stable code, such as `ups`.
        pub code: String,
        /// The name to show.
        pub name: String,
        /// A telephone number.
        pub phone: Option<String>,
        /// The carrier's own site.
        pub url: Option<String>,
    }
}

document! {
    /// How many of an order line.
    pub struct LineQuantity {
        /// The order line.
        pub line_id: String,
        /// How many of it.
        pub quantity: u32,
    }
}

document! {
    /// What somebody has to do before it goes on.
    pub struct ActionRequired {
        /// Who.
        pub who: Party,
        /// What, in the backend's words.
        pub what: Option<String>,
        /// By when.
        pub by: Option<Timestamp>,
    }
}

document! {
    /// Where it was left, and the proof.
    pub struct Delivered {
        /// When; absent where the carrier's time has no zone, then the timeline shows it as written.
        pub at: Option<Timestamp>,
        /// To whom or where.
        pub to: DeliveredTo,
        /// More about it, such as a neighbour's number or a place.
        pub detail: Option<String>,
        /// Who signed.
        pub signed_by: Option<String>,
        /// A photo of it, `https:` only.
        pub photo_url: Option<String>,
    }
}

document! {
    /// Where it can be collected.
    pub struct Pickup {
        /// The name of the point.
        pub name: String,
        /// Its address, line by line.
        pub lines: Vec<String>,
        /// ISO 3166-1 alpha-2.
        pub country: Option<String>,
        /// Its opening hours, a line each.
        pub hours: Vec<String>,
        /// The last day it can be collected.
        pub collect_by: Option<Date>,
        /// The code to show or type.
        pub code: Option<String>,
        /// Where it is on the map: a link.
        pub location: Option<String>,
    }
}

document! {
    /// How near the vehicle is.
    pub struct Position {
        /// Stops before this one.
        pub stops_away: Option<u32>,
        /// When that was known.
        pub at: Option<Timestamp>,
    }
}

document! {
    /// One shipment of an order.
    pub struct Shipment {
        /// Identity within the order.
        pub id: String,
        /// Which way it goes.
        pub direction: Direction,
        /// The shipment that this one replaces or returns.
        pub of: Option<String>,
        /// Who carries it.
        pub carrier: Option<Carrier>,
        /// Who carries the last mile, where it is somebody else.
        pub last_mile_carrier: Option<Carrier>,
        /// That carrier's number, where it is another one.
        pub last_mile_tracking_number: Option<String>,
        /// The carrier's number.
        pub tracking_number: Option<String>,
        /// The carrier's page for it.
        pub tracking_url: Option<String>,
        /// How much the service reports.
        pub tracking_level: TrackingLevel,
        /// What is in it.
        pub lines: Vec<LineQuantity>,
        /// How many pieces it has; one where absent.
        pub pieces: Option<u32>,
        /// Where it is, decided by the backend from all events.
        pub stage: Stage,
        /// How it goes.
        pub condition: Condition,
        /// Whose move it is, where somebody has to act.
        pub action_required: Option<ActionRequired>,
        /// What was promised and is expected.
        pub promise: Option<Promise>,
        /// Where it was left.
        pub delivered: Option<Delivered>,
        /// Where it can be collected.
        pub pickup: Option<Pickup>,
        /// Failed delivery attempts so far.
        pub attempts: u32,
        /// How near the vehicle is.
        pub position: Option<Position>,
        /// When the carrier last said anything.
        pub last_carrier_update: Option<Timestamp>,
        /// Hours that usually pass between two scans of this service.
        pub usual_gap_h: Option<u32>,
        /// The carrier's page to change the delivery.
        pub reroute_url: Option<String>,
        /// The timeline, in any order.
        pub events: Vec<Event>,
    }
}
