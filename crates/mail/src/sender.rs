//! Sends the messages of the channel `mail`: reads the order and the address, writes the mail, and delivers it.

use doorstep_contract::Order;
use doorstep_documents::news::{News, quiet_until, still_true};
use doorstep_service::outbox::{Failure, Transport};
use doorstep_service::store::{Channel, Message};
use doorstep_service::{Error, MailOrder, Service};
use lettre::message::Mailbox;

use crate::caught::{Caught, CaughtMail};
use crate::content::{Content, Source, content};
use crate::message::{Head, mime};
use crate::smtp::{Smtp, retryable};
use crate::{html, text};

/// The shop as the sender of mails.
#[derive(Clone, Debug)]
pub struct Identity {
    from: Mailbox,
    shop: String,
    api: String,
}

impl Identity {
    /// Creates the sender. `from` is an address such as `Shop <orders@shop.example>`, `shop` the name of the shop or empty, and `api` the
    /// public address of the API. Returns an error text if `from` is not an address.
    pub fn new(from: &str, shop: &str, api: &str) -> Result<Self, String> {
        let from: Mailbox =
            from.parse().map_err(|_| format!("mails cannot be sent from {from:?}: write Shop <orders@shop.example>"))?;
        let shop = if shop.is_empty() { from.name.clone().unwrap_or_default() } else { shop.to_owned() };
        Ok(Self { from, shop, api: api.trim_end_matches('/').to_owned() })
    }

    /// Returns the address that ends the mails about an order.
    fn unsubscribe(&self, order: &MailOrder) -> String {
        format!("{}/v1/unsubscribe?order={}&token={}", self.api, order.document.id, order.mail_token)
    }
}

/// Way of a mail.
enum Delivery {
    /// To a mail server.
    Smtp(Box<Smtp>),
    /// Into the memory of the demo.
    Caught(Caught),
}

/// Sends mails to shoppers.
pub struct Mailer {
    service: Service,
    identity: Identity,
    delivery: Delivery,
}

impl Mailer {
    /// Creates the sender to a mail server.
    pub fn to_server(service: Service, identity: Identity, server: Smtp) -> Self {
        Self { service, identity, delivery: Delivery::Smtp(Box::new(server)) }
    }

    /// Creates the sender of the demo, which keeps the mails in memory.
    pub fn to_memory(service: Service, identity: Identity, caught: Caught) -> Self {
        Self { service, identity, delivery: Delivery::Caught(caught) }
    }

    /// Tries to send the next due mail. Returns false if no mail is due.
    pub async fn send_next(&self) -> Result<bool, Error> {
        self.service.send_next_message(self).await
    }

    async fn send(&self, message: &Message, address: &str, order: MailOrder, content: Content) -> Result<(), Failure> {
        let unsubscribe = self.identity.unsubscribe(&order);
        match &self.delivery {
            Delivery::Smtp(server) => {
                let head = Head {
                    from: &self.identity.from,
                    to: address,
                    id: &message.id,
                    made_at: message.made_at,
                    unsubscribe: message.case_id.is_none().then_some(&unsubscribe),
                };
                server.deliver(mime(&head, &content).map_err(permanent)?).await
            }
            Delivery::Caught(caught) => {
                caught.keep(CaughtMail {
                    id: message.id.clone(),
                    order_id: message.order_id.to_string(),
                    event: message.event.clone(),
                    made_at: message.made_at,
                    to: address.to_owned(),
                    lang: content.language.clone(),
                    subject: content.subject.clone(),
                    text: text::text(&content),
                    html: html::html(&content),
                });
                Ok(())
            }
        }
    }

    /// Writes the mail about an order. Returns None if nothing of the news is still true, and an error in the quiet hours.
    fn write(&self, news: Vec<News>, order: &MailOrder) -> Result<Option<Content>, Failure> {
        let document: Order = order.document.order().map_err(|error| permanent(error.code().to_owned()))?;
        let now = self.service.now();
        let news = still_true(news, &document, now);
        // A mail that was not accepted before is tried again at any time. The shopper sleeps all the same.
        if let Some(until) = quiet_until(&document, now).filter(|_| !news.iter().any(|fact| fact.kind.is_required())) {
            let wait_s = (until - now).num_seconds();
            return Err(Failure::Paused { reason: "it is night where the order goes".to_owned().into(), wait_s });
        }
        let unsubscribe = self.identity.unsubscribe(order);
        Ok(content(&Source {
            document: &order.document.json,
            order: &document,
            news: &news,
            declarations: &order.declarations,
            language: &order.language,
            shop: &self.identity.shop,
            link: &order.link.url,
            unsubscribe: &unsubscribe,
            // The page needs a base for addresses that are given as a path.
            api: if self.identity.api.is_empty() { "/" } else { &self.identity.api },
            now,
        }))
    }
}

fn permanent(reason: String) -> Failure {
    Failure::Permanent(reason.into())
}

impl Transport for Mailer {
    fn channel(&self) -> Channel {
        Channel::Mail
    }

    /// Sends a mail. A mail whose order is gone, whose shopper has ended the mails, or whose news is no longer true counts as sent.
    async fn deliver(&self, message: &Message, _now: i64) -> Result<(), Failure> {
        let news: Vec<News> =
            serde_json::from_str(&message.payload).map_err(|_| permanent("the message cannot be read".to_owned()))?;
        let order = self.service.mail_order(&message.order_id).await;
        let Some(order) = order.map_err(|error| retryable(error.code().to_owned().into()))? else { return Ok(()) };
        let is_required = news.iter().any(|fact| fact.kind.is_required());
        if !order.is_subscribed && !is_required {
            return Ok(());
        }
        let Some(address) = order.address.clone() else {
            return Err(permanent("the address was encrypted with another contact key".to_owned()));
        };
        match self.write(news, &order)? {
            Some(content) => self.send(message, &address, order, content).await,
            None => Ok(()),
        }
    }
}
