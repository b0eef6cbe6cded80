//! Logs, metrics and request identities, for operators. They never contain a token, an address or a body; a request is identified
//! by its path template. This is the outermost layer of the application, and it also writes the body of a problem.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::config::LogFormat;
use crate::problem::Problem;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");
const DURATION: &str = "doorstep_http_request_duration_seconds";
const BUCKETS_S: [f64; 8] = [0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 1.0, 5.0];

/// Starts the logs on standard error. Standard output is for the line with the address.
pub fn start_logs(format: LogFormat, filter: &str) -> Result<(), String> {
    let filter = tracing_subscriber::EnvFilter::try_new(filter).map_err(|error| format!("log filter: {error}"))?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => logs.with_ansi(false).try_init(),
        LogFormat::Json => logs.json().flatten_event(true).try_init(),
    }
    .map_err(|error| format!("logs: {error}"))
}

/// Returns the metrics of this process, counted from the first call on. If another recorder is installed, returns None.
pub fn metrics() -> Option<&'static PrometheusHandle> {
    static METRICS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    METRICS.get_or_init(install).as_ref()
}

fn install() -> Option<PrometheusHandle> {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(DURATION.to_owned()), &BUCKETS_S).ok()?;
    let handle = builder.install_recorder().ok()?;
    metrics::describe_counter!("doorstep_http_requests_total", "Requests by method, path template and status.");
    metrics::describe_histogram!(DURATION, "Time to the head of the response, by path template.");
    metrics::describe_counter!("doorstep_webhook_deliveries_total", "What providers delivered, by provider and outcome.");
    metrics::describe_counter!(
        "doorstep_unknown_words_total",
        "Words of providers that mean nothing here yet, by provider and code."
    );
    metrics::describe_counter!("doorstep_lookups_total", "Guest look-ups by outcome.");
    metrics::describe_counter!("doorstep_messages_total", "Attempts to send a message, by channel and outcome.");
    metrics::describe_counter!("doorstep_registrations_total", "Registrations of tracking numbers, by provider and outcome.");
    metrics::describe_counter!("doorstep_shopper_requests_total", "What shoppers asked for, by kind and outcome.");
    metrics::describe_counter!("doorstep_connections_refused_total", "Connections closed unheard because there were too many.");
    metrics::describe_counter!(
        "doorstep_worker_restarts_total",
        "Work in the background that ended and was begun again, by worker."
    );
    metrics::describe_counter!("doorstep_unsettled_orders_total", "Orders that could not be recomputed when they were due.");
    metrics::describe_gauge!("doorstep_streams_open", "Open streams of changes.");
    metrics::gauge!("doorstep_streams_open").set(0);
    Some(handle)
}

/// Frees memory of the metrics while nobody reads them; never ends.
pub async fn keep_metrics_small() {
    loop {
        tokio::time::sleep(Duration::from_secs(30)).await;
        if let Some(metrics) = metrics() {
            metrics.run_upkeep();
        }
    }
}

/// Counts and logs a request, gives it an identity, and writes the body of a problem.
pub(crate) async fn observe(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    // All unmatched paths share one label, because invented paths must not fill the metrics.
    let route = route.filter(|route| !route.contains("__private")).unwrap_or("unmatched").to_owned();
    let request_id = new_request_id();
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        if let Some(detail) = problem.internal_detail() {
            tracing::error!(request_id, code = problem.code(), detail, "request failed");
        }
        *response.body_mut() = Body::from(problem.body(&request_id));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        headers.remove(header::CONTENT_LENGTH);
    }
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let took = started.elapsed();
    tracing::info!(request_id, method, route, status, took_ms = took.as_millis(), "request");
    metrics::counter!("doorstep_http_requests_total", "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!(DURATION, "route" => route).record(took);
    response
}

fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE", "PATCH"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

fn new_request_id() -> String {
    let mut random = [0; 8];
    // A repeated identity only affects the logs and is no reason to refuse the request.
    let _ = getrandom::fill(&mut random);
    format!("req_{:016x}", u64::from_be_bytes(random))
}
