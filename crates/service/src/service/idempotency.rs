//! Idempotency: the effect of a command and its answer are stored in one transaction, and a repetition of the key gets that
//! answer. Called by the handlers that write.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use doorstep_contract::{CaseMessage, CaseRating, ShopperRequest};

use super::self_service::{CaseDocument, IfMatch, RefundUpdate};
use super::{Document, Service, detached};
use crate::error::Error;
use crate::store::{Channel, Write};
use crate::token::Scope;
use doorstep_domain::case::retailer::CaseUpdate;
use doorstep_domain::new_event::NewEvent;
use doorstep_domain::new_order::NewOrder;
use doorstep_domain::returns::ReturnUpdate;
use doorstep_domain::update::Applied;

/// Identification of a repeated request: its idempotency key and a hash over everything else.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// Idempotency key.
    pub key: String,
    /// Hash over method, path, conditions and body.
    pub fingerprint: [u8; 32],
}

/// A command that is carried out once for its idempotency key.
pub enum Command {
    /// Creates an order.
    Create(NewOrder),
    /// Replaces the retailer's part of an order.
    Replace {
        /// Identity of the order.
        order_id: String,
        /// New state of the order.
        with: NewOrder,
        /// Versions that may be replaced; any version if absent.
        if_match: Option<Vec<u64>>,
    },
    /// Adds an event to a shipment.
    Event {
        /// Identity of the order.
        order_id: String,
        /// Event to add.
        event: NewEvent,
    },
    /// Sends a dead letter again.
    Resend {
        /// Identity of the message.
        id: String,
        /// Channel of the message; any channel if absent.
        channel: Option<Channel>,
    },
    /// Mints a token.
    Mint {
        /// Identity of the order.
        order_id: String,
        /// Scopes of the token.
        scopes: Vec<Scope>,
        /// Lifetime of the token.
        ttl: TimeDelta,
    },
    /// Revokes every link of an order.
    RevokeLinks {
        /// Identity of the order.
        order_id: String,
    },
    /// Carries out a self-service request of a shopper.
    Request {
        /// Identity of the order.
        order_id: String,
        /// The self-service request.
        request: Box<ShopperRequest>,
        /// Versions of the order that the request may change.
        if_match: IfMatch,
        /// Fingerprint of the token.
        by: String,
    },
    /// Adds a message of the shopper to a case.
    Message {
        /// Identity of the order.
        order_id: String,
        /// Identity of the case.
        case_id: String,
        /// Message to add.
        message: CaseMessage,
    },
    /// Stores the shopper's rating of a case.
    Rate {
        /// Identity of the order.
        order_id: String,
        /// Identity of the case.
        case_id: String,
        /// The rating.
        rating: CaseRating,
    },
    /// Applies a decision about a case.
    UpdateCase {
        /// Identity of the order.
        order_id: String,
        /// Identity of the case.
        case_id: String,
        /// The decision.
        update: CaseUpdate,
    },
    /// Applies a decision about a return.
    UpdateReturn {
        /// Identity of the order.
        order_id: String,
        /// Identity of the return.
        return_id: String,
        /// The decision.
        update: ReturnUpdate,
    },
    /// Applies a new state of a refund.
    UpdateRefund {
        /// Identity of the order.
        order_id: String,
        /// Identity of the refund.
        refund_id: String,
        /// New state of the refund.
        update: RefundUpdate,
    },
}

/// Answer to a command and to every repetition of it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Answer {
    /// The order was created.
    Created(Document),
    /// The order was changed.
    Order(Document),
    /// The dead letter waits to be sent again.
    Resent {
        /// Identity of the message.
        id: String,
    },
    /// Every link that existed was revoked.
    Revoked {
        /// Identity of the order.
        order_id: String,
        /// Epoch of the links from now on.
        epoch: u32,
    },
    /// The case was opened.
    Opened(CaseDocument),
    /// The case was changed.
    Case(CaseDocument),
    /// Contents of a token. The token itself is never stored; the same contents always give the same token.
    Token {
        /// Identity of the order.
        order_id: String,
        /// Scopes of the token.
        scopes: Vec<Scope>,
        /// Expiry in seconds since the Unix epoch.
        expires_at: i64,
        /// Epoch of the order's links that the token belongs to.
        #[serde(default)]
        epoch: u32,
    },
}

impl Answer {
    /// Returns the identity of the order that the answer is about; None for a message.
    fn order_id(&self) -> Option<&str> {
        match self {
            Self::Created(document) | Self::Order(document) => Some(&document.id),
            Self::Opened(case) | Self::Case(case) => Some(&case.order_id),
            Self::Revoked { order_id, .. } | Self::Token { order_id, .. } => Some(order_id),
            Self::Resent { .. } => None,
        }
    }
}

/// Idempotency keys of running requests.
#[derive(Clone, Default)]
pub(super) struct Running(Arc<Mutex<HashSet<String>>>);

pub(super) struct Turn(Running, String);

impl Running {
    pub(super) fn enter(&self, key: &str) -> Option<Turn> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.to_owned()).then(|| Turn(self.clone(), key.to_owned()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

impl Service {
    /// Carries out the command once for its idempotency key. A command that fails has no effect and may be repeated.
    pub async fn execute(&self, idempotency: IdempotencyKey, command: Command) -> Result<Answer, Error> {
        let turn = self.0.running.enter(&idempotency.key).ok_or(Error::IdempotencyInProgress)?;
        let service = self.clone();
        detached(async move {
            let _turn = turn;
            let mut write = service.0.store.begin().await?;
            if let Some((fingerprint, answer)) = write.answer(&idempotency.key).await? {
                let same = fingerprint == idempotency.fingerprint;
                return if same { Ok(serde_json::from_str(&answer)?) } else { Err(Error::IdempotencyKeyReused) };
            }
            if write.answer(&service.scrubbed_key(&idempotency.key)).await?.is_some() {
                return Err(Error::OrderErased);
            }
            let answer = service.perform(&mut write, command).await?;
            let text = serde_json::to_string(&answer)?;
            let key = (idempotency.key.as_str(), answer.order_id());
            write.keep_answer(key, &idempotency.fingerprint, &text, service.now().timestamp()).await?;
            write.commit().await?;
            match &answer {
                Answer::Created(document) | Answer::Order(document) => {
                    service.0.changes.announce(&document.id, document.version);
                }
                Answer::Opened(case) | Answer::Case(case) => service.0.changes.announce(&case.order_id, case.version),
                Answer::Revoked { order_id, .. } => service.0.changes.end(order_id),
                Answer::Resent { .. } | Answer::Token { .. } => {}
            }
            Ok(answer)
        })
        .await
    }

    /// Returns the token that an answer describes.
    pub fn minted_again(&self, order_id: &str, scopes: &[Scope], expires_at: i64, epoch: u32) -> Result<super::Minted, Error> {
        let expires_at: DateTime<Utc> =
            DateTime::from_timestamp(expires_at, 0).ok_or_else(|| Error::Internal("a stored expiry is none".to_owned()))?;
        Ok(self.minted(order_id, scopes, expires_at, epoch))
    }

    async fn perform(&self, write: &mut Write, command: Command) -> Result<Answer, Error> {
        match command {
            Command::Create(order) => self.create(write, order).await.map(Answer::Created),
            Command::Replace { order_id, with, if_match } => {
                self.replace(write, &order_id, with, if_match.as_deref()).await.map(Answer::Order)
            }
            Command::Event { order_id, event } => {
                let (shipment_id, update) = event.into_update(self.now())?;
                match self.update(write, &order_id, &shipment_id, &update).await? {
                    (Applied::Changed | Applied::Noted | Applied::Unchanged, document) => Ok(Answer::Order(document)),
                    (Applied::NoSuchShipment, _) => Err(Error::field("/shipment_id", "unknown")),
                }
            }
            Command::Resend { id, channel } => self.resend(write, &id, channel).await,
            Command::Request { order_id, request, if_match, by } => {
                self.request(write, &order_id, *request, &if_match, &by).await.map(Answer::Opened)
            }
            Command::Message { order_id, case_id, message } => {
                self.message(write, (&order_id, &case_id), message).await.map(Answer::Case)
            }
            Command::Rate { order_id, case_id, rating } => {
                self.rate(write, (&order_id, &case_id), rating).await.map(Answer::Case)
            }
            Command::UpdateCase { order_id, case_id, update } => {
                self.update_case(write, (&order_id, &case_id), &update).await.map(Answer::Case)
            }
            Command::UpdateReturn { order_id, return_id, update } => {
                self.decide_return(write, (&order_id, &return_id), &update).await.map(Answer::Order)
            }
            Command::UpdateRefund { order_id, refund_id, update } => {
                self.update_refund(write, (&order_id, &refund_id), &update).await.map(Answer::Order)
            }
            Command::RevokeLinks { order_id } => self.revoke_links(write, &order_id).await,
            Command::Mint { order_id, scopes, ttl } => {
                let epoch = write.order(&order_id).await?.ok_or(Error::UnknownOrder)?.epoch;
                Ok(Answer::Token { order_id, scopes, expires_at: self.expiry(ttl)?.timestamp(), epoch })
            }
        }
    }
}
