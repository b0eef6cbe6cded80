//! Photos of orders. Each belongs to one order, and to a case as soon as a request uses it.

use std::collections::BTreeSet;

use doorstep_contract::OrderId;

use super::database::Store;
use super::transaction::Write;
use crate::refs::CaseRef;

/// Usage of an order's photo quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PhotoUsage {
    /// Number of photos.
    pub(crate) count: u32,
    /// Total size in bytes.
    pub(crate) bytes: u64,
}

/// A photo to be stored.
pub(crate) struct NewPhoto<'a> {
    /// Id of the photo.
    pub(crate) id: &'a str,
    /// Id of the order.
    pub(crate) order_id: &'a OrderId,
    /// The re-encoded photo.
    pub(crate) picture: &'a [u8],
    /// Current time in seconds.
    pub(crate) now: i64,
}

const USAGE: &str = "SELECT count(*), coalesce(sum(length(picture)), 0) FROM evidence WHERE order_id = ?";

impl From<(u32, i64)> for PhotoUsage {
    fn from((count, bytes): (u32, i64)) -> Self {
        Self { count, bytes: bytes.unsigned_abs() }
    }
}

impl Write {
    /// Returns the usage of an order's photo quota.
    pub(crate) async fn photo_usage(&mut self, order_id: &OrderId) -> Result<PhotoUsage, sqlx::Error> {
        sqlx::query_as(USAGE).bind(order_id.as_str()).fetch_one(&mut *self.0).await.map(<(u32, i64)>::into)
    }

    /// Stores a photo.
    pub(crate) async fn insert_photo(&mut self, photo: &NewPhoto<'_>) -> Result<(), sqlx::Error> {
        let query = sqlx::query("INSERT INTO evidence (id, order_id, made_at, picture) VALUES (?, ?, ?, ?)");
        query
            .bind(photo.id)
            .bind(photo.order_id.as_str())
            .bind(photo.now)
            .bind(photo.picture)
            .execute(&mut *self.0)
            .await
            .map(|_| ())
    }

    /// Returns the ids of all photos of an order.
    pub(crate) async fn photo_ids(&mut self, order_id: &OrderId) -> Result<BTreeSet<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM evidence WHERE order_id = ?").bind(order_id.as_str());
        let ids: Vec<String> = query.fetch_all(&mut *self.0).await?;
        Ok(ids.into_iter().collect())
    }

    /// Returns the ids of a case's photos, the oldest first.
    pub(crate) async fn photo_ids_of_case(&mut self, case: &CaseRef) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM evidence WHERE order_id = ? AND case_id = ? ORDER BY made_at, rowid");
        query.bind(case.order_id.as_str()).bind(case.case_id.as_str()).fetch_all(&mut *self.0).await
    }

    /// Assigns a photo of the order to a case, unless it has a case already. Returns false if there is no such photo.
    pub(crate) async fn assign_photo(&mut self, id: &str, case: &CaseRef) -> Result<bool, sqlx::Error> {
        let query = sqlx::query("UPDATE evidence SET case_id = coalesce(case_id, ?) WHERE id = ? AND order_id = ?");
        let taken = query.bind(case.case_id.as_str()).bind(id).bind(case.order_id.as_str()).execute(&mut *self.0).await?;
        Ok(taken.rows_affected() == 1)
    }

    /// Deletes photos that belong to no case and were stored before `made_before`, in seconds. Returns their number.
    pub(crate) async fn delete_unused_photos(&mut self, made_before: i64) -> Result<u64, sqlx::Error> {
        let query = sqlx::query("DELETE FROM evidence WHERE case_id IS NULL AND made_at < ?");
        Ok(query.bind(made_before).execute(&mut *self.0).await?.rows_affected())
    }
}

impl Store {
    /// Returns the usage of an order's photo quota, outside a transaction.
    pub(crate) async fn photo_usage(&self, order_id: &OrderId) -> Result<PhotoUsage, sqlx::Error> {
        sqlx::query_as(USAGE).bind(order_id.as_str()).fetch_one(&self.reader).await.map(<(u32, i64)>::into)
    }

    /// Returns a photo of this order.
    pub(crate) async fn photo(&self, id: &str, order_id: &OrderId) -> Result<Option<Vec<u8>>, sqlx::Error> {
        let query = sqlx::query_as("SELECT picture FROM evidence WHERE id = ? AND order_id = ?");
        let row: Option<(Vec<u8>,)> = query.bind(id).bind(order_id.as_str()).fetch_optional(&self.reader).await?;
        Ok(row.map(|(picture,)| picture))
    }
}
