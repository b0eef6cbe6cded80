//! SQLite: opening it and reading from it. Knows rows, not rules; what is written lives in `write`. Called by the service only.

mod erasure;
mod evidence;
mod export;
#[cfg(test)]
mod number_tests;
mod open;
mod outbox;
mod passages;
mod search;
mod unclaimed;
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

/// The schema of what is written: grows with every field that is added to a stored document or its private part, or taken away.
pub const SCHEMA: i64 = 1;

/// An order as it is stored: its document is passed on as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Grows with every change.
    pub version: u64,
    /// The order document as JSON.
    pub document: String,
    /// What belongs to it and is not shown, as JSON.
    pub private: String,
    /// When it changes by itself, in seconds.
    pub due_at: Option<i64>,
    /// The policy that its actions follow.
    pub policy_hash: String,
    /// The schema that it was written in.
    pub schema: i64,
    /// The epoch of its links.
    pub epoch: u32,
}

/// The columns of an order, in their order.
pub(crate) type Row = (i64, String, String, Option<i64>, String, i64, u32);
pub(crate) const ORDER: &str = "SELECT version, document, private, due_at, policy_hash, schema, epoch FROM orders WHERE id = ?";

impl From<Row> for Stored {
    fn from((version, document, private, due_at, policy_hash, schema, epoch): Row) -> Self {
        Self { version: version.cast_unsigned(), document, private, due_at, policy_hash, schema, epoch }
    }
}

/// Where a case is found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CaseRow {
    /// The order.
    pub order_id: String,
    /// The case.
    pub case_id: String,
    /// The reference that the shopper quotes.
    pub reference: String,
    /// What was asked for.
    pub kind: String,
    /// How far it is.
    pub state: String,
    /// When it was opened, in seconds.
    pub opened_at: i64,
}

/// One entry of the audit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// When, in seconds.
    pub at: i64,
    /// What was changed.
    pub what: String,
    /// As JSON.
    pub before: String,
    /// As JSON.
    pub after: String,
    /// A fingerprint of the token that it was changed with.
    pub by: String,
}

/// What a look-up compares with.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The order.
    pub order_id: String,
    /// The number on the receipt.
    pub number: String,
    /// What its proofs hash to.
    pub hashes: Hashes,
    /// The epoch of its links.
    pub epoch: u32,
}

/// The database. Writers queue for one connection, readers never wait for them.
#[derive(Clone)]
pub struct Store {
    reader: SqlitePool,
    writer: SqlitePool,
    kind: Kind,
    /// Keeps what is in memory.
    _holder: Option<SqlitePool>,
}

/// Readers at a time.
const READERS: u32 = 4;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many orders of one number are compared; numbers repeat only across shops.
const CANDIDATES: u32 = 16;

/// Orders settled between two looks.
const BATCH: u32 = 100;
pub(crate) const BOOKED: &str =
    "SELECT slot_id, count(*) FROM slot_bookings WHERE pool = ? AND NOT (order_id = ? AND shipment_id = ?) GROUP BY slot_id";

impl Store {
    /// Opens the file of a shop, or a database in memory that ends with the process and may be anybody's, and brings its tables up to date.
    pub async fn open(file: Option<&Path>) -> Result<Self, CannotOpen> {
        Self::open_as(file, if file.is_some() { Kind::Shop } else { Kind::Demo }).await
    }

    /// Opens a database of this kind; rejects one that is of another, or that a newer release has written to.
    pub async fn open_as(file: Option<&Path>, kind: Kind) -> Result<Self, CannotOpen> {
        let pool = || SqlitePoolOptions::new().acquire_timeout(PATIENCE).idle_timeout(None).max_lifetime(None);
        let options = SqliteConnectOptions::new().foreign_keys(true).busy_timeout(Duration::from_secs(5));
        let Some(file) = file else {
            // A database in memory is gone with its last connection, and a pool gives up a connection whose user went away in the middle. So
            // one that nobody uses holds it. One works on it: connections that share memory do not wait for each other.
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
            // What was acknowledged survives the loss of power, too.
            .synchronous(SqliteSynchronous::Full)
            // What was erased is overwritten, not only forgotten.
            .pragma("secure_delete", "ON");
        let writer = pool().max_connections(1).connect_with(options.clone()).await?;
        open::claim(&writer, kind).await?;
        let overwrites = has_table(&writer, "erased_orders").await? || !has_table(&writer, "orders").await?;
        open::migrate(&writer).await?;
        if !overwrites {
            // Earlier versions only forgot what they deleted; its bytes are still in the file.
            sqlx::query("VACUUM").execute(&writer).await?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&writer).await?;
        }
        let reader = pool().max_connections(READERS).connect_with(options.pragma("query_only", "ON")).await?;
        Ok(Self { reader, writer, kind, _holder: None })
    }

    /// What it is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The order of this identity.
    pub async fn order(&self, id: &str) -> Result<Option<Stored>, sqlx::Error> {
        let row: Option<Row> = sqlx::query_as(ORDER).bind(id).fetch_optional(&self.reader).await?;
        Ok(row.map(Stored::from))
    }

    /// Orders that change by themselves by now, the longest overdue first, from behind the last one that is known; when, and which.
    pub async fn due(&self, now: i64, last: Option<&(i64, String)>) -> Result<Vec<(i64, String)>, sqlx::Error> {
        let (at, id) = last.map_or((i64::MIN, ""), |(at, id)| (*at, id));
        let query = "SELECT due_at, id FROM orders WHERE due_at <= ? AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?";
        sqlx::query_as(query).bind(now).bind(at).bind(id).bind(BATCH).fetch_all(&self.reader).await
    }

    /// Orders whose actions follow another policy, by identity, from behind the last one that is known.
    pub async fn of_other_policies(&self, hash: &str, last: &str) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM orders WHERE policy_hash <> ? AND id > ? ORDER BY id LIMIT ?");
        query.bind(hash).bind(last).bind(BATCH).fetch_all(&self.reader).await
    }

    /// Cases, the oldest first, in one state or in any.
    pub async fn cases(&self, state: Option<&str>, limit: u32) -> Result<Vec<CaseRow>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT order_id, case_id, reference, kind, state, opened_at FROM cases \
             WHERE (?1 IS NULL OR state = ?1) ORDER BY opened_at, reference LIMIT ?2",
        );
        query.bind(state).bind(limit).fetch_all(&self.reader).await
    }

    /// What was changed in a case.
    pub async fn audit(&self, order_id: &str, case_id: &str) -> Result<Vec<AuditRow>, sqlx::Error> {
        let query =
            sqlx::query_as("SELECT at, what, before, after, by FROM audit WHERE order_id = ? AND case_id = ? ORDER BY id");
        query.bind(order_id).bind(case_id).fetch_all(&self.reader).await
    }

    /// How many deliveries are booked in each slot of a pool, but for those of one shipment.
    pub async fn booked(&self, pool: &str, but: (&str, &str)) -> Result<BTreeMap<String, u32>, sqlx::Error> {
        let query = sqlx::query_as(BOOKED).bind(pool).bind(but.0).bind(but.1);
        Ok(query.fetch_all(&self.reader).await?.into_iter().collect())
    }

    /// The orders with a number of this key, or with this key of an earlier version.
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

    /// Some of the orders whose number is keyed in an earlier form: identity and number.
    pub async fn numbers_of_earlier_form(&self) -> Result<Vec<(String, String)>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT id, coalesce(json_extract(document, '$.number'), '') FROM orders WHERE number_form < 2 LIMIT 1000",
        );
        query.fetch_all(&self.reader).await
    }

    /// Whether it answers.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT count(*) FROM orders WHERE id = ''").execute(&self.reader).await.map(|_| ())
    }

    /// Begins to write: everything until the commit happens at once or not at all, and nobody else writes meanwhile.
    pub async fn begin(&self) -> Result<Write, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map(Write::new)
    }

    /// Waits for what is being written and closes the file.
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
