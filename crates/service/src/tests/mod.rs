//! Tests of the service on a store in memory or in a file of the test.

mod earlier_tests;
mod lookup_tests;
mod number_tests;
mod stored_tests;
mod unseen_update_tests;
