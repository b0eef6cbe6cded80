//! Extractors and readers of handlers: the visitor, the bearer token, and a body under a size limit, read strictly.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use doorstep_contract::FieldProblem;
use futures_util::TryStreamExt as _;
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::limits::bodies::{BodyBytes, MemoryLimitReached, Pace};
use crate::limits::network::{Network, client};
use crate::problem::Problem;
use doorstep_contract::bounds::IDEMPOTENCY_KEY;
use doorstep_contract::strict::DROPPED_FIELD_PREFIX;
use doorstep_service::Error;
use doorstep_service::IdempotencyKey;

/// Maximum duration of receiving a body.
const BODY_TIME: Duration = Duration::from_secs(10);

/// Bearer token of a request, or an empty text if the request has none. An empty token fails verification like any wrong token.
pub(crate) struct Bearer(pub(crate) String);

impl<S: Sync> FromRequestParts<S> for Bearer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(bearer(&parts.headers).unwrap_or_default().to_owned()))
    }
}

pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Parameters of a path. If a parameter cannot be read, for example because it is not UTF-8, the path counts as unknown.
pub(crate) struct Path<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path)).map_err(|_| Problem::NoSuchRoute)
    }
}

/// Network to which the limits attribute a request.
pub(crate) struct Visitor(pub(crate) Network);

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        // If the peer is unknown, all such requests count as one visitor, so the limits are too strict rather than too lax.
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Ok(Self(Network::visitor(client(peer, &parts.headers, &app.config.trusted_proxy))))
    }
}

/// Reads a body of at most `limit` bytes at the default pace.
pub(crate) async fn bytes(body: Body, limit: usize) -> Result<Vec<u8>, Problem> {
    bytes_within(body, limit, Pace::within(BODY_TIME)).await
}

/// Reads a body of at most `limit` bytes, which must arrive at this pace.
pub(crate) async fn bytes_within(mut body: Body, limit: usize, pace: Pace) -> Result<Vec<u8>, Problem> {
    let began = tokio::time::Instant::now();
    let mut read = Vec::new();
    loop {
        let due = began + pace.due(read.len());
        let frame = tokio::time::timeout_at(due, body.frame()).await.map_err(|_| Problem::BodyTooSlow)?;
        let Some(frame) = frame else { return Ok(read) };
        let frame = frame.map_err(|error| {
            if is_memory_limit_error(&error) { Problem::Service(Error::NotReady) } else { Problem::BodyIncomplete }
        })?;
        if let Ok(data) = frame.into_data() {
            if read.len() + data.len() > limit {
                return Err(Problem::TooLarge(limit));
            }
            read.extend_from_slice(&data);
        }
    }
}

/// Counts the bytes of every body against the limits of memory. The count stays in the request extensions, for work that keeps
/// the bytes longer.
pub(crate) async fn count_body(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Visitor(visitor)) = Visitor::from_request_parts(&mut parts, &app).await;
    let bytes = app.bodies.begin(visitor);
    parts.extensions.insert(bytes.clone());
    let counted = body
        .into_data_stream()
        .and_then(move |data| std::future::ready(bytes.grow(data.len()).map(|()| data).map_err(axum::Error::new)));
    next.run(Request::from_parts(parts, Body::from_stream(counted))).await
}

/// Returns the byte count of this request's body, if it is counted.
pub(crate) fn counted(parts: &Parts) -> Option<BodyBytes> {
    parts.extensions.get().cloned()
}

fn is_memory_limit_error(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<MemoryLimitReached>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Returns the idempotency key; refuses a request that has none or an invalid one.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<&str, Problem> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default().trim();
    if (1..=IDEMPOTENCY_KEY).contains(&key.len()) { Ok(key) } else { Err(Problem::IdempotencyKeyMissing) }
}

/// Returns a SHA-256 hash over the parts and the body. A zero byte ends each part, so that moving bytes from one part to the next
/// changes the hash. The parts must not contain zero bytes.
pub(crate) fn fingerprint(parts: &[&[u8]], body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    hash.update(body);
    hash.finalize().into()
}

/// Reads a request that changes something by a JSON body. Returns the body, and the idempotency key with the fingerprint that
/// every repetition must have.
pub(crate) async fn read_write_request(parts: &Parts, body: Body, limit: usize) -> Result<(Vec<u8>, IdempotencyKey), Problem> {
    let key = idempotency_key(&parts.headers)?.to_owned();
    expect_json(&parts.headers)?;
    let body = bytes(body, limit).await?;
    let condition = parts.headers.get(header::IF_MATCH).map_or(&b""[..], HeaderValue::as_bytes);
    let fingerprint = fingerprint(&[parts.method.as_str().as_bytes(), parts.uri.path().as_bytes(), condition], &body);
    Ok((body, IdempotencyKey { key, fingerprint }))
}

/// Refuses a body whose `Content-Type` is not JSON. Prevents CSRF: a cross-site form cannot send JSON.
pub(crate) fn expect_json(headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") { Ok(()) } else { Err(Problem::UnsupportedMediaType) }
}

/// Parses a body that is one JSON value. If a field is invalid, the problem names the field.
pub(crate) fn parse_strict<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    use serde_json::error::Category;
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| match error.inner().classify() {
        Category::Data => Problem::Service(Error::Invalid(vec![field_problem(error.path(), &error.inner().to_string())])),
        Category::Syntax | Category::Eof | Category::Io => Problem::MalformedJson,
    })?;
    json.end().map_err(|_| Problem::MalformedJson)?;
    Ok(read)
}

fn field_problem(path: &serde_path_to_error::Path, message: &str) -> FieldProblem {
    use serde_path_to_error::Segment;
    let steps = path.iter().map(|step| match step {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } => key.clone(),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => String::new(),
    });
    let mut pointer: Vec<String> = steps.filter(|step| !step.is_empty()).collect();
    if let Some(inside) = message.strip_prefix(DROPPED_FIELD_PREFIX) {
        // The message ends with the position in the text, which is cut off.
        let inside = inside.rsplit_once(" at line ").map_or(inside, |(inside, _)| inside);
        let names = inside.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
        pointer.extend(names);
    }
    // The messages of serde are stable enough to distinguish the cases.
    let code = if message.starts_with("unknown field") {
        "unknown-field"
    } else if message.starts_with("missing field") {
        "missing"
    } else if message.starts_with("duplicate field") {
        "duplicate"
    } else if message.starts_with("unknown variant") {
        "unknown-value"
    } else {
        "invalid"
    };
    // The path may end at the object that lacks the field or has an unknown one. Then the name of the field is taken from the
    // message.
    if let ("missing" | "unknown-field", Some(field)) = (code, message.split('`').nth(1))
        && pointer.last().map(String::as_str) != Some(field)
    {
        pointer.push(field.to_owned());
    }
    let escaped = pointer.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1")));
    FieldProblem { pointer: escaped.collect(), code: code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[serde(rename = "inner")]
        _inner: Vec<Inner>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[serde(rename = "a/b")]
        _number: u8,
    }

    #[test]
    fn a_problem_points_at_the_field() {
        for (body, pointer, code) in [
            (r#"{"inner": [{"a/b": 1}], "more": 1}"#, "/more", "unknown-field"),
            (r#"{"inner": [{"a/b": 1}, {"a/b": 1, "x": 2}]}"#, "/inner/1/x", "unknown-field"),
            (r#"{"inner": [{}]}"#, "/inner/0/a~1b", "missing"),
            (r#"{"inner": [{"a/b": "one"}]}"#, "/inner/0/a~1b", "invalid"),
            (r#"{}"#, "/inner", "missing"),
            ("[1, 2]", "/0", "invalid"),
            ("7", "", "invalid"),
        ] {
            let Err(Problem::Service(Error::Invalid(errors))) = parse_strict::<Outer>(body.as_bytes()) else { panic!("{body}") };
            assert_eq!((errors[0].pointer.as_str(), errors[0].code.as_str()), (pointer, code), "{body}");
        }
    }

    /// Returns a body of `pieces` chunks of `bytes` bytes, one every `every_ms` milliseconds.
    fn trickling(pieces: usize, bytes: usize, every_ms: u64) -> Body {
        let pieces = futures_util::stream::unfold(0, move |sent| async move {
            tokio::time::sleep(Duration::from_millis(every_ms)).await;
            (sent < pieces).then(|| (Ok::<_, std::io::Error>(vec![7; bytes]), sent + 1))
        });
        Body::from_stream(pieces)
    }

    #[tokio::test]
    async fn a_body_that_trickles_in_is_given_up_and_one_that_flows_is_read() {
        let pace = Pace { grace: Duration::from_millis(100), bytes_a_second: 100_000, max_total: Duration::from_secs(60) };
        for (pieces, bytes, every_ms) in [(usize::MAX, 1, 5), (1, 1_000_000, 60_000), (usize::MAX, 0, 5)] {
            let read = bytes_within(trickling(pieces, bytes, every_ms), 1_000_000, pace).await;
            assert!(matches!(read, Err(Problem::BodyTooSlow)), "{pieces} times {bytes}");
        }
        let read = bytes_within(trickling(50, 10_000, 1), 1_000_000, pace).await;
        assert_eq!(read.map(|body| body.len()).ok(), Some(500_000));
        assert!(matches!(bytes_within(trickling(200, 10_000, 1), 1_000_000, pace).await, Err(Problem::TooLarge(1_000_000))));
        let hasty = Pace { max_total: Duration::from_millis(1), ..pace };
        assert!(matches!(bytes_within(trickling(50, 10_000, 5), 1_000_000, hasty).await, Err(Problem::BodyTooSlow)));
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        for body in ["", "{", "{\"inner\": [}", "{\"inner\": []} more"] {
            assert!(matches!(parse_strict::<Outer>(body.as_bytes()), Err(Problem::MalformedJson)), "{body}");
        }
    }
}
