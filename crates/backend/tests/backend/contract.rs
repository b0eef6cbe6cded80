//! Tests of the OpenAPI document: the readers enforce the bounds that it states for each field, and its links lead to every
//! operation.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::shopper::{Shopper, order};
use crate::support::Backend;

async fn document(backend: &Backend) -> Value {
    backend.get("/v1/openapi.json", &[]).await.json()
}

/// Returns the schema keywords of a field.
fn keywords<'a>(document: &'a Value, schema: &str, field: &str) -> &'a Value {
    &document["components"]["schemas"][schema]["properties"][field]
}

/// Sends a body and returns the codes of its errors at the JSON pointer `at`. If the body is accepted, or refused only at other
/// pointers, returns an empty list.
async fn refused(backend: &Backend, method: &str, path: &str, body: &Value, at: &str) -> Vec<String> {
    let answer = backend.admin(method, path, body).await;
    let errors = if answer.status == 422 { answer.json()["errors"].as_array().cloned().unwrap_or_default() } else { Vec::new() };
    let here = errors.iter().filter(|error| error["pointer"] == at);
    here.map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

/// Returns the body with another value at the JSON pointer `at`.
fn with(body: &Value, at: &str, value: Value) -> Value {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut body = body.clone();
    // Each order gets an identity of its own, so that an accepted one does not conflict with the next.
    if body.get("lines").is_some() {
        body["id"] = json!(format!("o{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    }
    *body.pointer_mut(at).unwrap_or_else(|| unreachable!("{at}")) = value;
    body
}

/// Returns texts of the greatest allowed length, and texts that are too long, empty or without visible characters.
fn text_bounds(keywords: &Value) -> (Vec<Value>, Vec<Value>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    if let Some(most) = keywords["maxLength"].as_u64().map(|most| usize::try_from(most).unwrap()) {
        good.push(json!("e".repeat(most)));
        bad.push(json!("e".repeat(most + 1)));
    }
    if keywords["minLength"].as_u64() == Some(1) {
        bad.extend([json!(""), json!(" \u{7} ")]);
    }
    (good, bad)
}

/// Returns the numbers at the bounds, and the next numbers outside the bounds.
fn number_bounds(keywords: &Value) -> (Vec<Value>, Vec<Value>) {
    let ends = [(keywords["minimum"].as_i64().unwrap(), -1), (keywords["maximum"].as_i64().unwrap(), 1)];
    let past = ends.iter().filter_map(|(end, step)| end.checked_add(*step)).map(|past| json!(past));
    (ends.iter().map(|(end, _)| json!(end)).collect(), past.collect())
}

#[tokio::test]
async fn the_bounds_that_the_document_states_are_those_that_the_readers_have() {
    let backend = Backend::start(&[]).await;
    let document = document(&backend).await;
    let shopper = Shopper::delivered(&backend, "recipient").await;
    let at = json!({ "local": "2020-01-25T20:00:00", "offset_min": 0 });
    let event = json!({ "shipment_id": "s1", "id": "e", "at": at, "stage": "in_transit", "text": "t", "place": { "name": "n", "lat": 1, "lon": 1 },
        "facts": { "pieces": 1 } });
    let mut new = order("2000");
    new["id"] = json!("o");
    new["lines"][0]["total"] = json!({ "minor": 1, "currency": "EUR" });
    let events = format!("/v1/admin/orders/{}/events", shopper.id);
    let token = format!("/v1/admin/orders/{}/token", shopper.id);
    let cases = [
        (&events, &event, "NewEvent", "id", "/id"),
        (&events, &event, "NewEvent", "text", "/text"),
        (&events, &event, "NewEventTime", "offset_min", "/at/offset_min"),
        (&events, &event, "NewPlace", "name", "/place/name"),
        (&events, &event, "NewPlace", "lat", "/place/lat"),
        (&events, &event, "NewPlace", "lon", "/place/lon"),
        (&events, &event, "ShipmentFacts", "pieces", "/facts/pieces"),
        (&token, &json!({ "scopes": ["read"], "expires_in_s": 1 }), "NewToken", "expires_in_s", "/expires_in_s"),
    ];
    let create = "/v1/admin/orders".to_owned();
    let orders = [
        ("NewOrder", "id", "/id"),
        ("NewOrder", "number", "/number"),
        ("NewLine", "title", "/lines/0/title"),
        ("NewLine", "quantity", "/lines/0/quantity"),
        ("NewMoney", "minor", "/lines/0/total/minor"),
        ("NewCarrier", "name", "/shipments/0/carrier/name"),
        ("NewPart", "quantity", "/shipments/0/lines/0/quantity"),
        ("NewUnshipped", "quantity", "/unshipped/0/quantity"),
    ];
    let orders = orders.map(|(schema, field, at)| (&create, &new, schema, field, at));
    let relations = ["more-than-ordered", "duplicate"];
    for (path, body, schema, field, at) in cases.into_iter().chain(orders) {
        let keywords = keywords(&document, schema, field);
        let is_text = body.pointer(at).is_some_and(Value::is_string);
        let (good, bad) = if is_text { text_bounds(keywords) } else { number_bounds(keywords) };
        assert!(!bad.is_empty(), "{schema}.{field} states nothing: {keywords}");
        for value in good {
            let codes = refused(&backend, "POST", path, &with(body, at, value.clone()), at).await;
            assert!(codes.iter().all(|code| relations.contains(&&**code)), "{schema}.{field} allows {value} and it is {codes:?}");
        }
        for value in bad {
            let codes = refused(&backend, "POST", path, &with(body, at, value.clone()), at).await;
            assert!(!codes.is_empty(), "{schema}.{field} forbids {value} and it is accepted");
        }
    }
}

#[tokio::test]
async fn what_a_shopper_may_write_is_as_long_as_the_document_says() {
    let backend = Backend::start(&[]).await;
    let document = document(&backend).await;
    let shopper = Shopper::delivered(&backend, "recipient").await;
    let opened = shopper.asks("case", json!({ "kind": "contact", "note": "hello" })).await.text("id");
    let message = format!("cases/{opened}/messages");
    for (path, body, schema, field) in [
        ("requests", json!({ "kind": "contact", "note": "n" }), "ShopperRequest", "note"),
        (&*message, json!({ "text": "t" }), "CaseMessage", "text"),
    ] {
        let (good, bad) = text_bounds(keywords(&document, schema, field));
        for (value, expected) in good.iter().map(|value| (value, false)).chain(bad.iter().map(|value| (value, true))) {
            let key = format!("{schema}-{}", value.as_str().unwrap().len());
            let answer = backend.send(shopper.post(path, &key, None, &with(&body, &format!("/{field}"), value.clone()))).await;
            assert_eq!(answer.status == 422, expected, "{schema}.{field} of {} bytes: {answer:?}", value.as_str().unwrap().len());
        }
    }
    let (good, bad) = number_bounds(keywords(&document, "CaseRating", "rating"));
    for (rating, expected) in good.iter().map(|value| (value, false)).chain(bad.iter().map(|value| (value, true))) {
        let rate = shopper.post(&format!("cases/{opened}/feedback"), &format!("r{rating}"), None, &json!({ "rating": rating }));
        assert_eq!(backend.send(rate).await.status == 422, expected, "{rating}");
    }
}

#[tokio::test]
async fn a_list_is_asked_for_within_the_bounds_that_the_document_states() {
    let backend = Backend::start(&[]).await;
    let document = document(&backend).await;
    for path in ["/v1/admin/cases", "/v1/admin/orders"] {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().unwrap();
        let limit = &parameters.iter().find(|parameter| parameter["name"] == "limit").unwrap()["schema"];
        let (good, bad) = number_bounds(limit);
        for (limit, expected) in good.iter().map(|limit| (limit, 200)).chain(bad.iter().map(|limit| (limit, 422))) {
            let answer = backend.admin("GET", &format!("{path}?limit={limit}"), &Value::Null).await;
            assert_eq!(answer.status, expected, "{path} {limit}");
        }
    }
    assert_eq!(backend.admin("GET", "/v1/admin/cases?state=received", &Value::Null).await.status, 200);
    assert_eq!(
        backend.admin("GET", "/v1/admin/cases?state=recieved", &Value::Null).await.json()["errors"][0]["pointer"],
        "/state"
    );
}

#[tokio::test]
async fn a_slip_inside_the_facts_of_an_event_is_refused_where_it_is() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "recipient").await;
    let path = format!("/v1/admin/orders/{}/events", shopper.id);
    for (facts, at) in [
        (json!({ "pickup": { "name": "Shop", "hourz": [] } }), "/facts/pickup/hourz"),
        (json!({ "delivered": { "to": "recipient", "signed_by": 5 } }), "/facts/delivered/signed_by"),
        (json!({ "promise_expected": { "from": "2020-01-27" } }), "/facts/promise_expected/to"),
    ] {
        let event =
            json!({ "shipment_id": "s1", "at": { "local": "2020-01-25T20:00:00" }, "stage": "in_transit", "facts": facts });
        assert_eq!(refused(&backend, "POST", &path, &event, at).await, ["invalid"], "{facts}");
    }
}

#[tokio::test]
async fn a_promise_is_withdrawn_or_not() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "recipient").await;
    let path = format!("/v1/admin/orders/{}/events", shopper.id);
    for (value, codes) in [(json!(true), &[][..]), (json!(false), &[]), (json!("no"), &["invalid"])] {
        let event = json!({ "shipment_id": "s1", "at": { "local": "2020-01-25T20:00:00" }, "stage": "in_transit",
            "facts": { "promise_withdrawn": value } });
        assert_eq!(refused(&backend, "POST", &path, &event, "/facts/promise_withdrawn").await, codes, "{value}");
    }
}

#[tokio::test]
async fn every_write_that_is_known_by_its_key_says_that_the_order_of_the_key_may_be_erased() {
    let backend = Backend::start(&[]).await;
    let document = document(&backend).await;
    let operations = document["paths"].as_object().unwrap().values().flat_map(|methods| methods.as_object().unwrap().values());
    let with_key = operations.filter(|operation| {
        operation["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["name"] == "Idempotency-Key")
    });
    let mut silent = BTreeSet::new();
    for operation in with_key {
        if !operation["responses"]["409"]["description"].as_str().unwrap_or_default().contains("`order-erased`") {
            silent.insert(operation["operationId"].as_str().unwrap());
        }
    }
    // An upload does not check if its key was used for an erased order. A photo that is sent again is stored as a new one.
    assert_eq!(silent, BTreeSet::from(["sendEvidence"]));
}

#[tokio::test]
async fn every_operation_with_an_identity_in_its_path_is_led_to() {
    let backend = Backend::start(&[]).await;
    let document = document(&backend).await;
    let (mut reached, mut named) = (BTreeSet::new(), BTreeSet::new());
    for (path, methods) in document["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            if path.contains('{') && !path.contains("{provider}") {
                named.insert(id.clone());
            }
            for response in operation["responses"].as_object().unwrap().values() {
                for (_, link) in response["links"].as_object().into_iter().flatten() {
                    reached.insert(link["operationId"].as_str().unwrap().to_owned());
                }
            }
        }
    }
    assert!(named.len() >= 20, "{named:?}");
    assert_eq!(named.difference(&reached).collect::<Vec<_>>(), Vec::<&String>::new());
}
