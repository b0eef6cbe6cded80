//! The pure core of Doorstep: what travels, what it means, and every decision about what is shown.
//!
//! No clock, no locale, no network and no DOM live here: `now` is an argument, and what a shopper reads leaves as phrases (a key and
//! its arguments), never as text. The widget and the reference backend both build on it.

pub mod client;
pub mod here;
pub mod links;
pub mod options;
pub mod order;
pub mod phrase;
pub mod request;
pub mod screen;
pub mod sse;
pub mod wire;

#[cfg(test)]
mod testing;
