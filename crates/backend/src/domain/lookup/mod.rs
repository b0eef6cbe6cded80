//! What a guest look-up is compared by: order numbers, e-mail addresses and postcodes as people write them, each in one normal form.
//! Only hashes of the normal forms are stored, so two spellings of the same thing must come to the same form, in whichever of them the
//! order was created. Pure; hashed and compared by `service::lookup`.
//!
//! `text` makes characters equal, `email`, `postcode` and `number` know the three kinds. What proves nothing, such as `n/a`, has no form.

mod email;
mod number;
mod postcode;
#[cfg(test)]
mod tests;
mod text;

pub use email::{Email, is_address};
pub use number::{close_form, key, key_of_version_1};
pub use postcode::Postcode;
