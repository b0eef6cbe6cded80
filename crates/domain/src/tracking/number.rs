//! Normal form of tracking numbers. The number in the shop's system, in the barcode of a label and in a provider's data have the
//! same normal form. Used for comparison and indexing; the shopper sees the number as the shop wrote it.
//!
//! Barcodes contain more than the number: the ZIP code for sorting (USPS `420`), an application identifier (GS1 `00`), a data
//! identifier (`J` before DHL's `JD`), or the routing of FedEx. Lengths and positions come from USPS Publication 199 (IMpb), the
//! GS1 General Specifications, ANSI MH10.8.2, and the definitions collected in github.com/jkeen/tracking_number_data. Check
//! digits are not verified, so that spellings of an invalid number are equal too. The exception is DPD, whose barcode is
//! recognised by its check character.

use unicode_normalization::UnicodeNormalization as _;

/// Printable forms of FNC1, the control character that separates the fields of a GS1 barcode.
const FIELD_SEPARATORS: [&str; 6] = ["<FNC1>", "{FNC1}", "[FNC1]", "<GS>", "{GS}", "[GS]"];
/// Application identifiers (SSCC, GINC, GSIN) that are written in brackets before a number and are not part of the number.
const BRACKETED: [&str; 3] = ["(00)", "(401)", "(402)"];

/// Returns the normal form in which tracking numbers are compared and indexed, or an empty string if the text has no letters and
/// digits.
///
/// ```
/// # use doorstep_domain::tracking::tracking_key;
/// let bare = tracking_key("9261290990178241504178");
/// assert_eq!(tracking_key("420 11217 9261 2909 9017 8241 5041 78"), bare);
/// assert_eq!(tracking_key("(420)112171234(92)61290990178241504178"), bare);
/// ```
pub fn tracking_key(number: &str) -> String {
    let is_written = |c: &char| !c.is_whitespace() && !c.is_control() && *c != '№';
    let mut text: String = number.chars().filter(is_written).nfkc().map(|c| c.to_ascii_uppercase()).collect();
    for separator in FIELD_SEPARATORS {
        text = text.replace(separator, "");
    }
    let text = without_symbology(&text);
    let text = BRACKETED.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
    let plain = plain_key(text);
    let mut key = plain.as_str();
    // One wrapper may contain another, such as a check character, so unwrapping is repeated.
    while let Some(inner) = within(key) {
        key = inner;
    }
    key.to_owned()
}

/// Returns the letters and digits of a number in capitals. Earlier versions indexed numbers in this form.
pub fn plain_key(number: &str) -> String {
    number.chars().filter_map(ascii).filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Returns a decimal digit of another script as an ASCII digit, and every other character unchanged.
fn ascii(c: char) -> Option<char> {
    let zeros = ['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'].map(u32::from);
    let digit = zeros.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|digit| *digit < 10));
    digit.map_or(Some(c), |digit| char::from_digit(digit, 10))
}

/// Removes the symbology identifier that a barcode scanner puts before the data, such as `]C1` or `]d2`.
fn without_symbology(text: &str) -> &str {
    let identifier = text.strip_prefix(']').map(|rest| rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()));
    identifier.and_then(|rest| rest.get(2..)).unwrap_or(text)
}

/// Removes one wrapper around the number, such as the routing prefix of a barcode. Returns the text inside, or None if there is
/// no wrapper.
fn within(key: &str) -> Option<&str> {
    let is_number = key.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        return postal(key).or_else(|| serial_shipping_container(key)).or_else(|| fedex(key)).or_else(|| dpd(key));
    }
    // The symbology identifier `C1` without its bracket is removed only if the digits after it are a barcode with a wrapper.
    let scanned = || key.strip_prefix("C1").filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())).and_then(within);
    scanned().or_else(|| license_plate(key)).or_else(|| dpd(key))
}

/// Removes the USPS routing prefix: `420` and five or nine digits of the ZIP code before a number of 20, 22 or 26 digits.
fn postal(key: &str) -> Option<&str> {
    let rest = key.strip_prefix("420")?;
    let begins_at = |zip: usize| {
        let number = rest.get(zip..)?;
        let is_package = number.starts_with('9') && number.get(1..2).is_some_and(|digit| ("1"..="5").contains(&digit));
        is_package.then_some(number)
    };
    match key.len() {
        28 => rest.get(5..),
        30 => begins_at(5),
        32 => rest.get(9..),
        34 => begins_at(9).or_else(|| begins_at(5)),
        _ => None,
    }
}

/// Removes the GS1 application identifier `00` before the 18 digits of a serial shipping container code.
fn serial_shipping_container(key: &str) -> Option<&str> {
    key.strip_prefix("00").filter(|code| code.len() == 18)
}

/// Returns the tracking number in a FedEx barcode: Ground (`96`) with 22 or 34 digits, Express with 34 digits, or ASTRA with 32
/// digits.
fn fedex(key: &str) -> Option<&str> {
    match key.len() {
        22 if key.starts_with("96") => key.get(7..),
        34 if key.starts_with("96") || key.starts_with("100") => {
            key.get(20..).map(|last| last.strip_prefix("00").unwrap_or(last))
        }
        32 if key.starts_with('3') => key.get(16..28),
        _ => None,
    }
}

/// Removes the data identifier of ANSI MH10.8.2 (`J`, or `1J` to `6J`) before a licence plate number of DHL, which begins with
/// `JD`.
fn license_plate(key: &str) -> Option<&str> {
    let plate = key.trim_start_matches(|c: char| ('1'..='6').contains(&c)).strip_prefix('J')?;
    let serial = plate.strip_prefix("JD")?;
    (key.len() - plate.len() <= 2 && serial.bytes().all(|byte| byte.is_ascii_digit())).then_some(plate)
}

/// Returns the 14 digits of a DPD number. Accepts the number with its check character, and the barcode of 28 characters, in which
/// the postcode (seven characters) precedes the number, and service, country and check character follow it.
fn dpd(key: &str) -> Option<&str> {
    if !key.is_ascii() {
        return None;
    }
    let (digits, check) = key.split_at_checked(key.len().checked_sub(1)?)?;
    let is_checked = digits.bytes().all(|byte| byte.is_ascii_digit()) && check_character(digits) == check.chars().next();
    match digits.len() {
        14 if is_checked => Some(digits),
        27 if is_checked => digits.get(7..21),
        _ => None,
    }
}

/// Returns the check character of ISO/IEC 7064, MOD 37,36.
fn check_character(digits: &str) -> Option<char> {
    let mut product = 36;
    for digit in digits.chars() {
        let sum = (product + digit.to_digit(36)?) % 36;
        product = (if sum == 0 { 36 } else { sum }) * 2 % 37;
    }
    char::from_digit((37 - product) % 36, 36).map(|c| c.to_ascii_uppercase())
}

/// Returns true if two tracking numbers have the same normal form, or if both are missing.
pub(crate) fn is_same_number(one: Option<&str>, other: Option<&str>) -> bool {
    one.map(tracking_key) == other.map(tracking_key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_the_same_one_however_it_is_written_and_whatever_its_barcode_holds_beside_it() {
        for (bare, spellings) in [
            (
                "9261290990178241504178",
                vec![
                    "9261 2909 9017 8241 5041 78",
                    "4201121792612909901782415041 78",
                    "420-11217-1234-9261290990178241504178",
                    "(420)11217(92)61290990178241504178",
                    "]C1420112179261290990178241504178",
                    "C1420112179261290990178241504178",
                    "<FNC1>42011217<GS>9261290990178241504178",
                    "42011217\u{1d}9261290990178241504178",
                    "９２６１２９０９９０１７８２４１５０４１７８",
                    "\u{200b}9261290990178241504178\u{200e}",
                    "٩٢٦١٢٩٠٩٩٠١٧٨٢٤١٥٠٤١٧٨",
                    "# 9261290990178241504178",
                    "№ 9261290990178241504178",
                ],
            ),
            ("71969010756003077385", vec!["42022153 7196 9010 7560 0307 7385", "420221531234 7196 9010 7560 0307 7385"]),
            ("340434161094018834", vec!["(00)340434161094018834", "00340434161094018834", "]C100340434161094018834"]),
            ("776632517510", vec!["9622001900000000000000776632517510"]),
            ("779017972697", vec!["1001921334250001000300779017972697", "7790 1797 2697"]),
            ("784917580286", vec!["32971514560102447849175802862014"]),
            ("987654312345672", vec!["9611020987654312345672"]),
            ("1Z999AA10123456784", vec!["1z 999 aa1 01 2345 6784", "1Z-999-AA1-01-2345-6784", "]C01Z999AA10123456784"]),
            ("JD014600003212345678", vec!["JJD014600003212345678", "jjd01 4600 0032 1234 5678", "1JJD014600003212345678"]),
            ("09980000020034", vec!["0998 0000 0200 34D", "0998000002003 4 d"]),
            ("09980000020033", vec!["09 9800 0002 0033 F", "00 81827 0998 0000 0200 33 350 276 C"]),
            ("RR123456785CN", vec!["rr 123 456 785 cn", "RR\u{a0}123\u{2011}456\u{2011}785\u{2060}CN"]),
        ] {
            assert_eq!(tracking_key(bare), bare);
            for spelling in spellings {
                assert_eq!(tracking_key(spelling), bare, "{spelling}");
            }
        }
    }

    #[test]
    fn numbers_that_only_look_alike_stay_two() {
        for number in [
            // These numbers have no wrapper: 420 without a ZIP code, wrong lengths, and numbers of other carriers.
            "420112170000000000000000000000",
            "4201121792612909",
            "003404341610940188341",
            "961102098765431234567",
            "JJDX14600003212345678",
            "09980000020034E",
            "C100",
            "GM2951173225174494",
        ] {
            assert_eq!(tracking_key(number), number);
        }
    }

    #[test]
    fn what_has_neither_letter_nor_digit_is_no_number() {
        for nothing in ["", " ", "—", "\u{200b}", "()", "]", "№"] {
            assert_eq!(tracking_key(nothing), "", "{nothing:?}");
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_of_a_normal_form_is_itself(number in ".{0,80}") {
            let key = tracking_key(&number);
            prop_assert_eq!(tracking_key(&key), key.clone());
            prop_assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }

        #[test]
        fn barcodes_come_to_the_same_however_their_digits_are_parted(digits in "[0-9]{8,40}", at in 0_usize..40) {
            let at = at.min(digits.len());
            let parted = format!("{} {}", &digits[..at], &digits[at..]);
            prop_assert_eq!(tracking_key(&parted), tracking_key(&digits));
        }
    }
}
