//! Ends the mails about an order, or begins them again, on the shopper's wish. The links in the mails have a token of their own, which opens
//! no order.

use doorstep_contract::OrderId;

use crate::error::Error;
use crate::service::Service;
use crate::task::run_detached;
use crate::unit_of_work::UnitOfWork;

/// The shopper's wish about the mails of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// BCP 47 tag of the language of the mails; empty if the order names none.
    pub language: String,
    /// True if mails are sent.
    pub is_subscribed: bool,
}

impl Service {
    /// Returns the shopper's wish about the mails of an order. Returns `Error::OrderNotFound` if the token is not that of a link in these
    /// mails, or if the order gets none.
    pub async fn subscription(&self, order_id: &OrderId, token: &str) -> Result<Subscription, Error> {
        self.check_mail_token(order_id, token)?;
        let contact = self.0.store.contact(order_id).await?.ok_or(Error::OrderNotFound)?;
        Ok(Subscription { language: contact.language, is_subscribed: contact.unsubscribed_at.is_none() })
    }

    /// Ends the mails about an order, or begins them again. A repetition changes nothing. Fails like [`Service::subscription`].
    pub async fn subscribe(&self, order_id: &OrderId, token: &str, is_subscribed: bool) -> Result<Subscription, Error> {
        self.check_mail_token(order_id, token)?;
        let (context, order_id) = (self.0.clone(), order_id.to_owned());
        run_detached(async move {
            let mut unit = UnitOfWork::begin(context).await?;
            let contact = unit.write.contact(&order_id).await?.ok_or(Error::OrderNotFound)?;
            if contact.unsubscribed_at.is_none() != is_subscribed {
                let at = (!is_subscribed).then(|| unit.context.now_s());
                unit.write.set_unsubscribed(&order_id, at).await?;
                unit.commit().await?;
            }
            Ok(Subscription { language: contact.language, is_subscribed })
        })
        .await
    }

    fn check_mail_token(&self, order_id: &OrderId, token: &str) -> Result<(), Error> {
        if self.0.tokens.is_mail_token(token, order_id) { Ok(()) } else { Err(Error::OrderNotFound) }
    }
}
