//! Composes the orders of shop platforms after their records have changed, and erases those that a platform asked to erase.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::error::Error;
use crate::service::Service;

/// Maximum time between two passes. A pass follows at once when records were stored by this process.
const INTERVAL: Duration = Duration::from_secs(5);

impl Service {
    /// Composes due orders of shop platforms until the shutdown.
    pub async fn run_shop_orders(self, shutdown: CancellationToken) {
        loop {
            if let Err(error) = self.compose_shop_orders().await {
                let detail = error.internal_detail();
                tracing::error!(code = error.code(), detail, "the orders of the shop were not composed");
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = self.0.shop_orders_wait.notified() => {}
                () = tokio::time::sleep(INTERVAL) => {}
            }
        }
    }

    /// Deletes records whose order was never reported.
    pub async fn delete_waiting_shop_orders(&self) -> Result<(), Error> {
        let mut write = self.0.store.begin().await?;
        write.delete_waiting_shop_orders(self.0.now_s()).await?;
        Ok(write.commit().await?)
    }
}
