//! Updates about tracking numbers that no order has yet.

use sha2::{Digest as _, Sha256};

use super::transaction::Write;
use doorstep_domain::tracking::{plain_key, tracking_key};

/// Time for which an update is kept, in seconds.
const KEPT_S: i64 = 7 * 86_400;
/// Maximum number of updates that are kept. The oldest are dropped first.
const MAX_UPDATES: i64 = 5_000;
/// Maximum size of a kept update in bytes. A complete tracking history has about a tenth of that.
const MAX_BYTES: usize = 100_000;

impl Write {
    /// Stores an update about a tracking number, unless it is stored already or larger than `MAX_BYTES`. `now` is in seconds.
    pub(crate) async fn insert_unmatched_update(
        &mut self,
        tracking_number: &str,
        update: &str,
        now: i64,
    ) -> Result<(), sqlx::Error> {
        if tracking_key(tracking_number).is_empty() || update.len() > MAX_BYTES {
            return Ok(());
        }
        let insert = "INSERT OR IGNORE INTO unclaimed (tracking_key, fingerprint, said, came_at) VALUES (?, ?, ?, ?)";
        sqlx::query(insert)
            .bind(tracking_key(tracking_number))
            .bind(Sha256::digest(update.as_bytes()).to_vec())
            .bind(update)
            .bind(now)
            .execute(&mut *self.0)
            .await?;
        let expired = "DELETE FROM unclaimed WHERE came_at < ? OR id <= (SELECT max(id) FROM unclaimed) - ?";
        sqlx::query(expired).bind(now - KEPT_S).bind(MAX_UPDATES).execute(&mut *self.0).await.map(|_| ())
    }

    /// Returns the updates about a number. They stay stored, because a carrier's number may belong to more than one order.
    pub(crate) async fn unmatched_updates(&mut self, tracking_number: &str) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT said FROM unclaimed WHERE tracking_key IN (?, ?) ORDER BY id");
        query.bind(tracking_key(tracking_number)).bind(plain_key(tracking_number)).fetch_all(&mut *self.0).await
    }
}
