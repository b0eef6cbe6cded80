//! Normalises postcodes. Keeps letters and digits only, and ignores a country code before the postcode (`D-10115`, `F-75001`).
//!
//! **ZIP+4** (United States) counts as the ZIP code: nine digits are cut to the first five.
//!
//! **The first half** of a postcode is accepted as a proof in countries where people commonly give it alone and where there are
//! at least about a thousand different halves. These are the outward code of the United Kingdom (about 2,900), the four digits of
//! the Netherlands (about 4,000) and the forward sortation area of Canada (about 1,600). For comparison: Austria, Belgium and
//! Denmark have a similar number of full postcodes. The routing key of an Irish Eircode is not a proof, because there are only
//! 139 routing keys. Two different full postcodes never match, even if their first halves are equal. If an order was created with
//! the first half alone, every full postcode that begins with this half matches.

use super::text::plain;

/// A postcode that a guest can give as proof in the look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postcode {
    /// Normal form.
    pub form: String,
    /// First half of a full postcode, if the half counts as a proof. Otherwise None, also if `form` itself is only a first half.
    pub half: Option<String>,
    /// Spellings of this postcode that version 1 of the backend may have hashed.
    pub earlier: Vec<String>,
}

/// Country prefixes before postcodes that consist of digits: ISO 3166-1 codes and vehicle registration codes.
const COUNTRIES: [&str; 51] = [
    "SLO", "FIN", "LUX", "EST", "AD", "AL", "AT", "AU", "BE", "BG", "BR", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FL",
    "FO", "FR", "GR", "HR", "HU", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "NO", "NZ", "PL", "PT", "RO", "RS",
    "SE", "SI", "SK", "SM", "TR", "UA", "US", "A", "B", "D",
];
/// Further country prefixes of one letter (vehicle registration codes).
const LETTERS: [&str; 8] = ["E", "F", "H", "I", "L", "N", "P", "S"];
/// Digits that people type to fill a required field. They are no real postcode, or the postcode of a single post office.
const FILLED: [&str; 7] = ["123456", "1234567", "12345678", "99999", "999999", "99999999", "999999999"];

impl Postcode {
    /// Parses a postcode as a person writes it. Returns None if the text is a placeholder or too short.
    pub fn read(text: &str) -> Option<Self> {
        let compact: String = plain(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        let bare = without_country(&compact);
        if is_placeholder(bare) {
            return None;
        }
        let form = if is_shape(bare, "ddddddddd") { bare.get(..5).unwrap_or(bare) } else { bare };
        let typed: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        let mut earlier = vec![form.to_owned(), bare.to_owned(), compact.clone(), typed];
        earlier.extend(COUNTRIES.iter().chain(&LETTERS).map(|country| format!("{country}{bare}")));
        Some(Self { half: half(form).map(str::to_owned), form: form.to_owned(), earlier })
    }
}

/// Returns true if every character matches the shape, in which `d` stands for a digit, `a` for an ASCII letter and `x` for
/// either.
fn is_shape(text: &str, shape: &str) -> bool {
    let fits = |(c, kind): (char, char)| match kind {
        'd' => c.is_ascii_digit(),
        'a' => c.is_ascii_alphabetic(),
        _ => c.is_ascii_alphanumeric(),
    };
    text.chars().count() == shape.len() && text.chars().zip(shape.chars()).all(fits)
}

fn is_any(text: &str, shapes: &[&str]) -> bool {
    shapes.iter().any(|shape| is_shape(text, shape))
}

/// Returns the postcode without a country prefix.
fn without_country(compact: &str) -> &str {
    let digits = |text: &&str, from: usize| (from..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    for (country, shapes) in [("GB", UNITED_KINGDOM), ("UK", UNITED_KINGDOM), ("CA", &[CANADA]), ("NL", &[NETHERLANDS, "dddd"])] {
        if let Some(bare) = compact.strip_prefix(country).filter(|bare| is_any(bare, shapes)) {
            return bare;
        }
    }
    let named = COUNTRIES.iter().chain(&LETTERS).find_map(|country| {
        let shortest = if ["AD", "FO", "IS"].contains(country) { 3 } else { 4 };
        compact.strip_prefix(country).filter(|bare| digits(bare, shortest))
    });
    named.unwrap_or(compact)
}

const UNITED_KINGDOM: &[&str] = &["addaa", "adddaa", "adadaa", "aaddaa", "aadddaa", "aadadaa"];
const OUTWARD: &[&str] = &["ad", "add", "ada", "aad", "aadd", "aada"];
const CANADA: &str = "adadad";
const NETHERLANDS: &str = "ddddaa";

/// Returns the first half of a full postcode. Returns None if the half does not count as a proof, or if `form` is only a first
/// half.
fn half(form: &str) -> Option<&str> {
    let length = form.len();
    if is_any(form, UNITED_KINGDOM) {
        form.get(..length.checked_sub(3)?)
    } else if is_shape(form, CANADA) {
        form.get(..3)
    } else if is_shape(form, NETHERLANDS) {
        form.get(..4)
    } else {
        None
    }
}

/// Returns true if the postcode does not count as a proof: it has no digit, only zeros, digits that people type to fill a field,
/// or fewer than three characters. Outward codes of two characters are accepted. Eircode routing keys are refused; they have the
/// form of an outward code, but another first letter.
fn is_placeholder(bare: &str) -> bool {
    let short = bare.chars().count() < 3 && !is_any(bare, OUTWARD);
    let digits: Vec<char> = bare.chars().filter(char::is_ascii_digit).collect();
    let all_digits = digits.len() == bare.chars().count();
    let routing_key =
        is_any(bare, &["add"]) && !["B", "E", "G", "L", "M", "N", "S", "W"].iter().any(|area| bare.starts_with(area));
    short
        || digits.is_empty()
        || (all_digits && digits.iter().all(|digit| *digit == '0'))
        || FILLED.contains(&bare)
        || routing_key
        || bare == "D6W"
}
