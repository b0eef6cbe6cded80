//! The response to a failed request: status, headers, and the body of the problem.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use doorstep_service::Error;

use super::failure::Problem;
use super::service_errors;
use super::wording::wording;

/// Value of `Retry-After` in seconds when there are too many open streams.
const STREAM_RETRY_S: u64 = 30;
/// Value of `Retry-After` in seconds when there are too many photo uploads.
const UPLOAD_RETRY_S: u64 = 5;

impl Problem {
    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        wording(self).0
    }

    /// Returns the stable code.
    pub fn code(&self) -> &'static str {
        wording(self).1
    }

    /// Returns the detail that only the logs may contain.
    pub fn internal_detail(&self) -> Option<&str> {
        if let Self::UnreadableWebhook(detail) = self {
            return Some(detail);
        }
        if let Self::Service(error) = self { error.internal_detail() } else { None }
    }

    /// Returns the body as JSON, with the id of the request.
    pub(crate) fn body(&self, request_id: &str) -> Vec<u8> {
        let (status, code, title, detail) = wording(self);
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
            errors: if let Self::Service(Error::Invalid(errors)) = self { errors.clone() } else { Vec::new() },
        };
        let mut json = serde_json::to_value(&problem).unwrap_or_default();
        if let (Some((name, value)), Some(fields)) = (self.extension(), json.as_object_mut()) {
            fields.insert(name.to_owned(), value);
        }
        json.to_string().into_bytes()
    }

    /// Returns the additional member of the body with its name, if there is one.
    fn extension(&self) -> Option<(&'static str, serde_json::Value)> {
        let Self::Service(error) = self else { return None };
        if let Error::Stale { document, .. } = error {
            return Some(("order", serde_json::from_str(document).unwrap_or_default()));
        }
        if let Error::ActionUnavailable(action) = error {
            return Some(("action", serde_json::to_value(action).unwrap_or_default()));
        }
        if let Error::SlotTaken(slots) = error { Some(("slots", serde_json::to_value(slots).unwrap_or_default())) } else { None }
    }

    /// Returns the additional header of the response, if there is one.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        if let Self::Service(Error::Stale { version, .. }) = self {
            return HeaderValue::from_str(&format!("\"{version}\"")).ok().map(|version| (header::ETAG, version));
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            return Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
        }
        let seconds = match self {
            Self::TooManyStreams => Some(STREAM_RETRY_S),
            Self::TooManyUploads => Some(UPLOAD_RETRY_S),
            Self::Service(error) => service_errors::retry_after_s(error),
            Self::NoSuchRoute
            | Self::MethodNotAllowed
            | Self::Unauthorized
            | Self::BadSignature
            | Self::StaleWebhook
            | Self::UnknownProvider
            | Self::UnreadableWebhook(_)
            | Self::MalformedJson
            | Self::BodyIncomplete
            | Self::BodyTooSlow
            | Self::UnsupportedMediaType
            | Self::TooLarge(_)
            | Self::EvidenceTooLarge(_)
            | Self::NotAcceptable
            | Self::IdempotencyKeyMissing
            | Self::ActNotAllowed => None,
        };
        seconds.map(|seconds| (header::RETRY_AFTER, seconds.into()))
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
