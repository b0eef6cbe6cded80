//! Facts from outside the log that the projection of a shipment needs. Taken from the order for each projection.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::Order;

/// Facts from outside the log that the projection of a shipment needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// Time zone of the destination.
    pub(crate) zone: Tz,
    /// Time at which the order was placed. Much earlier scans belong to another parcel.
    pub(crate) placed_at: Option<DateTime<Utc>>,
    /// Lines of the destination address, as far as the order shows it.
    pub(crate) address: &'a [String],
    /// Current time.
    pub(crate) now: DateTime<Utc>,
}

impl<'a> Context<'a> {
    pub(crate) fn of(order: &'a Order, now: DateTime<Utc>) -> Self {
        let address = order.destination.as_ref().map(|destination| destination.lines.as_slice()).unwrap_or_default();
        Self { zone: crate::calendar::zone(order), placed_at: order.placed_at.map(|at| at.utc()), address, now }
    }
}
