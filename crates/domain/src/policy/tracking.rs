//! The section `tracking` of the policy.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use serde::Deserialize;

/// Thresholds for stalled and at risk, as the policy file states them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tracking {
    /// Usual hours between two scans, used if nothing better is known.
    pub usual_gap_hours: u32,
    /// Usual hours between two scans of single carriers, by carrier code.
    pub usual_gap_hours_of: BTreeMap<String, u32>,
    /// Hours without a scan that are usual in customs.
    pub customs_gap_hours: u32,
    /// Transit time from the first scan in hours, used if nothing better is known.
    pub transit_hours: u32,
    /// Time of day at the destination, on the last day of the delivery promise, from which a parcel that has not reached its last
    /// depot is at risk.
    #[serde(deserialize_with = "super::values::time_of_day")]
    pub at_risk_from: NaiveTime,
    /// Number of delivered parcels of a carrier from which its usual times are learned.
    pub learn_from: u32,
}
