//! A scan with its meaning in the current state of the parcel. `fold` resolves each scan before it applies it.

use chrono::{DateTime, Utc};
use doorstep_contract::{Event, Stage};

use super::places::End;
use super::stage::Moment;

/// Time of a delivery and of its report.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReportedMoment {
    pub(super) moment: Moment,
    pub(super) reported_at: DateTime<Utc>,
}

/// A scan with its meaning in the current state.
pub(super) struct ResolvedScan<'e> {
    pub(super) event: &'e Event,
    /// The stage that the scan means.
    pub(super) stage: Stage,
    pub(super) end: Option<End>,
    pub(super) reported: ReportedMoment,
    pub(super) at: DateTime<Utc>,
}
