//! The reference backend: what happened to an order, and the doors through which it is told.

pub mod domain;
pub mod providers;
