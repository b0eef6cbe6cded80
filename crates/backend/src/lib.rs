//! The reference backend: stores orders, receives tracking updates, and serves the widget.
//!
//! `api` reads and writes HTTP and calls the service, which is a crate of its own ([`doorstep_service`]) like the rules
//! (`doorstep_domain`) and the tracking providers (`doorstep_providers`). The binary is a thin shell around [`router::router`];
//! tests call the router with `oneshot`.

pub mod api;
pub mod app;
pub mod config;
pub mod helpdesk;
pub mod limits;
mod origins;
pub mod problem;
pub mod router;
pub mod server;
pub mod startup;
pub mod telemetry;
pub mod webhook;
