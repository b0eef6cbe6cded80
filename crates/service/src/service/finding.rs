//! Search, read and export of orders, for the retailer's staff and systems.

use doorstep_contract::Timestamp;
use serde_json::{Value, json};

use super::stored::read;
use super::{Document, Service};
use crate::error::Error;
use crate::store::{OrderFilter, OrderRow};
use doorstep_domain::lookup::{key, key_of_version_1};

/// Conditions of a search for orders. All given conditions must hold.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Order number on the receipt, in any spelling.
    pub number: Option<String>,
    /// E-mail address, in any spelling.
    pub email: Option<String>,
    /// Tracking number, in any spelling.
    pub tracking_number: Option<String>,
    /// Only orders that changed at this second or later.
    pub updated_since: Option<i64>,
    /// Only orders after this second of change and identity.
    pub after: Option<(i64, String)>,
    /// Maximum number of orders.
    pub limit: u32,
}

impl Service {
    /// Returns the orders that match, by the time of their last change, the oldest first.
    pub async fn search(&self, search: Search) -> Result<Vec<OrderRow>, Error> {
        let filter = OrderFilter {
            number_keys: search.number.map(|number| [key(&number), key_of_version_1(&number)]),
            email_hashes: search.email.map(|email| self.email_hashes(&email)),
            tracking_number: search.tracking_number,
            updated_since: search.updated_since.unwrap_or(i64::MIN),
            after: search.after.unwrap_or((i64::MIN, String::new())),
            limit: search.limit,
        };
        Ok(self.0.store.orders(&filter).await?)
    }

    /// Returns all stored data of an order, of which the shopper has a right to a copy.
    pub async fn export(&self, order_id: &str) -> Result<Value, Error> {
        self.order(order_id).await?;
        let stored = self.0.store.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        let record = read(&stored)?;
        let kept = self.0.store.kept_of(order_id).await?;
        let at = |seconds: i64| chrono::DateTime::from_timestamp(seconds, 0).map(Timestamp::from);
        let parsed = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
        let audit = kept.audit.iter().map(|(case_id, row)| {
            json!({ "case_id": case_id, "at": at(row.at), "what": row.what, "before": parsed(&row.before), "after": parsed(&row.after), "by": row.by })
        });
        let photos = kept.photos.iter().map(|photo| {
            let path = format!("/v1/admin/orders/{order_id}/evidence/{}", photo.id);
            json!({ "id": photo.id, "case_id": photo.case_id, "made_at": at(photo.made_at), "bytes": photo.bytes, "path": path })
        });
        let messages = kept.messages.iter().map(|message| {
            json!({ "id": message.id, "channel": message.channel, "event": message.event, "state": message.state,
                "made_at": at(message.made_at), "says": parsed(&message.payload) })
        });
        Ok(json!({
            "exported_at": Timestamp::from(self.now()),
            "order": Document::new(order_id, stored).order()?,
            "private": record.private,
            "kept_for_lookup": { "email_hash": kept.has_email, "postcode_hash": kept.has_postcode },
            "audit": audit.collect::<Vec<_>>(),
            "photos": photos.collect::<Vec<_>>(),
            "messages": messages.collect::<Vec<_>>(),
        }))
    }
}
