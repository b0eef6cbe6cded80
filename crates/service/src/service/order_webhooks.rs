//! Stores new and changed orders. The states before and after are known here, so the order update for the retailer's systems is
//! posted to the outbox in the same transaction.

use doorstep_contract::Order;

use super::{Document, Service};
use crate::error::Error;
use crate::store::{Channel, Hashes, Settled, Write};
use doorstep_domain::finished::finished_at;
use doorstep_domain::order_webhook::{OrderWebhook, detect_changes};
use doorstep_domain::plain_text::escaped_json;
use doorstep_domain::record::OrderAggregate;

impl Service {
    /// Stores a new order that is settled.
    pub(super) async fn store_new(
        &self,
        write: &mut Write,
        (record, recompute_at): (&OrderAggregate, Option<i64>),
        number_key: &str,
        hashes: &Hashes,
    ) -> Result<Document, Error> {
        let stored = write.insert(&self.settled(record, recompute_at), number_key, hashes).await?;
        self.begin_epoch(write, &record.order.id).await?;
        self.announce(write, None, &record.order).await?;
        Ok(Document::new(&record.order.id, stored))
    }

    /// Replaces a stored order by its settled new state.
    pub(super) async fn store(
        &self,
        write: &mut Write,
        record: &OrderAggregate,
        recompute_at: Option<i64>,
    ) -> Result<Document, Error> {
        let id = &record.order.id;
        let before = if self.0.has_webhook { write.order(id).await? } else { None };
        let stored = write.update(&self.settled(record, recompute_at)).await?;
        if let Some(before) = before {
            self.announce(write, Some(&Document::new(id, before).order()?), &record.order).await?;
        }
        Ok(Document::new(id, stored))
    }

    fn settled<'a>(&'a self, record: &'a OrderAggregate, recompute_at: Option<i64>) -> Settled<'a> {
        Settled {
            record,
            recompute_at,
            policy_hash: self.0.policy.hash(),
            finished_at: finished_at(&record.order).map(|at| at.timestamp()),
            now: self.now().timestamp(),
        }
    }

    async fn announce(&self, write: &mut Write, before: Option<&Order>, order: &Order) -> Result<(), Error> {
        let Some((event_type, changes)) = detect_changes(before, order).filter(|_| self.0.has_webhook) else {
            return Ok(());
        };
        let message = self.message_of(Channel::Webhook, (&order.id, ""), event_type.as_str())?;
        let payload = serde_json::to_string(&OrderWebhook {
            id: &message.id,
            event_type,
            at: self.now().into(),
            order_id: &order.id,
            number: &order.number,
            version: order.version,
            changes: &changes,
            order,
        })?;
        // Receivers may print the message, so invisible characters are escaped; the texts read the same.
        Ok(write.post(&message.saying(escaped_json(&payload))).await?)
    }
}
