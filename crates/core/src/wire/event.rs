//! One scan or message about a shipment, in the carrier's time and words and in ours.

use super::lenient::{document, vocabulary};
use super::time::LocalTime;
use super::vocabulary::{ConditionState, Reason, Stage};

vocabulary! {
    /// How sure the zone of an event's local time is.
    pub enum Zone {
        /// The carrier wrote the offset.
        Explicit = "explicit",
        /// Derived from the place, which lies in one zone only.
        FromPlace = "from_place",
    }
}

vocabulary! {
    /// Who said it.
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
    /// When it happened, on the clock of the place where it happened.
    pub struct EventTime {
        requires {
            /// The reading of that clock; a date alone where the carrier gave no time.
            pub local: LocalTime,
        }
        /// Minutes east of UTC, where known; without it the reading is shown as it was written and never converted.
        pub offset_min: Option<i32>,
        /// How sure the offset is.
        pub zone: Zone,
    }
}

document! {
    /// Where it happened, as far as the carrier said.
    pub struct Place {
        /// The name as it is shown, such as a town or a depot.
        pub name: Option<String>,
        /// ISO 3166-1 alpha-2.
        pub country: Option<String>,
        /// Degrees north.
        pub lat: Option<f64>,
        /// Degrees east.
        pub lon: Option<f64>,
    }
}

document! {
    /// What the provider sent, word for word; kept always, so that nothing is lost in translation.
    pub struct Raw {
        /// The provider, such as `easypost`.
        pub provider: String,
        /// Its code, where it has codes.
        pub code: Option<String>,
        /// Its text.
        pub text: Option<String>,
    }
}

document! {
    /// One event of a shipment's timeline.
    pub struct Event {
        requires {
            /// When it happened; an event without a time cannot be placed and is left out.
            pub at: EventTime,
        }
        /// Identity within the shipment; the same event sent twice has the same one.
        pub id: String,
        /// Where the shipment was after it.
        pub stage: Stage,
        /// How it went, where the event says so.
        pub condition: Option<ConditionState>,
        /// Why.
        pub reason: Option<Reason>,
        /// Where it happened.
        pub place: Option<Place>,
        /// The words to show: the carrier's own, cleaned of codes and capitals by the backend where it can.
        pub text: Option<String>,
        /// Who said it.
        pub source: Source,
        /// What the provider sent.
        pub raw: Option<Raw>,
    }
}
