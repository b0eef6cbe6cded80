//! A server that receives messages: it answers with configured statuses and records the messages.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use tokio::net::TcpListener;

/// Headers and body of one message.
pub(crate) type Heard = (HeaderMap, Vec<u8>);

/// Value to configure instead of a status, so that the receiver never responds.
pub(crate) const SILENCE: u16 = 0;

/// A receiver that answers with the configured statuses, and then with 201.
#[derive(Clone, Default)]
pub(crate) struct Receiver {
    answers: Arc<Mutex<VecDeque<u16>>>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Receiver {
    /// Listens on this machine. Returns the receiver and its address.
    pub(crate) async fn open(answers: &[u16]) -> (Self, String) {
        let receiver = Self { answers: Arc::new(Mutex::new(answers.iter().copied().collect())), heard: Arc::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/messages", listener.local_addr().unwrap());
        let router = Router::new().route("/messages", post(take)).with_state(receiver.clone());
        let never = tokio_util::sync::CancellationToken::new();
        tokio::spawn(doorstep_backend::server::serve(listener, router, never));
        (receiver, url)
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// Returns the events of the messages, in order of arrival.
    pub(crate) fn events(&self) -> Vec<String> {
        self.values("doorstep-event")
    }

    /// Returns this header of every message.
    pub(crate) fn values(&self, header: &str) -> Vec<String> {
        self.heard().iter().map(|(headers, _)| headers[header].to_str().unwrap().to_owned()).collect()
    }

    /// Waits until this number of messages has arrived.
    pub(crate) async fn hears(&self, messages: usize) {
        while self.heard().len() < messages {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    receiver.heard.lock().unwrap().push((headers, body.to_vec()));
    let status = receiver.answers.lock().unwrap().pop_front().unwrap_or(201);
    if status == SILENCE {
        std::future::pending::<()>().await;
    }
    (StatusCode::from_u16(status).unwrap(), "the\nanswer".to_owned())
}
