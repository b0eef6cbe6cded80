//! An order of the shop: the aggregate that is stored, the parts that a shopper may see, and its creation from the body that the
//! shop sends. Pure.
//!
//! - `aggregate`: the order with its internal state · `internal_state`: what is stored and never shown
//! - `order_body`: the body that the shop sends · `new_order_checks`: its checks · `new_order`: the order made from it
//! - `tracking_updates`: applies tracking updates to the shipments · `limited`: the document without personal data
//! - `order_id`: the form of an order's id · `lookup`: normal forms and hashes of the look-up · `completion`: end of an order,
//!   for its retention period
//!
//! Uses `tracking` and `policy`. Cases, returns and actions are in `self_service`.

mod aggregate;
pub mod completion;
mod internal_state;
pub mod limited;
pub mod lookup;
pub mod new_order;
mod new_order_checks;
mod order_body;
pub mod order_id;
pub mod tracking_updates;

#[cfg(test)]
mod limited_tests;
#[cfg(test)]
mod new_order_tests;
#[cfg(test)]
mod update_properties;
#[cfg(test)]
mod update_tests;

pub use aggregate::OrderAggregate;
pub use internal_state::{Cancelled, DeliveryPreferences, InternalState, Note, PrivateCase, PrivateReturn, RefundAllocation};
