//! Selects the delivered scan. Called by `attribution` with the scans of the log, and by `delivery` with the events that are
//! shown.

use chrono_tz::Tz;
use doorstep_contract::{Event, Stage};

use super::stage::{Moment, begins_a_new_leg};

/// Returns the scan that gives the time of the delivery: the first delivered scan since the parcel was last on its way. The
/// events must be in the order in which they happened.
pub(super) fn delivered_scan<'e>(events: impl Iterator<Item = &'e Event>, zone: Tz) -> Option<&'e Event> {
    let mut delivered: Option<&Event> = None;
    let mut is_under_way = true;
    for event in events {
        if event.stage == Stage::Delivered && is_under_way {
            (delivered, is_under_way) = (Some(event), false);
        } else if let Some(scan) = delivered {
            is_under_way |= begins_a_new_leg(event, Moment::of(scan, zone), zone);
        }
    }
    delivered
}
