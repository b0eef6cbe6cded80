//! Orders of a shop: the stored aggregate, its creation from the body that the shop sends, and the limited document. Pure.
//!
//! - `aggregate`: the order with its internal state · `internal_state`: data that is stored and never shown to the shopper
//! - `order_body`: the body that the shop sends · `new_order_checks`: its checks · `new_order`: the order made from it
//! - `tracking_updates`: applies tracking updates to the shipments · `limited`: the document without personal data
//! - `order_id`: the form of an order's id · `lookup`: normal forms of the values of the guest look-up · `completion`: time at
//!   which an order was completed, for its retention period · `registration`: the shipments whose numbers providers are given
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
pub mod platform_order;
pub mod registration;
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
