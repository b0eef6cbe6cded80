//! The section `tracking` of the policy.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use serde::Deserialize;

/// Thresholds for the conditions `stalled` and `at_risk`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tracking {
    /// Usual hours between two scans, used if neither the retailer nor delivered parcels give a better figure.
    pub usual_gap_hours: u32,
    /// Usual hours between two scans for particular carriers, by carrier code.
    pub usual_gap_hours_of: BTreeMap<String, u32>,
    /// Hours without a scan that are usual in customs.
    pub customs_gap_hours: u32,
    /// Usual transit time from the first scan to the delivery in hours, used if it was not learned from delivered parcels.
    pub transit_hours: u32,
    /// Time of day at the destination, on the last day of the delivery promise, from which a parcel that has not reached its last
    /// depot is at risk.
    #[serde(deserialize_with = "super::values::time_of_day")]
    pub at_risk_from: NaiveTime,
    /// Minimum number of delivered parcels of a carrier before learned times replace the times of this section.
    pub learn_from: u32,
}
