//! Schema number of stored orders.

/// Schema number of stored orders. It is increased when a field is added to a stored document or its private part, or removed.
pub(crate) const SCHEMA: i64 = 1;
