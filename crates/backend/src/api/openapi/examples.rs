//! Realistic example requests, one for each operation with a JSON body. `readOrder` and the webhooks of providers have none.

use serde_json::{Value, json};

/// Adds the examples to a finished document.
pub(super) fn add_examples(document: &mut Value) {
    for operation in super::constraints::operations(document) {
        let example = example(operation["operationId"].as_str().unwrap_or_default());
        let body = operation.pointer_mut("/requestBody/content/application~1json").and_then(Value::as_object_mut);
        if let (Some(body), Some(example)) = (body, example) {
            body.insert("examples".to_owned(), json!({ "ordinary": { "value": example } }));
        }
    }
}

fn example(operation: &str) -> Option<Value> {
    let line = json!({"line_id": "l1", "quantity": 1, "reason": "changed_mind"});
    Some(match operation {
        "createOrder" | "replaceOrder" => order(),
        "addEvent" => json!({"shipment_id": "s1", "at": {"local": "2026-11-16T18:20:00", "offset_min": 0}, "stage": "delivered",
            "text": "Handed to the shopper", "place": {"name": "London", "country": "GB"},
            "facts": {"delivered": {"to": "recipient"}}}),
        "mintToken" => json!({"scopes": ["read", "act"], "expires_in_s": 2_592_000}),
        "updateCase" => json!({"state": "in_progress", "message": "We have asked the warehouse."}),
        "updateReturn" => json!({"step": "receive"}),
        "updateRefund" => json!({"state": "sent", "reference": "RE-7741"}),
        "submitRequest" => json!({"kind": "contact", "note": "Please ring before you come.", "contact": "ada@example.org"}),
        "quoteReturn" => json!({"kind": "start_return", "outcome": "refund", "lines": [line]}),
        "addMessage" => json!({"text": "The box was open when it came."}),
        "rateCase" => json!({"rating": 5, "comment": "Quick."}),
        "lookUpOrder" => json!({"number": "1042", "email": "ada@example.org"}),
        "resendMessage" | "resendHelpdeskMessage" => json!({}),
        _ => return None,
    })
}

fn order() -> Value {
    json!({
        "number": "1042", "placed_at": "2026-11-12T09:30:00Z", "time_zone": "Europe/London",
        "email": "ada@example.org", "postcode": "N1 9GU",
        "destination": {"lines": ["12 M… Street", "London N1"], "country": "GB"},
        "lines": [{"id": "l1", "title": "Wool socks", "quantity": 3, "unit_price": {"minor": 2705, "currency": "GBP"},
                   "total": {"minor": 8113, "currency": "GBP"}}],
        "shipments": [{"id": "s1", "carrier": {"code": "ups", "name": "UPS"}, "tracking_number": "1Z999AA10123456784",
                       "lines": [{"line_id": "l1", "quantity": 2}]}],
        "unshipped": [{"line_id": "l1", "quantity": 1, "expected_dispatch": {"from": "2026-11-20", "to": "2026-11-21"}}]
    })
}
