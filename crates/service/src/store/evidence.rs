//! Photos: written in a transaction, read for everybody who may see the order.

use std::collections::BTreeSet;

use super::{Store, Write};

/// Usage of an order's photo quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Number of photos.
    pub count: u32,
    /// Total size in bytes.
    pub bytes: u64,
}

const KEPT: &str = "SELECT count(*), coalesce(sum(length(picture)), 0) FROM evidence WHERE order_id = ?";

impl From<(u32, i64)> for Kept {
    fn from((count, bytes): (u32, i64)) -> Self {
        Self { count, bytes: bytes.unsigned_abs() }
    }
}

impl Write {
    /// Returns the usage of an order's photo quota.
    pub async fn evidence_kept(&mut self, order_id: &str) -> Result<Kept, sqlx::Error> {
        sqlx::query_as(KEPT).bind(order_id).fetch_one(&mut *self.0).await.map(<(u32, i64)>::into)
    }

    /// Stores a photo; `now` in seconds.
    pub async fn keep_evidence(&mut self, id: &str, order_id: &str, picture: &[u8], now: i64) -> Result<(), sqlx::Error> {
        let query = sqlx::query("INSERT INTO evidence (id, order_id, made_at, picture) VALUES (?, ?, ?, ?)");
        query.bind(id).bind(order_id).bind(now).bind(picture).execute(&mut *self.0).await.map(|_| ())
    }

    /// Returns the identities of all photos of an order.
    pub async fn evidence_ids(&mut self, order_id: &str) -> Result<BTreeSet<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM evidence WHERE order_id = ?").bind(order_id);
        let ids: Vec<String> = query.fetch_all(&mut *self.0).await?;
        Ok(ids.into_iter().collect())
    }

    /// Returns the identities of a case's photos, the oldest first.
    pub async fn evidence_of(&mut self, order_id: &str, case_id: &str) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM evidence WHERE order_id = ? AND case_id = ? ORDER BY made_at, rowid");
        query.bind(order_id).bind(case_id).fetch_all(&mut *self.0).await
    }

    /// Assigns a photo of this order to a case, unless it has a case already. Returns false if there is no such photo.
    pub async fn take_evidence(&mut self, id: &str, order_id: &str, case_id: &str) -> Result<bool, sqlx::Error> {
        let query = sqlx::query("UPDATE evidence SET case_id = coalesce(case_id, ?) WHERE id = ? AND order_id = ?");
        let taken = query.bind(case_id).bind(id).bind(order_id).execute(&mut *self.0).await?;
        Ok(taken.rows_affected() == 1)
    }

    /// Drops the photos older than `made_before` (in seconds) that no case uses; returns their number.
    pub async fn drop_unused_evidence(&mut self, made_before: i64) -> Result<u64, sqlx::Error> {
        let query = sqlx::query("DELETE FROM evidence WHERE case_id IS NULL AND made_at < ?");
        Ok(query.bind(made_before).execute(&mut *self.0).await?.rows_affected())
    }
}

impl Store {
    /// Returns the usage of an order's photo quota, outside a transaction.
    pub async fn evidence_kept(&self, order_id: &str) -> Result<Kept, sqlx::Error> {
        sqlx::query_as(KEPT).bind(order_id).fetch_one(&self.reader).await.map(<(u32, i64)>::into)
    }

    /// Returns a photo of this order.
    pub async fn evidence(&self, id: &str, order_id: &str) -> Result<Option<Vec<u8>>, sqlx::Error> {
        let query = sqlx::query_as("SELECT picture FROM evidence WHERE id = ? AND order_id = ?");
        let row: Option<(Vec<u8>,)> = query.bind(id).bind(order_id).fetch_optional(&self.reader).await?;
        Ok(row.map(|(picture,)| picture))
    }

    /// Returns the fingerprint and the answer of the first request with this idempotency key, outside a transaction.
    pub async fn answer(&self, key: &str) -> Result<Option<(Vec<u8>, String)>, sqlx::Error> {
        let query = sqlx::query_as("SELECT fingerprint, answer FROM answers WHERE key = ?");
        query.bind(key).fetch_optional(&self.reader).await
    }
}
