//! Tests of the metrics, which contain no secrets, and of the description of everything that is served.

use serde_json::Value;

use crate::support::Backend;

#[tokio::test]
async fn metrics_count_by_path_template_and_hold_no_secret() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("ORDER-NUMBER").await;
    let token = backend.token(&id, &["read"]).await;
    backend.read(&id, &token).await;
    backend.get(&format!("/v1/orders/{id}?token={token}"), &[]).await;
    backend.get(&format!("/made/up/{token}"), &[]).await;
    let lookup = serde_json::json!({ "number": "ORDER-NUMBER", "email": "ada@example.org" });
    let looked_up = backend.post("/v1/lookup", &lookup).await.text("token");
    let metrics = backend.get("/metrics", &[]).await.body;
    for line in [
        "doorstep_http_requests_total{method=\"GET\",route=\"/v1/orders/{id}\",status=\"200\"}",
        "doorstep_lookups_total{outcome=\"found\"}",
    ] {
        assert!(metrics.contains(line), "{line}\n{metrics}");
    }
    for secret in [&*id, &*token, &*looked_up, "ada@example.org", "ORDER-NUMBER", "made"] {
        assert!(!metrics.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn readiness_ends_before_the_process_does() {
    let backend = Backend::start(&[]).await;
    assert_eq!(backend.get("/readyz", &[]).await.status, 200);
    backend.app.shutdown.cancel();
    assert_eq!(backend.get("/readyz", &[]).await.problem(), (503, "not-ready".to_owned()));
    assert_eq!(backend.get("/healthz", &[]).await.status, 200);
}

#[tokio::test]
async fn every_operation_is_described_with_its_problems() {
    let backend = Backend::start(&["--api-base", "/api"]).await;
    let document = backend.get("/api/v1/openapi.json", &[]).await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    assert_eq!(document["servers"][0]["url"], "/api");
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            operations.push(format!("{method} {path}"));
            let responses = operation["responses"].as_object().unwrap();
            for (status, response) in responses.iter().filter(|(status, _)| *status >= &"400".to_owned()) {
                let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{method} {path} {status}");
            }
            assert!(responses.contains_key("500"));
        }
    }
    operations.sort();
    let expected = [
        "delete /v1/admin/orders/{id}",
        "get /v1/admin/cases",
        "get /v1/admin/helpdesk/messages",
        "get /v1/admin/messages",
        "get /v1/admin/orders",
        "get /v1/admin/orders/{id}",
        "get /v1/admin/orders/{id}/cases/{cid}",
        "get /v1/admin/orders/{id}/evidence/{evidence_id}",
        "get /v1/admin/orders/{id}/export",
        "get /v1/admin/shop-orders",
        "get /v1/orders/{id}",
        "get /v1/orders/{id}/cases/{cid}/acknowledgement",
        "get /v1/orders/{id}/evidence/{evidence_id}",
        "get /v1/orders/{id}/html",
        "get /v1/orders/{id}/parcel-delivery",
        "get /v1/orders/{id}/returns/{rid}/label",
        "get /v1/orders/{id}/shipments/{sid}/pickup-points",
        "get /v1/orders/{id}/shipments/{sid}/slots",
        "get /v1/orders/{id}/stream",
        "post /v1/admin/helpdesk/messages/{id}/resend",
        "post /v1/admin/messages/{id}/resend",
        "post /v1/admin/orders",
        "post /v1/admin/orders/{id}/cases/{cid}",
        "post /v1/admin/orders/{id}/events",
        "post /v1/admin/orders/{id}/refunds/{rid}",
        "post /v1/admin/orders/{id}/returns/{rid}",
        "post /v1/admin/orders/{id}/revoke-links",
        "post /v1/admin/orders/{id}/token",
        "post /v1/lookup",
        "post /v1/orders/{id}/cases/{cid}/feedback",
        "post /v1/orders/{id}/cases/{cid}/messages",
        "post /v1/orders/{id}/evidence",
        "post /v1/orders/{id}/read",
        "post /v1/orders/{id}/requests",
        "post /v1/orders/{id}/returns/quote",
        "post /v1/webhooks/{provider}",
        "put /v1/admin/orders/{id}",
    ];
    assert_eq!(operations, expected);
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

fn collect_references(json: &Value, found: &mut Vec<String>) {
    if let Some(fields) = json.as_object() {
        found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
        fields.values().for_each(|value| collect_references(value, found));
    }
    json.as_array().into_iter().flatten().for_each(|value| collect_references(value, found));
}
