//! The reference backend with the demo's orders on a port of its own, unchanged or with a fault, and the command that checks it.

use std::net::Ipv4Addr;

use axum::Router;
use chrono::{DateTime, TimeDelta};
use clap::Parser as _;
use doorstep_backend::app::App;
use doorstep_backend::config::Config;
use doorstep_backend::router::router;
use doorstep_backend::server::serve;
use doorstep_demo::{Demo, Listed, orders};
use doorstep_service::clock::Clock;
use doorstep_service::store::Store;
use doorstep_service::token::Scope;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio_util::sync::DropGuard;

/// Identity of an order with three parcels, prices and a line that is still to be sent.
pub(crate) const ORDER: &str = "ord_demo_split";
pub(crate) const NUMBER: &str = "FH-20380";
const EMAIL: &str = "robin@mail.example";
/// An origin that the demo allows.
const ORIGIN: &str = "http://127.0.0.1:3000";

pub(crate) struct Shop {
    pub(crate) api: String,
    pub(crate) read_token: String,
    pub(crate) token: String,
    pub(crate) listed: Vec<Listed>,
    /// Stops the backend when the test ends.
    _running: DropGuard,
}

impl Shop {
    /// Starts the reference backend unchanged.
    pub(crate) async fn unchanged() -> Self {
        Self::start(|router| router).await
    }

    /// Starts the reference backend with a change to its router.
    pub(crate) async fn start(around: impl FnOnce(Router) -> Router) -> Self {
        Self::start_with(&[], around).await
    }

    /// Starts the reference backend with more flags and a change to its router.
    pub(crate) async fn start_with(flags: &[&str], around: impl FnOnce(Router) -> Router) -> Self {
        let config = Config::try_parse_from([&["doorstep-backend", "--demo"], flags].concat()).unwrap();
        let clock = Clock::showing(|| DateTime::from_timestamp(1_580_000_000, 0).unwrap());
        let state = App::new(config, Store::open(None).await.unwrap(), clock).unwrap();
        let service = state.service.clone();
        Demo::open(service.clone()).await.unwrap();
        let listed = orders(&service).await.unwrap();
        let token = listed.iter().find(|order| order.id == ORDER).unwrap().token.clone();
        let read_token = service.mint_token(&ORDER.into(), &[Scope::Read], TimeDelta::hours(1)).await.unwrap().token;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        let shutdown = state.shutdown.clone();
        tokio::spawn(serve(listener, around(router(state)), shutdown.clone()));
        Self { api, read_token, token, listed, _running: shutdown.drop_guard() }
    }

    /// Returns the report about the order with `--act`. The slow check of the keep-alive is skipped.
    pub(crate) async fn checked(&self) -> Report {
        self.checked_with(&["--act"]).await
    }

    /// Returns the report about the order with these flags and with the flags that every part of the contract needs.
    pub(crate) async fn checked_with(&self, flags: &[&str]) -> Report {
        let more = ["--number", NUMBER, "--email", EMAIL, "--origin", ORIGIN, "--webhook", "easypost", "--read-token"];
        self.report(ORDER, &self.token, &[&more[..], &[&self.read_token], flags].concat()).await
    }

    /// Returns the report about this order with these flags.
    pub(crate) async fn report(&self, order: &str, token: &str, flags: &[&str]) -> Report {
        let (code, text) = self.run(order, token, &[&["--json"], flags].concat()).await;
        Report { code, json: serde_json::from_str(&text).unwrap() }
    }

    /// Runs the command. Returns its exit code and its output.
    pub(crate) async fn run(&self, order: &str, token: &str, flags: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["conformance", "--api", &self.api, "--order", order]).args(flags);
        let output = command.env("DOORSTEP_TOKEN", token).env_remove("DOORSTEP_READ_TOKEN").output().await.unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(errors, "", "it complains");
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }
}

/// The report of the command.
pub(crate) struct Report {
    code: i32,
    json: Value,
}

impl Report {
    /// Asserts that the backend passed without a warning.
    pub(crate) fn is_clean(&self) {
        assert_eq!((self.of("failed"), self.of("warning"), self.code), (vec![], vec![], 0), "{:#}", self.json);
    }

    /// Asserts that exactly these checks failed, and that the advice of the first contains this text.
    pub(crate) fn fails(&self, ids: &[&str], advice: &str) {
        assert_eq!((self.of("failed"), self.code), (ids.to_vec(), 1), "{:#}", self.json);
        let told = self.check(ids[0])["advice"].as_str().unwrap();
        assert!(told.contains(advice), "{told}");
    }

    /// Asserts that nothing failed, that this is the only warning, and that its description contains this text.
    pub(crate) fn warns(&self, id: &str, came: &str) {
        assert_eq!((self.of("failed"), self.of("warning"), self.code), (vec![], vec![id], 0), "{:#}", self.json);
        self.says(id, came);
    }

    /// Asserts that the description of a finding contains this text.
    pub(crate) fn says(&self, id: &str, came: &str) {
        let told = self.check(id)["came"].as_str().unwrap();
        assert!(told.contains(came), "{told}");
    }

    /// Returns the checks with this outcome.
    pub(crate) fn of(&self, outcome: &str) -> Vec<&str> {
        let checks = self.json["checks"].as_array().unwrap();
        checks.iter().filter(|check| check["outcome"] == outcome).map(|check| check["id"].as_str().unwrap()).collect()
    }

    fn check(&self, id: &str) -> &Value {
        self.json["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap()
    }
}
