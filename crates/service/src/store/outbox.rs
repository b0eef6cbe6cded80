//! Outbox: messages are written in the transaction of the change that they report, and read by the sender of their channel.

use doorstep_contract::{CaseId, OrderId};

use super::database::Store;
use super::transaction::Write;

/// Receiver of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// The helpdesk of the retailer.
    Helpdesk,
    /// The retailer's systems.
    Webhook,
    /// The tracking providers that tracking numbers are registered with.
    Registration,
    /// The shopper, by e-mail.
    Mail,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 4] = [Self::Helpdesk, Self::Webhook, Self::Registration, Self::Mail];

    /// Returns the name of the channel as it is stored, transmitted and used as a prefix of flags.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Helpdesk => "helpdesk",
            Self::Webhook => "webhook",
            Self::Registration => "registration",
            Self::Mail => "mail",
        }
    }

    /// Returns the channel with this name, or None if no channel has this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == word)
    }
}

/// State of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MessageState {
    /// No further attempt is planned: a dead letter.
    Dead,
    /// An attempt is planned.
    Waiting,
    /// The receiver has accepted the message.
    Sent,
}

impl MessageState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Dead, Self::Waiting, Self::Sent];

    /// Returns the name of the state as it is stored and transmitted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::Waiting => "waiting",
            Self::Sent => "sent",
        }
    }

    /// Returns the state with this name, or None if no state has this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// A message that is waiting, sent or dead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Id of the message, equal for every attempt.
    pub id: String,
    /// Receiver of the message.
    pub channel: Channel,
    /// Id of the order.
    pub order_id: OrderId,
    /// Id of the case; None if the message is about the whole order.
    pub case_id: Option<CaseId>,
    /// Event that the message reports.
    pub event: String,
    /// Payload as JSON; empty after the message was sent.
    pub payload: String,
    /// State of the message.
    pub state: MessageState,
    /// Number of attempts so far.
    pub attempts: u32,
    /// Time of the next attempt in seconds. For a sent message and a dead letter, time of the last attempt.
    pub next_at: i64,
    /// Reason for which the last attempt failed. None if no attempt has failed, or if the message was sent.
    pub last_error: Option<String>,
    /// Code of that reason. None if the reason has no code.
    pub reason: Option<String>,
    /// Time at which the message was written, in seconds.
    pub made_at: i64,
}

impl Message {
    /// Returns the message with this payload.
    pub(crate) fn with_payload(self, payload: String) -> Self {
        Self { payload, ..self }
    }

    /// Returns the message, due at this time in seconds.
    pub(crate) fn due_at(self, next_at: i64) -> Self {
        Self { next_at, ..self }
    }
}

/// Outcome of an attempt to deliver a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// The message was delivered.
    Sent,
    /// The message is sent again at this time in seconds. The text is the reason for the failure.
    Again(i64, String),
    /// The receiver takes no message at present. The message is sent again at this time in seconds, and the attempt does not
    /// count. The text is the reason.
    Paused(i64, String),
    /// The message is a dead letter. The text is the reason for the failure.
    Dead(String),
}

type Row = (String, String, String, String, String, String, String, u32, i64, Option<String>, Option<String>, i64);
const COLUMNS: &str = "id, channel, order_id, case_id, event, payload, state, attempts, next_at, last_error, reason, made_at";
/// Time for which sent messages are kept, in seconds.
const SENT_KEPT_S: i64 = 7 * 86_400;
/// SQL condition for the waiting messages of a channel that may be sent. Messages of a channel about the same order and case are
/// sent one after the other, so a message may be sent only if no earlier one is waiting. Registrations do not wait for each other.
const SENDABLE: &str = "FROM outbox AS due WHERE channel = ? AND state = 'waiting' AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE \
    due.channel <> 'registration' AND earlier.channel = due.channel AND earlier.order_id = due.order_id AND earlier.case_id = due.case_id AND earlier.state = 'waiting' \
    AND earlier.seq < due.seq)";

fn message(row: Row) -> Option<Message> {
    let (id, channel, order_id, case_id, event, payload, state, attempts, next_at, last_error, reason, made_at) = row;
    let (channel, state) = (Channel::named(&channel)?, MessageState::named(&state)?);
    let (order_id, case_id) = (OrderId::from(order_id), Some(case_id).filter(|id| !id.is_empty()).map(CaseId::from));
    Some(Message { id, channel, order_id, case_id, event, payload, state, attempts, next_at, last_error, reason, made_at })
}

/// Returns every message about an order, the oldest first.
pub(super) async fn of_order(reader: &sqlx::SqlitePool, order_id: &OrderId) -> Result<Vec<Message>, sqlx::Error> {
    let query = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM outbox WHERE order_id = ? ORDER BY seq"));
    let rows: Vec<Row> = sqlx::query_as(query).bind(order_id.as_str()).fetch_all(reader).await?;
    Ok(rows.into_iter().filter_map(message).collect())
}

impl Write {
    /// Puts a message into the outbox as waiting, without an attempt so far. The first attempt is due at the `next_at` of the
    /// message.
    pub(crate) async fn insert_message(&mut self, message: &Message) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO outbox (id, channel, order_id, case_id, event, payload, state, attempts, next_at, made_at) \
             VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?)",
        )
        .bind(&message.id)
        .bind(message.channel.as_str())
        .bind(message.order_id.as_str())
        .bind(message.case_id.as_deref().unwrap_or_default())
        .bind(&message.event)
        .bind(&message.payload)
        .bind(message.next_at)
        .bind(message.made_at)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }

    /// Stores the outcome of an attempt, with the code of the reason for a failure. The payload of a sent message is deleted at
    /// once, the message itself after `SENT_KEPT_S`. `now` is in seconds.
    pub(crate) async fn set_attempt(
        &mut self,
        id: &str,
        attempt: &Attempt,
        reason: Option<&str>,
        now: i64,
    ) -> Result<(), sqlx::Error> {
        let (state, next_at, error, counted) = match attempt {
            Attempt::Sent => (MessageState::Sent, now, None, 1),
            Attempt::Again(at, error) => (MessageState::Waiting, *at, Some(error), 1),
            Attempt::Paused(at, error) => (MessageState::Waiting, *at, Some(error), 0),
            Attempt::Dead(error) => (MessageState::Dead, now, Some(error), 1),
        };
        sqlx::query(
            "UPDATE outbox SET state = ?1, next_at = ?2, last_error = ?3, reason = ?4, attempts = attempts + ?5, \
             payload = CASE ?1 WHEN 'sent' THEN '' ELSE payload END WHERE id = ?6",
        )
        .bind(state.as_str())
        .bind(next_at)
        .bind(error)
        .bind(reason)
        .bind(counted)
        .bind(id)
        .execute(&mut *self.0)
        .await?;
        let old = sqlx::query("DELETE FROM outbox WHERE state = 'sent' AND made_at < ?").bind(now - SENT_KEPT_S);
        old.execute(&mut *self.0).await.map(|_| ())
    }

    /// Sets the dead letter with this id back to waiting, due at once. With `channel`, the dead letter must belong to this
    /// channel. Returns false if there is no such dead letter. `now` is in seconds.
    pub(crate) async fn requeue_message(&mut self, id: &str, channel: Option<Channel>, now: i64) -> Result<bool, sqlx::Error> {
        let query = sqlx::query(
            "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = ?1 \
             WHERE id = ?2 AND state = 'dead' AND (?3 IS NULL OR channel = ?3)",
        );
        let query = query.bind(now).bind(id).bind(channel.map(Channel::as_str));
        Ok(query.execute(&mut *self.0).await?.rows_affected() == 1)
    }
}

impl Store {
    /// Returns the oldest due message of a channel that may be sent; `now` in seconds.
    pub(crate) async fn due_message(&self, channel: Channel, now: i64) -> Result<Option<Message>, sqlx::Error> {
        let query = format!("SELECT {COLUMNS} {SENDABLE} AND next_at <= ? ORDER BY seq LIMIT 1");
        let query = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(channel.as_str()).bind(now);
        let row: Option<Row> = query.fetch_optional(&self.reader).await?;
        Ok(row.and_then(message))
    }

    /// Returns the time of the next attempt of a channel, in seconds, or None if no message is waiting.
    pub(crate) async fn next_message_at(&self, channel: Channel) -> Result<Option<i64>, sqlx::Error> {
        let query = format!("SELECT min(next_at) {SENDABLE}");
        let row: (Option<i64>,) =
            sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(channel.as_str()).fetch_one(&self.reader).await?;
        Ok(row.0)
    }

    /// Returns messages in this state, the newest first. Without `channel`, returns messages of every channel.
    pub(crate) async fn messages(
        &self,
        channel: Option<Channel>,
        state: MessageState,
        limit: u32,
    ) -> Result<Vec<Message>, sqlx::Error> {
        let query =
            format!("SELECT {COLUMNS} FROM outbox WHERE (?1 IS NULL OR channel = ?1) AND state = ?2 ORDER BY seq DESC LIMIT ?3");
        let query =
            sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(channel.map(Channel::as_str)).bind(state.as_str()).bind(limit);
        let rows: Vec<Row> = query.fetch_all(&self.reader).await?;
        Ok(rows.into_iter().filter_map(message).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_written_before_there_were_channels_is_the_helpdesks() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("orders.db");
        let mut older = sqlx::migrate!();
        older.migrations = older.migrations.iter().filter(|migration| migration.version < 102).cloned().collect();
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file).create_if_missing(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        older.run(&pool).await.unwrap();
        let insert = "INSERT INTO outbox (id, order_id, case_id, event, payload, state, attempts, next_at, made_at) \
            VALUES ('hd_1', 'ord_1', 'c1', 'case.opened', '{}', 'waiting', 0, 5, 5)";
        sqlx::query(insert).execute(&pool).await.unwrap();
        pool.close().await;
        let store = Store::open(Some(&file)).await.unwrap();
        let message = store.due_message(Channel::Helpdesk, 5).await.unwrap().unwrap();
        assert_eq!((message.id.as_str(), message.channel), ("hd_1", Channel::Helpdesk));
        assert_eq!(store.due_message(Channel::Webhook, 5).await.unwrap(), None);
        store.close().await;
    }
}
