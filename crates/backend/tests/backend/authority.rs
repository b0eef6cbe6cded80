//! Tests of access to every operation of the OpenAPI document. A new operation is tested without being named here.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{ADMIN_KEY, Answer, Backend, request};

/// An operation with everything that a request needs to reach the check of access.
struct Operation {
    method: String,
    path: String,
    media_type: Option<String>,
    /// True if the document says that a token for reading is not enough.
    needs_act: bool,
}

impl Operation {
    fn of(path: &str, method: &str, description: &Value) -> Self {
        let media_type = description["requestBody"]["content"].as_object().and_then(|content| content.keys().next().cloned());
        let parameters = description["parameters"].as_array().cloned().unwrap_or_default();
        let is_write = parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key");
        let needs_act = description["responses"].get("403").is_some();
        assert!(needs_act || !is_write || path.starts_with("/v1/admin"), "{method} {path} does not say who may");
        Self { method: method.to_uppercase(), path: path.to_owned(), media_type, needs_act }
    }

    /// Returns the path of the operation for an order. All other identities in the path are `s1`, which may not exist.
    fn at(&self, order: &str) -> String {
        let path = self.path.replacen("{id}", order, 1);
        let parts = path.split('/').map(|part| if part.starts_with('{') { "s1" } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    async fn ask(&self, backend: &Backend, order: &str, token: Option<&str>) -> Answer {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let mut headers = vec![("idempotency-key", "k")];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        headers.extend(self.media_type.as_deref().map(|media_type| ("content-type", media_type)));
        // The simple read takes its token from the body only.
        let body = match (&self.media_type, self.path.ends_with("/read")) {
            (None, _) => String::new(),
            (Some(_), false) => "{}".to_owned(),
            (Some(_), true) => json!({ "token": token.unwrap_or_default() }).to_string(),
        };
        let (status, headers, body) = backend.send_for_bytes(request(&self.method, &self.at(order), &headers, &body)).await;
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

async fn operations(backend: &Backend, under: &str) -> Vec<Operation> {
    let document = backend.get("/v1/openapi.json", &[]).await.json();
    let paths = document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with(under));
    let all = paths.flat_map(|(path, methods)| {
        methods
            .as_object()
            .unwrap()
            .iter()
            .map(|(method, description)| Operation::of(path, method, description))
            .collect::<Vec<_>>()
    });
    all.filter(|operation| !operation.path.ends_with("/stream")).collect()
}

#[tokio::test]
async fn no_token_but_the_orders_own_opens_anything_and_the_refusals_are_all_the_same() {
    let backend = Backend::start(&[]).await;
    let (mine, other) = (backend.create("1042").await, backend.create("1043").await);
    let expired = backend.token(&mine, &["read", "act"]).await;
    backend.pass(7_200);
    let others = backend.token(&other, &["read", "act"]).await;
    let mut forged = backend.token(&mine, &["read", "act"]).await;
    forged.replace_range(20..21, if &forged[20..21] == "A" { "B" } else { "A" });
    let long = "A".repeat(10_000);
    let operations = operations(&backend, "/v1/orders/{id}").await;
    assert!(operations.len() >= 11, "{}", operations.len());
    for operation in &operations {
        let name = format!("{} {}", operation.method, operation.path);
        let mut bodies = BTreeSet::new();
        let wrong =
            [None, Some(""), Some("garbage"), Some(&*long), Some(&*expired), Some(&*others), Some(&*forged), Some(ADMIN_KEY)];
        for order in [&*mine, "ord_that_nobody_has"] {
            for token in wrong {
                let answer = operation.ask(&backend, order, token).await;
                assert_eq!(answer.problem(), (404, "order-not-found".to_owned()), "{name} {token:?}");
                bodies.insert(answer.body_but_for_request_id());
            }
        }
        assert_eq!(bodies.len(), 1, "{name}: {bodies:?}");
    }
}

#[tokio::test]
async fn a_token_that_reads_writes_nothing_and_one_that_acts_is_let_in() {
    let backend = Backend::start(&[]).await;
    let mine = backend.create("1042").await;
    let (read, act) = (backend.token(&mine, &["read"]).await, backend.token(&mine, &["read", "act"]).await);
    for operation in operations(&backend, "/v1/orders/{id}").await {
        let name = format!("{} {}", operation.method, operation.path);
        let answer = operation.ask(&backend, &mine, Some(&read)).await;
        let refused = answer.status == 403;
        assert_eq!(refused, operation.needs_act, "{name}: {answer:?}");
        if refused {
            assert_eq!(answer.problem().1, "act-not-allowed", "{name}");
        }
        let answer = operation.ask(&backend, &mine, Some(&act)).await;
        let let_in = answer.status.is_success() || !["order-not-found", "act-not-allowed"].contains(&&*answer.problem().1);
        assert!(let_in, "{name}: {answer:?}");
    }
    assert_eq!(backend.read(&mine, &read).await.json()["version"], json!(1), "nothing has happened");
}

#[tokio::test]
async fn no_shopper_opens_the_admin_api() {
    let backend = Backend::start(&[]).await;
    let mine = backend.create("1042").await;
    let act = backend.token(&mine, &["read", "act"]).await;
    let operations = operations(&backend, "/v1/admin").await;
    assert!(operations.len() >= 10, "{}", operations.len());
    for operation in operations {
        for token in [None, Some(""), Some("garbage"), Some(&*act)] {
            let answer = operation.ask(&backend, &mine, token).await;
            assert_eq!(answer.problem(), (401, "unauthorized".to_owned()), "{} {} {token:?}", operation.method, operation.path);
        }
    }
}
