//! Postcodes. Nothing but letters and digits counts, and a country's letter before it (`D-10115`, `F-75001`) counts for nothing.
//!
//! **ZIP+4** (United States) is the ZIP: nine digits are the first five of them.
//!
//! **The first half.** Where people are used to giving only the first half of their postcode and that half tells at least about a
//! thousand areas apart, it is a proof as well: the outward code of the United Kingdom (about 2,900), the four digits of the
//! Netherlands (about 4,000) and the forward sortation area of Canada (about 1,600). That is as many as the whole postcodes of Austria,
//! Belgium or Denmark. The routing key of an Irish Eircode is no proof, because there are only 139. Two whole postcodes are never the
//! same because of their halves. An order that was created with the half alone is opened by every whole postcode that begins with it:
//! more was not given.

use super::text::plain;

/// A postcode that can be a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postcode {
    /// The normal form.
    pub form: String,
    /// The first half, where it is a proof and this is not the half itself.
    pub half: Option<String>,
    /// How version 1 of the backend may have written the same postcode before it hashed it.
    pub earlier: Vec<String>,
}

/// What people write before a postcode to name its country: ISO 3166-1 codes and the signs of cars, where postcodes are digits.
const COUNTRIES: [&str; 51] = [
    "SLO", "FIN", "LUX", "EST", "AD", "AL", "AT", "AU", "BE", "BG", "BR", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FL",
    "FO", "FR", "GR", "HR", "HU", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "NO", "NZ", "PL", "PT", "RO", "RS",
    "SE", "SI", "SK", "SM", "TR", "UA", "US", "A", "B", "D",
];
/// The same with one letter, apart from those above.
const LETTERS: [&str; 8] = ["E", "F", "H", "I", "L", "N", "P", "S"];
/// Digits that forms are filled with; no office has them, or only one.
const FILLED: [&str; 7] = ["123456", "1234567", "12345678", "99999", "999999", "99999999", "999999999"];

impl Postcode {
    /// Reads a postcode as people write it; `None` where it is a placeholder or says too little.
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

/// Whether every character is what the shape says: `d` a digit, `a` a letter of ASCII, `x` either.
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

/// The postcode without the country before it.
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

/// The first half of a whole postcode, where it is a proof.
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

/// Whether it proves nothing: no postcode is without a digit, or only zeros, or has fewer than three characters, but for the shortest
/// outward codes. The routing key of an Eircode is an outward code of no area.
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
