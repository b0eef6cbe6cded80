//! News of an order that shoppers get mails about. The facts of an order follow from its document alone, so that repeated and reordered
//! updates give the same facts. A fact becomes news once: the store keeps the keys of all facts that it has seen. Pure.
//!
//! `fact` has the types. `parcels` has the facts of parcels, `requests` those of cases, returns and refunds. `selection` tells news from old
//! facts, and `schedule` the time at which news is sent.

mod fact;
mod parcels;
mod requests;
mod schedule;
mod selection;
#[cfg(test)]
mod tests;

pub use fact::{News, NewsKind};
pub use schedule::{next_fact_at, quiet_until};
pub use selection::{Discovery, discover, facts, first_kind, latest, still_true};
