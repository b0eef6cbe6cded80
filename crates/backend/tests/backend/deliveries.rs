//! Tests of the changes that shoppers make to a delivery that is still to come.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::shopper::{Shopper, order};
use crate::support::Backend;

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

#[tokio::test]
async fn agreeing_to_a_later_date_leaves_the_promise_and_is_asked_once() {
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

#[tokio::test(flavor = "multi_thread")]
async fn of_many_shoppers_as_many_get_a_slot_as_it_has_seats() {
    let backend = Arc::new(Backend::with_policy(&ONE_SEAT.replace("capacity = 1", "capacity = 3")).await);
    let mut shoppers = Vec::new();
    for number in 0..12 {
        let shopper = Shopper::of(&backend, &format!("m{number}"), |_| {}).await;
        shopper.happens("in_transit", json!({})).await;
        shoppers.push((shopper.id.clone(), shopper.token.clone()));
    }
    let first = {
        let (id, token) = shoppers[0].clone();
        slots(&Shopper { backend: &backend, id, token }).await[0].clone()
    };
    let tasks: Vec<_> = shoppers
        .into_iter()
        .map(|(id, token)| {
            let (backend, first) = (backend.clone(), first.clone());
            tokio::spawn(async move {
                let shopper = Shopper { backend: &backend, id, token };
                let answer = shopper.asks("k", move_to(&first)).await;
                if answer.status == 201 {
                    return true;
                }
                assert_eq!(answer.problem(), (409, "slot-taken".to_owned()));
                assert!(answer.json()["slots"].as_array().unwrap().iter().all(|slot| slot["id"] != json!(first)));
                false
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        won += usize::from(task.await.unwrap());
    }
    assert_eq!(won, 3);
}
