//! Rows of orders: document and internal state as JSON, and the values that are stored with them.

use doorstep_contract::OrderId;
use doorstep_domain::order::OrderAggregate;

use super::database::Store;
use super::lookup::LookupHashes;
use super::schema::SCHEMA;
use super::transaction::Write;

/// Maximum number of orders in one batch of the worker.
const BATCH: u32 = 100;

/// An order as stored. Its document is passed on unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredOrder {
    /// Version of the order, increased by every change.
    pub(crate) version: u64,
    /// Order document as JSON.
    pub(crate) document: String,
    /// Internal state of the order, which is never shown, as JSON.
    pub(crate) private: String,
    /// Time at which the order has to be recomputed, in seconds. None if the order does not change with time.
    pub(crate) recompute_at: Option<i64>,
    /// Schema number that the order was written in.
    pub(crate) schema: i64,
    /// Epoch of the order's links.
    pub(crate) epoch: u32,
}

/// Columns of an order, in the order of the query.
type Row = (i64, String, String, Option<i64>, i64, u32);
const ORDER: &str = "SELECT version, document, private, due_at, schema, epoch FROM orders WHERE id = ?";

impl From<Row> for StoredOrder {
    fn from((version, document, private, recompute_at, schema, epoch): Row) -> Self {
        Self { version: version.cast_unsigned(), document, private, recompute_at, schema, epoch }
    }
}

/// A recomputed order with the values that are stored in columns of their own.
pub(crate) struct RecomputedOrder<'a> {
    /// Order with its internal state.
    pub(crate) aggregate: &'a OrderAggregate,
    /// Time at which the order has to be recomputed, in seconds. None if the order does not change with time.
    pub(crate) recompute_at: Option<i64>,
    /// Hash of the policy with which the order was recomputed.
    pub(crate) policy_hash: &'a str,
    /// Time at which the order was finished, in seconds. None if the order is not finished.
    pub(crate) finished_at: Option<i64>,
    /// Current time in seconds.
    pub(crate) now: i64,
}

impl Store {
    /// Returns the order with this id.
    pub(crate) async fn order(&self, id: &OrderId) -> Result<Option<StoredOrder>, sqlx::Error> {
        let row: Option<Row> = sqlx::query_as(ORDER).bind(id.as_str()).fetch_optional(&self.reader).await?;
        Ok(row.map(StoredOrder::from))
    }

    /// Returns a batch of orders that are due at `now`, the longest overdue first: due time in seconds, and id. `last` is the
    /// last order of the previous batch, or None for the first batch.
    pub(crate) async fn due_orders(&self, now: i64, last: Option<&(i64, OrderId)>) -> Result<Vec<(i64, OrderId)>, sqlx::Error> {
        let (at, id) = last.map_or((i64::MIN, ""), |(at, id)| (*at, id.as_str()));
        let query = "SELECT due_at, id FROM orders WHERE due_at <= ? AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?";
        let query = sqlx::query_as(query).bind(now).bind(at).bind(id).bind(BATCH);
        let rows: Vec<(i64, String)> = query.fetch_all(&self.reader).await?;
        Ok(rows.into_iter().map(|(at, id)| (at, OrderId::from(id))).collect())
    }

    /// Returns the ids of a batch of orders that were recomputed with another policy, sorted by id. `last` is the last id of the
    /// previous batch, or an empty id for the first batch.
    pub(crate) async fn orders_of_other_policies(&self, hash: &str, last: &OrderId) -> Result<Vec<OrderId>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM orders WHERE policy_hash <> ? AND id > ? ORDER BY id LIMIT ?");
        let ids: Vec<String> = query.bind(hash).bind(last.as_str()).bind(BATCH).fetch_all(&self.reader).await?;
        Ok(ids.into_iter().map(OrderId::from).collect())
    }
}

impl Write {
    /// Returns the order with this id.
    pub(crate) async fn order(&mut self, id: &OrderId) -> Result<Option<StoredOrder>, sqlx::Error> {
        let row: Option<Row> = sqlx::query_as(ORDER).bind(id.as_str()).fetch_optional(&mut *self.0).await?;
        Ok(row.map(StoredOrder::from))
    }

    /// Writes a new order. Returns its document as JSON.
    pub(crate) async fn insert_order(
        &mut self,
        row: &RecomputedOrder<'_>,
        number_key: &str,
        hashes: &LookupHashes,
    ) -> Result<String, sqlx::Error> {
        let (document, private) = (json(&row.aggregate.order)?, json(&row.aggregate.private)?);
        sqlx::query(
            "INSERT INTO orders (id, number_key, number_form, version, document, email_hash, postcode_hash, postcode_half_hash, private, \
             due_at, policy_hash, schema, updated_at, finished_at) VALUES (?, ?, 2, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(row.aggregate.order.id.as_str())
        .bind(number_key)
        .bind(row.aggregate.order.version.cast_signed())
        .bind(&document)
        .bind(&hashes.email)
        .bind(&hashes.postcode)
        .bind(&hashes.postcode_half)
        .bind(&private)
        .bind(row.recompute_at)
        .bind(row.policy_hash)
        .bind(SCHEMA)
        .bind(row.now)
        .bind(row.finished_at)
        .execute(&mut *self.0)
        .await?;
        self.index(row.aggregate).await?;
        Ok(document)
    }

    /// Writes an existing order. Returns its document as JSON. Returns an error if there is no such order.
    pub(crate) async fn update_order(&mut self, row: &RecomputedOrder<'_>) -> Result<String, sqlx::Error> {
        let (document, private) = (json(&row.aggregate.order)?, json(&row.aggregate.private)?);
        let query = sqlx::query_scalar::<_, u32>(
            "UPDATE orders SET updated_at = CASE version WHEN ?1 THEN updated_at ELSE ?6 END, version = ?1, document = ?2, private = ?3, \
             due_at = ?4, policy_hash = ?5, finished_at = ?7, schema = ?9 WHERE id = ?8 RETURNING epoch",
        );
        query
            .bind(row.aggregate.order.version.cast_signed())
            .bind(&document)
            .bind(&private)
            .bind(row.recompute_at)
            .bind(row.policy_hash)
            .bind(row.now)
            .bind(row.finished_at)
            .bind(row.aggregate.order.id.as_str())
            .bind(SCHEMA)
            .fetch_one(&mut *self.0)
            .await?;
        self.index(row.aggregate).await?;
        Ok(document)
    }
}

fn json(part: &impl serde::Serialize) -> Result<String, sqlx::Error> {
    serde_json::to_string(part).map_err(|error| sqlx::Error::Encode(error.into()))
}
