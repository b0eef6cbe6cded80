//! The policy: the self-service actions of a shopper, their periods and their consequences. A shop's file is merged over the
//! default policy, and its settings for one country over both. Pure: the caller supplies the text.

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
