//! Tests of `cargo xtask conformance` as a command: it lets the reference backend pass, and finds one fault at a time.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what it expects by failing")]

mod breaking;
mod files;
mod first_page;
mod orders;
mod reference;
mod requests;
mod shop;
mod surroundings;
