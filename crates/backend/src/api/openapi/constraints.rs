//! Adds the rules of the strict readers to the OpenAPI document: lengths, patterns, bounds, allowed words, and that unknown
//! fields are refused.
//!
//! The handlers and types describe the structure of bodies. This module adds the limits of values, from the constants that the
//! readers use (`doorstep_contract::bounds`). `tests/backend/contract.rs` tests the document and the readers against each other.

use std::collections::BTreeSet;

use chrono_tz::TZ_VARIANTS;
use doorstep_contract::{ActionKind, CaseState, bounds};
use doorstep_service::store::{MessageState, ShopOrderState};
use serde_json::{Map, Value, json};

use crate::api::order_html::{MAX_LANGUAGE, MAX_SECTIONS};

/// Patterns of text fields.
mod pattern {
    /// At least one visible character.
    pub(super) const VISIBLE_TEXT: &str = r"[^\s\x00-\x1f\x7f-\x9f]";
    pub(super) const IDENTITY: &str = "^[A-Za-z0-9_-]+$";
    pub(super) const CURRENCY: &str = "^[A-Z]{3}$";
    pub(super) const COUNTRY: &str = "^[A-Z]{2}$";
    pub(super) const EMAIL: &str = r"^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}$";
    pub(super) const LINK: &str = r"^https://[A-Za-z0-9.-]+(:[0-9]{1,4})?([/?#][!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]*)?$";
    pub(super) const PICTURE: &str =
        r"^(https://[A-Za-z0-9.-]+(:[0-9]{1,4})?)?/([!$%&'()*+,.0-9:;=@A-Z_a-z~-][!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]*)?$";
    pub(super) const CONTACT_LINK: &str =
        r"^(https://[A-Za-z0-9.-]+(:[0-9]{1,4})?([/?#][!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]*)?|(mailto|tel):[!-~]+)$";
    pub(super) const CONTACT: &str =
        r"^([A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,2}|\+?[0-9][0-9 ()/.-]{6,16}[0-9])$";
    /// Base64 for URLs (RFC 4648), without padding.
    pub(super) const CURSOR: &str = "^[A-Za-z0-9_-]+$";
    /// A BCP 47 tag: subtags of letters and digits.
    pub(super) const LANGUAGE: &str = "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$";
    pub(super) const KEY: &str = "^[!-~]([ -~]*[!-~])?$";
    /// A date with or without a time of day. Matches only days that exist in every year, so not 29 February.
    pub(super) const LOCAL_TIME: &str = r"^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?)?$";
}

/// Returns the constraints of fields: name of the schema, names of its fields, keywords.
fn field_constraints() -> Vec<(&'static str, &'static [&'static str], Value)> {
    let visible_text = json!({"minLength": 1, "pattern": pattern::VISIBLE_TEXT});
    let at_most = |most: usize| json!({"minLength": 1, "maxLength": most, "pattern": pattern::VISIBLE_TEXT});
    let at_least_one = json!({"minimum": 1});
    let link = json!({"pattern": pattern::LINK});
    let country = json!({"pattern": pattern::COUNTRY});
    let some = json!({"minItems": 1});
    let answers = json!({"propertyNames": {"enum": ["address", "concern", "confirmed", "damage", "extent", "house", "household", "name",
        "neighbours", "photo", "place", "places", "topic"]}});
    vec![
        ("NewOrder", &["id"], json!({"maxLength": bounds::IDENTITY, "pattern": pattern::IDENTITY})),
        ("NewOrder", &["number"], visible_text.clone()),
        ("NewOrder", &["email"], json!({"pattern": pattern::EMAIL})),
        ("NewOrder", &["lang"], json!({"maxLength": 35, "pattern": pattern::LANGUAGE})),
        ("NewOrder", &["time_zone"], json!({"enum": TZ_VARIANTS.iter().map(|zone| zone.name()).collect::<Vec<_>>()})),
        ("NewOrder", &["lines"], some.clone()),
        ("NewLine", &["id", "title"], visible_text.clone()),
        ("NewLine", &["quantity"], at_least_one.clone()),
        ("NewLine", &["image_url"], json!({"pattern": pattern::PICTURE})),
        ("NewLine", &["url"], link.clone()),
        ("NewMoney", &["currency"], json!({"pattern": pattern::CURRENCY})),
        ("NewMoney", &["minor"], json!({"minimum": 0, "maximum": bounds::AMOUNT})),
        ("NewDestination", &["country"], country.clone()),
        ("NewShipment", &["id", "tracking_number"], visible_text.clone()),
        ("NewShipment", &["tracking_url"], link.clone()),
        ("NewShipment", &["pieces"], at_least_one.clone()),
        ("NewCarrier", &["code", "name"], visible_text.clone()),
        ("NewCarrier", &["url"], link.clone()),
        ("NewPart", &["quantity"], at_least_one.clone()),
        ("NewUnshipped", &["quantity"], at_least_one.clone()),
        ("NewSupport", &["label"], visible_text.clone()),
        ("NewSupport", &["url"], json!({"pattern": pattern::CONTACT_LINK})),
        ("NewToken", &["scopes"], some),
        ("NewToken", &["expires_in_s"], json!({"minimum": 1, "maximum": bounds::TOKEN_LIFE_S})),
        ("NewEvent", &["shipment_id"], visible_text),
        ("NewEvent", &["id"], at_most(bounds::EVENT_TEXT)),
        ("NewEvent", &["text"], json!({"maxLength": bounds::EVENT_TEXT})),
        ("NewEventTime", &["offset_min"], json!({"minimum": -bounds::OFFSET_MIN, "maximum": bounds::OFFSET_MIN})),
        ("NewPlace", &["name"], json!({"maxLength": bounds::EVENT_TEXT})),
        ("NewPlace", &["country"], country.clone()),
        ("NewPlace", &["lat"], json!({"minimum": -90, "maximum": 90})),
        ("NewPlace", &["lon"], json!({"minimum": -180, "maximum": 180})),
        ("ShipmentFacts", &["pieces"], at_least_one.clone()),
        ("ShipmentFacts", &["tracking_url", "reroute_url"], link.clone()),
        ("NewDelivered", &["photo_url"], json!({"pattern": pattern::PICTURE})),
        ("NewPickup", &["country"], country),
        ("NewPickup", &["location"], link),
        ("CaseUpdate", &["message"], at_most(bounds::MESSAGE)),
        ("CaseUpdate", &["outcome"], words(&["refund", "store_credit", "replacement"])),
        ("CaseUpdate", &["step"], words(&["carrier_asked", "carrier_answered"])),
        ("ReturnUpdate", &["text"], json!({"maxLength": bounds::MESSAGE})),
        ("RefundUpdate", &["state"], json!({"enum": ["promised", "sent", "completed", "failed"]})),
        ("ShopperRequest", &["kind"], json!({"enum": ActionKind::VALUES})),
        ("ShopperRequest", &["note"], at_most(bounds::NOTE)),
        ("ShopperRequest", &["contact"], json!({"maxLength": bounds::CONTACT, "pattern": pattern::CONTACT})),
        ("ShopperRequest", &["answers"], answers),
        ("RequestLine", &["quantity"], at_least_one),
        ("QuoteRequest", &["kind"], words(&["start_return", "withdraw"])),
        ("CaseMessage", &["text"], at_most(bounds::NOTE)),
        ("CaseRating", &["rating"], json!({"minimum": bounds::RATING.start(), "maximum": bounds::RATING.end()})),
        ("CaseRating", &["comment"], json!({"maxLength": bounds::NOTE})),
    ]
}

/// Returns the constraints of query parameters: operation, parameter, keywords.
fn query_constraints() -> [(&'static str, &'static str, Value); 13] {
    let states = json!({"enum": MessageState::ALL});
    [
        ("listCases", "state", json!({"enum": CaseState::VALUES})),
        ("listCases", "limit", json!({"minimum": 1, "maximum": bounds::CASES})),
        ("listOrders", "updated_since", json!({"format": "date-time"})),
        ("listOrders", "limit", json!({"minimum": 1, "maximum": bounds::ORDERS})),
        ("renderOrder", "language", json!({"maxLength": MAX_LANGUAGE})),
        ("renderOrder", "heading_level", json!({"minimum": 1, "maximum": 6})),
        ("renderOrder", "theme", json!({"enum": ["light", "dark"]})),
        ("renderOrder", "sections", json!({"maxLength": MAX_SECTIONS})),
        ("listOrders", "cursor", json!({"minLength": 1, "pattern": pattern::CURSOR})),
        ("listShopOrders", "state", json!({"enum": ShopOrderState::ALL})),
        ("listMessages", "state", states.clone()),
        ("listMessages", "channel", json!({"enum": ["webhook", "helpdesk", "mail"]})),
        ("listHelpdeskMessages", "state", states),
    ]
}

/// Returns a schema that allows these words or null.
fn words(words: &[&str]) -> Value {
    let all: Vec<Value> = words.iter().map(|word| json!(word)).chain([Value::Null]).collect();
    json!({"enum": all})
}

/// Fields that are required although the reader has a default for them. With the default, a missing field is refused by the
/// validation of its value and not by the JSON parser.
const REQUIRED_FIELDS: [(&str, &[&str]); 5] = [
    ("ShopperRequest", &["kind"]),
    ("RequestLine", &["line_id", "quantity"]),
    ("CaseMessage", &["text"]),
    ("CaseRating", &["rating"]),
    ("NewAddress", &["lines", "postcode", "city"]),
];

/// Adds the constraints to a finished document.
pub(super) fn add_constraints(document: &mut Value) {
    let mut schemas = document.pointer_mut("/components/schemas").map(Value::take).unwrap_or_default();
    let Some(all) = schemas.as_object_mut() else { return };
    all.values_mut().for_each(bound_integers);
    merge(all, "LocalTime", &json!({"pattern": pattern::LOCAL_TIME}));
    // The reader ignores `kind` and distinguishes dates and instants by their format.
    let window = |format: &str| json!({"properties": {"from": {"format": format}, "to": {"format": format}}});
    let window = json!({"type": "object", "additionalProperties": false, "required": ["from", "to"], "properties": {
            "kind": {"type": "string", "description": "Not read"}, "from": {"type": "string"}, "to": {"type": "string"}},
        "description": "Two dates, or two instants", "oneOf": [window("date"), window("date-time")]});
    all.insert("NewWindow".to_owned(), window);
    let mut seen = BTreeSet::new();
    for operation in operations(document) {
        if let Some(content) = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut) {
            content.values_mut().for_each(|kind| strict(kind, all, &mut seen));
        }
        let own = operation["operationId"].as_str().unwrap_or_default().to_owned();
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        parameters.into_iter().flatten().for_each(|one| parameter(&own, one));
    }
    for (schema, fields, keywords) in field_constraints() {
        let properties = all.get_mut(schema).and_then(|schema| schema.get_mut("properties")).and_then(Value::as_object_mut);
        if let Some(properties) = properties {
            fields.iter().for_each(|field| merge(properties, field, &keywords));
        }
    }
    for (schema, fields) in REQUIRED_FIELDS {
        merge(all, schema, &json!({"required": fields}));
    }
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("schemas".to_owned(), schemas);
    }
}

/// Returns every operation of the document.
pub(super) fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut);
    paths.filter_map(Value::as_object_mut).flat_map(Map::values_mut).filter(|operation| operation.get("responses").is_some())
}

fn merge(properties: &mut Map<String, Value>, field: &str, keywords: &Value) {
    let (Some(known), Some(keywords)) = (properties.get_mut(field).and_then(Value::as_object_mut), keywords.as_object()) else {
        return;
    };
    for (keyword, value) in keywords {
        known.insert(keyword.clone(), value.clone());
    }
}

/// Adds to every integer the bounds of the Rust type that the reader parses it into.
fn bound_integers(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        let bounds = match (object.get("format").and_then(Value::as_str), object.contains_key("minimum")) {
            (Some("int32"), true) => Some((json!(0), json!(u32::MAX))),
            (Some("int32"), false) => Some((json!(i32::MIN), json!(i32::MAX))),
            (Some("int64"), true) => Some((json!(0), json!(i64::MAX))),
            (Some("int64"), false) => Some((json!(i64::MIN), json!(i64::MAX))),
            _ => None,
        };
        if let Some((least, most)) = bounds {
            object.entry("minimum").or_insert(least);
            object.entry("maximum").or_insert(most);
        }
        object.values_mut().for_each(bound_integers);
    } else if let Some(list) = schema.as_array_mut() {
        list.iter_mut().for_each(bound_integers);
    }
}

/// Replaces each schema that a request body refers to by a strict copy, which allows only known words and no unknown fields.
/// `seen` has the names of the schemas that are done.
fn strict(node: &mut Value, schemas: &mut Map<String, Value>, seen: &mut BTreeSet<String>) {
    let Some(object) = node.as_object_mut() else {
        node.as_array_mut().into_iter().flatten().for_each(|node| strict(node, schemas, seen));
        return;
    };
    // The default is the value that the reader uses for a missing field. A client that sends this value may be refused.
    object.remove("default");
    let name = object.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next()).map(str::to_owned);
    let Some(name) = name else {
        object.values_mut().for_each(|node| strict(node, schemas, seen));
        return;
    };
    let target = schemas.get(&name).cloned().unwrap_or_default();
    let is_vocabulary = is_of_type(&target, "string") && target.get("format").is_none() && target.get("enum").is_none();
    if is_vocabulary {
        object.remove("$ref");
        let examples = target.get("examples").and_then(Value::as_array).cloned().unwrap_or_default();
        let words = examples.into_iter().chain([json!("unknown")]);
        object.insert("type".to_owned(), json!("string"));
        object.insert("enum".to_owned(), words.collect());
        return;
    }
    let is_open = is_of_type(&target, "object") && target.get("additionalProperties").is_none();
    let own = if is_open { format!("New{name}") } else { name.clone() };
    object.insert("$ref".to_owned(), json!(format!("#/components/schemas/{own}")));
    if !seen.insert(own.clone()) {
        return;
    }
    let is_new = is_open && !schemas.contains_key(&own);
    let mut copy = schemas.get(&own).cloned().unwrap_or(target);
    strict(&mut copy, schemas, seen);
    if let Some(copy) = copy.as_object_mut().filter(|_| is_new) {
        copy.insert("additionalProperties".to_owned(), json!(false));
        // Missing fields are filled in by the reader, as in every document of the wire format.
        copy.remove("required");
    }
    schemas.insert(own, copy);
}

fn is_of_type(schema: &Value, name: &str) -> bool {
    schema.get("type").is_some_and(|kind| kind == name)
}

/// Adds the constraints of one parameter. Parameters are texts or absent, never null; keys and identities have patterns or
/// minimum lengths.
fn parameter(operation: &str, parameter: &mut Value) {
    if let Some(kind) = parameter.pointer_mut("/schema/type").filter(|kind| **kind == json!(["string", "null"])) {
        *kind = json!("string");
    }
    let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let query = query_constraints().into_iter().find(|(known, named, _)| *known == operation && *named == name);
    let is_path = parameter.get("in").is_some_and(|place| place == "path");
    let Some(schema) = parameter.get_mut("schema").and_then(Value::as_object_mut) else { return };
    if let Some((_, _, keywords)) = query {
        schema.extend(keywords.as_object().cloned().unwrap_or_default());
    } else if name == "Idempotency-Key" {
        let shape = json!({"minLength": 1, "maxLength": bounds::IDEMPOTENCY_KEY, "pattern": pattern::KEY});
        schema.extend(shape.as_object().cloned().unwrap_or_default());
    } else if is_path {
        schema.insert("minLength".to_owned(), json!(1));
    }
}
