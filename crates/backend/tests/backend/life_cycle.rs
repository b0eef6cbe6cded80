//! The life of cases.
