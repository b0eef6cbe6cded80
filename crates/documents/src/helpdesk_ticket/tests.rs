use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use doorstep_contract::{Order, ShopperRequest};
use doorstep_domain::policy::Claims;
use serde_json::json;

use super::{Format, HelpdeskTicket, Occasion, TicketContext, body, compose};

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

/// Returns an order whose parcel was left behind a bin, for a shopper who has looked there.
fn order() -> Order {
    let scan = |local: &str, stage: &str, place: &str, text: &str| {
        json!({"id": local, "at": {"local": local, "offset_min": 0, "zone": "explicit"}, "stage": stage, "text": text,
               "place": {"name": place, "country": "GB"}, "source": "carrier"})
    };
    let order = json!({
        "id": "ord_5f3c", "number": "1042", "placed_at": "2026-11-12T09:30:00Z", "version": 17, "time_zone": "Europe/London",
        "destination": {"lines": ["12 M… Street", "London N1"], "country": "GB"},
        "lines": [
            {"id": "l1", "title": "Rain jacket", "variant": "M, blue", "quantity": 2, "unit_price": {"minor": 8900, "currency": "GBP"}},
            {"id": "l2", "title": "Umbrella", "quantity": 1, "unit_price": {"minor": 2450, "currency": "GBP"}},
        ],
        "shipments": [
            {"id": "s1", "direction": "outbound", "carrier": {"code": "dpd", "name": "DPD", "phone": "+44 121 275 0500"},
             "tracking_number": "15501234567890", "tracking_url": "https://track.dpd.example/15501234567890",
             "lines": [{"line_id": "l1", "quantity": 2}], "stage": "delivered", "condition": {"state": "ok"},
             "promise": {"promised": {"kind": "day", "from": "2026-11-18", "to": "2026-11-18"},
                         "expected": {"kind": "day", "from": "2026-11-19", "to": "2026-11-19"}, "verdict": "late"},
             "delivered": {"at": "2026-11-19T14:02:00+00:00", "to": "safe_place", "detail": "behind the bin",
                           "photo_url": "https://track.dpd.example/15501234567890/photo"},
             "last_carrier_update": "2026-11-19T14:02:00Z",
             "events": [
                scan("2026-11-16T18:20:00", "handed_over", "Coventry", "Collected"),
                scan("2026-11-17T23:41:00", "in_transit", "Hinckley", "At the hub"),
                scan("2026-11-19T07:48:00", "out_for_delivery", "London", "On the van"),
                scan("2026-11-19T14:02:00", "delivered", "London", "Left in a safe place"),
             ]},
            {"id": "s2", "direction": "outbound", "carrier": {"code": "ups", "name": "UPS"}, "tracking_number": "1Z999",
             "lines": [{"line_id": "l2", "quantity": 1}], "stage": "in_transit", "condition": {"state": "ok"}},
        ],
        "cases": [{
            "id": "cs_1", "reference": "DS-7K2M4", "kind": "report_non_receipt", "shipment_id": "s1",
            "lines": [{"line_id": "l1", "quantity": 2}], "state": "waiting_for_carrier", "opened_at": "2026-11-20T11:58:00Z",
            "outcome": "replacement", "next": {"what": "look_into", "who": "carrier", "by": "2026-11-22T11:58:00Z"},
            "timeline": [
                {"at": "2026-11-20T11:58:00Z", "who": "shopper", "what": "opened"},
                {"at": "2026-11-20T11:58:00Z", "who": "retailer", "what": "carrier_asked"},
            ],
        }],
    });
    Order::from_json(&order.to_string()).unwrap()
}

fn request() -> ShopperRequest {
    serde_json::from_value(json!({
        "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "replacement", "contact": "ada@example.org",
        "answers": {"household": "yes", "neighbours": "yes", "places": "yes", "photo": "not_mine"},
        "note": "I was at home all afternoon.\nThe photo shows a green door; ours is white.",
        "lines": [], "evidence": ["ph_00aa"],
    }))
    .unwrap()
}

fn claims() -> Claims {
    Claims { days: 30, days_of: BTreeMap::from([("dpd".to_owned(), 14)]) }
}

fn ticket(order: &Order, request: Option<&ShopperRequest>, message: Option<&str>) -> HelpdeskTicket {
    compose(&TicketContext {
        occasion: if message.is_some() { Occasion::Message } else { Occasion::Opened },
        order,
        case: &order.cases[0],
        request,
        message,
        evidence: &["ph_00aa".to_owned()],
        claims: &claims(),
        public_url: "https://orders.shop.example",
        now: now(),
    })
}

#[test]
fn the_note_in_the_documentation_is_the_note_that_is_sent() {
    let note = ticket(&order(), Some(&request()), None).note;
    let documentation = include_str!("../../../../docs/helpdesk.md");
    assert!(documentation.contains(&format!("```text\n{note}```\n")), "docs/helpdesk.md must contain:\n\n{note}");
}

#[test]
fn the_claim_runs_from_the_hand_over_and_is_named_with_what_is_left() {
    let note = ticket(&order(), Some(&request()), None).note;
    assert!(note.contains("DPD takes a claim until Mon 30 Nov 2026 18:20 GMT: 10 days left"), "{note}");
    let mut late = order();
    late.shipments[0].carrier.as_mut().unwrap().code = "other".to_owned();
    assert!(ticket(&late, None, None).note.contains("takes a claim until Wed 16 Dec 2026"));
    late.cases[0].shipment_id = None;
    assert!(!ticket(&late, None, None).note.contains("takes a claim"));
}

#[test]
fn a_shoppers_words_stay_on_their_line() {
    let request = ShopperRequest { note: Some("hello\r\n\r\nMONEY\n- refund everything\u{7}".to_owned()), ..request() };
    let note = ticket(&order(), Some(&request), Some("one\ntwo")).note;
    assert!(note.contains("\"hello / MONEY / - refund everything\"") && note.contains("\"one / two\""), "{note}");
    assert!(!note.contains("\nMONEY"));
}

#[test]
fn no_word_of_others_begins_a_line_or_turns_the_text_of_a_note() {
    let smuggled = "one\u{2028}MONEY\u{2029}DATES\u{85}- \u{202e}refund\u{2066}\u{200f}";
    let request = ShopperRequest { note: Some(smuggled.to_owned()), contact: Some(smuggled.to_owned()), ..request() };
    let mut order = order();
    order.number = smuggled.to_owned();
    order.lines[0].title = smuggled.to_owned();
    order.destination.as_mut().unwrap().lines = vec![smuggled.to_owned()];
    for shipment in &mut order.shipments {
        shipment.tracking_number = Some(smuggled.to_owned());
        shipment.events.iter_mut().for_each(|event| event.text = Some(smuggled.to_owned()));
        shipment.delivered.iter_mut().for_each(|delivered| delivered.detail = Some(smuggled.to_owned()));
    }
    let helpdesk_ticket = ticket(&order, Some(&request), Some(smuggled));
    let texts = [
        helpdesk_ticket.note.as_str(),
        &helpdesk_ticket.subject,
        helpdesk_ticket.message.as_deref().unwrap(),
        helpdesk_ticket.contact.as_deref().unwrap(),
    ];
    for text in texts {
        let odd = |letter: &char| matches!(letter, '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{202e}' | '\u{2066}' | '\u{200f}');
        assert!(!text.chars().any(|letter| odd(&letter)), "{text:?}");
    }
    let headings = |text: &str| text.lines().filter(|line| matches!(*line, "MONEY" | "DATES")).count();
    assert_eq!(
        headings(&helpdesk_ticket.note),
        headings(&super::tests::ticket(&self::order(), Some(&self::request()), None).note)
    );
    assert!(!helpdesk_ticket.subject.contains('\n') && !helpdesk_ticket.contact.unwrap().contains('\n'));
}

#[test]
fn each_helpdesk_gets_the_body_that_its_api_takes() {
    let helpdesk_ticket = ticket(&order(), Some(&request()), None);
    let zendesk = body(&helpdesk_ticket, Format::Zendesk);
    assert_eq!(zendesk["ticket"]["external_id"], "DS-7K2M4");
    assert_eq!(zendesk["ticket"]["comment"]["public"], false);
    assert_eq!(zendesk["ticket"]["requester"]["email"], "ada@example.org");
    let freshdesk = body(&helpdesk_ticket, Format::Freshdesk);
    assert_eq!((&freshdesk["email"], &freshdesk["status"]), (&json!("ada@example.org"), &json!(2)));
    assert!(freshdesk["description"].as_str().unwrap().contains("<br>"));
    let gorgias = body(&helpdesk_ticket, Format::Gorgias);
    assert_eq!(gorgias["messages"][0]["sender"]["email"], "ada@example.org");
    assert_eq!(gorgias["messages"][0]["body_text"], helpdesk_ticket.note);
    let salesforce = body(&helpdesk_ticket, Format::Salesforce);
    assert_eq!((&salesforce["Origin"], &salesforce["SuppliedEmail"]), (&json!("Web"), &json!("ada@example.org")));
    let generic = body(&helpdesk_ticket, Format::Generic);
    assert_eq!((&generic["type"], &generic["reference"]), (&json!("case.opened"), &json!("DS-7K2M4")));
    assert_eq!(serde_json::from_value::<HelpdeskTicket>(generic).unwrap(), helpdesk_ticket);
}

#[test]
fn a_shopper_who_left_no_address_is_still_a_ticket() {
    let helpdesk_ticket = ticket(&order(), None, None);
    assert!(helpdesk_ticket.note.contains("Contact: not given"));
    assert_eq!(body(&helpdesk_ticket, Format::Freshdesk)["unique_external_id"], "doorstep-ord_5f3c");
    assert_eq!(body(&helpdesk_ticket, Format::Gorgias)["customer"]["email"], "order-ord_5f3c@doorstep.invalid");
    assert!(body(&helpdesk_ticket, Format::Zendesk)["ticket"].get("requester").is_none());
    let by_phone = ShopperRequest { contact: Some("+44 20 7123 4567".to_owned()), ..request() };
    let helpdesk_ticket = ticket(&order(), Some(&by_phone), None);
    assert_eq!(body(&helpdesk_ticket, Format::Freshdesk)["phone"], "+44 20 7123 4567");
    assert_eq!(body(&helpdesk_ticket, Format::Salesforce)["SuppliedPhone"], "+44 20 7123 4567");
}

#[test]
fn html_in_a_note_is_text_in_a_helpdesk() {
    let request = ShopperRequest { note: Some("<img src=x onerror=alert(1)>".to_owned()), ..request() };
    let helpdesk_ticket = ticket(&order(), Some(&request), None);
    for html in [
        &body(&helpdesk_ticket, Format::Freshdesk)["description"],
        &body(&helpdesk_ticket, Format::Gorgias)["messages"][0]["body_html"],
    ] {
        assert!(!html.as_str().unwrap().contains("<img"));
    }
}

#[test]
fn an_amount_in_a_note_has_the_decimals_that_iso_4217_gives_its_currency() {
    let written = |minor, currency: &str| super::facts::money(&doorstep_contract::Money { minor, currency: currency.to_owned() });
    assert_eq!(written(1_299_000, "HUF"), "12990.00 HUF");
    assert_eq!(written(1_299_050, "IQD"), "1299.050 IQD");
    assert_eq!(written(-1_299, "JPY"), "-1299 JPY");
    assert_eq!(written(8_113, "EUR"), "81.13 EUR");
}
