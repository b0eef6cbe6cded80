//! A backend on a file of its own with a clock that the test moves, and helpers that send HTTP requests to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::DateTime;
use clap::Parser as _;
use doorstep_backend::app::App;
use doorstep_backend::config::Config;
use doorstep_backend::router::router;
use doorstep_service::clock::Clock;
use doorstep_service::store::Store;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Time at which every test begins, in Unix seconds: in January 2020.
const BEGIN: i64 = 1_580_000_000;
pub(crate) const ADMIN_KEY: &str = "an admin key for tests";

pub(crate) struct Backend {
    pub(crate) app: App,
    router: Router,
    now: Arc<AtomicI64>,
    keys: AtomicI64,
    directory: tempfile::TempDir,
}

/// A response with its complete body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn text(&self, field: &str) -> String {
        self.json()[field].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the status and the stable code of a problem. Panics if the response is not a problem.
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        assert_eq!(self.json()["status"], self.status.as_u16());
        assert_eq!(self.text("request_id"), self.header("x-request-id"));
        (self.status.as_u16(), self.text("code"))
    }

    /// Returns the body without the request ID, which differs from request to request.
    pub(crate) fn body_but_for_request_id(&self) -> String {
        self.body.replace(self.header("x-request-id"), "")
    }
}

impl Backend {
    pub(crate) async fn start(flags: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), Arc::new(AtomicI64::new(BEGIN)), flags).await
    }

    /// Starts a backend with this policy.
    pub(crate) async fn with_policy(policy: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("policy.toml");
        std::fs::write(&file, policy).unwrap();
        Self::start_in(directory, Arc::new(AtomicI64::new(BEGIN)), &["--policy", file.to_str().unwrap()]).await
    }

    /// Starts a backend with this policy on a copy of a database, at this time in Unix seconds.
    pub(crate) async fn on_database(database: &[u8], policy: &str, now: i64) -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("orders.db"), database).unwrap();
        let file = directory.path().join("policy.toml");
        std::fs::write(&file, policy).unwrap();
        Self::start_in(directory, Arc::new(AtomicI64::new(now)), &["--policy", file.to_str().unwrap()]).await
    }

    /// Stops the backend and starts it again on its file, with another policy.
    pub(crate) async fn restarted_with_policy(self, policy: &str) -> Self {
        let Self { app, router, now, keys, directory } = self;
        app.service.close().await;
        drop(router);
        let file = directory.path().join("policy.toml");
        std::fs::write(&file, policy).unwrap();
        let again = Self::start_in(directory, now, &["--policy", file.to_str().unwrap()]).await;
        again.keys.store(keys.load(Ordering::SeqCst), Ordering::SeqCst);
        again.app.service.apply_policy().await.unwrap();
        again
    }

    async fn start_in(directory: tempfile::TempDir, now: Arc<AtomicI64>, flags: &[&str]) -> Self {
        let store = Store::open(Some(&directory.path().join("orders.db"))).await.unwrap();
        let own = ["doorstep-backend", "--secret", "a secret of more than thirty-two bytes", "--admin-key", ADMIN_KEY];
        let config = Config::try_parse_from([&own, flags].concat()).unwrap();
        let shown = now.clone();
        let clock = Clock::showing(move || DateTime::from_timestamp(shown.load(Ordering::SeqCst), 0).unwrap());
        let app_state = App::new(config, store, clock).unwrap();
        Self { router: router(app_state.clone()), app: app_state, now, keys: AtomicI64::new(0), directory }
    }

    /// Returns the directory of the database.
    pub(crate) fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Sends a request and returns the response with its body still to be read.
    pub(crate) async fn begin(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let (head, body) = self.begin(request).await.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: head.status, headers: head.headers, body: String::from_utf8(body).unwrap() }
    }

    /// Sends a request and returns the status, the headers and the body as bytes.
    pub(crate) async fn send_for_bytes(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let (head, body) = self.begin(request).await.into_parts();
        (head.status, head.headers, body.collect().await.unwrap().to_bytes().to_vec())
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request("GET", path, headers, "")).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(request("POST", path, &[("content-type", "application/json")], &body.to_string())).await
    }

    pub(crate) async fn read(&self, id: &str, token: &str) -> Answer {
        self.get(&format!("/v1/orders/{id}"), &[("authorization", &format!("Bearer {token}"))]).await
    }

    /// Sends a write of the retailer's systems, with an idempotency key of its own.
    pub(crate) async fn admin(&self, method: &str, path: &str, body: &Value) -> Answer {
        let key = format!("key-{}", self.keys.fetch_add(1, Ordering::SeqCst));
        self.send(admin(method, path, &key, &body.to_string())).await
    }

    /// Creates the order with this number. Returns its identity.
    pub(crate) async fn create(&self, number: &str) -> String {
        let answer = self.admin("POST", "/v1/admin/orders", &order(number)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        answer.text("id")
    }

    /// Adds the event with this identity to the order's first shipment.
    pub(crate) async fn happen(&self, id: &str, event_id: &str) -> Answer {
        self.admin("POST", &format!("/v1/admin/orders/{id}/events"), &event(event_id)).await
    }

    /// Returns a token for the order that is valid for an hour.
    pub(crate) async fn token(&self, id: &str, scopes: &[&str]) -> String {
        let body = json!({ "scopes": scopes, "expires_in_s": 3_600 });
        self.admin("POST", &format!("/v1/admin/orders/{id}/token"), &body).await.text("token")
    }
}

pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let request =
        headers.iter().fold(Request::builder().method(method).uri(path), |request, (name, value)| request.header(*name, *value));
    request.body(Body::from(body.to_owned())).unwrap()
}

pub(crate) fn admin(method: &str, path: &str, key: &str, body: &str) -> Request<Body> {
    let bearer = format!("Bearer {ADMIN_KEY}");
    let headers =
        [(header::AUTHORIZATION.as_str(), bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", key)];
    request(method, path, &headers, body)
}

/// Returns the body of an order with one shipment.
pub(crate) fn order(number: &str) -> Value {
    json!({
        "number": number,
        "placed_at": "2020-01-20T09:30:00Z",
        "time_zone": "Europe/London",
        "email": "Ada@Example.org",
        "postcode": "n1 9gu",
        "lines": [{ "id": "l1", "title": "Rain jacket", "quantity": 1 }],
        "shipments": [{
            "id": "s1",
            "carrier": { "code": "ups", "name": "UPS" },
            "tracking_number": format!("1Z {number}"),
            "usual_gap_h": 500,
            "lines": [{ "line_id": "l1", "quantity": 1 }],
        }],
    })
}

/// Returns the body of an event of the shipment in `order`.
pub(crate) fn event(id: &str) -> Value {
    json!({
        "shipment_id": "s1",
        "id": id,
        "at": { "local": "2020-01-22T08:00:00", "offset_min": 0, "zone": "explicit" },
        "stage": "in_transit",
        "text": format!("Departed ({id})"),
    })
}
