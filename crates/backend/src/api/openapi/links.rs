//! Adds links to the OpenAPI document. Each link of a response names an operation that a client can call next. For each path
//! parameter of this operation, the link says where in the request or the response its value is.
//!
//! The links follow from rules about the schema of an answer and the path of an operation, so a new operation usually needs no
//! new rule. A test in `tests/backend/contract.rs` checks that a link leads to every operation with an identity in its path.

use serde_json::{Map, Value, json};

/// Rules for links: schema of the answer, end of the path, and for each path parameter its name and the location of its value. An
/// empty pair stands for no parameter.
const RULES: [Rule; 16] = [
    Rule { answer: "Order", path: "/{id}", at: [("id", "$response.body#/id"), ("", "")] },
    Rule { answer: "Order", path: "/cases/{cid}", at: [("id", "$response.body#/id"), ("cid", "$response.body#/cases/0/id")] },
    Rule { answer: "Order", path: "/returns/{rid}", at: [("id", "$response.body#/id"), ("rid", "$response.body#/returns/0/id")] },
    Rule { answer: "Order", path: "/refunds/{rid}", at: [("id", "$response.body#/id"), ("rid", "$response.body#/refunds/0/id")] },
    Rule {
        answer: "Order",
        path: "/shipments/{sid}",
        at: [("id", "$response.body#/id"), ("sid", "$response.body#/shipments/0/id")],
    },
    Rule { answer: "Case", path: "/cases/{cid}", at: [("id", "$request.path.id"), ("cid", "$response.body#/id")] },
    Rule { answer: "Case", path: "/returns/{rid}", at: [("id", "$request.path.id"), ("rid", "$response.body#/return_id")] },
    Rule { answer: "Case", path: "/refunds/{rid}", at: [("id", "$request.path.id"), ("rid", "$response.body#/refund_id")] },
    Rule {
        answer: "Evidence",
        path: "/evidence/{evidence_id}",
        at: [("id", "$request.path.id"), ("evidence_id", "$response.body#/id")],
    },
    Rule { answer: "LookupAnswer", path: "/{id}", at: [("id", "$response.body#/order_id"), ("", "")] },
    Rule { answer: "Minted", path: "/{id}", at: [("id", "$request.path.id"), ("", "")] },
    Rule {
        answer: "Found",
        path: "/cases/{cid}",
        at: [("id", "$response.body#/0/order_id"), ("cid", "$response.body#/0/case_id")],
    },
    Rule { answer: "Found", path: "/{id}", at: [("id", "$response.body#/0/order_id"), ("", "")] },
    Rule { answer: "ListedMessages", path: "/messages/{id}", at: [("id", "$response.body#/messages/0/id"), ("", "")] },
    Rule { answer: "ListedMessages", path: "/orders/{id}", at: [("id", "$response.body#/messages/0/order_id"), ("", "")] },
    Rule { answer: "Quote", path: "/orders/{id}/requests", at: [("id", "$request.path.id"), ("", "")] },
];

struct Rule {
    /// Schema of the answer, or of the entries of a list.
    answer: &'static str,
    /// End of the operation's path. If it ends with a parameter, anything may follow in the operation's path.
    path: &'static str,
    at: [(&'static str, &'static str); 2],
}

/// An operation with identities in its path.
struct Target {
    id: String,
    path: String,
    parameters: Vec<String>,
}

/// Adds the links to a finished document.
pub(super) fn add_links(document: &mut Value) {
    let targets = targets(document);
    for operation in super::constraints::operations(document) {
        let own = operation["operationId"].as_str().unwrap_or_default().to_owned();
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten();
        for (_, response) in responses.filter(|(status, _)| status.starts_with('2')) {
            let Some(answer) = answer(response) else { continue };
            let links: Map<String, Value> = targets
                .iter()
                .filter(|target| target.id != own)
                .filter_map(|target| Some((target.id.clone(), link(&answer, target)?)))
                .collect();
            if let Some(response) = response.as_object_mut().filter(|_| !links.is_empty()) {
                response.insert("links".to_owned(), Value::Object(links));
            }
        }
    }
}

fn targets(document: &Value) -> Vec<Target> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let all = paths.flat_map(|(path, methods)| {
        let parameters: Vec<String> =
            path.split('{').skip(1).filter_map(|part| part.split('}').next()).map(str::to_owned).collect();
        let operations = methods.as_object().into_iter().flatten();
        operations.filter_map(move |(_, operation)| {
            let id = operation["operationId"].as_str()?.to_owned();
            Some(Target { id, path: path.clone(), parameters: parameters.clone() })
        })
    });
    all.filter(|target| !target.parameters.is_empty()).collect()
}

/// Returns the name of the schema of a JSON response. If the response is a list, returns the name of the schema of its entries.
/// If the response is not JSON or its schema has no name, returns None.
fn answer(response: &Value) -> Option<String> {
    let content = response.pointer("/content/application~1json/schema")?;
    let reference = content.get("$ref").or_else(|| content.pointer("/items/$ref"))?.as_str()?;
    reference.rsplit('/').next().map(str::to_owned)
}

/// Returns the link from an answer to an operation, or None if no rule supplies all parameters of its path.
fn link(answer: &str, target: &Target) -> Option<Value> {
    let upto = target.path.rfind('}').and_then(|end| target.path.get(..=end))?;
    let rule = RULES.iter().filter(|rule| rule.answer == answer).find(|rule| {
        let named = rule.at.iter().filter(|(name, _)| !name.is_empty()).count();
        let fits = if rule.path.ends_with('}') { upto.ends_with(rule.path) } else { target.path.ends_with(rule.path) };
        let messages = target.path.contains("/messages/{id}") == rule.path.contains("/messages/");
        fits && messages && named == target.parameters.len()
    })?;
    let parameters: Map<String, Value> =
        rule.at.iter().filter(|(name, _)| !name.is_empty()).map(|(name, at)| (format!("path.{name}"), json!(at))).collect();
    Some(json!({"operationId": target.id, "parameters": parameters}))
}
