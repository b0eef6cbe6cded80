//! Messages that have to get through: written with what they tell, taken out by the sender.

use super::{Store, Write};

/// A message that waits, was sent or was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its identity, the same for every attempt.
    pub id: String,
    /// The order.
    pub order_id: String,
    /// The case.
    pub case_id: String,
    /// What it tells of.
    pub event: String,
    /// What it tells, as JSON.
    pub payload: String,
    /// `waiting`, `sent` or `dead`.
    pub state: String,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried next, in seconds.
    pub next_at: i64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it was written, in seconds.
    pub made_at: i64,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It got through.
    Sent,
    /// It is tried again at this second.
    Again(i64, String),
    /// It is put aside.
    Dead(String),
}

type Row = (String, String, String, String, String, String, u32, i64, Option<String>, i64);
const COLUMNS: &str = "id, order_id, case_id, event, payload, state, attempts, next_at, last_error, made_at";
/// How long sent messages are kept, in seconds.
const SENT_KEPT_S: i64 = 7 * 86_400;

impl From<Row> for Message {
    fn from((id, order_id, case_id, event, payload, state, attempts, next_at, last_error, made_at): Row) -> Self {
        Self { id, order_id, case_id, event, payload, state, attempts, next_at, last_error, made_at }
    }
}

impl Write {
    /// Puts a message into the outbox; it is due at once.
    pub async fn post(&mut self, message: &Message) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO outbox (id, order_id, case_id, event, payload, state, attempts, next_at, made_at) \
             VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?, ?)",
        )
        .bind(&message.id)
        .bind(&message.order_id)
        .bind(&message.case_id)
        .bind(&message.event)
        .bind(&message.payload)
        .bind(message.next_at)
        .bind(message.made_at)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }

    /// Notes what became of an attempt, and forgets what was sent long ago; `now` in seconds.
    pub async fn attempted(&mut self, id: &str, attempt: &Attempt, now: i64) -> Result<(), sqlx::Error> {
        let (state, next_at, error) = match attempt {
            Attempt::Sent => ("sent", now, None),
            Attempt::Again(at, error) => ("waiting", *at, Some(error)),
            Attempt::Dead(error) => ("dead", now, Some(error)),
        };
        sqlx::query("UPDATE outbox SET state = ?, next_at = ?, last_error = ?, attempts = attempts + 1 WHERE id = ?")
            .bind(state)
            .bind(next_at)
            .bind(error)
            .bind(id)
            .execute(&mut *self.0)
            .await?;
        let old = sqlx::query("DELETE FROM outbox WHERE state = 'sent' AND made_at < ?").bind(now - SENT_KEPT_S);
        old.execute(&mut *self.0).await.map(|_| ())
    }

    /// Lets a message that was put aside be tried again; `false` where there is none.
    pub async fn resend(&mut self, id: &str, now: i64) -> Result<bool, sqlx::Error> {
        let query = sqlx::query("UPDATE outbox SET state = 'waiting', attempts = 0, next_at = ? WHERE id = ? AND state = 'dead'");
        Ok(query.bind(now).bind(id).execute(&mut *self.0).await?.rows_affected() == 1)
    }
}

impl Store {
    /// The message that is due: the oldest of those before which no other of the same case waits.
    pub async fn due_message(&self, now: i64) -> Result<Option<Message>, sqlx::Error> {
        let query = format!(
            "SELECT {COLUMNS} FROM outbox AS due WHERE state = 'waiting' AND next_at <= ? AND NOT EXISTS (SELECT 1 FROM outbox AS \
             earlier WHERE earlier.order_id = due.order_id AND earlier.case_id = due.case_id AND earlier.state = 'waiting' AND \
             earlier.seq < due.seq) ORDER BY seq LIMIT 1"
        );
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(now).fetch_optional(&self.reader).await?;
        Ok(row.map(Message::from))
    }

    /// When the next message may be tried, in seconds.
    pub async fn next_message_at(&self) -> Result<Option<i64>, sqlx::Error> {
        let row: (Option<i64>,) =
            sqlx::query_as("SELECT min(next_at) FROM outbox WHERE state = 'waiting'").fetch_one(&self.reader).await?;
        Ok(row.0)
    }

    /// Messages in this state, the newest first.
    pub async fn messages(&self, state: &str, most: u32) -> Result<Vec<Message>, sqlx::Error> {
        let query = format!("SELECT {COLUMNS} FROM outbox WHERE state = ? ORDER BY seq DESC LIMIT ?");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(state).bind(most).fetch_all(&self.reader).await?;
        Ok(rows.into_iter().map(Message::from).collect())
    }
}
