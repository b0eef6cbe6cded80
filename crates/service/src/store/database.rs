//! The database: opens the file and keeps the connections.

use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use super::kind::{CannotOpen, Kind};
use super::open;
use super::transaction::Write;

/// Number of connections for readers.
const READERS: u32 = 4;
/// Maximum wait of a request for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// The database. With a file, writers queue for one connection, and readers never wait for writers. A database in memory has a
/// single connection, so readers and writers queue together.
#[derive(Clone)]
pub struct Store {
    pub(super) reader: SqlitePool,
    pub(super) writer: SqlitePool,
    kind: Kind,
    /// Connection that keeps a database in memory alive; None for a file.
    _holder: Option<SqlitePool>,
}

impl Store {
    /// Opens the database file of a shop and migrates its tables. Without a file, creates a database in memory that counts as a
    /// demo database and is lost when the process ends.
    pub async fn open(file: Option<&Path>) -> Result<Self, CannotOpen> {
        Self::open_as(file, if file.is_some() { Kind::Shop } else { Kind::Demo }).await
    }

    /// Opens a database of this kind. Rejects a database of the other kind, a database of another program, and a database that a
    /// newer release has written to.
    pub async fn open_as(file: Option<&Path>, kind: Kind) -> Result<Self, CannotOpen> {
        let pool = || SqlitePoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT).idle_timeout(None).max_lifetime(None);
        let options = SqliteConnectOptions::new().foreign_keys(true).busy_timeout(Duration::from_secs(5));
        let Some(file) = file else {
            // A database in memory is deleted with its last connection, and a pool closes a connection whose user is cancelled.
            // So an unused connection keeps the database alive. A single connection does all work, because two connections to the
            // same memory do not wait for each other.
            let options = SqliteConnectOptions::from_str("sqlite::memory:")?.foreign_keys(true);
            let holder = pool().max_connections(1).connect_with(options.clone()).await?;
            let only = pool().max_connections(1).connect_with(options).await?;
            open::migrate(&only).await?;
            return Ok(Self { reader: only.clone(), writer: only, kind, _holder: Some(holder) });
        };
        open::restrict_permissions(file)?;
        let options = options
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged write survives a loss of power.
            .synchronous(SqliteSynchronous::Full)
            // Deleted data is overwritten in the file.
            .pragma("secure_delete", "ON");
        let writer = pool().max_connections(1).connect_with(options.clone()).await?;
        open::check_kind(&writer, kind).await?;
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
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns an error if the database does not answer.
    pub(crate) async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT count(*) FROM orders WHERE id = ''").execute(&self.reader).await.map(|_| ())
    }

    /// Begins a write transaction. It is committed as a whole or not at all, and no other write runs meanwhile.
    pub(crate) async fn begin(&self) -> Result<Write, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map(Write::new)
    }

    /// Waits for running writes and closes the file.
    pub(crate) async fn close(&self) {
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
    use crate::store::OrderFilter;

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
            .find_orders(&OrderFilter {
                limit: 9,
                after: (i64::MIN, String::new()),
                updated_since: i64::MIN,
                ..OrderFilter::default()
            })
            .await
            .expect("orders")[0];
        assert_eq!((order.version, order.updated_at, order.finished_at), (3, 1_580_040_000, None));
        assert_eq!(store.without_finished_at().await.expect("orders"), ["ord_1"]);
        store.close().await;
    }

    #[tokio::test]
    async fn what_is_in_memory_outlives_a_connection_that_was_given_up() {
        let store = Store::open(None).await.expect("a store");
        store.writer.acquire().await.expect("the connection").close().await.expect("closed");
        assert_eq!(store.order(&"ord_1".into()).await.expect("the tables are there"), None);
        let other = Store::open(None).await.expect("another store");
        sqlx::query("DROP TABLE orders").execute(&other.writer).await.expect("dropped");
        assert_eq!(store.order(&"ord_1".into()).await.expect("its own tables"), None);
    }
}
