//! The pure core of Doorstep: the meaning of an order document, and every decision about the content of the page.
//!
//! It has no clock, locale, network or DOM. The current time is an argument. Texts for the shopper are returned as messages (a
//! key and its arguments), never as finished text. The widget runs the core in the browser, and the backend runs it for the first
//! page. The types of the document are in `doorstep-contract`.

pub mod client;
pub mod local_clock;
pub mod message;
pub mod order;
pub mod screen;
pub mod self_service;

#[cfg(test)]
mod testing;
