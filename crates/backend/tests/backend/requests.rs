//! What shoppers ask for: held against the policy at the moment of the write, once for its key, never more than there is.

use std::sync::Arc;

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

    /// An order whose parcel was delivered the day before.
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

    /// Asks, having seen the order as it is.
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

/// An order to Germany: two items in a parcel, one to be sent.
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

const NO_PHOTO: &str = "[damaged]\nneeds = []\n";

fn missing(quantity: u32) -> Value {
    json!({ "kind": "report_missing_item", "shipment_id": "s1", "outcome": "refund", "lines": [{ "line_id": "l1", "quantity": quantity }] })
}

#[tokio::test]
async fn a_request_becomes_a_case_of_the_order() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "safe_place").await;
    let body = json!({
        "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "replacement",
        "answers": { "household": "no", "neighbours": "no", "places": "yes" }, "note": "Not on the porch",
    });
    let answer = shopper.asks("a", body).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (201, "\"3\""), "{answer:?}");
    let case = answer.json();
    assert_eq!((&case["state"], &case["kind"]), (&json!("waiting_for_carrier"), &json!("report_non_receipt")));
    assert!(answer.text("reference").starts_with("DS-") && answer.text("reference").len() == 8);
    let order = shopper.order().await;
    assert_eq!((&order["version"], &order["cases"][0]), (&json!(3), &case));
    let again = shopper.action("report_non_receipt").await;
    assert_eq!((&again["state"], &again["reason"]), (&json!("unavailable"), &json!("case_open")));
}

#[tokio::test]
async fn what_cannot_be_done_now_is_refused_with_what_can_be_said_about_it() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "household").await;
    let body = json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund" });
    let early = shopper.asks("a", body.clone()).await;
    assert_eq!(early.problem(), (409, "action-unavailable".to_owned()));
    let action = &early.json()["action"];
    assert_eq!((&action["state"], &action["from"]), (&json!("not_yet"), &json!("2020-01-26T20:00:00Z")));
    backend.pass(20 * 3_600);
    assert_eq!(shopper.asks("a", body.clone()).await.status, 201);
    let twice = shopper.asks("b", body).await;
    assert_eq!((twice.problem().0, &twice.json()["action"]["reason"]), (409, &json!("case_open")));
    let moot = shopper.asks("c", json!({ "kind": "delivery_instructions", "shipment_id": "s1", "note": "Ring" })).await;
    assert_eq!((moot.problem().0, &moot.json()["action"]["reason"]), (409, &json!("not_offered")));
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "safe_place").await;
    let report = |change: Value| {
        let mut body = missing(1);
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    };
    for (body, pointer, code) in [
        (json!({ "kind": "dance" }), "/kind", "unknown-value"),
        (json!({}), "/kind", "unknown-value"),
        (report(json!({ "colour": "red" })), "/colour", "unknown-field"),
        (report(json!({ "slot_id": "x" })), "/slot_id", "not-for-this-kind"),
        (report(json!({ "shipment_id": "s9" })), "/shipment_id", "unknown"),
        (report(json!({ "lines": [] })), "/lines", "missing"),
        (report(json!({ "lines": [{ "line_id": "l1", "quantity": 0 }] })), "/lines/0/quantity", "zero"),
        (report(json!({ "lines": [{ "line_id": "l1", "quantity": 3 }] })), "/lines/0/quantity", "more-than-left"),
        (
            report(json!({ "lines": [{ "line_id": "l1", "quantity": 1 }, { "line_id": "l1", "quantity": 2 }] })),
            "/lines/1/quantity",
            "more-than-left",
        ),
        (report(json!({ "lines": [{ "line_id": "l2", "quantity": 1 }] })), "/lines/0/line_id", "unknown-line"),
        (report(json!({ "lines": [{ "line_id": "l1", "quantity": -1 }] })), "/lines/0/quantity", "invalid"),
        (report(json!({ "outcome": "exchange" })), "/outcome", "not-offered"),
        (report(json!({ "evidence": ["e1"] })), "/evidence/0", "unknown"),
        (report(json!({ "note": "n".repeat(2_001) })), "/note", "too-long"),
        (report(json!({ "answers": { "mood": "bad" } })), "/answers/mood", "unknown-field"),
        (
            json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund", "answers": { "places": "maybe" } }),
            "/answers/places",
            "unknown-value",
        ),
        (
            json!({ "kind": "withdraw", "contact": "ada@example.org", "answers": { "name": "Ada" } }),
            "/answers/confirmed",
            "missing",
        ),
        (json!({ "kind": "contact", "contact": "nowhere" }), "/contact", "not-a-contact"),
    ] {
        let answer = shopper.asks("a", body.clone()).await;
        assert_eq!(answer.problem(), (422, "invalid-body".to_owned()), "{body}");
        assert_eq!(answer.json()["errors"], json!([{ "pointer": pointer, "code": code }]), "{body}");
    }
    assert_eq!(shopper.order().await["version"], 2);
}

#[tokio::test]
async fn a_photo_is_asked_for_where_the_policy_wants_one() {
    let body = json!({ "kind": "report_damaged", "shipment_id": "s1", "outcome": "refund", "lines": [{ "line_id": "l1", "quantity": 1 }] });
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "household").await;
    let answer = shopper.asks("a", body.clone()).await;
    assert_eq!(answer.json()["errors"], json!([{ "pointer": "/evidence", "code": "missing" }]));
    let backend = Backend::with_policy(NO_PHOTO).await;
    assert_eq!(Shopper::delivered(&backend, "household").await.asks("a", body).await.status, 201);
}

#[tokio::test]
async fn what_changes_the_order_is_asked_only_by_who_has_seen_it() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let body = json!({ "kind": "cancel" });
    let unseen = backend.send(shopper.post("requests", "a", None, &body)).await;
    assert_eq!(unseen.problem(), (428, "if-match-missing".to_owned()));
    backend.happen(&shopper.id, "e1").await;
    let stale = backend.send(shopper.post("requests", "a", Some("\"1\""), &body)).await;
    assert_eq!((stale.problem(), &stale.json()["order"]["version"]), ((412, "stale".to_owned()), &json!(2)));
    let first = backend.send(shopper.post("requests", "a", Some("\"2\""), &body)).await;
    assert_eq!(first.status, 201, "{first:?}");
    let again = backend.send(shopper.post("requests", "a", Some("\"2\""), &body)).await;
    assert_eq!((again.status, &again.body, again.header("etag")), (first.status, &first.body, first.header("etag")));
    let other = backend.send(shopper.post("requests", "a", Some("\"2\""), &json!({ "kind": "contact" }))).await;
    assert_eq!(other.problem(), (422, "idempotency-key-reused".to_owned()));
    let keyless = backend.send(shopper.post("requests", "", Some("\"2\""), &body)).await;
    assert_eq!(keyless.problem(), (400, "idempotency-key-missing".to_owned()));
    // Keys belong to their order.
    let neighbour = Shopper::of(&backend, "1043", |_| {}).await;
    assert_eq!(neighbour.asks("a", json!({ "kind": "contact" })).await.status, 201);
}

#[tokio::test]
async fn cancelling_takes_the_lines_out_and_promises_their_price() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let answer = shopper.asks("a", json!({ "kind": "cancel", "lines": [{ "line_id": "l2", "quantity": 2 }] })).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let order = shopper.order().await;
    assert_eq!((&order["unshipped"][0]["quantity"], &order["refunds"][0]["amount"]["minor"]), (&json!(1), &json!(40_000)));
    assert_eq!(order["refunds"][0]["due_by"], "2020-02-09T23:00:00Z");
    let too_many = shopper.asks("b", json!({ "kind": "cancel", "lines": [{ "line_id": "l2", "quantity": 2 }] })).await;
    assert_eq!(too_many.json()["errors"][0]["pointer"], "/lines/0/quantity");
    assert_eq!(shopper.asks("c", json!({ "kind": "cancel" })).await.status, 201);
    let order = shopper.order().await;
    assert_eq!((&order["unshipped"], &order["refunds"][1]["amount"]["minor"]), (&json!([]), &json!(20_000)));
    assert_eq!(shopper.action("cancel").await["reason"], "dispatched");
}

#[tokio::test]
async fn agreeing_to_a_later_date_makes_it_the_promise() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    assert_eq!(shopper.action("accept_delay").await["state"], "available");
    let case = shopper.asks("a", json!({ "kind": "accept_delay" })).await.json();
    assert_eq!((&case["state"], &case["timeline"][1]["text"]), (&json!("resolved"), &json!("2020-01-24 → 2020-01-30")));
    assert_eq!(shopper.action("accept_delay").await, Value::Null);
    assert_eq!(shopper.order().await["unshipped"][0]["promised_dispatch"]["to"], "2020-01-24");
    let mut later = order("1042");
    later["unshipped"][0]["expected_dispatch"] = json!({ "from": "2020-02-10", "to": "2020-02-10" });
    let path = format!("/v1/admin/orders/{}", shopper.id);
    assert_eq!(backend.admin("PUT", &path, &order("1042")).await.status, 200);
    assert_eq!(shopper.action("accept_delay").await, Value::Null);
    assert_eq!(backend.admin("PUT", &path, &later).await.status, 200);
    assert_eq!(shopper.action("accept_delay").await["state"], "available");
}

#[tokio::test]
async fn what_the_shopper_has_changed_outlives_an_order_that_does_not_know_it() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let address = json!({ "lines": ["Ada Lovelace"], "postcode": "10999", "city": "Berlin" });
    shopper.asks("a", json!({ "kind": "change_address", "shipment_id": "s1", "address": address })).await;
    shopper.asks("b", json!({ "kind": "cancel", "lines": [{ "line_id": "l2", "quantity": 2 }] })).await;
    let path = format!("/v1/admin/orders/{}", shopper.id);
    for _ in 0..2 {
        let order = backend.admin("PUT", &path, &order("1042")).await.json();
        assert_eq!((&order["destination"]["lines"][0], &order["unshipped"][0]["quantity"]), (&json!("Ada Lovelace"), &json!(1)));
    }
    let mut known = order("1042");
    known["lines"][1]["quantity"] = json!(1);
    known["unshipped"][0]["quantity"] = json!(1);
    known["destination"]["lines"] = json!(["A. L.", "10999 Berlin"]);
    let order = backend.admin("PUT", &path, &known).await.json();
    assert_eq!((&order["destination"]["lines"][0], &order["unshipped"][0]["quantity"]), (&json!("A. L."), &json!(1)));
}

#[tokio::test]
async fn a_new_address_is_shown_masked_and_kept_for_the_carrier() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let to = |street: &str| {
        let address = json!({ "lines": ["Ada Lovelace", street], "postcode": "10999", "city": "Berlin" });
        json!({ "kind": "change_address", "shipment_id": "s1", "address": address })
    };
    let case = shopper.asks("a", to("Oranienstraße 185")).await.json();
    assert_eq!(
        shopper.order().await["destination"],
        json!({ "lines": ["Ada Lovelace", "Oranienstraße 1••", "Berlin 109"], "country": "DE" })
    );
    let path = format!("/v1/admin/orders/{}/cases/{}", shopper.id, case["id"].as_str().unwrap());
    let bearer = format!("Bearer {}", crate::support::ADMIN_KEY);
    let details = backend.get(&path, &[("authorization", &bearer)]).await.json();
    assert_eq!(details["address"]["lines"][1], "Oranienstraße 185");
    assert_eq!(details["audit"][0]["before"]["shown"]["lines"][1], "10961 Berlin");
    assert_eq!(details["audit"][0]["after"]["address"]["postcode"], "10999");
    assert_eq!(shopper.asks("b", to("Oranienstraße 186")).await.status, 201);
    let third = shopper.asks("c", to("Oranienstraße 187")).await;
    assert_eq!((third.problem().0, &third.json()["action"]["state"]), (409, &json!("not_yet")));
    let open = shopper.order().await["cases"].as_array().unwrap().iter().filter(|case| case["state"] != "resolved").count();
    assert_eq!(open, 1);
}

#[tokio::test]
async fn a_withdrawal_is_acknowledged_with_date_and_time() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    assert_eq!(shopper.action("withdraw").await["prominent"], true);
    let body =
        json!({ "kind": "withdraw", "contact": "ada@example.org", "answers": { "name": "Ada Lovelace", "confirmed": "yes" } });
    let case = shopper.asks("a", body).await.json();
    assert_eq!((&case["acknowledged"], &case["return_id"]), (&json!(true), &json!("r1")), "{case}");
    let bearer = format!("Bearer {}", shopper.token);
    let path = format!("/v1/orders/{}/cases/c1/acknowledgement", shopper.id);
    let text = backend.get(&path, &[("authorization", &bearer)]).await;
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    let reference = case["reference"].as_str().unwrap();
    for part in [
        reference,
        "1042",
        "I withdraw from the contract.",
        "2020-01-26 01:53:20 +01:00",
        "Europe/Berlin",
        "Ada Lovelace",
        "ada@example.org",
    ] {
        assert!(text.body.contains(part), "{part}: {}", text.body);
    }
    assert_eq!(shopper.order().await["unshipped"], json!([]));
}

#[tokio::test]
async fn a_link_for_reading_does_not_act_and_tells_nobody_else_why() {
    let backend = Backend::start(&[]).await;
    let mut shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let body = json!({ "kind": "contact" });
    let look_up = backend.post("/v1/lookup", &json!({ "number": "1042", "postcode": "10961" })).await.text("token");
    shopper.token = look_up;
    assert_eq!(shopper.asks("a", body.clone()).await.problem(), (403, "act-not-allowed".to_owned()));
    shopper.token = backend.post("/v1/lookup", &json!({ "number": "1042", "email": "ada@example.org" })).await.text("token");
    assert_eq!(shopper.asks("a", body.clone()).await.status, 201);
    let stranger = Shopper::of(&backend, "1043", |_| {}).await;
    shopper.token = stranger.token;
    assert_eq!(backend.send(shopper.post("requests", "a", None, &body)).await.problem(), (404, "order-not-found".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_sixty_four_times_at_once_is_one_case() {
    let backend = Arc::new(Backend::start(&[]).await);
    let (id, token) = {
        let shopper = Shopper::delivered(&backend, "safe_place").await;
        (shopper.id.clone(), shopper.token.clone())
    };
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let (backend, id, token) = (backend.clone(), id.clone(), token.clone());
            tokio::spawn(async move {
                let shopper = Shopper { backend: &backend, id, token };
                loop {
                    let answer = backend.send(shopper.post("requests", "k", Some("\"2\""), &missing(1))).await;
                    if answer.status != 409 {
                        return (answer.status.as_u16(), answer.header("etag").to_owned(), answer.body);
                    }
                    assert_eq!(answer.problem().1, "idempotency-in-progress");
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    let mut answers = std::collections::BTreeSet::new();
    for task in tasks {
        answers.insert(task.await.unwrap());
    }
    assert_eq!(answers.len(), 1);
    assert_eq!(answers.first().unwrap().0, 201);
    let shopper = Shopper { backend: &backend, id, token };
    assert_eq!(shopper.order().await["cases"].as_array().unwrap().len(), 1);
}

const ONE_SEAT: &str = "[[reschedule.windows]]\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]\nfrom = \"08:00\"\nto = \"12:00\"\ncapacity = 1\n";

async fn slots(shopper: &Shopper<'_>) -> Vec<String> {
    let bearer = format!("Bearer {}", shopper.token);
    let path = format!("/v1/orders/{}/shipments/s1/slots", shopper.id);
    let answer = shopper.backend.get(&path, &[("authorization", &bearer)]).await.json();
    answer["slots"].as_array().unwrap().iter().map(|slot| slot["id"].as_str().unwrap().to_owned()).collect()
}

fn move_to(slot: &str) -> Value {
    json!({ "kind": "reschedule", "shipment_id": "s1", "slot_id": slot })
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_shoppers_one_gets_the_slot_and_the_other_those_that_are_left() {
    let backend = Backend::with_policy(ONE_SEAT).await;
    for round in 0..8 {
        let (ada, eve) = (
            Shopper::of(&backend, &format!("a{round}"), |_| {}).await,
            Shopper::of(&backend, &format!("b{round}"), |_| {}).await,
        );
        for shopper in [&ada, &eve] {
            shopper.happens("in_transit", json!({})).await;
        }
        let wanted = slots(&ada).await;
        if wanted.is_empty() {
            break;
        }
        let body = move_to(&wanted[0]);
        let (first, second) = tokio::join!(ada.asks("k", body.clone()), eve.asks("k", body.clone()));
        let mut answers = [first, second];
        answers.sort_by_key(|answer| answer.status);
        assert_eq!((answers[0].status.as_u16(), answers[1].problem()), (201, (409, "slot-taken".to_owned())));
        let left: Vec<_> = answers[1].json()["slots"].as_array().unwrap().iter().map(|slot| slot["id"].clone()).collect();
        assert_eq!(left, wanted[1..].iter().map(|slot| json!(slot)).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn another_slot_frees_the_first_and_the_delivery_ends_the_case() {
    let backend = Backend::with_policy(ONE_SEAT).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    shopper.happens("in_transit", json!({})).await;
    let wanted = slots(&shopper).await;
    assert_eq!(shopper.asks("a", move_to(&wanted[0])).await.status, 201);
    assert_eq!(shopper.asks("b", move_to(&wanted[1])).await.status, 201);
    assert_eq!(shopper.asks("c", move_to("2020-01-26_0800-1200")).await.problem().1, "slot-taken");
    let other = Shopper::of(&backend, "1043", |_| {}).await;
    assert!(slots(&other).await.contains(&wanted[0]) && !slots(&other).await.contains(&wanted[1]));
    let order = shopper.order().await;
    assert_eq!(order["shipments"][0]["promise"]["expected"]["kind"], "time");
    let states = |order: &Value| order["cases"].as_array().unwrap().iter().map(|case| case["state"].clone()).collect::<Vec<_>>();
    assert_eq!(states(&order), ["resolved", "in_progress"]);
    shopper.happens("delivered", json!({})).await;
    assert_eq!(states(&shopper.order().await), ["resolved", "resolved"]);
}

#[tokio::test]
async fn a_redirected_parcel_waits_at_its_point_for_as_long_as_the_policy_says() {
    let points = "[[redirect.points]]\nid = \"far\"\nname = \"Kiosk\"\nlines = [\"A 1\"]\ncountry = \"DE\"\ndistance_m = 900\n\
                  [[redirect.points]]\nid = \"near\"\nname = \"Bakery\"\nlines = [\"B 2\"]\ncountry = \"DE\"\ndistance_m = 90\n\
                  [[redirect.points]]\nid = \"abroad\"\nname = \"Shop\"\nlines = []\ncountry = \"FR\"\n";
    let backend = Backend::with_policy(points).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    shopper.happens("in_transit", json!({})).await;
    let bearer = format!("Bearer {}", shopper.token);
    let path = format!("/v1/orders/{}/shipments/s1/pickup-points", shopper.id);
    let answer = backend.get(&path, &[("authorization", &bearer)]).await.json();
    let ids: Vec<_> = answer["points"].as_array().unwrap().iter().map(|point| point["id"].clone()).collect();
    assert_eq!(ids, ["near", "far"]);
    let to = |point: &str| json!({ "kind": "redirect_to_pickup", "shipment_id": "s1", "pickup_point_id": point });
    assert_eq!(shopper.asks("a", to("abroad")).await.json()["errors"][0]["pointer"], "/pickup_point_id");
    assert_eq!(shopper.asks("b", to("near")).await.json()["next"]["what"], "collect");
    assert_eq!(shopper.order().await["shipments"][0]["pickup"]["name"], "Bakery");
    shopper.happens("ready_for_pickup", json!({})).await;
    let order = shopper.order().await;
    assert_eq!(order["shipments"][0]["pickup"]["collect_by"], "2020-02-02");
    assert_eq!(order["cases"][0]["state"], "resolved");
    let unknown = backend.get(&format!("/v1/orders/{}/shipments/s9/slots", shopper.id), &[("authorization", &bearer)]).await;
    assert_eq!(unknown.problem(), (404, "shipment-not-found".to_owned()));
}

#[tokio::test]
async fn what_the_driver_is_told_is_kept_for_the_carrier_and_not_shown() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    for (key, body) in [
        ("a", json!({ "kind": "delivery_instructions", "shipment_id": "s1", "note": "Ring at Lovelace" })),
        ("b", json!({ "kind": "leave_with_neighbour", "shipment_id": "s1", "answers": { "name": "Babbage", "house": "7" } })),
        (
            "c",
            json!({ "kind": "leave_in_safe_place", "shipment_id": "s1", "answers": { "place": "other" }, "note": "Under the stairs" }),
        ),
    ] {
        let case = shopper.asks(key, body).await.json();
        assert_eq!((&case["state"], &case["timeline"][1]["what"]), (&json!("in_progress"), &json!("passed_on")), "{case}");
    }
    assert!(!shopper.order().await.to_string().contains("Babbage"));
    let admin = format!("Bearer {}", crate::support::ADMIN_KEY);
    let details = backend.get(&format!("/v1/admin/orders/{}/cases/c1", shopper.id), &[("authorization", &admin)]).await.json();
    let wishes =
        json!({ "instructions": "Ring at Lovelace", "neighbour": ["Babbage", "7"], "safe_place": ["other", "Under the stairs"] });
    for (name, value) in wishes.as_object().unwrap() {
        assert_eq!(&details["wishes"][name], value);
    }
}

#[tokio::test]
async fn a_return_names_item_reason_and_way_and_takes_each_item_once() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "household").await;
    let back = |quantity: u32, reason: &str| {
        let lines = json!([{ "line_id": "l1", "quantity": quantity, "reason": reason }]);
        json!({ "kind": "start_return", "lines": lines, "outcome": "refund", "method_id": "drop-off-code" })
    };
    for (body, pointer, code) in [
        (back(1, "boredom"), "/lines/0/reason", "unknown-value"),
        (back(1, "other"), "/note", "missing"),
        (
            json!({ "kind": "start_return", "lines": [{ "line_id": "l1", "quantity": 1, "reason": "too_small" }], "outcome": "refund" }),
            "/method_id",
            "missing",
        ),
        (
            json!({ "kind": "start_return", "lines": [{ "line_id": "l1", "quantity": 1 }], "outcome": "refund", "method_id": "drop-off-code" }),
            "/lines/0/reason",
            "missing",
        ),
    ] {
        let errors = shopper.asks("a", body.clone()).await.json()["errors"].clone();
        assert_eq!(errors, json!([{ "pointer": pointer, "code": code }]), "{body}");
    }
    assert_eq!(shopper.asks("b", back(1, "too_small")).await.status, 201);
    assert_eq!(shopper.asks("c", back(2, "too_small")).await.json()["errors"][0]["code"], "more-than-left");
    assert_eq!(shopper.asks("d", back(1, "too_large")).await.status, 201);
    assert_eq!(shopper.action("start_return").await["reason"], "nothing_left");
}
