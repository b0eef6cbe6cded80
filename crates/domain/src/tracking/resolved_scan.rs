//! A scan with its meaning in the current state of the parcel. `fold` creates a [`ResolvedScan`] for each scan before it applies
//! the scan.

use chrono::{DateTime, Utc};
use doorstep_contract::{Event, Stage};

use super::places::End;
use super::stage::Moment;

/// Time of a scan, or of a stage that a report states, and time at which it was reported.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReportedMoment {
    pub(super) moment: Moment,
    pub(super) reported_at: DateTime<Utc>,
}

/// A scan with its meaning in the current state of the parcel.
pub(super) struct ResolvedScan<'e> {
    pub(super) event: &'e Event,
    /// The stage that the scan means.
    pub(super) stage: Stage,
    pub(super) end: Option<End>,
    pub(super) reported: ReportedMoment,
    pub(super) at: DateTime<Utc>,
}
