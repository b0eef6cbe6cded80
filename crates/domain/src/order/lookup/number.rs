//! Normalises order numbers. Ignores white space, dashes, hash signs, case, a word such as `No.` before the number, and
//! punctuation around the number. A number only finds orders, and several orders can have equal keys. The e-mail address or
//! postcode that proves access distinguishes these orders.

use super::text::{is_dash, plain};

/// Words that people write before an order number. A dot, a colon, a hash sign or a space must follow the word.
const WORDS: [&str; 6] = ["no", "nr", "n", "num", "number", "nummer"];

/// Returns the key under which an order is found. The key is empty if the text has no letters and no digits.
pub fn lookup_key(number: &str) -> String {
    close_form(number).chars().filter(|c| !is_dash(*c)).collect()
}

/// Returns the normalised number with its dashes. Two numbers that differ only in their dashes have equal keys, but different
/// results of this function.
pub fn close_form(number: &str) -> String {
    // NFKC would change `№` and `º` to letters, which could then be taken for letters of the number. People also write `°` for
    // `º`.
    let spelt = number.replace('№', "n.").replace(['º', '°'], ". ");
    let small = plain(&spelt).to_lowercase();
    let around = |c: char| !c.is_alphanumeric();
    let number = small.trim_matches(around);
    let named = WORDS.iter().find_map(|word| {
        number.strip_prefix(word).filter(|rest| rest.starts_with(|c: char| ".:# ".contains(c) || c.is_whitespace()))
    });
    let number =
        named.map(|rest| rest.trim_matches(around)).filter(|rest| rest.contains(|c: char| c.is_ascii_digit())).unwrap_or(number);
    number.chars().filter(|c| !c.is_whitespace() && *c != '#').collect()
}

/// Returns the key that version 1 of the backend used for an order.
pub fn key_of_version_1(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace() && *c != '#').flat_map(char::to_lowercase).collect()
}
