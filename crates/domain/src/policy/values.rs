//! Values that several sections of the policy use.

use chrono::NaiveTime;
use serde::{Deserialize, Deserializer};

/// Decision of the policy about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The outcome is promised at once.
    Grant,
    /// A person decides.
    Review,
    /// The carrier is asked first.
    Investigate,
}

pub(super) fn time_of_day<'de, D: Deserializer<'de>>(source: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(source)?;
    NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| serde::de::Error::custom("write a time of day like \"08:00\""))
}
