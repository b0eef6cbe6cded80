//! Deletes photos that were uploaded and never became part of a self-service request.

use std::time::Duration;

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::error::Error;
use crate::service::Service;

/// Interval of the search.
const INTERVAL: Duration = Duration::from_secs(3_600);
/// Hours after which a photo that no case uses is deleted.
const KEPT_H: i64 = 24;

impl Service {
    /// Deletes unused photos every hour until the shutdown.
    pub async fn run_unused_photos(self, shutdown: CancellationToken) {
        let mut hours = tokio::time::interval(INTERVAL);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = hours.tick() => match self.delete_unused_photos().await {
                    Ok(deleted) => tracing::debug!(deleted, "unused photos"),
                    Err(error) => tracing::error!(?error, "unused photos were not deleted"),
                },
            }
        }
    }

    /// Deletes photos that were uploaded more than a day ago and belong to no case. Returns their number.
    pub async fn delete_unused_photos(&self) -> Result<u64, Error> {
        let mut write = self.0.store.begin().await?;
        let deleted = write.delete_unused_photos((self.0.now() - TimeDelta::hours(KEPT_H)).timestamp()).await?;
        write.commit().await?;
        Ok(deleted)
    }
}
