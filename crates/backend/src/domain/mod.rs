//! What an order is and how it changes. Decides; does not store, answer or broadcast. Called by the service.

pub mod new_event;
pub mod new_order;
pub mod update;
