//! Normal forms of the values that a guest look-up compares: order numbers, e-mail addresses and postcodes. Only hashes of the
//! normal forms are stored, so all spellings of a value must give one form, whichever spelling the order was created with. Pure;
//! hashed and compared by `service::lookup`.
//!
//! `text` unifies characters; `email`, `postcode` and `number` handle the three kinds. Placeholders such as `n/a` have no form.

mod email;
mod number;
mod postcode;
#[cfg(test)]
mod tests;
mod text;

pub use email::{Email, is_address};
pub use number::{close_form, key, key_of_version_1};
pub use postcode::Postcode;
