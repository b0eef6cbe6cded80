//! Every way in which a request can fail, and its answer: problem details (RFC 9457) with a stable code.
//!
//! Details that could help an attacker stay in the logs. A handler returns a problem as an extension of the response. The
//! outermost layer ([`crate::telemetry`]) knows the identity of the request and writes the body. Raised by the service and the
//! API.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use doorstep_contract::{self, FieldProblem};

/// Failure of a request.
#[derive(Clone, Debug)]
pub enum Problem {
    /// The path does not exist.
    NoSuchRoute,
    /// The path exists, but not with this method.
    MethodNotAllowed,
    /// The order does not exist, or the token is missing, expired or for another order. The answer is the same in all cases.
    OrderNotFound,
    /// The retailer's systems asked for an order that does not exist.
    UnknownOrder,
    /// Number and proof do not belong together. The answer is the same for every wrong number and every wrong proof.
    LookupFailed,
    /// The admin key is missing or wrong.
    Unauthorized,
    /// The signature of a webhook is missing or wrong.
    BadSignature,
    /// The signature of a webhook is too old.
    StaleDelivery,
    /// There is no provider of this name.
    UnknownProvider,
    /// The body of a webhook is not as the provider documents it. The reason is for the logs only.
    UnreadableDelivery(String),
    /// The body is not JSON.
    MalformedJson,
    /// The body is incomplete.
    BodyIncomplete,
    /// The body took too long to arrive.
    BodyTooSlow,
    /// The type of the body is not JSON.
    UnsupportedMediaType,
    /// The body is longer than this many bytes.
    TooLarge(usize),
    /// There is no such message, or it is not a dead letter.
    UnknownMessage,
    /// There is no such photo.
    EvidenceNotFound,
    /// The photo is larger than this many bytes.
    EvidenceTooLarge(usize),
    /// The file is not a photo of an accepted type.
    EvidenceType,
    /// The photo is damaged.
    EvidenceUnreadable,
    /// The photo has too many pixels.
    EvidenceTooManyPixels,
    /// The order has the maximum number or size of photos.
    EvidenceQuota,
    /// There is no such return.
    UnknownReturn,
    /// There is no such return, or it has no label.
    LabelNotFound,
    /// A label is not available in any of the requested types.
    NotAcceptable,
    /// Fields of the body are invalid.
    Invalid(Vec<FieldProblem>),
    /// The idempotency key of a write is missing or invalid.
    IdempotencyKeyMissing,
    /// The idempotency key was used for a different request.
    IdempotencyKeyReused,
    /// The first request with this idempotency key is still running.
    IdempotencyInProgress,
    /// An order with this identity exists.
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
    /// A write that depends on the current order has no `If-Match`.
    IfMatchMissing,
    /// The token allows only to read the order.
    ActNotAllowed,
    /// The self-service action is not available now; its current state.
    ActionUnavailable(Box<doorstep_contract::Action>),
    /// The slot is taken; the slots that are free.
    SlotTaken(Vec<doorstep_contract::Slot>),
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
    /// Too many attempts; the seconds to wait.
    TooManyRequests(u64),
    /// Too many open streams.
    TooManyStreams,
    /// Too many simultaneous photo uploads.
    TooManyUploads,
    /// The backend cannot serve at the moment.
    NotReady,
    /// Internal error. The reason is for the logs only.
    Internal(String),
}

/// Value of `Retry-After` for a stream, in seconds.
const STREAM_RETRY_S: u64 = 30;
/// Value of `Retry-After` for a photo upload, in seconds.
const UPLOAD_RETRY_S: u64 = 5;

impl Problem {
    /// Returns the problem of one invalid field.
    pub fn field(pointer: &str, code: &str) -> Self {
        Self::Invalid(vec![FieldProblem { pointer: pointer.to_owned(), code: code.to_owned() }])
    }

    /// Returns the status, the stable code, the title and the public detail.
    fn words(&self) -> (StatusCode, &'static str, &'static str, Option<&'static str>) {
        use StatusCode as S;
        match self {
            Self::NoSuchRoute => (S::NOT_FOUND, "not-found", "Not found", None),
            Self::MethodNotAllowed => (S::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed", None),
            Self::OrderNotFound => {
                (S::NOT_FOUND, "order-not-found", "Order not found", Some("This link does not open an order, or it has ended."))
            }
            Self::UnknownOrder => (S::NOT_FOUND, "unknown-order", "Unknown order", None),
            Self::LookupFailed => {
                (S::NOT_FOUND, "lookup-failed", "Nothing found", Some("No order has this number together with this detail."))
            }
            Self::Unauthorized => {
                (S::UNAUTHORIZED, "unauthorized", "Unauthorized", Some("Send the admin key as a bearer token."))
            }
            Self::BadSignature => (S::UNAUTHORIZED, "bad-signature", "Bad signature", None),
            Self::StaleDelivery => (S::UNAUTHORIZED, "stale-delivery", "Stale delivery", None),
            Self::UnknownProvider => (S::NOT_FOUND, "unknown-provider", "Unknown provider", None),
            Self::UnreadableDelivery(_) => (S::BAD_REQUEST, "unreadable-delivery", "Unreadable delivery", None),
            Self::MalformedJson => (S::BAD_REQUEST, "malformed-json", "Malformed JSON", None),
            Self::BodyIncomplete => (S::BAD_REQUEST, "body-incomplete", "Body incomplete", None),
            Self::BodyTooSlow => (S::REQUEST_TIMEOUT, "body-too-slow", "Body too slow", None),
            Self::UnsupportedMediaType => {
                (S::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type", Some("Send application/json."))
            }
            Self::TooLarge(_) => (S::PAYLOAD_TOO_LARGE, "too-large", "Too large", None),
            Self::UnknownMessage => {
                (S::NOT_FOUND, "unknown-message", "Unknown message", Some("Only messages that were put aside can be sent again."))
            }
            Self::EvidenceNotFound => (S::NOT_FOUND, "evidence-not-found", "No such photo", None),
            Self::EvidenceTooLarge(_) => (S::PAYLOAD_TOO_LARGE, "evidence-too-large", "The photo is too large", None),
            Self::EvidenceType => (
                S::UNSUPPORTED_MEDIA_TYPE,
                "evidence-type",
                "Not a photo that can be taken",
                Some("Send a photo as JPEG, PNG or WebP. HEIC, GIF, SVG and PDF are not taken."),
            ),
            Self::EvidenceUnreadable => (
                S::UNPROCESSABLE_ENTITY,
                "evidence-unreadable",
                "The photo cannot be read",
                Some("The file is broken or incomplete. Take the photo again, or send another one."),
            ),
            Self::EvidenceTooManyPixels => (
                S::UNPROCESSABLE_ENTITY,
                "evidence-too-many-pixels",
                "The photo has too many pixels",
                Some("At most 12.5 megapixels. Send a smaller version of it."),
            ),
            Self::EvidenceQuota => (
                S::CONFLICT,
                "evidence-quota",
                "No room for more photos",
                Some("This order has as many photos as it can have. What was sent before is kept."),
            ),
            Self::UnknownReturn => (S::NOT_FOUND, "return-not-found", "Return not found", None),
            Self::LabelNotFound => (S::NOT_FOUND, "label-not-found", "No such label", None),
            Self::NotAcceptable => (
                S::NOT_ACCEPTABLE,
                "not-acceptable",
                "No such format",
                Some("Ask for application/pdf, image/svg+xml or image/png."),
            ),
            Self::Invalid(_) => (S::UNPROCESSABLE_ENTITY, "invalid-body", "Invalid body", Some("See errors for the fields.")),
            Self::IdempotencyKeyMissing => (
                S::BAD_REQUEST,
                "idempotency-key-missing",
                "Idempotency key missing",
                Some("Send an Idempotency-Key of 1 to 255 visible characters, and the same one when you repeat the request."),
            ),
            Self::IdempotencyKeyReused => (
                S::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "Idempotency key reused",
                Some("The key was used for another request."),
            ),
            Self::IdempotencyInProgress => (
                S::CONFLICT,
                "idempotency-in-progress",
                "First request still running",
                Some("Repeat the request with the same key a little later."),
            ),
            Self::OrderExists => (S::CONFLICT, "order-exists", "Order exists", None),
            Self::OrderErased => (
                S::CONFLICT,
                "order-erased",
                "The order was erased",
                Some("A repetition does not bring it back. Send a new request with a key of its own if that is meant."),
            ),
            Self::Stale { .. } => {
                (S::PRECONDITION_FAILED, "stale", "The order has changed", Some("The current order is in `order`."))
            }
            Self::IfMatchMissing => (
                S::PRECONDITION_REQUIRED,
                "if-match-missing",
                "If-Match missing",
                Some("Send the ETag of the order that was shown as If-Match."),
            ),
            Self::ActNotAllowed => (
                S::FORBIDDEN,
                "act-not-allowed",
                "Only for reading",
                Some("This link shows the order. To change something, look the order up with its e-mail address."),
            ),
            Self::ActionUnavailable(_) => {
                (S::CONFLICT, "action-unavailable", "Not possible now", Some("What can be said about it is in `action`."))
            }
            Self::SlotTaken(_) => {
                (S::CONFLICT, "slot-taken", "Slot taken", Some("Somebody was faster. The slots that are free are in `slots`."))
            }
            Self::ShipmentNotFound => (S::NOT_FOUND, "shipment-not-found", "Shipment not found", None),
            Self::CaseNotFound => (S::NOT_FOUND, "case-not-found", "Case not found", None),
            Self::UnknownRefund => (S::NOT_FOUND, "refund-not-found", "Refund not found", None),
            Self::CaseClosed => (S::CONFLICT, "case-closed", "The case is closed", Some("It takes no more messages.")),
            Self::FeedbackNotAsked => (S::CONFLICT, "feedback-not-asked", "Nothing to rate", None),
            Self::TooManyRequests(_) => (S::TOO_MANY_REQUESTS, "too-many-requests", "Too many requests", None),
            Self::TooManyStreams => (S::TOO_MANY_REQUESTS, "too-many-streams", "Too many open streams", None),
            Self::TooManyUploads => (
                S::TOO_MANY_REQUESTS,
                "too-many-uploads",
                "Too many photos at a time",
                Some("Send the next one when one of those that are on their way has arrived."),
            ),
            Self::NotReady => (S::SERVICE_UNAVAILABLE, "not-ready", "Not ready", None),
            Self::Internal(_) => (S::INTERNAL_SERVER_ERROR, "internal", "Internal error", None),
        }
    }

    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        self.words().0
    }

    /// Returns the stable code.
    pub fn code(&self) -> &'static str {
        self.words().1
    }

    /// Returns the detail that only the logs may contain.
    pub fn secret_detail(&self) -> Option<&str> {
        if let Self::UnreadableDelivery(why) | Self::Internal(why) = self { Some(why) } else { None }
    }

    /// Returns the body as JSON, with the identity of the request.
    pub(crate) fn body(&self, request_id: &str) -> Vec<u8> {
        let (status, code, title, detail) = self.words();
        let problem = doorstep_contract::Problem {
            uri: format!("urn:doorstep:problem:{code}"),
            title: title.to_owned(),
            status: status.as_u16().into(),
            code: code.to_owned(),
            detail: if let Self::TooLarge(limit) | Self::EvidenceTooLarge(limit) = self {
                Some(format!("At most {limit} bytes."))
            } else {
                detail.map(str::to_owned)
            },
            request_id: Some(request_id.to_owned()),
            errors: if let Self::Invalid(errors) = self { errors.clone() } else { Vec::new() },
        };
        let mut json = serde_json::to_value(&problem).unwrap_or_default();
        if let (Self::Stale { document, .. }, Some(fields)) = (self, json.as_object_mut()) {
            fields.insert("order".to_owned(), serde_json::from_str(document).unwrap_or_default());
        }
        if let (Self::ActionUnavailable(action), Some(fields)) = (self, json.as_object_mut()) {
            fields.insert("action".to_owned(), serde_json::to_value(action).unwrap_or_default());
        }
        if let (Self::SlotTaken(slots), Some(fields)) = (self, json.as_object_mut()) {
            fields.insert("slots".to_owned(), serde_json::to_value(slots).unwrap_or_default());
        }
        json.to_string().into_bytes()
    }

    /// Returns the additional header of the response, if there is one.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        let retry_after = |seconds: u64| Some((header::RETRY_AFTER, seconds.into()));
        if let Self::Stale { version, .. } = self {
            return HeaderValue::from_str(&format!("\"{version}\"")).ok().map(|version| (header::ETAG, version));
        }
        if let Self::TooManyRequests(seconds) = self {
            return retry_after(*seconds);
        }
        if matches!(self, Self::TooManyUploads) {
            return retry_after(UPLOAD_RETRY_S);
        }
        if matches!(
            self,
            Self::EvidenceQuota
                | Self::OrderErased
                | Self::ActionUnavailable(_)
                | Self::SlotTaken(_)
                | Self::CaseClosed
                | Self::FeedbackNotAsked
        ) {
            // A later repetition does not help, so there is no `Retry-After`.
            return None;
        }
        match self.status() {
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            StatusCode::TOO_MANY_REQUESTS => retry_after(STREAM_RETRY_S),
            StatusCode::CONFLICT | StatusCode::SERVICE_UNAVAILABLE => retry_after(1),
            _ => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some((name, value)) = self.header() {
            response.headers_mut().insert(name, value);
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(format!("store: {error}"))
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("document: {error}"))
    }
}

impl From<doorstep_domain::new_order::Invalid> for Problem {
    fn from(invalid: doorstep_domain::new_order::Invalid) -> Self {
        Self::Invalid(invalid.errors)
    }
}
