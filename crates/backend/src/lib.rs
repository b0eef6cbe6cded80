//! The reference backend: stores orders, receives tracking updates, and serves the widget.
//!
//! `api` reads and writes HTTP and calls the service. The service ([`doorstep_service`]), the rules (`doorstep_domain`) and the
//! tracking providers (`doorstep_providers`) are crates of their own. The binary is a thin shell around [`router::router`]; tests
//! call the router with `oneshot`.

mod addresses;
pub mod api;
pub mod app;
pub mod config;
pub mod helpdesk;
pub mod import;
pub mod limits;
pub mod mail;
pub mod mail_flags;
mod origins;
mod page_policy;
pub mod problem;
pub mod registration;
pub mod registration_flags;
mod release_files;
pub mod router;
pub mod server;
pub mod shop_flags;
pub mod startup;
pub mod telemetry;
pub mod webhook;
