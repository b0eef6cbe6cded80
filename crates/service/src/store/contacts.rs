//! Encrypted e-mail addresses of shoppers, the facts that mails have told, and waiting mails to which news can be added.

use std::collections::BTreeSet;

use doorstep_contract::OrderId;

use super::database::Store;
use super::outbox::Channel;
use super::transaction::Write;

/// Contact of the shopper of an order.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Contact {
    /// Encrypted e-mail address.
    pub(crate) address: Vec<u8>,
    /// BCP 47 tag of the language of the mails; empty if the order names none.
    pub(crate) language: String,
    /// Time in seconds at which the shopper ended the mails, or None if they are wanted.
    pub(crate) unsubscribed_at: Option<i64>,
}

/// A mail that waits for its time.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct WaitingMail {
    /// Id of the message.
    pub(crate) id: String,
    /// Payload of the message.
    pub(crate) payload: String,
    /// Time at which it is sent, in seconds.
    pub(crate) next_at: i64,
}

const CONTACT: &str = "SELECT address, language, unsubscribed_at FROM contacts WHERE order_id = ?";

impl Write {
    /// Returns the contact of an order, or None if the order has none.
    pub(crate) async fn contact(&mut self, order_id: &OrderId) -> Result<Option<Contact>, sqlx::Error> {
        sqlx::query_as(CONTACT).bind(order_id.as_str()).fetch_optional(&mut *self.0).await
    }

    /// Stores the contact of an order, or replaces its address. Without a language, the stored one is kept. Whether the shopper has ended
    /// the mails is kept, too.
    pub(crate) async fn set_contact(
        &mut self,
        order_id: &OrderId,
        address: &[u8],
        language: Option<&str>,
    ) -> Result<(), sqlx::Error> {
        let query = sqlx::query(
            "INSERT INTO contacts (order_id, address, language) VALUES (?1, ?2, coalesce(?3, '')) \
             ON CONFLICT (order_id) DO UPDATE SET address = ?2, language = coalesce(?3, language)",
        );
        query.bind(order_id.as_str()).bind(address).bind(language).execute(&mut *self.0).await.map(|_| ())
    }

    /// Sets the language of the mails about an order, if the order has a contact.
    pub(crate) async fn set_contact_language(&mut self, order_id: &OrderId, language: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE contacts SET language = ? WHERE order_id = ?").bind(language).bind(order_id.as_str());
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Deletes the contact of an order and its waiting mails. Returns false if there was no contact.
    pub(crate) async fn delete_contact(&mut self, order_id: &OrderId) -> Result<bool, sqlx::Error> {
        self.delete_waiting_mails(order_id).await?;
        let query = sqlx::query("DELETE FROM contacts WHERE order_id = ?").bind(order_id.as_str());
        Ok(query.execute(&mut *self.0).await?.rows_affected() == 1)
    }

    /// Stores the time in seconds at which the shopper ended the mails about an order, or None if they are wanted again. Deletes waiting
    /// mails, except those about a case, which the law requires.
    pub(crate) async fn set_unsubscribed(&mut self, order_id: &OrderId, at: Option<i64>) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE contacts SET unsubscribed_at = ? WHERE order_id = ?").bind(at).bind(order_id.as_str());
        query.execute(&mut *self.0).await?;
        self.delete_waiting_mails(order_id).await
    }

    async fn delete_waiting_mails(&mut self, order_id: &OrderId) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM outbox WHERE channel = ? AND order_id = ? AND case_id = '' AND state = 'waiting'");
        query.bind(Channel::Mail.as_str()).bind(order_id.as_str()).execute(&mut *self.0).await.map(|_| ())
    }

    /// Returns the facts of an order that mails have told, or that were too old for that.
    pub(crate) async fn seen_facts(&mut self, order_id: &OrderId) -> Result<BTreeSet<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT fact FROM seen_facts WHERE order_id = ?").bind(order_id.as_str());
        Ok(query.fetch_all(&mut *self.0).await?.into_iter().collect())
    }

    /// Stores a fact of an order as seen.
    pub(crate) async fn insert_seen_fact(&mut self, order_id: &OrderId, fact: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::query("INSERT OR IGNORE INTO seen_facts (order_id, fact) VALUES (?, ?)");
        query.bind(order_id.as_str()).bind(fact).execute(&mut *self.0).await.map(|_| ())
    }

    /// Returns the mail about an order that waits and is not sent before `after`, in seconds. A mail that may be sent now is left out,
    /// because its sender may have read it already.
    pub(crate) async fn waiting_mail(&mut self, order_id: &OrderId, after: i64) -> Result<Option<WaitingMail>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT id, payload, next_at FROM outbox WHERE channel = ? AND order_id = ? AND case_id = '' AND state = 'waiting' \
             AND attempts = 0 AND next_at > ? ORDER BY seq DESC LIMIT 1",
        );
        query.bind(Channel::Mail.as_str()).bind(order_id.as_str()).bind(after).fetch_optional(&mut *self.0).await
    }

    /// Replaces the event, the payload and the time of a waiting mail.
    pub(crate) async fn replace_waiting_mail(&mut self, event: &str, mail: &WaitingMail) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE outbox SET event = ?, payload = ?, next_at = ? WHERE id = ?");
        query.bind(event).bind(&mail.payload).bind(mail.next_at).bind(&mail.id).execute(&mut *self.0).await.map(|_| ())
    }
}

impl Store {
    /// Returns the contact of an order, or None if the order has none.
    pub(crate) async fn contact(&self, order_id: &OrderId) -> Result<Option<Contact>, sqlx::Error> {
        sqlx::query_as(CONTACT).bind(order_id.as_str()).fetch_optional(&self.reader).await
    }
}
