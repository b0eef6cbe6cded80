//! Orders that could not be recomputed. They are skipped for five minutes, so that not every read tries to recompute them again.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::OrderId;

use crate::error::Error;

/// Time for which an order is skipped after a failure.
const SKIPPED_FOR: TimeDelta = TimeDelta::minutes(5);

/// Orders that could not be recomputed, with the time of the failure.
#[derive(Default)]
pub(crate) struct FailedOrders(Mutex<BTreeMap<OrderId, DateTime<Utc>>>);

impl FailedOrders {
    /// Returns true if the order is skipped at the moment.
    pub(crate) fn contains(&self, order_id: &OrderId) -> bool {
        self.orders().contains_key(order_id)
    }

    /// Logs and counts the failure, and skips the order from now on.
    pub(crate) fn add(&self, order_id: &OrderId, error: &Error, now: DateTime<Utc>) {
        tracing::error!(
            order = order_id.as_str(),
            code = error.code(),
            detail = error.internal_detail(),
            "an order cannot be recomputed"
        );
        metrics::counter!("doorstep_unsettled_orders_total").increment(1);
        self.orders().insert(order_id.to_owned(), now);
    }

    /// Removes the orders that were skipped for long enough.
    pub(crate) fn remove_expired(&self, now: DateTime<Utc>) {
        self.orders().retain(|_, failed_at| *failed_at + SKIPPED_FOR > now);
    }

    fn orders(&self) -> MutexGuard<'_, BTreeMap<OrderId, DateTime<Utc>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
