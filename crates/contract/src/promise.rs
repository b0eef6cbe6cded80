//! The delivery promise: the first promise, the present expectation, its confidence, and every change in between.

use super::json::Value;
use super::lenient::{document, vocabulary};
use super::time::{Date, Timestamp};

vocabulary! {
    /// Form of a window.
    pub enum WindowKind {
        /// One date.
        Day = "day",
        /// A range of dates, both included.
        Days = "days",
        /// A range of instants.
        Time = "time",
    }
}

vocabulary! {
    /// Source of the expectation.
    pub enum PromiseSource {
        /// The carrier.
        Carrier = "carrier",
        /// The retailer.
        Retailer = "retailer",
        /// A prediction.
        Model = "model",
    }
}

vocabulary! {
    /// Confidence in the expectation. Unless it is high, the widget widens a single date to a range. It does not widen today's
    /// date.
    pub enum Confidence {
        /// A single date can be shown.
        High = "high",
        /// A range can be shown.
        Medium = "medium",
        /// A range can be shown, as a guess.
        Low = "low",
    }
}

vocabulary! {
    /// Expectation compared with the promise, by calendar dates of the destination.
    pub enum Verdict {
        /// Earlier than promised.
        Early = "early",
        /// As promised.
        OnTime = "on_time",
        /// Later than promised.
        Late = "late",
    }
}

/// Period in which something is to happen: dates for `day` and `days`, instants for `time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// From one calendar date to another, both included. Two equal dates are one day.
    Days {
        /// First date.
        from: Date,
        /// Last date.
        to: Date,
    },
    /// Between two instants.
    Times {
        /// Earliest instant.
        from: Timestamp,
        /// Latest instant.
        to: Timestamp,
    },
}

impl super::lenient::Lenient for Window {
    fn read(json: &Value) -> Option<Self> {
        let text = |name| json.get(name).and_then(Value::as_str);
        let (from, to) = (text("from").or(text("to"))?, text("to").or(text("from"))?);
        // The form of the two ends decides, not `kind`, because a date must never be read as an instant.
        match (Date::parse(from), Date::parse(to)) {
            (Some(from), Some(to)) => Some(Self::Days { from: from.min(to), to: from.max(to) }),
            _ => {
                let (from, to) = (Timestamp::parse(from)?, Timestamp::parse(to)?);
                Some(Self::Times { from: from.min(to), to: from.max(to) })
            }
        }
    }
}

impl Window {
    /// Returns the form of the window as written in JSON.
    pub fn kind(&self) -> WindowKind {
        match self {
            Self::Days { from, to } if from == to => WindowKind::Day,
            Self::Days { .. } => WindowKind::Days,
            Self::Times { .. } => WindowKind::Time,
        }
    }
}

impl serde::Serialize for Window {
    fn serialize<S: serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut window = sink.serialize_struct("Window", 3)?;
        window.serialize_field("kind", &self.kind())?;
        match self {
            Self::Days { from, to } => {
                window.serialize_field("from", from)?;
                window.serialize_field("to", to)?;
            }
            Self::Times { from, to } => {
                window.serialize_field("from", from)?;
                window.serialize_field("to", to)?;
            }
        }
        window.end()
    }
}

impl<'de> serde::Deserialize<'de> for Window {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let json = Value::from(serde_json::Value::deserialize(source)?);
        super::lenient::Lenient::read(&json)
            .ok_or_else(|| serde::de::Error::custom("must have `from` and `to`, both dates or both RFC 3339 times"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Window {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{ObjectBuilder, schema::Type};
        let text = |about: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(about));
        ObjectBuilder::new()
            .property("kind", text("`day`, `days` or `time`"))
            .property("from", text("start of the window: a date for `day` and `days`, an RFC 3339 time for `time`"))
            .property("to", text("end of the window, included; written like `from`"))
            .required("kind")
            .required("from")
            .required("to")
            .into()
    }
}
#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Window {}

document! {
    /// One change of the expectation.
    pub struct Revision {
        requires {
            /// Time of the change.
            pub at: Timestamp,
        }
        /// Window expected before the change.
        pub from: Option<Window>,
        /// Window expected after the change; absent if the expectation was withdrawn.
        pub to: Option<Window>,
        /// Reason for the change.
        pub reason: Option<super::vocabulary::Reason>,
    }
}

document! {
    /// Delivery promise and present expectation.
    pub struct Promise {
        /// Window that was first promised to the shopper; never overwritten.
        pub promised: Option<Window>,
        /// Window that is expected now.
        pub expected: Option<Window>,
        /// Earliest window that is known to be possible.
        pub earliest: Option<Window>,
        /// Source of the expectation.
        pub source: PromiseSource,
        /// Confidence in the expectation.
        pub confidence: Confidence,
        /// Expectation compared with the promise.
        pub verdict: Verdict,
        /// True if the retailer guarantees the promise with money; only then may the page call it guaranteed.
        pub guaranteed: bool,
        /// Every change, oldest first.
        pub revisions: Vec<Revision>,
    }
}
