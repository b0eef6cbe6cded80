//! Search for orders, for the retailer's staff and systems.

use doorstep_domain::order::lookup::{key_of_version_1, lookup_key};

use super::lookup_proof::WantedProof;
use crate::error::Error;
use crate::service::Service;
use crate::store::{OrderFilter, OrderRow};

/// Conditions of a search for orders. All given conditions must hold.
#[derive(Clone, Debug, Default)]
pub struct OrderSearch {
    /// Order number on the receipt, in any spelling.
    pub number: Option<String>,
    /// E-mail address, in any spelling.
    pub email: Option<String>,
    /// Tracking number, in any spelling.
    pub tracking_number: Option<String>,
    /// Only orders that changed at this second or later.
    pub updated_since: Option<i64>,
    /// Only orders after this position: time of the last change in seconds, and id.
    pub after: Option<(i64, String)>,
    /// Maximum number of orders.
    pub limit: u32,
}

impl Service {
    /// Returns the orders that match, by the time of their last change, the oldest first.
    pub async fn search(&self, search: OrderSearch) -> Result<Vec<OrderRow>, Error> {
        let filter = OrderFilter {
            number_keys: search.number.map(|number| [lookup_key(&number), key_of_version_1(&number)]),
            email_hashes: search.email.map(|email| WantedProof::email(&self.0.hashes, &email).stored_forms()),
            tracking_number: search.tracking_number,
            updated_since: search.updated_since.unwrap_or(i64::MIN),
            after: search.after.unwrap_or((i64::MIN, String::new())),
            limit: search.limit,
        };
        Ok(self.0.store.find_orders(&filter).await?)
    }
}
