//! Stored answers to requests with idempotency keys.

use doorstep_contract::OrderId;

use super::database::Store;
use super::transaction::Write;

/// Time for which the answer to an idempotency key is kept, in seconds.
const ANSWERS_KEPT_S: i64 = 48 * 3_600;
const ANSWER: &str = "SELECT fingerprint, answer FROM answers WHERE key = ?";

/// The answer to the first request with an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct StoredAnswer {
    /// Fingerprint of the request.
    pub(crate) fingerprint: Vec<u8>,
    /// Answer as JSON.
    pub(crate) answer: String,
}

/// An answer to be stored.
pub(crate) struct NewAnswer<'a> {
    /// Idempotency key of the request.
    pub(crate) key: &'a str,
    /// Id of the order that the answer is about. None for the answer about a dead letter.
    pub(crate) order_id: Option<&'a OrderId>,
    /// Fingerprint of the request.
    pub(crate) fingerprint: &'a [u8],
    /// Answer as JSON.
    pub(crate) answer: &'a str,
    /// Current time in seconds.
    pub(crate) now: i64,
}

impl Store {
    /// Returns the answer to the first request with this idempotency key, outside a transaction. Returns None if no answer is
    /// stored.
    pub(crate) async fn answer(&self, key: &str) -> Result<Option<StoredAnswer>, sqlx::Error> {
        sqlx::query_as(ANSWER).bind(key).fetch_optional(&self.reader).await
    }
}

impl Write {
    /// Returns the answer to the first request with this idempotency key, or None if no answer is stored.
    pub(crate) async fn answer(&mut self, key: &str) -> Result<Option<StoredAnswer>, sqlx::Error> {
        sqlx::query_as(ANSWER).bind(key).fetch_optional(&mut *self.0).await
    }

    /// Stores the answer in the transaction of its effect, and deletes expired answers.
    pub(crate) async fn insert_answer(&mut self, answer: &NewAnswer<'_>) -> Result<(), sqlx::Error> {
        let expired = sqlx::query("DELETE FROM answers WHERE made_at < ?").bind(answer.now - ANSWERS_KEPT_S);
        expired.execute(&mut *self.0).await?;
        sqlx::query("INSERT INTO answers (key, fingerprint, answer, made_at, order_id) VALUES (?, ?, ?, ?, ?)")
            .bind(answer.key)
            .bind(answer.fingerprint)
            .bind(answer.answer)
            .bind(answer.now)
            .bind(answer.order_id.map(OrderId::as_str))
            .execute(&mut *self.0)
            .await
            .map(|_| ())
    }
}
