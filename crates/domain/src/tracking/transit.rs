//! Learns the usual times of a carrier from parcels that the carrier has delivered. `delay_detection` uses them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Direction, Shipment, Stage, TrackingLevel};

use super::attribution::carrier_events;
use super::stage::{instant, is_early};

/// Minimum number of scans of a parcel that is used as a sample.
const LEAST_SCANS: usize = 3;

/// Usual times of a carrier, learned from delivered parcels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransitStatistics {
    /// Usual gap in hours: in nine of ten parcels, the longest time between two scans does not exceed this value.
    pub gap_h: Option<u32>,
    /// Median transit time from the first to the last scan, in hours.
    pub transit_h: Option<u32>,
}

/// The times of one delivered parcel, from which usual times are learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitSample {
    /// Code of the carrier in lower case.
    pub carrier: String,
    /// Longest time between two scans, in hours.
    pub gap_h: u32,
    /// Time from the first to the last scan, in hours.
    pub transit_h: u32,
    /// Time of the last scan.
    pub ended_at: DateTime<Utc>,
}

/// Returns the sample of a parcel, or None if the parcel is not delivered, is a return, is not fully tracked, has no carrier, or
/// has fewer than three scans with a time.
pub fn transit_sample(shipment: &Shipment, zone: Tz) -> Option<TransitSample> {
    if shipment.stage != Stage::Delivered || shipment.direction == Direction::Return || reports_little(shipment) {
        return None;
    }
    let scans = carrier_events(shipment.events.iter()).filter(|event| !is_early(&event.stage));
    let mut scanned: Vec<DateTime<Utc>> =
        scans.filter(|event| event.at.local.time.is_some()).map(|event| instant(event, zone)).collect();
    scanned.sort_unstable();
    let (first, ended_at) = (*scanned.first()?, *scanned.last()?);
    let hours = |from: DateTime<Utc>, to: DateTime<Utc>| u32::try_from((to - from).num_hours()).ok();
    let gaps = scanned.iter().zip(scanned.iter().skip(1)).filter_map(|(from, to)| hours(*from, *to));
    let (gap_h, transit_h) = (gaps.max()?, hours(first, ended_at)?);
    let carrier = shipment.carrier.as_ref()?.code.to_lowercase();
    (scanned.len() >= LEAST_SCANS).then_some(TransitSample { carrier, gap_h, transit_h, ended_at })
}

/// Returns the usual times by carrier code, for carriers with at least `enough` samples. A sample consists of carrier code,
/// longest gap in hours and transit time in hours.
pub fn compute_transit_statistics(transit_samples: Vec<(String, u32, u32)>, enough: u32) -> BTreeMap<String, TransitStatistics> {
    let mut by_carrier: BTreeMap<String, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
    for (carrier, gap_h, transit_h) in transit_samples {
        let (gaps, transits) = by_carrier.entry(carrier).or_default();
        gaps.push(gap_h);
        transits.push(transit_h);
    }
    by_carrier.retain(|_, (gaps, _)| gaps.len() >= usize::try_from(enough.max(1)).unwrap_or(usize::MAX));
    let usual = |(gaps, transits): (Vec<u32>, Vec<u32>)| TransitStatistics {
        // At least one hour: with a gap of zero a parcel would count as stalled right after each scan.
        gap_h: quantile(gaps, 9).map(|hours| hours.max(1)),
        transit_h: quantile(transits, 5),
    };
    by_carrier.into_iter().map(|(carrier, known)| (carrier, usual(known))).collect()
}

/// Returns true if the service reports little or nothing, so that missing reports have no meaning.
pub(super) fn reports_little(shipment: &Shipment) -> bool {
    shipment.tracking_level != TrackingLevel::Full
}

/// Returns the smallest value that at least `tenths` tenths of the values do not exceed, or None if there are no values.
fn quantile(mut values: Vec<u32>, tenths: usize) -> Option<u32> {
    values.sort_unstable();
    values.get((values.len() * tenths).div_ceil(10).saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shipment(stage: &str, scans: &[&str]) -> Shipment {
        let events: Vec<_> = scans
            .iter()
            .map(|at| json!({"id": at, "at": {"local": format!("2026-11-{at}:00:00"), "offset_min": 0}, "stage": "in_transit", "source": "carrier"}))
            .collect();
        let json = json!({"id": "s1", "direction": "outbound", "tracking_level": "full", "stage": stage,
            "carrier": {"code": "DPD", "name": "DPD"}, "events": events});
        serde_json::from_value(json).expect("a shipment")
    }

    #[test]
    fn a_passage_is_what_a_delivered_parcel_took() {
        let scans = ["17T08", "17T20", "19T10", "19T14"];
        let found = transit_sample(&shipment("delivered", &scans), Tz::UTC).expect("a passage");
        assert_eq!((found.carrier.as_str(), found.gap_h, found.transit_h), ("dpd", 38, 54));
        assert_eq!(transit_sample(&shipment("in_transit", &scans), Tz::UTC), None);
        assert_eq!(transit_sample(&shipment("delivered", &scans[..2]), Tz::UTC), None, "two scans tell nothing");
    }

    #[test]
    fn usual_is_what_nine_of_ten_gaps_and_half_of_the_times_do_not_exceed() {
        let transit_samples = |count: u32| (1..=count).map(|hours| ("dpd".to_owned(), hours, hours * 10)).collect::<Vec<_>>();
        assert_eq!(
            compute_transit_statistics(transit_samples(10), 10)["dpd"],
            TransitStatistics { gap_h: Some(9), transit_h: Some(50) }
        );
        assert!(compute_transit_statistics(transit_samples(9), 10).is_empty(), "too few to learn from");
    }
}
