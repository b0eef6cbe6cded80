//! Documents about an order for other readers than its shopper: carriers' counters, helpdesks, the shop's systems, and machines
//! that read mail. Pure: no store, no HTTP, no clock. Called by the service and the API.
//!
//! - [`label`]: the label of a return · [`helpdesk_ticket`]: a case as a ticket of a helpdesk
//! - [`order_webhook`]: changes of an order as messages · [`parcel_delivery`]: an order as schema.org's `ParcelDelivery`
//! - [`plain_text`]: cleans third-party texts before they are inserted into these documents

pub mod helpdesk_ticket;
pub mod label;
pub mod order_webhook;
pub mod parcel_delivery;
pub mod plain_text;

#[cfg(test)]
mod order_webhook_tests;
