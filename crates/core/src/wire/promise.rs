//! The promise: what was said first, what is expected now, how sure it is and every change in between.

use super::json::Value;
use super::lenient::{document, vocabulary};
use super::time::{Date, Timestamp};

vocabulary! {
    /// The shape of a window.
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
    /// Who made the promise or the expectation.
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
    /// How sure the expectation is. One date is shown only when it is high.
    pub enum Confidence {
        /// A single date can be shown.
        High = "high",
        /// A range can be shown.
        Medium = "medium",
        /// A range can be shown, with a warning that it is a guess.
        Low = "low",
    }
}

vocabulary! {
    /// The expectation held against the promise, in the calendar of the destination.
    pub enum Verdict {
        /// Earlier than promised.
        Early = "early",
        /// As promised.
        OnTime = "on_time",
        /// Later than promised.
        Late = "late",
    }
}

/// When something is to happen: dates for `day` and `days`, instants for `time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// From one calendar date to another, both included; the same date twice is one day.
    Days {
        /// The first date.
        from: Date,
        /// The last date.
        to: Date,
    },
    /// Between two instants.
    Times {
        /// The earliest instant.
        from: Timestamp,
        /// The latest instant.
        to: Timestamp,
    },
}

impl super::lenient::Lenient for Window {
    fn read(json: &Value) -> Option<Self> {
        let text = |name| json.get(name).and_then(Value::as_str);
        let (from, to) = (text("from").or(text("to"))?, text("to").or(text("from"))?);
        // What the ends look like decides, not what `kind` claims: a date must never be read as an instant.
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
    /// The shape as it travels.
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
            .property("from", text("a date for `day` and `days`, RFC 3339 for `time`"))
            .property("to", text("likewise; included"))
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
            /// When it changed.
            pub at: Timestamp,
        }
        /// What was expected before.
        pub from: Option<Window>,
        /// What was expected after.
        pub to: Option<Window>,
        /// Why, in one word of the taxonomy.
        pub reason: Option<super::vocabulary::Reason>,
    }
}

document! {
    /// What was promised and what is expected.
    pub struct Promise {
        /// What the shopper was first told; never overwritten.
        pub promised: Option<Window>,
        /// What is expected now.
        pub expected: Option<Window>,
        /// The earliest that is known to be possible.
        pub earliest: Option<Window>,
        /// Who says so.
        pub source: PromiseSource,
        /// How sure it is.
        pub confidence: Confidence,
        /// Expected against promised.
        pub verdict: Verdict,
        /// Whether the retailer stands by it with money; only then may the word be used.
        pub guaranteed: bool,
        /// Every change, oldest first.
        pub revisions: Vec<Revision>,
    }
}
