//! The policy: the self-service actions of a shopper, their periods and their consequences. A shop's file overrides the default
//! policy, and settings for one country override both. Pure; the caller supplies the text of the file.

mod check;
mod claims;
mod read;
mod returns;
pub mod rules;
mod tracking;
mod values;

#[cfg(test)]
mod tests;

pub use claims::Claims;
pub use read::{DEFAULT, Flaw, Policy};
pub use rules::Rules;
