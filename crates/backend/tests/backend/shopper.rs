//! A shopper with a link, and the order that it opens.

use serde_json::{Value, json};

use crate::support::{Answer, Backend, request};

/// A shopper with a link that may act.
pub(crate) struct Shopper<'a> {
    pub(crate) backend: &'a Backend,
    pub(crate) id: String,
    pub(crate) token: String,
}

impl<'a> Shopper<'a> {
    pub(crate) async fn of(backend: &'a Backend, number: &str, change: impl FnOnce(&mut Value)) -> Self {
        let mut body = order(number);
        change(&mut body);
        let answer = backend.admin("POST", "/v1/admin/orders", &body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let id = answer.text("id");
        let body = json!({ "scopes": ["read", "act"], "expires_in_s": 365 * 86_400 });
        let token = backend.admin("POST", &format!("/v1/admin/orders/{id}/token"), &body).await.text("token");
        Self { backend, id, token }
    }

    /// Creates an order whose parcel was delivered the day before.
    pub(crate) async fn delivered(backend: &'a Backend, to: &str) -> Self {
        let shopper = Self::of(backend, "1042", |_| {}).await;
        shopper.happens("delivered", json!({ "delivered": { "to": to } })).await;
        shopper
    }

    pub(crate) async fn happens(&self, stage: &str, facts: Value) {
        let at = json!({ "local": "2020-01-25T20:00:00", "offset_min": 0, "zone": "explicit" });
        let event = json!({ "shipment_id": "s1", "at": at, "stage": stage, "facts": facts });
        let answer = self.backend.admin("POST", &format!("/v1/admin/orders/{}/events", self.id), &event).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    pub(crate) fn post(
        &self,
        path: &str,
        key: &str,
        if_match: Option<&str>,
        body: &Value,
    ) -> axum::http::Request<axum::body::Body> {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("authorization", &*bearer), ("content-type", "application/json"), ("idempotency-key", key)];
        headers.extend(if_match.map(|version| ("if-match", version)));
        request("POST", &format!("/v1/orders/{}/{path}", self.id), &headers, &body.to_string())
    }

    /// Sends a self-service request, with the current version of the order in `If-Match`.
    pub(crate) async fn asks(&self, key: &str, body: Value) -> Answer {
        let version = self.order().await["version"].to_string();
        self.backend.send(self.post("requests", key, Some(&format!("\"{version}\"")), &body)).await
    }

    pub(crate) async fn order(&self) -> Value {
        self.backend.read(&self.id, &self.token).await.json()
    }

    pub(crate) async fn action(&self, kind: &str) -> Value {
        let order = self.order().await;
        let actions = order["actions"].as_array().unwrap();
        actions.iter().find(|action| action["kind"] == kind).cloned().unwrap_or_default()
    }
}

/// Returns the body of an order to Germany: two items in a parcel, one still to be sent.
pub(crate) fn order(number: &str) -> Value {
    json!({
        "number": number,
        "placed_at": "2020-01-20T09:30:00Z",
        "time_zone": "Europe/Berlin",
        "email": "ada@example.org",
        "postcode": "10961",
        "destination": { "lines": ["Bergmannstraße ••", "10961 Berlin"], "country": "DE" },
        "lines": [
            { "id": "l1", "title": "Rain jacket", "quantity": 2, "unit_price": { "minor": 8_900, "currency": "EUR" } },
            { "id": "l2", "title": "Tent", "quantity": 3, "unit_price": { "minor": 20_000, "currency": "EUR" } },
        ],
        "shipments": [{
            "id": "s1",
            "carrier": { "code": "dhl", "name": "DHL" },
            "tracking_number": format!("JJD {number}"),
            "lines": [{ "line_id": "l1", "quantity": 2 }],
        }],
        "unshipped": [{
            "line_id": "l2",
            "quantity": 3,
            "promised_dispatch": { "from": "2020-01-24", "to": "2020-01-24" },
            "expected_dispatch": { "from": "2020-01-30", "to": "2020-01-30" },
        }],
    })
}
