//! Status, code and texts of every failure that this crate finds. `service_errors` has them for errors of the service.

use axum::http::StatusCode as S;

use super::failure::Problem;
use super::service_errors;

/// HTTP status, stable code, title and public detail of a problem.
pub(super) type Wording = (S, &'static str, &'static str, Option<&'static str>);

/// Returns the status, the code and the texts of a problem.
pub(super) fn wording(problem: &Problem) -> Wording {
    match problem {
        Problem::NoSuchRoute => (S::NOT_FOUND, "not-found", "Not found", None),
        Problem::MethodNotAllowed => (S::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed", None),
        Problem::Unauthorized => (S::UNAUTHORIZED, "unauthorized", "Unauthorized", Some("Send the admin key as a bearer token.")),
        Problem::BadSignature => (S::UNAUTHORIZED, "bad-signature", "Bad signature", None),
        Problem::StaleWebhook => (S::UNAUTHORIZED, "stale-delivery", "Stale delivery", None),
        Problem::UnknownProvider => (S::NOT_FOUND, "unknown-provider", "Unknown provider", None),
        Problem::UnreadableWebhook(_) => (S::BAD_REQUEST, "unreadable-delivery", "Unreadable delivery", None),
        Problem::MalformedJson => (S::BAD_REQUEST, "malformed-json", "Malformed JSON", None),
        Problem::BodyIncomplete => (S::BAD_REQUEST, "body-incomplete", "Body incomplete", None),
        Problem::BodyTooSlow => (S::REQUEST_TIMEOUT, "body-too-slow", "Body too slow", None),
        Problem::UnsupportedMediaType => {
            (S::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type", Some("Send application/json."))
        }
        Problem::TooLarge(_) => (S::PAYLOAD_TOO_LARGE, "too-large", "Too large", None),
        Problem::EvidenceTooLarge(_) => (S::PAYLOAD_TOO_LARGE, "evidence-too-large", "The photo is too large", None),
        Problem::NotAcceptable => {
            (S::NOT_ACCEPTABLE, "not-acceptable", "No such format", Some("Ask for application/pdf, image/svg+xml or image/png."))
        }
        Problem::IdempotencyKeyMissing => (
            S::BAD_REQUEST,
            "idempotency-key-missing",
            "Idempotency key missing",
            Some("Send an Idempotency-Key of 1 to 255 visible characters, and the same one when you repeat the request."),
        ),
        Problem::ActNotAllowed => (
            S::FORBIDDEN,
            "act-not-allowed",
            "Only for reading",
            Some("This link shows the order. To change something, look the order up with its e-mail address."),
        ),
        Problem::TooManyStreams => (S::TOO_MANY_REQUESTS, "too-many-streams", "Too many open streams", None),
        Problem::TooManyUploads => (
            S::TOO_MANY_REQUESTS,
            "too-many-uploads",
            "Too many photos at a time",
            Some("Send the next one when one of those that are on their way has arrived."),
        ),
        Problem::Service(error) => service_errors::wording(error),
    }
}
