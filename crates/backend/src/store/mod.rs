//! SQLite: opening it and reading from it. Knows rows, not rules; what is written lives in `write`. Called by the service only.

mod evidence;
mod outbox;
mod write;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

pub use evidence::Kept;
pub use outbox::{Attempt, Message};
pub use write::{Hashes, Write};

/// An order as it is stored: its document is passed on as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Grows with every change.
    pub version: u64,
    /// The order document as JSON.
    pub document: String,
}

/// What a look-up compares with.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The order.
    pub order_id: String,
    /// What its proofs hash to.
    pub hashes: Hashes,
}

/// The database. Writers queue for one connection, readers never wait for them.
#[derive(Clone)]
pub struct Store {
    reader: SqlitePool,
    writer: SqlitePool,
}

/// Readers at a time.
const READERS: u32 = 4;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many orders of one number are compared; numbers repeat only across shops.
const CANDIDATES: u32 = 16;

impl Store {
    /// Opens the file, or a database in memory that ends with the process, and brings its tables up to date.
    pub async fn open(file: Option<&Path>) -> Result<Self, sqlx::Error> {
        let pool = || SqlitePoolOptions::new().acquire_timeout(PATIENCE).idle_timeout(None).max_lifetime(None);
        let options = SqliteConnectOptions::new().foreign_keys(true).busy_timeout(Duration::from_secs(5));
        let Some(file) = file else {
            // A database in memory belongs to one connection.
            let only = pool().max_connections(1).connect_with(options.in_memory(true)).await?;
            sqlx::migrate!().run(&only).await?;
            return Ok(Self { reader: only.clone(), writer: only });
        };
        let options = options
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What was acknowledged survives the loss of power, too.
            .synchronous(SqliteSynchronous::Full);
        let writer = pool().max_connections(1).connect_with(options.clone()).await?;
        sqlx::migrate!().run(&writer).await?;
        let reader = pool().max_connections(READERS).connect_with(options.pragma("query_only", "ON")).await?;
        Ok(Self { reader, writer })
    }

    /// The order of this identity.
    pub async fn order(&self, id: &str) -> Result<Option<Stored>, sqlx::Error> {
        let query = sqlx::query_as("SELECT version, document FROM orders WHERE id = ?").bind(id);
        let row: Option<(i64, String)> = query.fetch_optional(&self.reader).await?;
        Ok(row.map(|(version, document)| Stored { version: version.cast_unsigned(), document }))
    }

    /// The orders with this number.
    pub async fn candidates(&self, number_key: &str) -> Result<Vec<Candidate>, sqlx::Error> {
        type Row = (String, Option<Vec<u8>>, Option<Vec<u8>>);
        let query = sqlx::query_as("SELECT id, email_hash, postcode_hash FROM orders WHERE number_key = ? LIMIT ?");
        let rows: Vec<Row> = query.bind(number_key).bind(CANDIDATES).fetch_all(&self.reader).await?;
        let candidate = |(order_id, email, postcode)| Candidate { order_id, hashes: Hashes { email, postcode } };
        Ok(rows.into_iter().map(candidate).collect())
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
