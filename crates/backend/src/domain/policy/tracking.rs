//! The section `tracking` of the policy.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use serde::Deserialize;

/// What counts as silent and as at risk, as the policy file says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tracking {
    /// Hours between two scans that are usual where nothing better is known.
    pub usual_gap_hours: u32,
    /// The same of one carrier, by its code.
    pub usual_gap_hours_of: BTreeMap<String, u32>,
    /// Hours that customs may say nothing.
    pub customs_gap_hours: u32,
    /// Hours that a parcel takes from its first scan, where nothing better is known.
    pub transit_hours: u32,
    /// On the last day of the promise: the time from which a parcel that is not at its last depot will probably not come.
    #[serde(deserialize_with = "super::rules::time_of_day")]
    pub at_risk_from: NaiveTime,
    /// Delivered parcels of a carrier from which on its usual times are learned.
    pub learn_from: u32,
}
