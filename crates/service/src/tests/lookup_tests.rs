//! Tests that proofs stored by version 1 still open their orders, and are then stored in the form of this version.

use doorstep_contract::LookupRequest;
use serde_json::json;

use crate::clock::Clock;
use crate::error::Error;
use crate::service::Service;
use crate::settings::Settings;
use crate::store::{LookupHashes, Store};
use doorstep_domain::order::lookup::{key_of_version_1, lookup_key};
use doorstep_domain::policy::Policy;

/// Returns a backend with an order as version 1 stored it.
async fn stored(number: &str, email: &str, postcode: &str) -> Service {
    let policy = Policy::read("").expect("the policy");
    let settings = Settings::new(b"a secret of more than thirty-two bytes", policy);
    let now = "2020-01-26T12:00:00Z".parse().expect("an instant");
    let service = Service::new(settings, Store::open(None).await.expect("a store"), Clock::showing(move || now));
    let body = json!({ "id": "ord_1", "number": number, "placed_at": "2020-01-10T08:00:00Z", "time_zone": "Europe/London",
        "lines": [{ "title": "Rain jacket", "quantity": 1 }] });
    service.create_order(serde_json::from_value(body).expect("a body")).await.expect("an order");
    let email = service.0.hashes.email(&email.trim().to_lowercase()).to_vec();
    let plain: String = postcode.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let postcode = service.0.hashes.postcode(&plain).to_vec();
    let hashes = LookupHashes { email: Some(email), postcode: Some(postcode), postcode_half: None };
    let mut write = service.0.store.begin().await.expect("a transaction");
    write.set_lookup(&"ord_1".into(), &key_of_version_1(number), &hashes).await.expect("written");
    write.set_number_form(&"ord_1".into(), 1).await.expect("written");
    write.commit().await.expect("a commit");
    service
}

async fn opens(service: &Service, number: &str, proof: &str, text: &str) -> bool {
    let text = Some(text.to_owned());
    let (email, postcode) = if proof == "email" { (text, None) } else { (None, text) };
    match service.lookup(&LookupRequest { number: number.to_owned(), email, postcode }).await {
        Ok(_) => true,
        Err(Error::LookupFailed) => false,
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_an_earlier_version_stored_opens_its_order_however_it_is_typed_and_is_stored_anew() {
    for (proof, was, typed, then) in [
        ("email", "Ada@xn--bcher-kva.example", "ada@b\u{fc}cher.example", "ada@bu\u{308}cher.example"),
        ("email", "ada@b\u{fc}cher.example", "ada@xn--bcher-kva.example", "ada@b\u{fc}cher.example"),
        ("email", "ada@bu\u{308}cher.example", "ada@b\u{fc}cher.example", "ada@xn--bcher-kva.example"),
        ("email", "ada@example.org", "<ada@example.org>", "ADA@example.org"),
        ("postcode", "N1 9GU", "n1-9gu", "N1"),
        ("postcode", "D-10115", "10115", "DE 10115"),
        ("postcode", "10115", "D-10115", "10115"),
        ("postcode", "12345-6789", "12345-6789", "12345"),
    ] {
        let (email, postcode) = if proof == "email" { (was, "x1 1xx") } else { ("eve@example.org", was) };
        let service = stored("AB-1042", email, postcode).await;
        assert!(opens(&service, "ab-1042", proof, typed).await, "{was} {typed}");
        assert!(opens(&service, "AB-1042", proof, then).await, "{was} {then}, stored anew");
        assert!(!opens(&service, "AB-1042", proof, "somebody@else.example").await);
    }
}

#[tokio::test]
async fn a_placeholder_that_an_earlier_version_stored_opens_nothing() {
    for placeholder in ["-", "n/a", "none", "000000", ""] {
        let service = stored("1042", placeholder, placeholder).await;
        for typed in [placeholder, "", ".", "-", "N/A"] {
            for proof in ["postcode", "email"] {
                assert!(!opens(&service, "1042", proof, typed).await, "{proof} {placeholder:?} {typed:?}");
            }
        }
    }
}

#[tokio::test]
async fn numbers_that_an_earlier_version_keyed_are_found_as_they_were_and_soon_however_they_are_typed() {
    let service = stored("#AB\u{2013}1042", "ada@example.org", "N1 9GU").await;
    assert!(opens(&service, "ab\u{2013}1042", "postcode", "N1 9GU").await);
    assert_eq!(service.renew_number_keys().await.expect("renewed"), 1);
    assert_eq!(service.renew_number_keys().await.expect("renewed"), 0);
    assert!(opens(&service, "No. AB 1042", "postcode", "N1 9GU").await);
    assert_eq!(lookup_key("#AB\u{2013}1042"), "ab1042");
}

#[tokio::test]
async fn of_two_orders_of_one_shopper_the_one_that_was_typed_is_opened() {
    let service = stored("10-42", "ada@example.org", "N1 9GU").await;
    service.renew_number_keys().await.expect("renewed");
    for (id, number) in [("ord_0", "104-2"), ("ord_2", "1042")] {
        let body = json!({ "id": id, "number": number, "placed_at": "2020-01-10T08:00:00Z", "time_zone": "Europe/London",
            "postcode": "N1 9GU", "lines": [{ "title": "Rain jacket", "quantity": 1 }] });
        service.create_order(serde_json::from_value(body).expect("a body")).await.expect("an order");
    }
    for (number, id) in [("10-42", "ord_1"), ("1042", "ord_2"), ("104\u{2011}2", "ord_0")] {
        let request = LookupRequest { number: number.to_owned(), email: None, postcode: Some("N1 9GU".to_owned()) };
        assert_eq!(service.lookup(&request).await.expect("found").order_id, id, "{number}");
    }
}
