//! Tests that webhooks in any order, some of them repeated, lead to the same orders. The backend runs in the test's own process,
//! or as a process of its own that is reached over connections.

mod dice;
mod flood;
mod life;
mod webhooks;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::Utc;
use serde_json::Value;

use self::dice::Dice;
use self::flood::{Flood, Sending};
use crate::durability::{Process, exchange, read, write};
use crate::signing::{flags, post};
use crate::support::Backend;

const SEEDS: [u64; 3] = [1, 20, 300];
/// Number of concurrent senders.
const SENDERS: usize = 16;

/// Returns the minimum number of webhooks: the value of the environment variable `DOORSTEP_DELIVERIES`. If the variable is not
/// set, returns `few`, a number that takes a few seconds.
fn wanted(few: usize) -> usize {
    std::env::var("DOORSTEP_DELIVERIES").map_or(few, |number| number.parse().unwrap())
}

/// Returns the document without `version`, the number of changes, and `as_of`, the time of the last change. Both depend on how
/// much of each webhook was new when it came.
fn without_counts(mut document: Value) -> Value {
    let fields = document.as_object_mut().unwrap();
    assert!(fields.remove("version").is_some());
    fields.remove("as_of");
    document
}

/// Creates the orders, sends all of these webhooks, and returns the orders as they are then.
async fn outcome(flood: &Flood, sendings: &[Sending]) -> Vec<Value> {
    let backend = Backend::start(&flags()).await;
    for order in &flood.orders {
        assert_eq!(backend.admin("POST", "/v1/admin/orders", order).await.status, 201);
    }
    let now = backend.app.service.now().timestamp();
    for sending in sendings {
        let Sending { webhook, secret } = sending;
        let answer = post(&backend, webhook.provider, &webhook.body, &webhook.headers(now, secret)).await;
        assert_eq!(answer.status, sending.status(), "{webhook:?}: {answer:?}");
        let is_known = || webhook.may_come_early() || answer.json()["unknown"] == 0;
        assert!(answer.status != 200 || is_known(), "{webhook:?}: {answer:?}");
    }
    let mut documents = Vec::new();
    for id in flood.ids() {
        let token = backend.token(id, &["read"]).await;
        documents.push(without_counts(backend.read(id, &token).await.json()));
    }
    documents
}

#[tokio::test]
async fn no_order_of_deliveries_and_no_repetition_changes_what_an_order_becomes() {
    for seed in SEEDS {
        let mut dice = Dice::of(seed);
        let flood = Flood::of(&mut dice, wanted(200));
        let expected = outcome(&flood, &flood.in_order()).await;
        let found = outcome(&flood, &flood.shuffled(&mut dice)).await;
        for (expected, found) in expected.iter().zip(&found) {
            assert_eq!(found, expected, "seed {seed}");
        }
    }
}

/// Starts a real process on this file and creates these orders.
fn process_with(flood: &Flood, file: &Path) -> Process {
    let process = Process::start_with(file, &flags());
    for (id, order) in flood.ids().zip(&flood.orders) {
        let (status, answer) = write(&process.address, "/v1/admin/orders", &format!("create-{id}"), order).unwrap();
        assert_eq!(status, 201, "{answer}");
    }
    process
}

/// Returns true if the webhook is answered with the expected status.
fn is_answered(address: &str, sending: &Sending) -> bool {
    let headers = sending.webhook.headers(Utc::now().timestamp(), sending.secret);
    let proof: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let headers = format!("content-type: application/json\r\n{proof}");
    let answer = exchange(address, "POST", sending.webhook.provider.path(), &headers, &sending.webhook.body);
    answer.is_some_and(|(status, _)| status == sending.status())
}

/// Sends all webhooks with `senders` concurrent senders. Returns the time that this took, and the number of webhooks that were
/// not answered as expected.
fn send(address: &str, sendings: &[Sending], senders: usize) -> (Duration, usize) {
    let (next, lost) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..senders {
            scope.spawn(|| {
                while let Some(sending) = sendings.get(next.fetch_add(1, Ordering::SeqCst)) {
                    lost.fetch_add(usize::from(!is_answered(address, sending)), Ordering::SeqCst);
                }
            });
        }
    });
    (began.elapsed(), lost.into_inner())
}

fn documents(process: &Process, flood: &Flood) -> Vec<Value> {
    flood.ids().map(|id| without_counts(serde_json::from_str(&read(&process.address, id).1).unwrap())).collect()
}

#[test]
fn a_process_with_many_senders_at_once_loses_nothing_and_comes_to_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let mut dice = Dice::of(4_000);
    let flood = Flood::of(&mut dice, wanted(600));
    let plain = process_with(&flood, &directory.path().join("plain.db"));
    assert_eq!(send(&plain.address, &flood.in_order(), 1).1, 0);
    let file = directory.path().join("flood.db");
    let flooded = process_with(&flood, &file);
    let sendings = flood.shuffled(&mut dice);
    let (took, lost) = send(&flooded.address, &sendings, SENDERS);
    let (seconds, requests) = (took.as_secs_f64(), sendings.len());
    let rate = requests as f64 / seconds;
    println!("{} deliveries, {requests} requests, {seconds:.1} s, {rate:.0} requests/s, {lost} lost", flood.len());
    println!("{} orders, {} bytes of database", flood.orders.len(), std::fs::metadata(&file).unwrap().len());
    assert_eq!(lost, 0);
    for (expected, found) in documents(&plain, &flood).iter().zip(documents(&flooded, &flood)) {
        assert_eq!(&found, expected);
    }
}
