//! Every failure of a command, a query or background work. A variant contains only what the caller may know; the backend defines
//! texts and HTTP statuses. Details that could help an attacker stay in [`Error::internal_detail`], which is for the logs only.

use std::fmt::{Display, Formatter};

use doorstep_contract::{Action, FieldProblem, Slot};
use doorstep_media::Refused;

/// Failure of a command, a query or background work.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The order does not exist, or the request has no valid token that allows the access to this order. The answer is the same
    /// in all cases.
    OrderNotFound,
    /// The retailer's systems named an order that does not exist.
    UnknownOrder,
    /// Order number and proof do not belong together. The answer is the same for every wrong number and every wrong proof.
    LookupFailed,
    /// There is no such message, or it is not a dead letter.
    UnknownMessage,
    /// There is no such photo.
    EvidenceNotFound,
    /// The file is not a photo of an accepted type.
    EvidenceType,
    /// The photo is damaged.
    EvidenceUnreadable,
    /// The photo has too many pixels.
    EvidenceTooManyPixels,
    /// The order has the maximum number of photos, or the photo would exceed the maximum total size.
    EvidenceQuota,
    /// There is no such return.
    UnknownReturn,
    /// There is no such return, or the return has no label in the requested format that can still be used.
    LabelNotFound,
    /// Fields of the command are invalid.
    Invalid(Vec<FieldProblem>),
    /// The idempotency key was used for a different request.
    IdempotencyKeyReused,
    /// The first request with this idempotency key is still running.
    IdempotencyInProgress,
    /// An order with this id exists.
    OrderExists,
    /// The order of the first request with this idempotency key has been erased.
    OrderErased,
    /// The order has changed since it was read.
    Stale {
        /// Current version of the order.
        version: u64,
        /// Current order document as JSON.
        document: String,
    },
    /// The command needs an expected version of the order, and the request names none.
    IfMatchMissing,
    /// The self-service action is not available now. Contains its current state.
    ActionUnavailable(Box<Action>),
    /// The slot is taken. Contains the slots that are free.
    SlotTaken(Vec<Slot>),
    /// The order has no such shipment.
    ShipmentNotFound,
    /// The order has no such case.
    CaseNotFound,
    /// The order has no such refund.
    UnknownRefund,
    /// The case accepts no more messages.
    CaseClosed,
    /// No rating was asked for, or it was given already.
    FeedbackNotAsked,
    /// Too many requests for one order. Contains the seconds to wait.
    TooManyRequests(u64),
    /// The service cannot answer at the moment.
    NotReady,
    /// Internal error. The reason is for the logs only.
    Internal(String),
}

impl Error {
    /// Returns the error of one invalid field, named by its JSON pointer.
    pub fn field(pointer: &str, code: &str) -> Self {
        Self::Invalid(vec![FieldProblem { pointer: pointer.to_owned(), code: code.to_owned() }])
    }

    /// Returns the stable code of the error, for problems, logs and metrics.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OrderNotFound => "order-not-found",
            Self::UnknownOrder => "unknown-order",
            Self::LookupFailed => "lookup-failed",
            Self::UnknownMessage => "unknown-message",
            Self::EvidenceNotFound => "evidence-not-found",
            Self::EvidenceType => "evidence-type",
            Self::EvidenceUnreadable => "evidence-unreadable",
            Self::EvidenceTooManyPixels => "evidence-too-many-pixels",
            Self::EvidenceQuota => "evidence-quota",
            Self::UnknownReturn => "return-not-found",
            Self::LabelNotFound => "label-not-found",
            Self::Invalid(_) => "invalid-body",
            Self::IdempotencyKeyReused => "idempotency-key-reused",
            Self::IdempotencyInProgress => "idempotency-in-progress",
            Self::OrderExists => "order-exists",
            Self::OrderErased => "order-erased",
            Self::Stale { .. } => "stale",
            Self::IfMatchMissing => "if-match-missing",
            Self::ActionUnavailable(_) => "action-unavailable",
            Self::SlotTaken(_) => "slot-taken",
            Self::ShipmentNotFound => "shipment-not-found",
            Self::CaseNotFound => "case-not-found",
            Self::UnknownRefund => "refund-not-found",
            Self::CaseClosed => "case-closed",
            Self::FeedbackNotAsked => "feedback-not-asked",
            Self::TooManyRequests(_) => "too-many-requests",
            Self::NotReady => "not-ready",
            Self::Internal(_) => "internal",
        }
    }

    /// Returns true if the same request may succeed a little later without being changed.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::IdempotencyInProgress | Self::TooManyRequests(_) | Self::NotReady)
    }

    /// Returns the detail that only the logs may contain.
    pub fn internal_detail(&self) -> Option<&str> {
        if let Self::Internal(detail) = self { Some(detail) } else { None }
    }
}

impl Display for Error {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.code())
    }
}

impl std::error::Error for Error {}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(format!("store: {error}"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("document: {error}"))
    }
}

impl From<doorstep_domain::order::new_order::Invalid> for Error {
    fn from(invalid: doorstep_domain::order::new_order::Invalid) -> Self {
        Self::Invalid(invalid.errors)
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Type => Self::EvidenceType,
            Refused::Unreadable => Self::EvidenceUnreadable,
            Refused::TooManyPixels => Self::EvidenceTooManyPixels,
        }
    }
}
