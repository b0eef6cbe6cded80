//! Reads an order at the current time: for the holder of a token, and for the retailer's systems.

use doorstep_contract::{Access, OrderId};
use doorstep_domain::order::limited::limited;

use crate::documents::{Document, OpenedOrder};
use crate::error::Error;
use crate::recompute::current_document;
use crate::service::Service;
use crate::token::{Grant, Scope};

impl Service {
    /// Returns the order with this id, recomputed if it is due.
    pub async fn order(&self, id: &OrderId) -> Result<Document, Error> {
        let stored = self.0.store.order(id).await?.ok_or(Error::UnknownOrder)?;
        current_document(&self.0, id, stored).await
    }

    /// Returns the order that this token opens for this scope. A token with the scope `act` gives the full document, any other
    /// token gives the limited document. If the token does not open the order, the answer is always `Error::OrderNotFound` after
    /// the same time.
    pub async fn open(&self, id: &OrderId, token: &str, scope: Scope) -> Result<OpenedOrder, Error> {
        let (document, grant) = self.document_and_grant(id, token, scope).await?;
        if grant.allows(Scope::Act) {
            return Ok(OpenedOrder { document, access: Access::Full, ends_at: grant.expires_at });
        }
        let limited = limited(&document.order()?);
        let document = Document { json: serde_json::to_string(&limited)?, ..document };
        Ok(OpenedOrder { document, access: limited.access, ends_at: grant.expires_at })
    }

    /// Checks that this token opens the order for this scope, without returning the document. Fails like [`Service::open`].
    pub async fn check_access(&self, id: &OrderId, token: &str, scope: Scope) -> Result<(), Error> {
        self.document_and_grant(id, token, scope).await.map(drop)
    }

    async fn document_and_grant(&self, id: &OrderId, token: &str, scope: Scope) -> Result<(Document, Grant), Error> {
        let grant = self.0.tokens.check(token, id, scope, self.0.now());
        // Without a valid token, an order that does not exist is read, so that the time of the answer does not reveal whether the
        // requested order exists.
        let no_id = OrderId::default();
        let read_id = if grant.is_some() { id } else { &no_id };
        let stored = self.0.store.order(read_id).await?;
        let (Some(stored), Some(grant)) = (stored, grant) else { return Err(Error::OrderNotFound) };
        if stored.epoch != grant.epoch {
            return Err(Error::OrderNotFound);
        }
        Ok((current_document(&self.0, id, stored).await?, grant))
    }
}
