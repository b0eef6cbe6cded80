//! Erasure of an order with all its data. A record of the erasure remains, with keyed hashes of the order id, the tracking
//! numbers and the idempotency keys. Freed space is overwritten (`secure_delete`), and `truncate_wal` empties the write-ahead
//! log.

use super::database::Store;
use super::transaction::Write;
use doorstep_contract::OrderId;
use doorstep_domain::tracking::tracking_key;

/// Time for which hashes of tracking numbers of erased orders are kept, in seconds. Carriers report a parcel for weeks after its
/// delivery, and reuse the number later.
const NUMBERS_KEPT_S: i64 = 180 * 86_400;

/// Record of an erasure. It contains no personal data.
pub(crate) struct Erasure<'a> {
    /// Keyed hash of the order's id.
    pub(crate) id_hash: &'a [u8],
    /// Originator: `admin`, `retention` or `shop`.
    pub(crate) by: &'a str,
    /// Time of the erasure in seconds.
    pub(crate) at: i64,
}

impl Write {
    /// Returns every key under which a provider may report the order. For a key that an earlier version stored, also returns the
    /// normal form.
    pub(crate) async fn tracking_keys(&mut self, order_id: &OrderId) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar(
            "SELECT tracking_key FROM shipments WHERE order_id = ?1 UNION SELECT tracking_key FROM last_miles WHERE order_id = ?1 \
             UNION SELECT reference_key FROM shipment_references WHERE order_id = ?1",
        );
        let mut keys: Vec<String> = query.bind(order_id.as_str()).fetch_all(&mut *self.0).await?;
        let normal: Vec<String> = keys.iter().map(|key| tracking_key(key)).filter(|key| !keys.contains(key)).collect();
        keys.extend(normal);
        Ok(keys)
    }

    /// Returns the idempotency keys of the answers about an order.
    pub(crate) async fn answer_keys(&mut self, order_id: &OrderId) -> Result<Vec<String>, sqlx::Error> {
        // Answers of the previous version have no order. They are found by their content.
        let query = sqlx::query_scalar(
            "SELECT key FROM answers WHERE order_id = ?1 OR (order_id IS NULL AND (instr(key, ?1 || char(31)) = 1 \
             OR instr(answer, '\"' || ?1 || '\"') > 0))",
        );
        query.bind(order_id.as_str()).fetch_all(&mut *self.0).await
    }

    /// Replaces a stored answer by an empty answer under the key `scrubbed_key`. The empty answer shows that there was an answer,
    /// and nothing of its content.
    pub(crate) async fn scrub_answer(&mut self, key: &str, scrubbed_key: &str) -> Result<(), sqlx::Error> {
        let query =
            sqlx::query("UPDATE OR REPLACE answers SET key = ?, fingerprint = x'', answer = '', order_id = NULL WHERE key = ?");
        query.bind(scrubbed_key).bind(key).execute(&mut *self.0).await.map(|_| ())
    }

    /// Deletes the order with its cases, photos, bookings, messages and audit entries, and the unmatched updates about its
    /// numbers.
    pub(crate) async fn erase_order(&mut self, order_id: &OrderId, erasure: &Erasure<'_>) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT OR REPLACE INTO erased_orders (id_hash, epoch, erased_at, erased_by) \
             SELECT ?1, epoch + 1, ?2, ?3 FROM orders WHERE id = ?4",
        )
        .bind(erasure.id_hash)
        .bind(erasure.at)
        .bind(erasure.by)
        .bind(order_id.as_str())
        .execute(&mut *self.0)
        .await?;
        for key in self.tracking_keys(order_id).await? {
            sqlx::query("DELETE FROM unclaimed WHERE tracking_key = ?").bind(key).execute(&mut *self.0).await?;
        }
        // All other rows of the order, also its contact, are deleted by `ON DELETE CASCADE`.
        for delete in [
            "DELETE FROM outbox WHERE order_id = ?",
            "DELETE FROM audit WHERE order_id = ?",
            "DELETE FROM shop_orders WHERE order_id = ?",
            "DELETE FROM privacy_requests WHERE order_id = ?",
            "DELETE FROM orders WHERE id = ?",
        ] {
            sqlx::query(delete).bind(order_id.as_str()).execute(&mut *self.0).await?;
        }
        Ok(())
    }

    /// Remembers an order as erased that was never stored. Does nothing if it is remembered already. `now` is in seconds.
    pub(crate) async fn insert_erased_order(&mut self, id_hash: &[u8], by: &str, now: i64) -> Result<(), sqlx::Error> {
        let insert = "INSERT OR IGNORE INTO erased_orders (id_hash, epoch, erased_at, erased_by) VALUES (?, 1, ?, ?)";
        sqlx::query(insert).bind(id_hash).bind(now).bind(by).execute(&mut *self.0).await.map(|_| ())
    }

    /// Stores the keyed hash of a tracking number of an erased order; `now` in seconds.
    pub(crate) async fn insert_erased_number(&mut self, number_hash: &[u8], now: i64) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM erased_numbers WHERE erased_at < ?").bind(now - NUMBERS_KEPT_S);
        query.execute(&mut *self.0).await?;
        let query = sqlx::query("INSERT OR REPLACE INTO erased_numbers (number_hash, erased_at) VALUES (?, ?)");
        query.bind(number_hash).bind(now).execute(&mut *self.0).await.map(|_| ())
    }

    /// Returns true if an erased order had this tracking number.
    pub(crate) async fn is_erased_number(&mut self, number_hash: &[u8]) -> Result<bool, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT count(*) FROM erased_numbers WHERE number_hash = ?").bind(number_hash);
        let count: i64 = query.fetch_one(&mut *self.0).await?;
        Ok(count > 0)
    }

    /// Returns the first epoch of links for a new order with the id of an erased order. Returns None if no order with this id was
    /// erased.
    pub(crate) async fn epoch_after_erasure(&mut self, id_hash: &[u8]) -> Result<Option<u32>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT epoch FROM erased_orders WHERE id_hash = ?").bind(id_hash);
        query.fetch_optional(&mut *self.0).await
    }

    /// Sets the epoch of the order's links, or increases it by one if `epoch` is None. Returns the new epoch.
    pub(crate) async fn set_epoch(&mut self, order_id: &OrderId, epoch: Option<u32>) -> Result<u32, sqlx::Error> {
        let query = sqlx::query_scalar("UPDATE orders SET epoch = coalesce(?, epoch + 1) WHERE id = ? RETURNING epoch");
        query.bind(epoch).bind(order_id.as_str()).fetch_one(&mut *self.0).await
    }

    /// Stores the time at which an order was finished, in seconds, or None if the order is not finished.
    pub(crate) async fn set_finished_at(&mut self, order_id: &OrderId, finished_at: Option<i64>) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE orders SET finished_at = ? WHERE id = ?").bind(finished_at).bind(order_id.as_str());
        query.execute(&mut *self.0).await.map(|_| ())
    }
}

impl Store {
    /// Returns at most 100 orders that were finished at this second or before.
    pub(crate) async fn finished_before(&self, at: i64) -> Result<Vec<OrderId>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM orders WHERE finished_at BETWEEN 0 AND ? ORDER BY finished_at LIMIT 100");
        let ids: Vec<String> = query.bind(at).fetch_all(&self.reader).await?;
        Ok(ids.into_iter().map(OrderId::from).collect())
    }

    /// Returns at most 100 orders for which the time of finishing was never determined.
    pub(crate) async fn without_finished_at(&self) -> Result<Vec<OrderId>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM orders WHERE finished_at = -1 LIMIT 100");
        let ids: Vec<String> = query.fetch_all(&self.reader).await?;
        Ok(ids.into_iter().map(OrderId::from).collect())
    }

    /// Writes the write-ahead log into the database file and empties it. Returns false if a reader still needs the log.
    pub(crate) async fn truncate_wal(&self) -> Result<bool, sqlx::Error> {
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.writer).await?;
        Ok(busy == 0)
    }
}
