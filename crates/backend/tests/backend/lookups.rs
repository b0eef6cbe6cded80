//! Tests of the guest look-up: the proofs that open an order, the proofs that do not, and the limit on attempts.

use axum::extract::ConnectInfo;
use serde_json::{Value, json};

use crate::support::{Answer, Backend, order, request};

#[tokio::test]
async fn the_number_and_one_right_detail_open_the_order() {
    let backend = Backend::start(&["--lookup-rate-order", "100/1h", "--lookup-rate-address", "100/1h"]).await;
    let id = backend.create("AB-1042").await;
    for body in [
        json!({ "number": "AB-1042", "email": "ada@example.org" }),
        json!({ "number": " #ab-1042 ", "email": " ADA@example.ORG " }),
        json!({ "number": "AB-1042", "postcode": "N19GU" }),
        json!({ "number": "AB-1042", "postcode": "n1-9 gu" }),
    ] {
        let answer = backend.post("/v1/lookup", &body).await;
        assert_eq!((answer.status.as_u16(), answer.text("order_id")), (200, id.clone()), "{body}");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(backend.read(&id, &answer.text("token")).await.status, 200);
    }
}

#[tokio::test]
async fn every_wrong_detail_gets_the_same_answer() {
    let backend = Backend::start(&["--lookup-rate-order", "100/1h", "--lookup-rate-address", "100/1h"]).await;
    backend.create("1042").await;
    let mut bodies = std::collections::BTreeSet::new();
    for body in [
        json!({ "number": "1042", "email": "eve@example.org" }),
        json!({ "number": "1042", "postcode": "N19GX" }),
        json!({ "number": "1042", "postcode": "ada@example.org" }),
        json!({ "number": "1043", "email": "ada@example.org" }),
        json!({ "number": "", "email": "" }),
    ] {
        let answer = backend.post("/v1/lookup", &body).await;
        assert_eq!(answer.problem(), (404, "lookup-failed".to_owned()), "{body}");
        bodies.insert(answer.body_but_for_request_id());
    }
    assert_eq!(bodies.len(), 1);
}

#[tokio::test]
async fn exactly_one_detail_is_asked_for() {
    let backend = Backend::start(&[]).await;
    for body in [json!({ "number": "1042" }), json!({ "number": "1042", "email": "a@b.example", "postcode": "1" })] {
        let answer = backend.post("/v1/lookup", &body).await;
        assert_eq!(answer.problem(), (422, "invalid-body".to_owned()));
        assert_eq!(answer.json()["errors"][0]["code"], "exactly-one-of-email-postcode");
    }
}

async fn guess(backend: &Backend, number: &str, peer: [u8; 4], forwarded: &str) -> Answer {
    let body: Value = json!({ "number": number, "postcode": "wrong" });
    let headers = [("content-type", "application/json"), ("x-forwarded-for", forwarded)];
    let mut request = request("POST", "/v1/lookup", &headers, &body.to_string());
    request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from((peer, 4_711))));
    backend.send(request).await
}

#[tokio::test]
async fn guessing_ends_at_the_limit_of_the_order_even_from_many_addresses_and_its_owner_still_gets_in() {
    let backend = Backend::start(&["--lookup-rate-order", "5/1h"]).await;
    backend.create("1042").await;
    let mut compared = 0;
    for guesser in 0..50 {
        let answer = guess(&backend, "1042", [192, 0, 2, guesser], "").await;
        if answer.status == 404 {
            compared += 1;
        } else {
            assert_eq!(answer.problem(), (429, "too-many-requests".to_owned()));
            assert!((1..=720).contains(&answer.header("retry-after").parse::<u64>().unwrap()));
        }
    }
    assert_eq!(compared, 5);
    // The right postcode is refused as well. Otherwise its response would reveal that it is right.
    assert_eq!(backend.post("/v1/lookup", &json!({ "number": "1042", "postcode": "N19GU" })).await.status, 429);
    assert_eq!(backend.post("/v1/lookup", &json!({ "number": "1042", "email": "ada@example.org" })).await.status, 200);
}

#[tokio::test]
async fn whoever_brings_the_right_proof_is_never_stopped_by_looking_often() {
    let backend =
        Backend::start(&["--lookup-rate-order", "2/1h", "--lookup-rate-address", "2/1h", "--lookup-rate-total", "2/1h"]).await;
    backend.create("1042").await;
    for _ in 0..20 {
        assert_eq!(backend.post("/v1/lookup", &json!({ "number": "1042", "postcode": "N19GU" })).await.status, 200);
    }
}

#[tokio::test]
async fn a_placeholder_opens_nothing_whatever_the_order_was_created_with() {
    let generous = ["--lookup-rate-order", "999/1s", "--lookup-rate-address", "999/1s"];
    let backend = Backend::start(&generous).await;
    let placeholders = ["-", ".", "n/a", "none", "unknown", "000000", "\u{200b}", "XXXXX", "0"];
    for (number, placeholder) in placeholders.iter().enumerate() {
        let mut new = order(&number.to_string());
        new["postcode"] = json!(placeholder);
        new["email"] = json!("none@none.none");
        let created = backend.admin("POST", "/v1/admin/orders", &new).await;
        assert_eq!(created.status, 201, "{placeholder:?} {created:?}");
        for typed in placeholders.into_iter().chain(["", " ", "n.a.", "00000", "NULL"]) {
            let answer = backend.post("/v1/lookup", &json!({ "number": number.to_string(), "postcode": typed })).await;
            assert_eq!(answer.problem(), (404, "lookup-failed".to_owned()), "{placeholder:?} {typed:?}");
        }
        let answer = backend.post("/v1/lookup", &json!({ "number": number.to_string(), "email": "none@none.none" })).await;
        assert_eq!(answer.status, 404);
    }
}

#[tokio::test]
async fn a_proof_opens_the_order_in_whichever_way_either_is_written() {
    let generous = ["--lookup-rate-order", "999/1s", "--lookup-rate-address", "999/1s"];
    let backend = Backend::start(&generous).await;
    let mut number = 0;
    for (proof, spellings) in [
        (
            "email",
            &["ada@b\u{fc}cher.example", "ada@xn--bcher-kva.example", "ADA@bu\u{308}cher.example", "<ada@B\u{dc}CHER.example>"][..],
        ),
        ("email", &["ada@example.org", "\u{feff}Ada\u{200b}@example.org\u{200e}", "\u{ff41}da\u{ff20}example\u{ff0e}org"]),
        ("postcode", &["N1 9GU", "n1\u{2013}9gu", "\u{ff2e}1\u{a0}9GU"]),
        ("postcode", &["10115", "D-10115", "DE 10115"]),
        ("postcode", &["12345", "12345-6789", "12345\u{2011}6789"]),
        ("postcode", &["N1 9GU", "N1"]),
        ("postcode", &["1234 AB", "1234"]),
        ("postcode", &["K1A 0B1", "K1A"]),
    ] {
        for created in spellings {
            number += 1;
            let mut new = order(&format!("AB-{number}"));
            new[proof] = json!(created);
            assert_eq!(backend.admin("POST", "/v1/admin/orders", &new).await.status, 201, "{created}");
            for typed in spellings {
                for written in [format!("AB-{number}"), format!("No. ab{number}"), format!("#AB\u{2011}{number}")] {
                    let answer = backend.post("/v1/lookup", &json!({ "number": written, proof: typed })).await;
                    assert_eq!(answer.status, 200, "{created} {typed} {written}");
                }
            }
        }
    }
}

#[tokio::test]
async fn two_whole_postcodes_are_not_the_same_because_of_their_halves() {
    let backend = Backend::start(&[]).await;
    backend.create("1042").await;
    for wrong in ["N1 9GX", "N2", "N1 9"] {
        assert_eq!(backend.post("/v1/lookup", &json!({ "number": "1042", "postcode": wrong })).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn guessing_ends_at_the_limit_of_the_address_whatever_it_claims_to_be() {
    let backend = Backend::start(&["--lookup-rate-address", "3/1h", "--trusted-proxy", "10.0.0.0/8"]).await;
    let mut compared = 0;
    for number in 0..20 {
        let answer = guess(&backend, &number.to_string(), [192, 0, 2, 1], &format!("198.51.100.{number}")).await;
        compared += u32::from(answer.status == 404);
    }
    assert_eq!(compared, 3);
    assert_eq!(guess(&backend, "1", [10, 0, 0, 1], "198.51.100.1").await.status, 404);
    assert_eq!(guess(&backend, "1", [10, 0, 0, 1], "192.0.2.1").await.status, 429);
}
