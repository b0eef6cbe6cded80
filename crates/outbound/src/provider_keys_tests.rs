//! Tests that keys are loaded again without a restart, but not more often than the rate limit allows.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

const KEYS: &str = include_str!("../../providers/src/shipengine/fixtures/keys.json");
const KEY: &[u8] = include_bytes!("../../providers/src/shipengine/fixtures/key_of_the_tests.der");
const BODY: &[u8] = br#"{"resource_type":"OTHER"}"#;

/// A local server that publishes keys and counts the requests that it receives.
struct Publisher {
    address: String,
    says: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
}

impl Publisher {
    async fn start(says: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/jwks", listener.local_addr().expect("an address"));
        let (says, asked) = (Arc::new(Mutex::new(says.to_owned())), Arc::new(AtomicUsize::new(0)));
        let (says_there, asked_there) = (says.clone(), asked.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0_u8; 4_096];
                let _ = stream.read(&mut request).await;
                asked_there.fetch_add(1, Ordering::SeqCst);
                let body = says_there.lock().expect("the keys").clone();
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            }
        });
        Self { address, says, asked }
    }

    fn publish(&self, keys: &str) {
        *self.says.lock().expect("the keys") = keys.to_owned();
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

/// Signs a body and a time like ShipEngine, with the key of the tests.
fn sign(body: &[u8], time: &str) -> String {
    let key = RsaKeyPair::from_pkcs8(KEY).expect("a key");
    let mut signature = vec![0; key.public().modulus_len()];
    let signed = [time.as_bytes(), b".", body].concat();
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &signed, &mut signature).expect("a signature");
    STANDARD.encode(signature)
}

/// Returns the key set of the tests with another key name.
fn renamed(name: &str) -> String {
    KEYS.replace("doorstep-tests-1", name)
}

async fn deliver(secrets: &ProviderSecrets, key: &str, at: DateTime<Utc>) -> Result<usize, Refusal> {
    let time = at.to_rfc3339();
    let mut headers = HeaderMap::new();
    headers.insert("x-shipengine-timestamp", HeaderValue::from_str(&time).expect("a time"));
    headers.insert("x-shipengine-rsa-sha256-key-id", HeaderValue::from_str(key).expect("a name"));
    headers.insert("x-shipengine-rsa-sha256-signature", HeaderValue::from_str(&sign(BODY, &time)).expect("a signature"));
    let request = Request { headers: &headers, path: "/v1/webhooks/shipengine", query: None, body: BODY, now: at };
    secrets.verify_and_parse("shipengine", &request).await.map(|deliveries| deliveries.len())
}

fn with(place: &str) -> ProviderSecrets {
    ProviderSecrets::new(Secrets::default(), Some(ReloadingKeys::at(place).expect("keys")))
}

#[tokio::test]
async fn a_key_that_is_new_is_fetched_once_and_needs_no_restart() {
    let publisher = Publisher::start(KEYS).await;
    let secrets = with(&publisher.address);
    assert_eq!(deliver(&secrets, "doorstep-tests-1", now()).await, Ok(0));
    assert_eq!(deliver(&secrets, "doorstep-tests-1", now()).await, Ok(0));
    assert_eq!(publisher.asked(), 1, "the keys are kept");
    publisher.publish(&renamed("doorstep-tests-2"));
    let later = now() + TimeDelta::minutes(2);
    assert_eq!(deliver(&secrets, "doorstep-tests-2", later).await, Ok(0));
    assert_eq!(deliver(&secrets, "doorstep-tests-2", later).await, Ok(0));
    assert_eq!(publisher.asked(), 2);
    assert_eq!(deliver(&secrets, "doorstep-tests-1", later).await, Err(Refusal::UnknownKey), "the old key is taken back");
}

#[tokio::test]
async fn made_up_names_of_keys_do_not_become_requests() {
    let publisher = Publisher::start(KEYS).await;
    let secrets = with(&publisher.address);
    for number in 0..20 {
        let answer = deliver(&secrets, &format!("made-up-{number}"), now() + TimeDelta::seconds(number)).await;
        assert_eq!(answer, Err(Refusal::UnknownKey), "{number}");
    }
    assert_eq!(publisher.asked(), 1);
}

#[tokio::test]
async fn many_deliveries_at_once_read_the_keys_once() {
    let publisher = Publisher::start(KEYS).await;
    let secrets = with(&publisher.address);
    let all = futures_util::future::join_all((0..8).map(|_| deliver(&secrets, "doorstep-tests-1", now()))).await;
    assert_eq!((all, publisher.asked()), (vec![Ok(0); 8], 1));
}

#[tokio::test]
async fn keys_that_cannot_be_read_leave_the_old_ones_and_a_key_that_is_taken_back_ends_within_the_hour() {
    let publisher = Publisher::start(KEYS).await;
    let secrets = with(&publisher.address);
    assert_eq!(deliver(&secrets, "doorstep-tests-1", now()).await, Ok(0));
    publisher.publish("no keys today");
    let after_the_hour = now() + TimeDelta::minutes(61);
    assert_eq!(deliver(&secrets, "doorstep-tests-1", after_the_hour).await, Ok(0));
    assert_eq!(publisher.asked(), 2);
    publisher.publish(&renamed("doorstep-tests-2"));
    let then = after_the_hour + TimeDelta::minutes(2);
    assert_eq!(deliver(&secrets, "doorstep-tests-1", then).await, Err(Refusal::UnknownKey));
}

#[tokio::test]
async fn a_file_that_is_replaced_is_read_anew() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("keys.json");
    std::fs::write(&file, KEYS).expect("written");
    let secrets = with(file.to_str().expect("a name"));
    assert_eq!(deliver(&secrets, "doorstep-tests-1", now()).await, Ok(0));
    std::fs::write(&file, renamed("doorstep-tests-2")).expect("written");
    assert_eq!(deliver(&secrets, "doorstep-tests-2", now() + TimeDelta::minutes(2)).await, Ok(0));
}

#[test]
fn keys_that_are_missing_or_from_an_open_address_are_refused_at_the_start() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("keys.json");
    std::fs::write(&file, "{}").expect("written");
    for (place, why) in [
        ("/no/such/file", "cannot read ShipEngine's keys"),
        (file.to_str().expect("a name"), "no JSON Web Key Set"),
        ("http://keys.example/jwks", "begins with https://"),
        ("ftp://keys.example/jwks", "begins with https://"),
    ] {
        let refused = ReloadingKeys::at(place).err().expect("a refusal");
        assert!(refused.contains(why), "{refused}");
    }
}
