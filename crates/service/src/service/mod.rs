//! Commands and queries of the backend, for all callers: the API, provider webhooks, the demo. Every effect is one write
//! transaction, announced after its commit. Contains neither HTTP nor rules about parcels; the rules are in the domain.

#[cfg(test)]
mod earlier_tests;
mod effects;
mod erasure;
mod evidence;
mod finding;
mod helpdesk_ticket;
mod idempotency;
mod learning;
mod lookup;
#[cfg(test)]
mod lookup_tests;
#[cfg(test)]
mod noted_tests;
#[cfg(test)]
mod number_tests;
mod order_webhooks;
mod outbox;
mod restore;
mod returns;
mod self_service;
mod settling;
mod stored;
#[cfg(test)]
mod stored_tests;
mod unmatched;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

use crate::changes::{Changes, Listener};
use crate::clock::Clock;
use crate::error::Error;
use crate::settings::Settings;
use crate::store::{Kind, Store, Stored};
use crate::token::{Scope, Tokens};
use doorstep_domain::case::retailer::CaseUpdate;
use doorstep_domain::limited::limited;
use doorstep_domain::new_order::NewOrder;
use doorstep_domain::policy::Policy;
use doorstep_domain::tracking::TransitStatistics;
use doorstep_domain::update::{Applied, TrackingUpdate};
use doorstep_providers::Delivery;

pub use effects::Tally;
pub use erasure::ErasedBy;
pub use finding::Search;
pub use idempotency::{Answer, Command, IdempotencyKey};
pub use lookup::{Proof, proof_of};
pub use self_service::{CaseDocument, IfMatch, RefundUpdate};

/// An order document, serialized for a response.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Document {
    /// Identity of the order.
    pub id: String,
    /// Version of the order.
    pub version: u64,
    /// Document as JSON on one line.
    pub json: String,
}

impl Document {
    /// Returns the order that the document describes.
    pub fn order(&self) -> Result<doorstep_contract::Order, Error> {
        Ok(serde_json::from_str(&self.json)?)
    }

    fn new(id: &str, stored: Stored) -> Self {
        Self { id: id.to_owned(), version: stored.version, json: stored.document }
    }
}

/// An order as the holder of a token may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Document, limited if the token is limited.
    pub document: Document,
    /// Extent of the document: full or limited.
    pub access: doorstep_contract::Access,
    /// Time at which the token expires.
    pub ends_at: DateTime<Utc>,
}

impl Opened {
    /// Returns the tag that identifies exactly this document: its version, with a suffix if it is limited.
    pub fn tag(&self) -> String {
        let version = self.document.version;
        if self.access == doorstep_contract::Access::Full { version.to_string() } else { format!("{version}-limited") }
    }
}

/// A capability token with the data that the shopper needs to use it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Minted {
    /// Token for `Authorization: Bearer`.
    pub token: String,
    /// Time at which the token expires.
    pub expires_at: doorstep_contract::Timestamp,
    /// Address of the page that shows the order, with the token in the fragment.
    pub url: String,
}

/// The service of the application. Cloning it is cheap; all clones share one state.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    store: Store,
    changes: Changes,
    clock: Clock,
    tokens: Tokens,
    pepper: [u8; 32],
    order_page_url: String,
    lookup_token_ttl: TimeDelta,
    policy: Policy,
    running: idempotency::Running,
    darkroom: evidence::PhotoPipeline,
    usual: RwLock<BTreeMap<String, TransitStatistics>>,
    posted: outbox::Posted,
    unsettled: settling::Unsettled,
    has_helpdesk: bool,
    has_webhook: bool,
    public_url: String,
    /// Retention time of finished orders; they are kept for ever if absent.
    retain: Option<TimeDelta>,
    /// True while the write-ahead log may still contain erased data.
    log_to_forget: AtomicBool,
}

impl Service {
    /// Returns the service with these settings on this store.
    pub fn new(settings: Settings, store: Store, clock: Clock) -> Self {
        let pepper = settings.lookup_pepper.as_ref().unwrap_or(&settings.secret);
        Self(Arc::new(Inner {
            store,
            changes: Changes::default(),
            clock,
            tokens: Tokens::new(&settings.secret),
            pepper: crate::token::derive(pepper, b"doorstep look-up v1"),
            order_page_url: settings.order_page_url,
            lookup_token_ttl: settings.lookup_token_ttl,
            policy: settings.policy,
            running: idempotency::Running::default(),
            darkroom: evidence::PhotoPipeline::default(),
            usual: RwLock::default(),
            posted: outbox::Posted::default(),
            unsettled: settling::Unsettled::default(),
            has_helpdesk: settings.has_helpdesk,
            has_webhook: settings.has_order_webhook,
            public_url: settings.public_url,
            retain: settings.retain,
            // An earlier process may have ended before the log was emptied.
            log_to_forget: AtomicBool::new(true),
        }))
    }

    /// Returns the current time of the service's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Returns the self-service policy.
    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    /// Returns the order of this identity, settled if it is due.
    pub async fn order(&self, id: &str) -> Result<Document, Error> {
        let stored = self.0.store.order(id).await?.ok_or(Error::UnknownOrder)?;
        self.up_to_date(id, stored).await
    }

    /// Returns the order that this token opens for this scope: the full document with `act`, the limited one without. Every
    /// failure has the same answer and takes the same time.
    pub async fn open(&self, id: &str, token: &str, scope: Scope) -> Result<Opened, Error> {
        let grant = self.0.tokens.check(token, id, scope, self.now());
        // Without a valid token, an order that does not exist is read, so that the time of the answer does not reveal the
        // existence of this one.
        let asked_for = if grant.is_some() { id } else { "" };
        let stored = self.0.store.order(asked_for).await?;
        let (Some(stored), Some(grant)) = (stored, grant) else { return Err(Error::OrderNotFound) };
        if stored.epoch != grant.epoch {
            return Err(Error::OrderNotFound);
        }
        let document = self.up_to_date(id, stored).await?;
        if grant.allows(Scope::Act) {
            return Ok(Opened { document, access: doorstep_contract::Access::Full, ends_at: grant.expires_at });
        }
        let limited = limited(&document.order()?);
        let document = Document { json: serde_json::to_string(&limited)?, ..document };
        Ok(Opened { document, access: limited.access, ends_at: grant.expires_at })
    }

    /// Returns a listener for changes from now on.
    pub fn listen(&self) -> Listener {
        self.0.changes.listen()
    }

    /// Creates an order.
    pub async fn create_order(&self, order: NewOrder) -> Result<Document, Error> {
        let mut write = self.0.store.begin().await?;
        let document = self.create(&mut write, order).await?;
        write.commit().await?;
        self.0.changes.announce(&document.id, document.version);
        Ok(document)
    }

    /// Replaces the retailer's part of an order.
    pub async fn replace_order(&self, id: &str, with: NewOrder) -> Result<Document, Error> {
        let mut write = self.0.store.begin().await?;
        let document = self.replace(&mut write, id, with, None).await?;
        write.commit().await?;
        self.0.changes.announce(&document.id, document.version);
        Ok(document)
    }

    /// Applies an update to a shipment. Returns its effect and the resulting version of the order.
    pub async fn apply_update(
        &self,
        order_id: &str,
        shipment_id: &str,
        update: &TrackingUpdate,
    ) -> Result<(Applied, u64), Error> {
        let mut write = self.0.store.begin().await?;
        let (applied, document) = self.update(&mut write, order_id, shipment_id, update).await?;
        if matches!(applied, Applied::Changed | Applied::Noted) {
            write.commit().await?;
        }
        if applied == Applied::Changed {
            self.0.changes.announce(&document.id, document.version);
        }
        Ok((applied, document.version))
    }

    /// Applies a decision of the retailer's staff about a case.
    pub async fn decide(&self, order_id: &str, case_id: &str, update: &CaseUpdate) -> Result<CaseDocument, Error> {
        let mut write = self.0.store.begin().await?;
        let case = self.update_case(&mut write, (order_id, case_id), update).await?;
        write.commit().await?;
        self.0.changes.announce(&case.order_id, case.version);
        Ok(case)
    }

    /// Applies the deliveries of a provider. All of them are applied or none, so that the provider repeats all of them. A
    /// delivery about a number that no order has is accepted and counted.
    pub async fn deliveries(&self, deliveries: Vec<Delivery>) -> Result<Tally, Error> {
        let service = self.clone();
        detached(async move {
            let mut write = service.0.store.begin().await?;
            let (tally, changed) = service.deliver(&mut write, &deliveries).await?;
            write.commit().await?;
            changed.iter().for_each(|(order_id, version)| service.0.changes.announce(order_id, *version));
            Ok(tally)
        })
        .await
    }

    /// Mints a token for an existing order.
    pub async fn mint_token(&self, order_id: &str, scopes: &[Scope], ttl: TimeDelta) -> Result<Minted, Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        Ok(self.minted(order_id, scopes, self.expiry(ttl)?, stored.epoch))
    }

    /// Returns an error if the store does not answer.
    pub async fn ready(&self) -> Result<(), Error> {
        self.0.store.ping().await.map_err(|error| {
            tracing::error!(%error, "the store does not answer");
            Error::NotReady
        })
    }

    /// Returns true if demo orders may be put into the store.
    pub fn is_for_demo(&self) -> bool {
        self.0.store.kind() == Kind::Demo
    }

    /// Waits for running writes and closes the store.
    pub async fn close(&self) {
        self.0.store.close().await;
    }

    /// Returns the time after `ttl` from now, in whole seconds.
    fn expiry(&self, ttl: TimeDelta) -> Result<DateTime<Utc>, Error> {
        let at = self.now().checked_add_signed(ttl).and_then(|at| DateTime::from_timestamp(at.timestamp(), 0));
        at.ok_or_else(|| Error::Internal("a token would end beyond the calendar".to_owned()))
    }

    pub(crate) fn minted(&self, order_id: &str, scopes: &[Scope], expires_at: DateTime<Utc>, epoch: u32) -> Minted {
        let token = self.0.tokens.mint(order_id, scopes, expires_at, epoch);
        let url = format!("{}#doorstep={order_id}/{token}", self.0.order_page_url);
        Minted { token, expires_at: expires_at.into(), url }
    }
}

/// Runs the work to its end even if the caller disconnects, so that every committed change is also announced.
async fn detached<T: Send + 'static>(work: impl Future<Output = Result<T, Error>> + Send + 'static) -> Result<T, Error> {
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(error) => Err(Error::Internal(format!("task: {error}"))),
    }
}
