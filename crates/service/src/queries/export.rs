//! Export of all stored data of an order, of which the shopper has a right to a copy.

use chrono::DateTime;
use doorstep_contract::{OrderId, Timestamp};
use serde_json::{Value, json};

use crate::error::Error;
use crate::service::Service;
use crate::stored_order::parse;

impl Service {
    /// Returns all stored data of an order.
    pub async fn export(&self, order_id: &OrderId) -> Result<Value, Error> {
        self.order(order_id).await?;
        let stored = self.0.store.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        let aggregate = parse(&stored)?;
        let rows = self.0.store.export_rows(order_id).await?;
        let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).map(Timestamp::from);
        let parsed = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
        let audit = rows.audit.iter().map(|(case_id, row)| {
            json!({ "case_id": case_id, "at": at(row.at), "what": row.what, "before": parsed(&row.before), "after": parsed(&row.after), "by": row.by })
        });
        let photos = rows.photos.iter().map(|photo| {
            let path = format!("/v1/admin/orders/{order_id}/evidence/{}", photo.id);
            json!({ "id": photo.id, "case_id": photo.case_id, "made_at": at(photo.made_at), "bytes": photo.bytes, "path": path })
        });
        let messages = rows.messages.iter().map(|message| {
            json!({ "id": message.id, "channel": message.channel, "event": message.event, "state": message.state,
                "made_at": at(message.made_at), "says": parsed(&message.payload) })
        });
        let contact = self.0.store.contact(order_id).await?.map(|contact| {
            let address = self.0.mails.as_ref().and_then(|mails| mails.cipher.open(order_id, &contact.address));
            json!({ "email": address, "lang": contact.language, "unsubscribed_at": contact.unsubscribed_at.and_then(at) })
        });
        Ok(json!({
            "exported_at": Timestamp::from(self.0.now()),
            "order": aggregate.order,
            "private": aggregate.private,
            "kept_for_lookup": { "email_hash": rows.has_email, "postcode_hash": rows.has_postcode },
            "mails": contact,
            "audit": audit.collect::<Vec<_>>(),
            "photos": photos.collect::<Vec<_>>(),
            "messages": messages.collect::<Vec<_>>(),
        }))
    }
}
