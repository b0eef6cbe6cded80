//! Documents about an order for readers other than the shopper: carriers' counters, helpdesks, the shop's systems, and programs
//! that read pages or mail. Pure: no store, no HTTP, no clock. Called by the service and the backend.
//!
//! - [`label`]: the label of a return · [`helpdesk_ticket`]: a case as a helpdesk ticket
//! - [`order_webhook`]: changes of an order as messages to the shop's systems · [`parcel_delivery`]: an order as schema.org's
//!   `ParcelDelivery`
//! - [`news`]: what shoppers get mails about
//! - [`plain_text`]: cleans third-party texts before they are inserted into these documents

pub mod helpdesk_ticket;
pub mod label;
pub mod news;
pub mod order_webhook;
pub mod parcel_delivery;
pub mod plain_text;

#[cfg(test)]
mod order_webhook_tests;
