//! SQLite: opens the database and reads from it. Knows rows and no business rules; writes are in `write`. Called by the service
//! only.

mod erasure;
mod evidence;
mod export;
#[cfg(test)]
mod number_tests;
mod open;
mod outbox;
mod search;
mod transit_samples;
mod unmatched;
mod write;

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

pub use erasure::Erasure;
pub use evidence::Kept;
pub use export::{KeptOfOrder, PhotoRow};
pub use open::{CannotOpen, Kind};
pub use outbox::{Attempt, Channel, Message};
pub use search::{OrderFilter, OrderRow};
pub use write::{Hashes, Settled, Write};

/// Schema number of stored orders. It is increased when a field is added to a stored document or its private part, or removed.
pub const SCHEMA: i64 = 1;

/// An order as stored. Its document is passed on unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Version of the order, increased by every change.
    pub version: u64,
    /// Order document as JSON.
    pub document: String,
    /// Private part that is not shown, as JSON.
    pub private: String,
    /// Time at which the order has to be settled again, in seconds.
    pub recompute_at: Option<i64>,
    /// Hash of the policy that its actions follow.
    pub policy_hash: String,
    /// Schema number that the order was written in.
    pub schema: i64,
    /// Epoch of the order's links.
    pub epoch: u32,
}

/// Columns of an order, in the order of the query.
pub(crate) type Row = (i64, String, String, Option<i64>, String, i64, u32);
pub(crate) const ORDER: &str = "SELECT version, document, private, due_at, policy_hash, schema, epoch FROM orders WHERE id = ?";

impl From<Row> for Stored {
    fn from((version, document, private, recompute_at, policy_hash, schema, epoch): Row) -> Self {
        Self { version: version.cast_unsigned(), document, private, recompute_at, policy_hash, schema, epoch }
    }
}

/// One case in a list of cases.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CaseRow {
    /// Identity of the order.
    pub order_id: String,
    /// Identity of the case.
    pub case_id: String,
    /// Reference that the shopper quotes.
    pub reference: String,
    /// Kind of the self-service action that was requested.
    pub kind: String,
    /// State of the case.
    pub state: String,
    /// Time at which the case was opened, in seconds.
    pub opened_at: i64,
}

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Time of the change in seconds.
    pub at: i64,
    /// Name of the changed thing.
    pub what: String,
    /// State before the change, as JSON.
    pub before: String,
    /// State after the change, as JSON.
    pub after: String,
    /// Fingerprint of the token that was used.
    pub by: String,
}

/// An order that a look-up compares its proof with.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Identity of the order.
    pub order_id: String,
    /// Order number on the receipt.
    pub number: String,
    /// Hashes of its proofs.
    pub hashes: Hashes,
    /// Epoch of the order's links.
    pub epoch: u32,
}

/// The database. Writers queue for one connection; readers never wait for them.
#[derive(Clone)]
pub struct Store {
    reader: SqlitePool,
    writer: SqlitePool,
    kind: Kind,
    /// Connection that keeps a database in memory alive.
    _holder: Option<SqlitePool>,
}

/// Number of connections for readers.
const READERS: u32 = 4;
/// Maximum wait of a request for a connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// Maximum number of orders with one number that are compared. Numbers repeat only across shops.
const CANDIDATES: u32 = 16;

/// Maximum number of orders in one batch of the sweep.
const BATCH: u32 = 100;
pub(crate) const BOOKED: &str =
    "SELECT slot_id, count(*) FROM slot_bookings WHERE pool = ? AND NOT (order_id = ? AND shipment_id = ?) GROUP BY slot_id";

impl Store {
    /// Opens the file of a shop, or a database in memory that ends with the process and is open to the demo, and migrates its
    /// tables.
    pub async fn open(file: Option<&Path>) -> Result<Self, CannotOpen> {
        Self::open_as(file, if file.is_some() { Kind::Shop } else { Kind::Demo }).await
    }

    /// Opens a database of this kind. Rejects a database of the other kind, and one that a newer release has written to.
    pub async fn open_as(file: Option<&Path>, kind: Kind) -> Result<Self, CannotOpen> {
        let pool = || SqlitePoolOptions::new().acquire_timeout(PATIENCE).idle_timeout(None).max_lifetime(None);
        let options = SqliteConnectOptions::new().foreign_keys(true).busy_timeout(Duration::from_secs(5));
        let Some(file) = file else {
            // A database in memory is deleted with its last connection, and a pool closes a connection whose user is cancelled.
            // So an unused connection keeps it alive. A single connection does all work, because connections that share memory do
            // not wait for each other.
            let options = SqliteConnectOptions::from_str("sqlite::memory:")?.foreign_keys(true);
            let holder = pool().max_connections(1).connect_with(options.clone()).await?;
            let only = pool().max_connections(1).connect_with(options).await?;
            open::migrate(&only).await?;
            return Ok(Self { reader: only.clone(), writer: only, kind, _holder: Some(holder) });
        };
        open::keep_private(file)?;
        let options = options
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged write survives a loss of power.
            .synchronous(SqliteSynchronous::Full)
            // Deleted data is overwritten in the file.
            .pragma("secure_delete", "ON");
        let writer = pool().max_connections(1).connect_with(options.clone()).await?;
        open::claim(&writer, kind).await?;
        let overwrites = has_table(&writer, "erased_orders").await? || !has_table(&writer, "orders").await?;
        open::migrate(&writer).await?;
        if !overwrites {
            // Earlier versions did not overwrite deleted data, so its bytes are still in the file.
            sqlx::query("VACUUM").execute(&writer).await?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&writer).await?;
        }
        let reader = pool().max_connections(READERS).connect_with(options.pragma("query_only", "ON")).await?;
        Ok(Self { reader, writer, kind, _holder: None })
    }

    /// Returns the kind of this database.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns the order of this identity.
    pub async fn order(&self, id: &str) -> Result<Option<Stored>, sqlx::Error> {
        let row: Option<Row> = sqlx::query_as(ORDER).bind(id).fetch_optional(&self.reader).await?;
        Ok(row.map(Stored::from))
    }

    /// Returns a batch of orders that are due at `now`, the longest overdue first, after `last`: due time in seconds and
    /// identity.
    pub async fn due(&self, now: i64, last: Option<&(i64, String)>) -> Result<Vec<(i64, String)>, sqlx::Error> {
        let (at, id) = last.map_or((i64::MIN, ""), |(at, id)| (*at, id));
        let query = "SELECT due_at, id FROM orders WHERE due_at <= ? AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?";
        sqlx::query_as(query).bind(now).bind(at).bind(id).bind(BATCH).fetch_all(&self.reader).await
    }

    /// Returns a batch of orders whose actions follow another policy, by identity, after `last`.
    pub async fn of_other_policies(&self, hash: &str, last: &str) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM orders WHERE policy_hash <> ? AND id > ? ORDER BY id LIMIT ?");
        query.bind(hash).bind(last).bind(BATCH).fetch_all(&self.reader).await
    }

    /// Returns cases in one state or in all, the oldest first.
    pub async fn cases(&self, state: Option<&str>, limit: u32) -> Result<Vec<CaseRow>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT order_id, case_id, reference, kind, state, opened_at FROM cases \
             WHERE (?1 IS NULL OR state = ?1) ORDER BY opened_at, reference LIMIT ?2",
        );
        query.bind(state).bind(limit).fetch_all(&self.reader).await
    }

    /// Returns the audit entries of a case.
    pub async fn audit(&self, order_id: &str, case_id: &str) -> Result<Vec<AuditRow>, sqlx::Error> {
        let query =
            sqlx::query_as("SELECT at, what, before, after, by FROM audit WHERE order_id = ? AND case_id = ? ORDER BY id");
        query.bind(order_id).bind(case_id).fetch_all(&self.reader).await
    }

    /// Returns the number of bookings of each slot of a pool, without those of one shipment.
    pub async fn booked(&self, pool: &str, but: (&str, &str)) -> Result<BTreeMap<String, u32>, sqlx::Error> {
        let query = sqlx::query_as(BOOKED).bind(pool).bind(but.0).bind(but.1);
        Ok(query.fetch_all(&self.reader).await?.into_iter().collect())
    }

    /// Returns the orders whose number has this key, or this key of an earlier version.
    pub async fn candidates(&self, key: &str, earlier_key: &str) -> Result<Vec<Candidate>, sqlx::Error> {
        type Row = (String, String, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, u32);
        let query = sqlx::query_as(
            "SELECT id, coalesce(json_extract(document, '$.number'), ''), email_hash, postcode_hash, postcode_half_hash, epoch \
             FROM orders WHERE number_key = ?1 OR (number_key = ?2 AND number_form < 2) LIMIT ?3",
        );
        let rows: Vec<Row> = query.bind(key).bind(earlier_key).bind(CANDIDATES).fetch_all(&self.reader).await?;
        let candidate = |(order_id, number, email, postcode, postcode_half, epoch)| Candidate {
            order_id,
            number,
            hashes: Hashes { email, postcode, postcode_half },
            epoch,
        };
        Ok(rows.into_iter().map(candidate).collect())
    }

    /// Returns the identity and number of some orders whose number key is in an earlier form.
    pub async fn numbers_of_earlier_form(&self) -> Result<Vec<(String, String)>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT id, coalesce(json_extract(document, '$.number'), '') FROM orders WHERE number_form < 2 LIMIT 1000",
        );
        query.fetch_all(&self.reader).await
    }

    /// Returns an error if the database does not answer.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT count(*) FROM orders WHERE id = ''").execute(&self.reader).await.map(|_| ())
    }

    /// Begins a write transaction. It is committed as a whole or not at all, and no other write runs meanwhile.
    pub async fn begin(&self) -> Result<Write, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map(Write::new)
    }

    /// Waits for running writes and closes the file.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

async fn has_table(pool: &SqlitePool, name: &str) -> Result<bool, sqlx::Error> {
    let query = sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?").bind(name);
    let count: i64 = query.fetch_one(pool).await?;
    Ok(count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_an_earlier_version_deleted_is_gone_from_its_file_after_the_first_start() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("orders.db");
        let mut older = sqlx::migrate!();
        older.migrations = older.migrations.iter().filter(|migration| migration.version < 500).cloned().collect();
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
        let pool = SqlitePool::connect_with(options).await.expect("a file");
        older.run(&pool).await.expect("the tables");
        for statement in [
            "INSERT INTO answers (key, fingerprint, answer, made_at) VALUES ('k', x'00', 'PERSONAL words', 1)",
            "INSERT INTO orders (id, number_key, version, document) VALUES ('ord_1', '1', 3, '{\"number\": \"1\", \"as_of\": \"2020-01-26T12:00:00Z\"}')",
            "DELETE FROM answers",
        ] {
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await.expect("a statement");
        }
        pool.close().await;
        let has = || std::fs::read(&file).expect("the file").windows(8).any(|bytes| bytes == b"PERSONAL");
        assert!(has(), "it was only forgotten");
        let store = Store::open(Some(&file)).await.expect("a store");
        assert!(!has());
        let order = &store
            .orders(&OrderFilter {
                limit: 9,
                after: (i64::MIN, String::new()),
                updated_since: i64::MIN,
                ..OrderFilter::default()
            })
            .await
            .expect("orders")[0];
        assert_eq!((order.version, order.updated_at, order.finished_at), (3, 1_580_040_000, None));
        assert_eq!(store.not_judged().await.expect("orders"), ["ord_1"]);
        store.close().await;
    }

    #[tokio::test]
    async fn what_is_in_memory_outlives_a_connection_that_was_given_up() {
        let store = Store::open(None).await.expect("a store");
        store.writer.acquire().await.expect("the connection").close().await.expect("closed");
        assert_eq!(store.order("ord_1").await.expect("the tables are there"), None);
        let other = Store::open(None).await.expect("another store");
        sqlx::query("DROP TABLE orders").execute(&other.writer).await.expect("dropped");
        assert_eq!(store.order("ord_1").await.expect("its own tables"), None);
    }
}
