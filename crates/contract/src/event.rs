//! Tracking events: scans and messages about a shipment, with the local time and the text of the carrier, and the stage and
//! condition that the backend derives from them.

use chrono::{NaiveDateTime, TimeDelta};

use super::lenient::{document, vocabulary};
use super::time::LocalTime;
use super::vocabulary::{ConditionState, Reason, Stage};

vocabulary! {
    /// Origin of the zone of an event's local time.
    pub enum Zone {
        /// The carrier gave the offset.
        Explicit = "explicit",
        /// The offset is derived from the place, which lies in one zone only.
        FromPlace = "from_place",
    }
}

vocabulary! {
    /// Source of a tracking event.
    pub enum Source {
        /// The carrier.
        Carrier = "carrier",
        /// The retailer.
        Retailer = "retailer",
        /// A prediction.
        Model = "model",
    }
}

document! {
    /// Time of a tracking event, as local time of the place where it happened.
    pub struct EventTime {
        requires {
            /// Local date and time; a date alone if the carrier gave no time.
            pub local: LocalTime,
        }
        /// Offset east of UTC in minutes, if known. Without it the local time is shown as written and never converted.
        pub offset_min: Option<i32>,
        /// Origin of the offset.
        pub zone: Zone,
    }
}

document! {
    /// Place of a tracking event, as far as the carrier named it.
    pub struct Place {
        /// Name to show, such as a town or a depot.
        pub name: Option<String>,
        /// ISO 3166-1 alpha-2 country code.
        pub country: Option<String>,
        /// Latitude in degrees north.
        pub lat: Option<f64>,
        /// Longitude in degrees east.
        pub lon: Option<f64>,
    }
}

document! {
    /// Original message of the provider, unchanged. The backend keeps it, so that the mapping to this contract loses no
    /// information.
    pub struct Raw {
        /// Tracking provider, such as `easypost`.
        pub provider: String,
        /// The provider's code, if it has codes.
        pub code: Option<String>,
        /// The provider's text.
        pub text: Option<String>,
    }
}

document! {
    /// One tracking event of a shipment.
    pub struct Event {
        requires {
            /// Time of the event. An event without a time has no position in the timeline and is left out.
            pub at: EventTime,
        }
        /// Id within the shipment; an event that is sent twice keeps its id.
        pub id: String,
        /// Stage of the shipment after the event.
        pub stage: Stage,
        /// Condition of the shipment, if the event gives one.
        pub condition: Option<ConditionState>,
        /// Reason for the condition.
        pub reason: Option<Reason>,
        /// Place of the event.
        pub place: Option<Place>,
        /// Text to show: the carrier's text, from which the backend removes codes and capitals if possible.
        pub text: Option<String>,
        /// Source of the event.
        pub source: Source,
        /// Original message of the provider.
        pub raw: Option<Raw>,
    }
}
impl EventTime {
    /// Returns the time in UTC, computed with the offset of the event, else with `else_offset`. A date without a time counts as
    /// midnight.
    pub fn instant(&self, else_offset: TimeDelta) -> NaiveDateTime {
        let reading = self.local.date.and_time(self.local.time.unwrap_or_default());
        let offset = self.offset_min.map_or(else_offset, |minutes| TimeDelta::try_minutes(minutes.into()).unwrap_or_default());
        reading.checked_sub_signed(offset).unwrap_or(reading)
    }
}
