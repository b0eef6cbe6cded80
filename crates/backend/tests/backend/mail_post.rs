//! A backend that sends mails to a mail server of the test, with orders whose shoppers want them.

use doorstep_backend::mail;
use doorstep_mail::Mailer;
use serde_json::{Value, json};

use crate::mail_server::{Answer, Mail, MailServer};
use crate::shopper::Shopper;
use crate::support::{Answer as Response, Backend, request};

pub(crate) const KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
pub(crate) const PAGE: &str = "https://shop.example/order";
pub(crate) const API: &str = "https://shop.example/api";
pub(crate) const ADDRESS: &str = "ada@example.org";
/// From the time at which every test begins, 1:53 in Berlin, until ten in the morning.
pub(crate) const UNTIL_MORNING_S: i64 = 8 * 3_600 + 400;

pub(crate) fn flags(server: &MailServer) -> Vec<String> {
    let flags = ["--smtp-url", &server.url, "--mail-from", "Bücher & Co <orders@shop.example>", "--contact-key", KEY];
    let pages = ["--public-url", API, "--order-page-url", PAGE];
    [&flags[..], &pages].concat().into_iter().map(str::to_owned).collect()
}

pub(crate) struct Post {
    pub(crate) backend: Backend,
    pub(crate) mailer: Mailer,
    pub(crate) server: MailServer,
}

impl Post {
    /// Opens a backend with a mail server, at ten in the morning in Berlin.
    pub(crate) async fn open(answers: &[Answer], more: &[&str]) -> Self {
        let server = MailServer::open(answers);
        let own = flags(&server);
        let own: Vec<&str> = own.iter().map(String::as_str).chain(more.iter().copied()).collect();
        let backend = Backend::start(&own).await;
        backend.pass(UNTIL_MORNING_S);
        Self { mailer: mail::sender(&backend.app).unwrap().unwrap(), backend, server }
    }

    /// Creates an order whose shopper wants mails in German, with one parcel and nothing left to send.
    pub(crate) async fn shopper(&self, change: impl FnOnce(&mut Value)) -> Shopper<'_> {
        Shopper::of(&self.backend, "1042", |order| {
            (order["notify"], order["lang"], order["unshipped"]) = (json!(true), json!("de"), json!([]));
            change(order);
        })
        .await
    }

    /// Reports that a parcel has reached a stage now.
    pub(crate) async fn happens(&self, id: &str, shipment: &str, stage: &str, facts: Value) {
        let at = self.backend.app.service.now().naive_utc().format("%Y-%m-%dT%H:%M:%S").to_string();
        let event = json!({ "shipment_id": shipment, "at": { "local": at, "offset_min": 0 }, "stage": stage, "facts": facts });
        let answer = self.backend.admin("POST", &format!("/v1/admin/orders/{id}/events"), &event).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// Sends all mails that are due. Returns the number of attempts.
    pub(crate) async fn sends(&self) -> u32 {
        let mut attempts = 0;
        while self.mailer.send_next().await.unwrap() {
            attempts += 1;
        }
        attempts
    }

    /// Lets six minutes pass, in which the news of a dispatch waits for further parcels, and sends the mails. Returns those that came.
    pub(crate) async fn mails_after_a_while(&self) -> Vec<Mail> {
        let before = self.server.mails().len();
        self.backend.pass(360);
        self.backend.app.service.recompute_due().await.unwrap();
        self.sends().await;
        self.server.mails().split_off(before)
    }

    /// Sends the one click of a mail program to the address of a mail.
    pub(crate) async fn clicks(&self, address: &str, body: &str) -> Response {
        let path = address.strip_prefix(API).unwrap();
        let form = [("content-type", "application/x-www-form-urlencoded")];
        self.backend.send(request("POST", path, &form, body)).await
    }
}

pub(crate) fn subjects(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(Mail::subject).collect()
}
