//! Tests of the real process: writes that it acknowledged survive a kill, it stops when asked to, and it does not start without a secret.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{ADMIN_KEY, event, order};

const PATIENCE: Duration = Duration::from_secs(20);
/// Number of kills. At least `WRITES` writes are acknowledged before each kill. One of so many kills is likely to fall between an
/// effect and its response.
const ROUNDS: usize = 10;
const WRITES: usize = 25;
/// Time between two checks of a condition.
const POLL: Duration = Duration::from_millis(5);

pub(crate) struct Process {
    child: Child,
    pub(crate) address: String,
}

impl Process {
    fn start(file: &Path) -> Self {
        Self::start_with(file, &[])
    }

    pub(crate) fn start_with(file: &Path, flags: &[&str]) -> Self {
        Self::of(command(file).args(flags))
    }

    /// Starts the backend through another programme. The command line of the backend is the end of that programme's arguments.
    pub(crate) fn start_through(programme: &[&str], file: &Path, flags: &[&str]) -> Self {
        let own = command(file);
        let mut through = Command::new(programme[0]);
        Self::of(through.env_clear().args(&programme[1..]).arg(own.get_program()).args(own.get_args()).args(flags))
    }

    pub(crate) fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let address = ready.trim().strip_prefix("ready http://").unwrap().trim_end_matches('/').to_owned();
        Self { child, address }
    }

    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }

    pub(crate) fn ended(&mut self) -> std::process::ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(POLL);
        }
        unreachable!("the process does not end")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorstep-backend"));
    command.env_clear().arg("--port=0").arg("--database").arg(file).args(["--admin-key", ADMIN_KEY]);
    command.args(["--secret", "a secret of more than thirty-two bytes"]);
    command
}

/// Sends one request on a connection of its own. Returns None if no whole response comes.
pub(crate) fn exchange(address: &str, method: &str, path: &str, headers: &str, body: &str) -> Option<(u16, String)> {
    let mut connection = TcpStream::connect(address).ok()?;
    connection.set_read_timeout(Some(PATIENCE)).ok()?;
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n");
    connection.write_all(format!("{head}{body}").as_bytes()).ok()?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    // A response that broke off acknowledges nothing.
    serde_json::from_str::<Value>(body).ok()?;
    Some((status, body.to_owned()))
}

pub(crate) fn write(address: &str, path: &str, key: &str, body: &Value) -> Option<(u16, String)> {
    let headers = format!("authorization: Bearer {ADMIN_KEY}\r\ncontent-type: application/json\r\nidempotency-key: {key}\r\n");
    exchange(address, "POST", path, &headers, &body.to_string())
}

/// Returns the identities of the events of an order.
fn events(body: &str) -> Vec<String> {
    let order: Value = serde_json::from_str(body).unwrap();
    let events = order["shipments"][0]["events"].as_array().cloned().unwrap_or_default();
    events.iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect()
}

pub(crate) fn read(address: &str, id: &str) -> (u16, String) {
    let path = format!("/v1/admin/orders/{id}/token");
    let (_, token) = write(address, &path, &format!("read-{id}"), &json!({ "scopes": ["read", "act"] })).unwrap();
    let token: Value = serde_json::from_str(&token).unwrap();
    let bearer = format!("authorization: Bearer {}\r\n", token["token"].as_str().unwrap_or_default());
    exchange(address, "GET", &format!("/v1/orders/{id}"), &bearer, "").unwrap()
}

/// One write: its path, its idempotency key and its body.
type Attempt = (String, String, Value);

/// Returns the writes of one order: its creation, then an event.
fn attempts(id: &str) -> Vec<Attempt> {
    let mut body = order(id);
    body["id"] = json!(id);
    let create = ("/v1/admin/orders".to_owned(), format!("create-{id}"), body);
    let happen = |event_id: &str| (format!("/v1/admin/orders/{id}/events"), format!("{event_id}-{id}"), event(event_id));
    vec![create, happen("e1")]
}

/// Writes orders until the process is gone. Returns the number of acknowledged writes of each order.
fn write_until_gone(address: &str, writer: usize, acknowledged: &AtomicUsize) -> BTreeMap<String, usize> {
    let mut written = BTreeMap::new();
    for number in 0_usize.. {
        let id = format!("w{writer}-{number}");
        let done = written.entry(id.clone()).or_default();
        for (path, key, body) in attempts(&id) {
            let Some((200 | 201, _)) = write(address, &path, &key, &body) else {
                return written;
            };
            *done += 1;
            acknowledged.fetch_add(1, Ordering::SeqCst);
        }
    }
    written
}

#[test]
fn a_kill_in_the_middle_of_writes_loses_nothing_that_was_acknowledged_and_doubles_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    let acknowledged = AtomicUsize::new(0);
    let mut process = Process::start(&file);
    let mut written: BTreeMap<String, usize> = BTreeMap::new();
    for round in 1..=ROUNDS {
        let address = process.address.clone();
        let enough = round * WRITES;
        std::thread::scope(|scope| {
            let acknowledged = &acknowledged;
            let address = &address;
            let writers: Vec<_> =
                (0..4).map(|writer| scope.spawn(move || write_until_gone(address, round * 10 + writer, acknowledged))).collect();
            let deadline = Instant::now() + PATIENCE;
            while acknowledged.load(Ordering::SeqCst) < enough && Instant::now() < deadline {
                std::thread::sleep(POLL);
            }
            process.signal("-KILL");
            writers.into_iter().for_each(|writer| written.extend(writer.join().unwrap()));
        });
        process.ended();
        process = Process::start(&file);
        for (id, done) in &mut written {
            if *done > 0 {
                let (status, body) = read(&process.address, id);
                assert_eq!(status, 200, "{id} is lost");
                let (expected, found) = (&["e1"][..*done - 1], events(&body));
                assert!(expected.iter().all(|event| found.iter().any(|other| other == event)), "{id}: {expected:?}, {found:?}");
            }
            // A write that was not acknowledged may have happened or not. Sending it again with the same key makes sure that it happens
            // once.
            for (path, key, body) in attempts(id).into_iter().skip(*done) {
                let (status, answer) = write(&process.address, &path, &key, &body).unwrap();
                assert!(matches!(status, 200 | 201), "{path} {key}: {answer}");
                *done += 1;
            }
            assert_eq!(events(&read(&process.address, id).1), ["e1"]);
        }
    }
    assert!(acknowledged.load(Ordering::SeqCst) >= ROUNDS * WRITES);
}

#[test]
fn a_stop_ends_streams_and_the_process_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let mut process = Process::start(&directory.path().join("orders.db"));
    let mut body = order("1042");
    body["id"] = json!("shop-1042");
    write(&process.address, "/v1/admin/orders", "create", &body).unwrap();
    let (_, token) =
        write(&process.address, "/v1/admin/orders/shop-1042/token", "mint", &json!({ "scopes": ["read", "act"] })).unwrap();
    let token: Value = serde_json::from_str(&token).unwrap();
    let bearer = format!("authorization: Bearer {}\r\n", token["token"].as_str().unwrap());
    let mut connection = TcpStream::connect(&process.address).unwrap();
    connection.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(connection, "GET /v1/orders/shop-1042/stream HTTP/1.1\r\nhost: x\r\n{bearer}\r\n").unwrap();
    let mut lines = BufReader::new(connection);
    let mut line = String::new();
    while !line.starts_with("data:") {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0);
    }
    // Besides the stream, an idle connection is open. Neither may keep the process from stopping.
    let _idle = TcpStream::connect(&process.address).unwrap();
    let asked = Instant::now();
    process.signal("-TERM");
    let mut rest = String::new();
    lines.read_to_string(&mut rest).unwrap();
    assert!(process.ended().success());
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}

#[test]
fn without_a_secret_it_says_what_to_do() {
    let output = Command::new(env!("CARGO_BIN_EXE_doorstep-backend")).env_clear().arg("--port=0").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(said.contains("DOORSTEP_SECRET") && said.contains("--demo"), "{said}");
}

#[test]
fn logs_hold_no_token_no_proof_and_no_body() {
    let directory = tempfile::tempdir().unwrap();
    let log = directory.path().join("log");
    let mut command = command(&directory.path().join("orders.db"));
    command.args(["--log", "trace", "--log-format", "json"]).stdout(Stdio::piped()).stderr(std::fs::File::create(&log).unwrap());
    let mut child = command.spawn().unwrap();
    let mut ready = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    let address = ready.trim().trim_start_matches("ready http://").trim_end_matches('/').to_owned();
    let mut process = Process { child, address };
    let mut body = order("1042");
    body["id"] = json!("shop-1042");
    write(&process.address, "/v1/admin/orders", "create", &body).unwrap();
    let (status, _) = read(&process.address, "shop-1042");
    let (_, minted) =
        write(&process.address, "/v1/admin/orders/shop-1042/token", "read-shop-1042", &json!({ "scopes": ["read", "act"] }))
            .unwrap();
    let minted: Value = serde_json::from_str(&minted).unwrap();
    let token = minted["token"].as_str().unwrap();
    let lookup = json!({ "number": "1042", "email": "ada@example.org" }).to_string();
    exchange(&process.address, "POST", "/v1/lookup", "content-type: application/json\r\n", &lookup).unwrap();
    exchange(&process.address, "GET", &format!("/v1/orders/x?token={token}"), "", "").unwrap();
    process.signal("-TERM");
    assert!(process.ended().success() && status == 200);
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("/v1/lookup") && log.contains("request_id"), "{log}");
    for secret in [token, ADMIN_KEY, "ada@example.org", "Ada@Example.org", "n1 9gu", "Rain jacket", "a secret of more"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// Creates an order of which ten pieces are still to be sent. Returns a token that may act.
fn cancellable(address: &str, id: &str) -> String {
    let mut body = order(id);
    body["id"] = json!(id);
    body["lines"] = json!([{ "id": "l1", "title": "Tent peg", "quantity": 11 }]);
    body["unshipped"] = json!([{ "line_id": "l1", "quantity": 10 }]);
    write(address, "/v1/admin/orders", &format!("create-{id}"), &body).unwrap();
    let path = format!("/v1/admin/orders/{id}/token");
    let (_, token) = write(address, &path, &format!("link-{id}"), &json!({ "scopes": ["read", "act"] })).unwrap();
    serde_json::from_str::<Value>(&token).unwrap()["token"].as_str().unwrap().to_owned()
}

fn cancel_one(address: &str, id: &str, token: &str) -> Option<(u16, String)> {
    let body = json!({ "kind": "cancel", "lines": [{ "line_id": "l1", "quantity": 1 }] });
    let headers =
        format!("authorization: Bearer {token}\r\ncontent-type: application/json\r\nidempotency-key: one\r\nif-match: *\r\n");
    exchange(address, "POST", &format!("/v1/orders/{id}/requests"), &headers, &body.to_string())
}

#[test]
fn a_kill_between_a_request_and_its_answer_leaves_one_case_when_it_is_repeated() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    let mut process = Process::start(&file);
    let mut unanswered = 0;
    for round in 0..ROUNDS {
        let address = process.address.clone();
        let orders: Vec<(String, String)> =
            (0..8).map(|number| format!("r{round}-{number}")).map(|id| (id.clone(), cancellable(&address, &id))).collect();
        let answered = AtomicUsize::new(0);
        let first: Vec<Option<String>> = std::thread::scope(|scope| {
            let tasks: Vec<_> = orders
                .iter()
                .map(|(id, token)| {
                    let (address, answered) = (&address, &answered);
                    scope.spawn(move || {
                        let answer = cancel_one(address, id, token);
                        answered.fetch_add(1, Ordering::SeqCst);
                        answer.map(|(_, body)| body)
                    })
                })
                .collect();
            let deadline = Instant::now() + PATIENCE;
            while answered.load(Ordering::SeqCst) < round % 8 && Instant::now() < deadline {
                std::thread::yield_now();
            }
            process.signal("-KILL");
            tasks.into_iter().map(|task| task.join().unwrap()).collect()
        });
        process.ended();
        process = Process::start(&file);
        for ((id, token), first) in orders.iter().zip(first) {
            let (status, again) = cancel_one(&process.address, id, token).unwrap();
            assert_eq!(status, 201, "{again}");
            unanswered += usize::from(first.is_none());
            // A request that was answered before the kill gets the same answer again.
            assert!(first.is_none_or(|first| first == again), "{id}");
            let bearer = format!("authorization: Bearer {token}\r\n");
            let (_, body) = exchange(&process.address, "GET", &format!("/v1/orders/{id}"), &bearer, "").unwrap();
            let order: Value = serde_json::from_str(&body).unwrap();
            let found = (order["cases"].as_array().unwrap().len(), &order["unshipped"][0]["quantity"]);
            assert_eq!((found, order["refunds"].as_array().unwrap().len()), ((1, &json!(9)), 1), "{id}");
        }
    }
    assert!(unanswered > 0);
}
