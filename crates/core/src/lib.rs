//! The pure core of Doorstep: the wire format, its meaning, and every decision about what is shown.
//!
//! It has no clock, locale, network or DOM: `now` is an argument, and texts for the shopper are returned as messages (a key and
//! its arguments), never as finished text. The widget and the reference backend both build on it.

pub mod client;
pub mod local_clock;
pub mod message;
pub mod order;
pub mod screen;
pub mod self_service;
pub mod sse;

#[cfg(test)]
mod testing;
