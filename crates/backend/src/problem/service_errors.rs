//! HTTP status and texts of every error of the service. The code comes from the error.

use axum::http::StatusCode as S;
use doorstep_service::Error;

/// Seconds after which a request that failed for a passing reason may be repeated.
const RETRY_S: u64 = 1;

/// HTTP status, title and public detail of an error.
type Texts = (S, &'static str, Option<&'static str>);

/// Returns the status, the code, the title and the public detail of an error.
pub(super) fn wording(error: &Error) -> (S, &'static str, &'static str, Option<&'static str>) {
    let (status, title, detail) = texts(error);
    (status, error.code(), title, detail)
}

/// Returns the value of `Retry-After` in seconds. If the response has no `Retry-After`, returns None.
pub(super) fn retry_after_s(error: &Error) -> Option<u64> {
    if let Error::TooManyRequests(seconds) = error {
        return Some(*seconds);
    }
    // Earlier versions sent `Retry-After` with `order-exists`. The header is kept, although repeating the same request cannot
    // succeed.
    (error.is_retryable() || *error == Error::OrderExists).then_some(RETRY_S)
}

fn texts(error: &Error) -> Texts {
    match error {
        Error::OrderNotFound => (S::NOT_FOUND, "Order not found", Some("This link does not open an order, or it has ended.")),
        Error::UnknownOrder => (S::NOT_FOUND, "Unknown order", None),
        Error::LookupFailed => (S::NOT_FOUND, "Nothing found", Some("No order has this number together with this detail.")),
        Error::UnknownMessage => (S::NOT_FOUND, "Unknown message", Some("Only messages that were put aside can be sent again.")),
        Error::EvidenceNotFound => (S::NOT_FOUND, "No such photo", None),
        Error::EvidenceType => (
            S::UNSUPPORTED_MEDIA_TYPE,
            "Not a photo that can be taken",
            Some("Send a photo as JPEG, PNG or WebP. HEIC, GIF, SVG and PDF are not taken."),
        ),
        Error::EvidenceUnreadable => (
            S::UNPROCESSABLE_ENTITY,
            "The photo cannot be read",
            Some("The file is broken or incomplete. Take the photo again, or send another one."),
        ),
        Error::EvidenceTooManyPixels => (
            S::UNPROCESSABLE_ENTITY,
            "The photo has too many pixels",
            Some("At most 12.5 megapixels. Send a smaller version of it."),
        ),
        Error::EvidenceQuota => (
            S::CONFLICT,
            "No room for more photos",
            Some("This order has as many photos as it can have. What was sent before is kept."),
        ),
        Error::UnknownReturn => (S::NOT_FOUND, "Return not found", None),
        Error::LabelNotFound => (S::NOT_FOUND, "No such label", None),
        Error::Invalid(_) => (S::UNPROCESSABLE_ENTITY, "Invalid body", Some("See errors for the fields.")),
        Error::IdempotencyKeyReused => {
            (S::UNPROCESSABLE_ENTITY, "Idempotency key reused", Some("The key was used for another request."))
        }
        Error::IdempotencyInProgress => {
            (S::CONFLICT, "First request still running", Some("Repeat the request with the same key a little later."))
        }
        Error::OrderExists => (S::CONFLICT, "Order exists", None),
        Error::OrderErased => (
            S::CONFLICT,
            "The order was erased",
            Some("A repetition does not bring it back. Send a new request with a key of its own if that is meant."),
        ),
        Error::Stale { .. } => (S::PRECONDITION_FAILED, "The order has changed", Some("The current order is in `order`.")),
        Error::IfMatchMissing => {
            (S::PRECONDITION_REQUIRED, "If-Match missing", Some("Send the ETag of the order that was shown as If-Match."))
        }
        Error::ActionUnavailable(_) => (S::CONFLICT, "Not possible now", Some("What can be said about it is in `action`.")),
        Error::SlotTaken(_) => (S::CONFLICT, "Slot taken", Some("Somebody was faster. The slots that are free are in `slots`.")),
        Error::ShipmentNotFound => (S::NOT_FOUND, "Shipment not found", None),
        Error::CaseNotFound => (S::NOT_FOUND, "Case not found", None),
        Error::UnknownRefund => (S::NOT_FOUND, "Refund not found", None),
        Error::CaseClosed => (S::CONFLICT, "The case is closed", Some("It takes no more messages.")),
        Error::FeedbackNotAsked => (S::CONFLICT, "Nothing to rate", None),
        Error::TooManyRequests(_) => (S::TOO_MANY_REQUESTS, "Too many requests", None),
        Error::NotReady => (S::SERVICE_UNAVAILABLE, "Not ready", None),
        Error::Internal(_) => (S::INTERNAL_SERVER_ERROR, "Internal error", None),
    }
}
