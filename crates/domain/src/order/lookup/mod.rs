//! Normal forms of the values that a guest look-up compares: order numbers, e-mail addresses and postcodes. Of e-mail addresses
//! and postcodes only hashes are stored, so every spelling of a value must give the same normal form. Pure; the service hashes
//! and compares the normal forms.
//!
//! `text` unifies characters; `email`, `postcode` and `number` handle one kind of value each. Placeholders such as `n/a` have no
//! normal form.

mod email;
mod number;
mod postcode;
#[cfg(test)]
mod tests;
mod text;

pub use email::{Email, is_address};
pub use number::{close_form, key_of_version_1, lookup_key};
pub use postcode::Postcode;
