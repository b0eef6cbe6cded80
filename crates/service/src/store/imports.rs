//! Imports of existing orders of a shop that have not come to their end.

use super::database::Store;
use super::transaction::Write;

/// Identity of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportId {
    /// Name of the platform.
    pub shop: &'static str,
    /// Address of the shop.
    pub source: String,
    /// Time from which on orders are imported, in seconds.
    pub since: i64,
}

/// State of an import after a page.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ImportState {
    /// The next page, as JSON.
    pub position: String,
    /// Number of orders that were read.
    pub orders: i64,
    /// Number of those that could not be read.
    pub unreadable: i64,
}

impl Write {
    /// Stores the state of an import, in place of that of an earlier import of the shop. `now` is in seconds.
    pub(crate) async fn set_import(&mut self, id: &ImportId, state: &ImportState, now: i64) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT OR REPLACE INTO imports (shop, source, since, position, orders, unreadable, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.shop)
        .bind(&id.source)
        .bind(id.since)
        .bind(&state.position)
        .bind(state.orders)
        .bind(state.unreadable)
        .bind(now)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }

    /// Deletes the state of the import of a shop, which has ended.
    pub(crate) async fn delete_import(&mut self, id: &ImportId) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM imports WHERE shop = ? AND source = ?");
        query.bind(id.shop).bind(&id.source).execute(&mut *self.0).await.map(|_| ())
    }
}

impl Store {
    /// Returns the state of an import that has not ended.
    pub(crate) async fn import(&self, id: &ImportId) -> Result<Option<ImportState>, sqlx::Error> {
        let query =
            sqlx::query_as("SELECT position, orders, unreadable FROM imports WHERE shop = ? AND source = ? AND since = ?");
        query.bind(id.shop).bind(&id.source).bind(id.since).fetch_optional(&self.reader).await
    }
}
