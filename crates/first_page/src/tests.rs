use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Presented, Rendered, first_page, html};

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

fn order(changes: &Value) -> String {
    let mut order = json!({
        "id": "ord_1", "number": "1042", "version": 1, "as_of": "2026-11-20T11:59:03Z", "time_zone": "Europe/London", "access": "full",
        "placed_at": "2026-11-12T09:30:00Z", "lines": [{"id": "l1", "title": "Rain jacket", "quantity": 2}], "unshipped": [],
        "shipments": [{
            "id": "s1", "direction": "outbound", "carrier": {"code": "dhl", "name": "DHL"}, "tracking_number": "JD01",
            "tracking_level": "full", "lines": [{"line_id": "l1", "quantity": 2}], "stage": "in_transit", "condition": {"state": "ok"},
            "events": [{
                "id": "e1", "at": {"local": "2026-11-20T07:30:00", "offset_min": 0, "zone": "explicit"}, "stage": "in_transit",
                "text": "Processed at the depot", "source": "carrier"
            }]
        }],
        "actions": [], "cases": [], "returns": [], "refunds": [], "support": [], "stream": false, "poll_after_s": 600
    });
    for (name, value) in changes.as_object().expect("an object") {
        order[name] = value.clone();
    }
    order.to_string()
}

fn page(document: &str, language: &str) -> Option<Value> {
    let presented = Presented { api: "https://shop.example/api", language, heading_level: 2, sections: "" };
    first_page(document, &presented, now()).map(|page| serde_json::from_str(&page).expect("JSON"))
}

/// Returns every text of a page.
fn texts(node: &Value) -> Vec<String> {
    match node {
        Value::Array(parts) => parts.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    }
}

#[test]
fn a_page_has_the_texts_of_its_language_and_of_its_order() {
    for (language, heading) in [("en", "On its way"), ("de", "Unterwegs"), ("tlh", "On its way")] {
        let page = page(&order(&json!({})), language).expect("a page");
        let texts = texts(&page);
        assert!(texts.iter().any(|text| text.contains("Rain jacket")), "{language}");
        assert!(texts.iter().any(|text| text.starts_with(heading)), "{language}: {texts:?}");
    }
}

#[test]
fn a_page_has_the_cards_of_cases_and_no_dialog() {
    let cases = json!([{"id": "c1", "kind": "report_damage", "reference": "C-1042", "state": "open", "timeline": []}]);
    let page = page(&order(&json!({"cases": cases})), "en").expect("a page");
    let texts = texts(&page);
    assert!(texts.iter().any(|text| text == "requests"), "{texts:?}");
    assert!(texts.iter().any(|text| text == "Reference C-1042"), "{texts:?}");
    assert!(texts.iter().all(|text| text != "dialog"), "{texts:?}");
}

#[test]
fn a_page_has_the_details_of_every_parcel() {
    let mut document: Value = serde_json::from_str(&order(&json!({}))).expect("an order");
    let shipment = document["shipments"][0].clone();
    document["shipments"] = (1..=12)
        .map(|row| {
            let mut shipment = shipment.clone();
            shipment["id"] = json!(format!("s{row}"));
            shipment["tracking_number"] = json!(format!("JD{row:02}"));
            shipment
        })
        .collect();
    let texts = texts(&page(&document.to_string(), "en").expect("a page"));
    assert_eq!(texts.iter().filter(|text| text.starts_with("JD")).count(), 12);
    assert_eq!(texts.iter().filter(|text| *text == "open").count(), 8);
}

#[test]
fn a_document_that_shows_no_order_has_no_page() {
    for document in ["", "null", "[]", "nonsense"] {
        assert_eq!(page(document, "en"), None, "{document}");
    }
}

fn rendered(document: &str, language: &str) -> Option<String> {
    let stylesheet = Some(("/embed/widget.css", "sha384-AAAA"));
    let rendered =
        Rendered { api: "https://shop.example/api", language, heading_level: 2, sections: "", stylesheet, theme: Some("dark") };
    html(document, &rendered, now())
}

#[test]
fn the_html_of_an_order_has_all_its_texts_in_the_language_of_the_page() {
    for (language, lang, heading, time) in
        [("en", "en", "On its way", "7:30 AM"), ("de-AT", "de-AT", "Unterwegs", "07:30"), ("tlh", "en", "On its way", "7:30 AM")]
    {
        let page = rendered(&order(&json!({})), language).expect("HTML");
        assert!(page.starts_with("<template shadowrootmode=\"open\"><link rel=\"stylesheet\" crossorigin=\"anonymous\""));
        assert!(page.ends_with("</div></template>"));
        for text in [heading, time, "Rain jacket", &format!("lang=\"{lang}\""), "data-theme=\"dark\"", "<noscript>"] {
            assert!(page.contains(text), "{language}: {text}");
        }
    }
}

#[test]
fn no_text_of_an_order_is_markup_in_its_html() {
    let hostile = "\"><img src=x onerror=alert(1)></template><script>alert(1)</script>&lt;";
    let document = order(&json!({"number": hostile, "lines": [{"id": "l1", "title": hostile, "quantity": 2}]}));
    let page = rendered(&document, "en").expect("HTML");
    assert!(
        page.contains(
            "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&lt;/template&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;"
        )
    );
    assert_eq!((page.matches("<script").count(), page.matches("<img").count(), page.matches("</template>").count()), (0, 0, 1));
    let hostile = Rendered {
        api: "https://shop.example/api",
        language: "en",
        heading_level: 2,
        sections: "",
        stylesheet: Some(("\"><script>", "\">")),
        theme: Some("\">"),
    };
    let page = html(&order(&json!({})), &hostile, now()).expect("HTML");
    assert!(!page.contains("<script>") && !page.contains("\"\">"));
}

#[test]
fn a_document_that_shows_no_order_has_no_html() {
    for document in ["", "null", "[]", "nonsense"] {
        assert_eq!(rendered(document, "en"), None, "{document}");
    }
}
