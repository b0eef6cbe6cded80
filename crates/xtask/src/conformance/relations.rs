//! Checks the relations between the fields of an order: every reference exists, no more is sent than was bought, and an offset from UTC has
//! a source.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::report::{CONTRACT, Check, CheckResult, NO_ORDER};
use super::run::Run;

const REFERENCES: Check = Check::must(
    "order.references",
    CONTRACT,
    "what is named exists in the order, and no identity stands twice",
    "name lines, shipments, cases, returns and refunds by an `id` of the same order",
);
const QUANTITIES: Check = Check::must(
    "order.quantities",
    CONTRACT,
    "of no line is more sent or still to be sent than was bought",
    "count each piece once: in one outbound shipment, or in `unshipped`",
);
const EVENTS: Check = Check::must(
    "order.events",
    CONTRACT,
    "an event has an identity of its own, and an offset exactly where `zone` is `explicit` or `from_place`",
    "send `offset_min` with `zone`, or neither; the widget shows a reading without an offset as it is written",
);

pub(super) fn skip(run: &mut Run<'_>) {
    run.report.skip(&[&REFERENCES, &QUANTITIES, &EVENTS], NO_ORDER);
}

pub(super) fn check(run: &mut Run<'_>, order: &Value) {
    run.report.add(&REFERENCES, CheckResult::of(&references(order)));
    run.report.add(&QUANTITIES, CheckResult::of(&quantities(order)));
    run.report.add(&EVENTS, CheckResult::of(&events(order)));
}

/// Returns the entries of a list with their pointers.
fn entries<'a>(pointer: &str, value: &'a Value, list: &str) -> Vec<(String, &'a Value)> {
    let all = value.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().enumerate().map(|(index, entry)| (format!("{pointer}/{list}/{index}"), entry)).collect()
}

fn text<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field).and_then(Value::as_str)
}

/// References between lists: a list, a field of its entries, and the list that has the entry with the identity in this field.
const REFERENCED_LISTS: [(&str, &str, &str); 11] = [
    ("unshipped", "line_id", "lines"),
    ("shipments", "of", "shipments"),
    ("actions", "shipment_id", "shipments"),
    ("cases", "shipment_id", "shipments"),
    ("cases", "return_id", "returns"),
    ("cases", "refund_id", "refunds"),
    ("returns", "shipment_id", "shipments"),
    ("returns", "case_id", "cases"),
    ("returns", "refund_id", "refunds"),
    ("refunds", "return_id", "returns"),
    ("refunds", "case_id", "cases"),
];

fn references(order: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for list in ["lines", "shipments", "cases", "returns", "refunds"] {
        let ids = known.entry(list).or_default();
        for (pointer, entry) in entries("", order, list) {
            if let Some(id) = text(entry, "id").filter(|id| !ids.insert(id)) {
                wrong.push(format!("{pointer}/id: {id:?} stands twice"));
            }
        }
    }
    let mut held = |pointer: &str, entry: &Value, field: &str, list: &str| {
        if let Some(id) = text(entry, field).filter(|id| !known.get(list).is_some_and(|ids| ids.contains(id))) {
            wrong.push(format!("{pointer}/{field}: {id:?} is not in `{list}`"));
        }
    };
    for (from, field, list) in REFERENCED_LISTS {
        entries("", order, from).iter().for_each(|(pointer, entry)| held(pointer, entry, field, list));
    }
    for from in ["shipments", "actions", "cases", "returns"] {
        for (pointer, part) in entries("", order, from) {
            for (pointer, line) in entries(&pointer, part, "lines") {
                held(&pointer, line, "line_id", "lines");
                held(&pointer, line, "shipment_id", "shipments");
            }
        }
    }
    wrong
}

fn quantities(order: &Value) -> Vec<String> {
    let quantity = |entry: &Value| entry.get("quantity").and_then(Value::as_u64);
    let mut sent: BTreeMap<&str, u64> = BTreeMap::new();
    let shipments = entries("", order, "shipments");
    let outbound = shipments.iter().filter(|(_, shipment)| text(shipment, "direction").is_none_or(|way| way == "outbound"));
    let in_parcels = outbound.flat_map(|(pointer, shipment)| entries(pointer, shipment, "lines"));
    for (_, part) in in_parcels.chain(entries("", order, "unshipped")) {
        if let Some(line) = text(part, "line_id") {
            *sent.entry(line).or_default() += quantity(part).unwrap_or_default();
        }
    }
    let lines = entries("", order, "lines");
    let more = lines.iter().filter_map(|(pointer, line)| {
        let (bought, sent) = (quantity(line)?, *sent.get(text(line, "id")?)?);
        (sent > bought).then(|| format!("{pointer}/quantity: {bought} bought, {sent} sent or still to be sent"))
    });
    more.collect()
}

fn events(order: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (pointer, shipment) in entries("", order, "shipments") {
        let mut ids = BTreeSet::new();
        for (pointer, event) in entries(&pointer, shipment, "events") {
            if let Some(id) = text(event, "id").filter(|id| !ids.insert(*id)) {
                wrong.push(format!("{pointer}/id: {id:?} stands twice in the shipment"));
            }
            wrong.extend(event.get("at").and_then(offset).map(|what| format!("{pointer}/at: {what}")));
        }
    }
    wrong
}

/// Maximum accepted offset from UTC in minutes: the largest offset in use, 14 hours, and a tolerance of 2 hours.
const MAX_OFFSET_MIN: i64 = 16 * 60;

fn offset(at: &Value) -> Option<String> {
    let zone = text(at, "zone").unwrap_or("unknown");
    let sure = ["explicit", "from_place"].contains(&zone);
    match at.get("offset_min").and_then(Value::as_i64) {
        Some(minutes) if minutes.abs() > MAX_OFFSET_MIN => Some(format!("`offset_min` is {minutes}: minutes, not seconds")),
        Some(_) if !sure => Some(format!("has `offset_min`, but `zone` is `{zone}`")),
        None if sure => Some(format!("`zone` is `{zone}`, but there is no `offset_min`")),
        Some(_) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn order() -> Value {
        json!({
            "lines": [{ "id": "l1", "quantity": 2 }],
            "unshipped": [{ "line_id": "l1", "quantity": 1 }],
            "shipments": [{
                "id": "s1", "direction": "outbound", "lines": [{ "line_id": "l1", "quantity": 1 }],
                "events": [{ "id": "e1", "at": { "local": "2026-11-20", "zone": "unknown" } }],
            }],
        })
    }

    fn with(pointer: &str, value: Value) -> Value {
        let mut order = order();
        *order.pointer_mut(pointer).unwrap() = value;
        order
    }

    #[test]
    fn an_order_that_agrees_with_itself_is_let_pass() {
        assert_eq!((references(&order()), quantities(&order()), events(&order())), (vec![], vec![], vec![]));
    }

    #[test]
    fn what_is_named_must_exist() {
        assert_eq!(references(&with("/unshipped/0/line_id", json!("l9"))), ["/unshipped/0/line_id: \"l9\" is not in `lines`"]);
        let part = "/shipments/0/lines/0/line_id";
        assert_eq!(references(&with(part, json!("l9"))), [format!("{part}: \"l9\" is not in `lines`")]);
        let twice = with("/lines", json!([{ "id": "l1" }, { "id": "l1" }]));
        assert_eq!(references(&twice), ["/lines/1/id: \"l1\" stands twice"]);
    }

    #[test]
    fn no_more_is_sent_than_was_bought() {
        let wrong = quantities(&with("/shipments/0/lines/0/quantity", json!(2)));
        assert_eq!(wrong, ["/lines/0/quantity: 2 bought, 3 sent or still to be sent"]);
        let back =
            with("/shipments/0", json!({ "id": "s1", "direction": "return", "lines": [{ "line_id": "l1", "quantity": 2 }] }));
        assert_eq!(quantities(&back), [""; 0]);
    }

    #[test]
    fn an_offset_says_where_it_comes_from() {
        for (at, right) in [
            (json!({ "zone": "unknown" }), true),
            (json!({}), true),
            (json!({ "zone": "explicit", "offset_min": -480 }), true),
            (json!({ "zone": "explicit" }), false),
            (json!({ "zone": "unknown", "offset_min": 60 }), false),
            (json!({ "offset_min": 60 }), false),
            (json!({ "zone": "from_place", "offset_min": 3_600 }), false),
        ] {
            assert_eq!(events(&with("/shipments/0/events/0/at", at.clone())).is_empty(), right, "{at}");
        }
    }
}
