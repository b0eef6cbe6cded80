//! The reference backend: stores orders, receives tracking updates, and serves the widget.
//!
//! `api` reads and writes HTTP, `service` carries out commands, `domain` holds the rules, `store` persists, `providers`
//! translates the messages of tracking providers. The binary is a thin shell around [`router::router`]; tests call that with
//! `oneshot`.

pub mod api;
pub mod app;
pub mod changes;
pub mod clock;
pub mod config;
pub mod demo;
pub mod helpdesk;
pub mod limits;
mod origins;
pub mod outbound;
pub mod photo_process;
pub mod problem;
mod provider_keys;
pub mod router;
pub mod server;
pub mod service;
pub mod startup;
pub mod store;
pub mod telemetry;
pub mod token;
pub mod webhook;
pub mod workers;
