//! Computes the transit statistics of each carrier from the parcels that the carrier delivered.

use std::time::Duration;

use doorstep_domain::tracking::compute_transit_statistics;
use tokio_util::sync::CancellationToken;

use crate::error::Error;
use crate::service::Service;

/// Interval of the computation.
const INTERVAL: Duration = Duration::from_secs(3_600);

impl Service {
    /// Computes the transit statistics every hour until the shutdown.
    pub async fn run_transit_statistics(self, shutdown: CancellationToken) {
        let mut hours = tokio::time::interval(INTERVAL);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = hours.tick() => {
                    if let Err(error) = self.compute_transit_statistics().await {
                        tracing::error!(code = error.code(), detail = error.internal_detail(), "the transit statistics were not computed");
                    }
                }
            }
        }
    }

    /// Computes the transit statistics from the stored samples. Orders use the result the next time they are recomputed.
    pub async fn compute_transit_statistics(&self) -> Result<(), Error> {
        let samples = self.0.store.transit_samples().await?;
        let statistics = compute_transit_statistics(samples, self.0.policy.for_country(None).tracking.learn_from);
        match self.0.transit_statistics.write() {
            Ok(mut known) => *known = statistics,
            Err(_) => return Err(Error::Internal("the transit statistics were lost".to_owned())),
        }
        Ok(())
    }
}
