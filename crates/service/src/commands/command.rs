//! The commands that are carried out once for their idempotency key, and their answers. The variants of [`Answer`] and their
//! fields are stored with the key, so they must not be renamed.

use chrono::TimeDelta;
use doorstep_contract::{CaseMessage, CaseRating, OrderId, ShopperRequest};
use doorstep_domain::order::new_order::NewOrder;
use doorstep_domain::self_service::case::retailer::CaseUpdate;
use doorstep_domain::self_service::if_match::IfMatch;
use doorstep_domain::self_service::refund_update::RefundUpdate;
use doorstep_domain::self_service::returns::ReturnUpdate;
use doorstep_domain::tracking::new_event::NewEvent;

use crate::documents::{CaseDocument, Document};
use crate::refs::{CaseRef, RefundRef, ReturnRef};
use crate::store::Channel;
use crate::token::Scope;

/// A command that is carried out once for its idempotency key.
pub enum Command {
    /// Creates an order.
    Create(NewOrder),
    /// Replaces the retailer's part of an order.
    Replace {
        /// Id of the order.
        order_id: OrderId,
        /// New state of the order.
        with: NewOrder,
        /// Versions that may be replaced; any version if absent.
        if_match: Option<Vec<u64>>,
    },
    /// Adds an event to a shipment.
    Event {
        /// Id of the order.
        order_id: OrderId,
        /// Event to add.
        event: NewEvent,
    },
    /// Sends a dead letter again.
    Resend {
        /// Id of the message.
        id: String,
        /// Channel of the message; any channel if absent.
        channel: Option<Channel>,
    },
    /// Mints a token.
    Mint {
        /// Id of the order.
        order_id: OrderId,
        /// Scopes of the token.
        scopes: Vec<Scope>,
        /// Lifetime of the token.
        ttl: TimeDelta,
    },
    /// Revokes every link of an order.
    RevokeLinks {
        /// Id of the order.
        order_id: OrderId,
    },
    /// Carries out a self-service request of a shopper.
    Request(Box<SelfServiceRequest>),
    /// Adds a message of the shopper to a case.
    Message {
        /// The case.
        case: CaseRef,
        /// Message to add.
        message: CaseMessage,
    },
    /// Stores the shopper's rating of a case.
    Rate {
        /// The case.
        case: CaseRef,
        /// The rating.
        rating: CaseRating,
    },
    /// Applies a decision about a case.
    UpdateCase {
        /// The case.
        case: CaseRef,
        /// The decision.
        update: CaseUpdate,
    },
    /// Applies a decision about a return.
    UpdateReturn {
        /// The return.
        of: ReturnRef,
        /// The decision.
        update: ReturnUpdate,
    },
    /// Applies a new state of a refund.
    UpdateRefund {
        /// The refund.
        refund: RefundRef,
        /// New state of the refund.
        update: RefundUpdate,
    },
}

/// A self-service request of a shopper about an order.
pub struct SelfServiceRequest {
    /// Id of the order.
    pub order_id: OrderId,
    /// The request.
    pub request: ShopperRequest,
    /// Versions of the order that the request may change.
    pub if_match: IfMatch,
    /// Fingerprint of the token that the shopper sent.
    pub by: String,
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
        /// Id of the message.
        id: String,
    },
    /// Every link that existed was revoked.
    Revoked {
        /// Id of the order.
        order_id: OrderId,
        /// Epoch of the links from now on.
        epoch: u32,
    },
    /// The case was opened.
    Opened(CaseDocument),
    /// The case was changed.
    Case(CaseDocument),
    /// Contents of a token. The token itself is never stored; the same contents always give the same token.
    Token {
        /// Id of the order.
        order_id: OrderId,
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
    /// Returns the id of the order that the answer is about, or None for the answer about a dead letter.
    pub(super) fn order_id(&self) -> Option<&OrderId> {
        match self {
            Self::Created(document) | Self::Order(document) => Some(&document.id),
            Self::Opened(case) | Self::Case(case) => Some(&case.order_id),
            Self::Revoked { order_id, .. } | Self::Token { order_id, .. } => Some(order_id),
            Self::Resent { .. } => None,
        }
    }
}
