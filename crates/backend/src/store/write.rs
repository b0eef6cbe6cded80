//! One write transaction: read a document, write it back, keep an answer. Dropped without a commit, nothing of it has happened.

use doorstep_core::wire::Order;
use sqlx::{Sqlite, Transaction};

use super::Stored;

/// What the proofs of a look-up hash to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hashes {
    /// Of the e-mail address.
    pub email: Option<Vec<u8>>,
    /// Of the postcode.
    pub postcode: Option<Vec<u8>>,
}

/// A write transaction.
pub struct Write(pub(super) Transaction<'static, Sqlite>);

/// How long an answer is kept for its idempotency key, in seconds.
const ANSWERS_KEPT_S: i64 = 48 * 3_600;

impl Write {
    pub(super) fn new(transaction: Transaction<'static, Sqlite>) -> Self {
        Self(transaction)
    }

    /// The order of this identity.
    pub async fn order(&mut self, id: &str) -> Result<Option<Stored>, sqlx::Error> {
        let query = sqlx::query_as("SELECT version, document FROM orders WHERE id = ?").bind(id);
        let row: Option<(i64, String)> = query.fetch_optional(&mut *self.0).await?;
        Ok(row.map(|(version, document)| Stored { version: version.cast_unsigned(), document }))
    }

    /// Writes an order that is new.
    pub async fn insert(&mut self, order: &Order, number_key: &str, hashes: &Hashes) -> Result<Stored, sqlx::Error> {
        let stored = stored(order)?;
        sqlx::query(
            "INSERT INTO orders (id, number_key, version, document, email_hash, postcode_hash) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&order.id)
        .bind(number_key)
        .bind(stored.version.cast_signed())
        .bind(&stored.document)
        .bind(&hashes.email)
        .bind(&hashes.postcode)
        .execute(&mut *self.0)
        .await?;
        self.index(order).await?;
        Ok(stored)
    }

    /// Writes what an order's look-up compares with.
    pub async fn set_lookup(&mut self, id: &str, number_key: &str, hashes: &Hashes) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE orders SET number_key = ?, email_hash = ?, postcode_hash = ? WHERE id = ?")
            .bind(number_key)
            .bind(&hashes.email)
            .bind(&hashes.postcode)
            .bind(id)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Writes an order back.
    pub async fn update(&mut self, order: &Order) -> Result<Stored, sqlx::Error> {
        let stored = stored(order)?;
        sqlx::query("UPDATE orders SET version = ?, document = ? WHERE id = ?")
            .bind(stored.version.cast_signed())
            .bind(&stored.document)
            .bind(&order.id)
            .execute(&mut *self.0)
            .await?;
        self.index(order).await?;
        Ok(stored)
    }

    /// The shipments with this tracking number: order, shipment, carrier.
    pub async fn tracked(&mut self, tracking_number: &str) -> Result<Vec<(String, String, Option<String>)>, sqlx::Error> {
        let query = sqlx::query_as("SELECT order_id, shipment_id, carrier FROM shipments WHERE tracking_key = ? ORDER BY 1, 2");
        query.bind(tracking_key(tracking_number)).fetch_all(&mut *self.0).await
    }

    /// What was answered to the first request with this key: its fingerprint and the answer.
    pub async fn answer(&mut self, key: &str) -> Result<Option<(Vec<u8>, String)>, sqlx::Error> {
        let query = sqlx::query_as("SELECT fingerprint, answer FROM answers WHERE key = ?");
        query.bind(key).fetch_optional(&mut *self.0).await
    }

    /// Keeps an answer with its effect, and forgets those that are too old; `now` in seconds.
    pub async fn keep_answer(&mut self, key: &str, fingerprint: &[u8], answer: &str, now: i64) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM answers WHERE made_at < ?").bind(now - ANSWERS_KEPT_S).execute(&mut *self.0).await?;
        sqlx::query("INSERT INTO answers (key, fingerprint, answer, made_at) VALUES (?, ?, ?, ?)")
            .bind(key)
            .bind(fingerprint)
            .bind(answer)
            .bind(now)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Makes it happen; afterwards it survives anything.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }

    async fn index(&mut self, order: &Order) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM shipments WHERE order_id = ?").bind(&order.id).execute(&mut *self.0).await?;
        for shipment in &order.shipments {
            let Some(tracking_number) = &shipment.tracking_number else {
                continue;
            };
            sqlx::query("INSERT OR REPLACE INTO shipments (order_id, shipment_id, carrier, tracking_key) VALUES (?, ?, ?, ?)")
                .bind(&order.id)
                .bind(&shipment.id)
                .bind(shipment.carrier.as_ref().map(|carrier| carrier.code.to_lowercase()))
                .bind(tracking_key(tracking_number))
                .execute(&mut *self.0)
                .await?;
        }
        Ok(())
    }
}

fn stored(order: &Order) -> Result<Stored, sqlx::Error> {
    let document = serde_json::to_string(order).map_err(|error| sqlx::Error::Encode(error.into()))?;
    Ok(Stored { version: order.version, document })
}

/// Carriers print their numbers with spaces and dashes, providers send them without.
fn tracking_key(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
