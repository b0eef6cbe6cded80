//! Reads what a mail to a shopper is written from, at the time at which it is sent.

use std::collections::BTreeMap;

use doorstep_contract::{CaseId, OrderId, ShopperRequest};

use crate::documents::{Document, Minted};
use crate::error::Error;
use crate::service::Service;
use crate::stored_order::parse;
use crate::token::Scope;

/// An order with the contact of its shopper.
#[derive(Clone, Debug, PartialEq)]
pub struct MailOrder {
    /// The order, brought up to the current time.
    pub document: Document,
    /// E-mail address, or None if it was encrypted with another key.
    pub address: Option<String>,
    /// BCP 47 tag of the language of the mails; empty if the order names none.
    pub language: String,
    /// True if the shopper has not ended the mails.
    pub is_subscribed: bool,
    /// Link that opens the order with all rights of the shopper.
    pub link: Minted,
    /// Token of the links that end the mails.
    pub mail_token: String,
    /// Declarations of shoppers with their requests, by the id of the case.
    pub declarations: BTreeMap<CaseId, Declaration>,
}

/// Declaration of a shopper with a request, as far as the order document does not have it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declaration {
    /// Name of the shopper.
    pub name: Option<String>,
    /// The shopper's own words.
    pub note: Option<String>,
}

impl Declaration {
    fn of(request: &ShopperRequest) -> Self {
        Self { name: request.answers.get("name").cloned(), note: request.note.clone() }
    }
}

impl Service {
    /// Returns an order with the contact of its shopper and a new link. Returns None if the order is gone, has no contact, or if no mails
    /// are configured.
    pub async fn mail_order(&self, order_id: &OrderId) -> Result<Option<MailOrder>, Error> {
        let Some(mails) = &self.0.mails else { return Ok(None) };
        let document = match self.order(order_id).await {
            Ok(document) => document,
            Err(Error::UnknownOrder) => return Ok(None),
            Err(error) => return Err(error),
        };
        let (contact, stored) = (self.0.store.contact(order_id).await?, self.0.store.order(order_id).await?);
        let (Some(contact), Some(stored)) = (contact, stored) else { return Ok(None) };
        let cases = parse(&stored)?.private.cases;
        let expires_at = self.0.expires_after(mails.link_ttl)?;
        Ok(Some(MailOrder {
            document,
            address: mails.cipher.open(order_id, &contact.address),
            language: contact.language,
            is_subscribed: contact.unsubscribed_at.is_none(),
            link: self.0.mint(order_id, &[Scope::Read, Scope::Act], expires_at, stored.epoch),
            mail_token: self.0.tokens.mint_mail_token(order_id),
            declarations: cases.iter().map(|(id, case)| (id.clone(), Declaration::of(&case.request))).collect(),
        }))
    }
}
