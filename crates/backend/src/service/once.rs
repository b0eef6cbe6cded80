//! Idempotency: the effect of a command and its answer are one transaction; the same key again gets the same answer. Called by the
//! admin handlers.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use doorstep_core::wire::{CaseMessage, CaseRating, ShopperRequest};

use super::self_service::{CaseDocument, IfMatch, RefundUpdate};
use super::{Document, Service, detached};
use crate::domain::case::retailer::CaseUpdate;
use crate::domain::new_event::NewEvent;
use crate::domain::new_order::NewOrder;
use crate::domain::returns::ReturnUpdate;
use crate::domain::update::Applied;
use crate::problem::Problem;
use crate::store::{Channel, Write};
use crate::token::Scope;

/// What makes a request the same request: its key, and a hash over everything else.
#[derive(Clone, Debug)]
pub struct Once {
    /// The idempotency key.
    pub key: String,
    /// Over method, path, conditions and body.
    pub fingerprint: [u8; 32],
}

/// What the retailer's systems can ask for.
pub enum Command {
    /// A new order.
    Create(NewOrder),
    /// Another state of an order.
    Replace {
        /// The order.
        order_id: String,
        /// Its new state.
        with: NewOrder,
        /// The versions that it may replace; any where absent.
        if_match: Option<Vec<u64>>,
    },
    /// An event of a shipment.
    Event {
        /// The order.
        order_id: String,
        /// The event.
        event: NewEvent,
    },
    /// A message that was put aside is tried again.
    Resend {
        /// The message.
        id: String,
        /// Its channel; any where absent.
        channel: Option<Channel>,
    },
    /// A token.
    Mint {
        /// The order.
        order_id: String,
        /// What it allows.
        scopes: Vec<Scope>,
        /// How long it lives.
        ttl: TimeDelta,
    },
    /// Every link of an order ends.
    RevokeLinks {
        /// The order.
        order_id: String,
    },
    /// What a shopper asks for.
    Request {
        /// The order.
        order_id: String,
        /// The request.
        request: Box<ShopperRequest>,
        /// The versions that it may change.
        if_match: IfMatch,
        /// A fingerprint of the token.
        by: String,
    },
    /// What a shopper adds to a case.
    Message {
        /// The order.
        order_id: String,
        /// The case.
        case_id: String,
        /// The words.
        message: CaseMessage,
    },
    /// How a shopper rates a case.
    Rate {
        /// The order.
        order_id: String,
        /// The case.
        case_id: String,
        /// The rating.
        rating: CaseRating,
    },
    /// What becomes of a case.
    UpdateCase {
        /// The order.
        order_id: String,
        /// The case.
        case_id: String,
        /// The decision.
        update: CaseUpdate,
    },
    /// What becomes of a return.
    UpdateReturn {
        /// The order.
        order_id: String,
        /// The return.
        return_id: String,
        /// The decision.
        update: ReturnUpdate,
    },
    /// What became of a refund.
    UpdateRefund {
        /// The order.
        order_id: String,
        /// The refund.
        refund_id: String,
        /// The news.
        update: RefundUpdate,
    },
}

/// What is answered, now and to every repetition.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Answer {
    /// The order was created.
    Created(Document),
    /// The order is now like this.
    Order(Document),
    /// The message waits again.
    Resent {
        /// The message.
        id: String,
    },
    /// Every link that was given out ends.
    Revoked {
        /// The order.
        order_id: String,
        /// The epoch of the links from now on.
        epoch: u32,
    },
    /// The case was opened.
    Opened(CaseDocument),
    /// The case is now like this.
    Case(CaseDocument),
    /// What a token is made of; the token itself is never stored, it comes out the same every time.
    Token {
        /// The order.
        order_id: String,
        /// What it allows.
        scopes: Vec<Scope>,
        /// When it ends, in seconds.
        expires_at: i64,
        /// The epoch of the order's links that it belongs to.
        #[serde(default)]
        epoch: u32,
    },
}

impl Answer {
    /// The order that it is about.
    fn order_id(&self) -> Option<&str> {
        match self {
            Self::Created(document) | Self::Order(document) => Some(&document.id),
            Self::Opened(case) | Self::Case(case) => Some(&case.order_id),
            Self::Revoked { order_id, .. } | Self::Token { order_id, .. } => Some(order_id),
            Self::Resent { .. } => None,
        }
    }
}

/// Keys of requests that are running.
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
    /// Does what the command says, once for its key. A command that fails has had no effect and may be tried again.
    pub async fn once(&self, once: Once, command: Command) -> Result<Answer, Problem> {
        let turn = self.0.running.enter(&once.key).ok_or(Problem::IdempotencyInProgress)?;
        let service = self.clone();
        detached(async move {
            let _turn = turn;
            let mut write = service.0.store.begin().await?;
            if let Some((fingerprint, answer)) = write.answer(&once.key).await? {
                let same = fingerprint == once.fingerprint;
                return if same { Ok(serde_json::from_str(&answer)?) } else { Err(Problem::IdempotencyKeyReused) };
            }
            if write.answer(&service.scrubbed_key(&once.key)).await?.is_some() {
                return Err(Problem::OrderErased);
            }
            let answer = service.perform(&mut write, command).await?;
            let text = serde_json::to_string(&answer)?;
            let key = (once.key.as_str(), answer.order_id());
            write.keep_answer(key, &once.fingerprint, &text, service.now().timestamp()).await?;
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

    /// The token that an answer describes.
    pub fn minted_again(&self, order_id: &str, scopes: &[Scope], expires_at: i64, epoch: u32) -> Result<super::Minted, Problem> {
        let expires_at: DateTime<Utc> =
            DateTime::from_timestamp(expires_at, 0).ok_or_else(|| Problem::Internal("a stored expiry is none".to_owned()))?;
        Ok(self.minted(order_id, scopes, expires_at, epoch))
    }

    async fn perform(&self, write: &mut Write, command: Command) -> Result<Answer, Problem> {
        match command {
            Command::Create(order) => self.create(write, order).await.map(Answer::Created),
            Command::Replace { order_id, with, if_match } => {
                self.replace(write, &order_id, with, if_match.as_deref()).await.map(Answer::Order)
            }
            Command::Event { order_id, event } => {
                let (shipment_id, update) = event.into_update(self.now())?;
                match self.update(write, &order_id, &shipment_id, &update).await? {
                    (Applied::Changed | Applied::Noted | Applied::Unchanged, document) => Ok(Answer::Order(document)),
                    (Applied::NoSuchShipment, _) => Err(Problem::field("/shipment_id", "unknown")),
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
                let epoch = write.order(&order_id).await?.ok_or(Problem::UnknownOrder)?.epoch;
                Ok(Answer::Token { order_id, scopes, expires_at: self.expiry(ttl)?.timestamp(), epoch })
            }
        }
    }
}
