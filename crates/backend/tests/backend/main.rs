//! The backend from outside: its router, and where it must be real its process, its file and its connections.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what it expects by failing")]

mod admin;
mod aftership;
mod authority;
mod browsers;
mod carrier;
mod cases;
mod contract;
mod deliveries;
mod documentation;
mod durability;
mod easypost;
mod evidence;
mod helpdesk;
mod karrio;
mod learning;
mod lookups;
mod operations;
mod order_updates;
mod orders;
mod policies;
mod problems;
mod receiver;
mod requests;
mod returns;
mod seventeentrack;
mod shipengine;
mod shippo;
mod shopify;
mod shopper;
mod shuffled;
mod signing;
mod site;
mod streams;
mod support;
mod webhooks;
