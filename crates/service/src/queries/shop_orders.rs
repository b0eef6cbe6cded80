//! Orders of shop platforms for the retailer's staff: those that could not be composed, and those with remarks.

use crate::error::Error;
use crate::service::Service;
use crate::store::{ShopOrderRow, ShopOrderState};

impl Service {
    /// Returns at most 100 orders of shop platforms in this state, the newest first. Without a state, returns those with a problem
    /// or with remarks.
    pub async fn shop_orders(&self, state: Option<ShopOrderState>) -> Result<Vec<ShopOrderRow>, Error> {
        Ok(self.0.store.shop_orders(state).await?)
    }
}
