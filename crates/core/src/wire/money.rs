//! Money, in whole numbers.

use super::lenient::document;

document! {
    /// An amount of money.
    pub struct Money {
        /// In the currency's smallest unit, such as pence.
        pub minor: i64,
        /// ISO 4217.
        pub currency: String,
    }
}
