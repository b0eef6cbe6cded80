//! The pure core of Doorstep: the meaning of an order document, and every decision about what is shown.
//!
//! It has no clock, locale, network or DOM: `now` is an argument, and what a shopper reads is returned as messages (a key and its
//! arguments), never as finished text. The widget runs it in the browser. The types of the document are in `doorstep-contract`.

pub mod client;
pub mod local_clock;
pub mod message;
pub mod order;
pub mod screen;
pub mod self_service;
pub mod sse;

#[cfg(test)]
mod testing;
