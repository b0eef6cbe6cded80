//! Schema number of stored orders.

/// Schema number of stored orders. It is increased when a field is added to a stored document or internal state, or removed.
pub(crate) const SCHEMA: i64 = 1;
