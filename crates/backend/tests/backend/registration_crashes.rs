//! Tests that a killed process loses no registration: whenever it is killed, each number of an acknowledged order is registered
//! after the next start, and a repetition is not taken for a refusal.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use serde_json::{Value, json};

use crate::durability::{Process, exchange, write};
use crate::provider_api::{ProviderApi, Scripted};
use crate::support::{ADMIN_KEY, order};

/// Number of kills at a time that chance decides.
const ROUNDS: usize = 8;
/// Orders that are written before each kill.
const ORDERS: usize = 6;

fn start(file: &Path, url: &str) -> Process {
    let url = format!("aftership={url}");
    let flags = ["--register-with", "aftership", "--aftership-api-key", "key_of_the_tests_0001", "--registration-allow-private"];
    Process::start_with(file, &[&flags[..], &["--registration-url", &url]].concat())
}

fn create(address: &str, id: &str) -> Option<(u16, String)> {
    let mut body = order(id);
    body["id"] = json!(id);
    body["shipments"][0]["tracking_number"] = json!(id);
    write(address, "/v1/admin/orders", id, &body)
}

fn listed(address: &str, state: &str) -> Vec<Value> {
    let path = format!("/v1/admin/messages?channel=registration&state={state}");
    let (_, body) = exchange(address, "GET", &path, &format!("authorization: Bearer {ADMIN_KEY}\r\n"), "").unwrap();
    serde_json::from_str::<Value>(&body).unwrap()["messages"].as_array().unwrap().clone()
}

/// Waits until no registration waits.
async fn settle(address: &str) {
    while !listed(address, "waiting").is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_the_registration_and_its_answer_leads_to_a_repetition_that_counts_as_success() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    let (api, url) = ProviderApi::open(&[Scripted::Silence]).await;
    let mut process = start(&file, &url);
    assert_eq!(create(&process.address, "N1").unwrap().0, 201);
    api.hears(1).await;
    assert!(api.registered().contains("N1"), "the provider has it, the process does not know");
    process.signal("-KILL");
    process.ended();
    let again = start(&file, &url);
    api.hears(2).await;
    settle(&again.address).await;
    assert_eq!(api.numbers(), ["N1", "N1"]);
    assert!(listed(&again.address, "dead").is_empty());
    let metrics = text(&again.address, "/metrics");
    let counted = "doorstep_registrations_total{provider=\"aftership\",outcome=\"already_registered\"} 1";
    assert!(metrics.contains(counted), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_before_the_registration_is_sent_only_delays_it() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    // The first registration gets no answer, so the second is not sent before the kill.
    let (api, url) = ProviderApi::open(&[Scripted::Silence]).await;
    let mut process = start(&file, &url);
    assert_eq!(create(&process.address, "N1").unwrap().0, 201);
    api.hears(1).await;
    assert_eq!(create(&process.address, "N2").unwrap().0, 201);
    process.signal("-KILL");
    process.ended();
    assert_eq!(api.numbers(), ["N1"]);
    let again = start(&file, &url);
    settle(&again.address).await;
    assert_eq!(api.numbers(), ["N1", "N1", "N2"]);
    assert_eq!(listed(&again.address, "sent").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn whenever_the_process_is_killed_each_number_of_an_acknowledged_order_is_registered() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    let (api, url) = ProviderApi::open(&[]).await;
    let mut process = start(&file, &url);
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        for number in 0..ORDERS {
            let id = format!("R{round}N{number}");
            assert_eq!(create(&process.address, &id).unwrap().0, 201);
            acknowledged.push(id);
        }
        // From one round to the next, the kill comes after more of the registrations.
        api.hears(round * ORDERS / 2).await;
        process.signal("-KILL");
        process.ended();
        process = start(&file, &url);
    }
    settle(&process.address).await;
    let registered = api.registered();
    assert!(acknowledged.iter().all(|id| registered.contains(id)), "{registered:?}");
    assert!(listed(&process.address, "dead").is_empty());
    assert_eq!(listed(&process.address, "sent").len(), acknowledged.len());
}

fn text(address: &str, path: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    write!(connection, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}
