//! Amounts of money in whole numbers of the currency's minor unit, and the one table with the decimals of that unit.
//!
//! The page, the estimate, the note for the helpdesk and the documentation all use this table. Browsers disagree with ISO 4217
//! and with each other, because they follow the usual display of prices instead of the minor unit.

use super::concat::concat;
use super::digits;
use super::lenient::document;

document! {
    /// An amount of money.
    pub struct Money {
        /// Amount in the minor unit of ISO 4217, such as pence. Most currencies have two decimals, JPY none, KWD three, CLF four.
        pub minor: i64,
        /// ISO 4217 currency code.
        pub currency: String,
    }
}

/// Active codes of ISO 4217 (list one, SIX Financial Information) whose minor unit is not a hundredth, by their number of
/// decimals.
const DECIMALS: [(usize, &str); 3] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// Returns the number of decimals of a currency's minor unit, and two for an unknown code.
///
/// ```
/// # use doorstep_contract::decimals;
/// assert_eq!((decimals("EUR"), decimals("HUF"), decimals("JPY"), decimals("IQD"), decimals("CLF")), (2, 2, 0, 3, 4));
/// ```
pub fn decimals(currency: &str) -> usize {
    let has = |codes: &str| codes.split(' ').any(|code| code.eq_ignore_ascii_case(currency));
    DECIMALS.iter().find(|(_, codes)| has(codes)).map_or(2, |(decimals, _)| *decimals)
}

impl Money {
    /// Returns the exact amount as a decimal number without the currency, such as `12.90`.
    pub fn decimal(&self) -> String {
        let decimals = decimals(&self.currency);
        let digits = digits::padded(self.minor.unsigned_abs(), decimals + 1);
        let (whole, fraction) = digits.split_at_checked(digits.len().saturating_sub(decimals)).unwrap_or((&digits, ""));
        let sign = if self.minor < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        concat(&[sign, whole, point, fraction])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(minor: i64, currency: &str) -> String {
        Money { minor, currency: currency.to_owned() }.decimal()
    }

    #[test]
    fn minor_units_are_those_of_iso_4217_whatever_browsers_display() {
        for (currency, written) in [
            ("EUR", "12990.50"),
            ("HUF", "12990.50"),
            ("IDR", "12990.50"),
            ("COP", "12990.50"),
            ("PKR", "12990.50"),
            ("TWD", "12990.50"),
            ("MGA", "12990.50"),
            ("MRU", "12990.50"),
            ("LBP", "12990.50"),
            ("IQD", "1299.050"),
            ("KWD", "1299.050"),
            ("TND", "1299.050"),
            ("LYD", "1299.050"),
            ("JPY", "1299050"),
            ("ISK", "1299050"),
            ("UGX", "1299050"),
            ("XOF", "1299050"),
            ("CLP", "1299050"),
            ("CLF", "129.9050"),
            ("UYW", "129.9050"),
            // Unknown codes, and a known one in lower case.
            ("ZZZ", "12990.50"),
            ("", "12990.50"),
            ("jpy", "1299050"),
            ("BIF CLP", "12990.50"),
        ] {
            assert_eq!(decimal(1_299_050, currency), written, "{currency}");
        }
    }

    #[test]
    fn small_and_negative_amounts_keep_every_digit() {
        for (minor, currency, written) in [
            (0, "EUR", "0.00"),
            (5, "EUR", "0.05"),
            (-5, "EUR", "-0.05"),
            (-1_234, "JPY", "-1234"),
            (7, "KWD", "0.007"),
            (-7, "CLF", "-0.0007"),
            (i64::MIN, "EUR", "-92233720368547758.08"),
            (i64::MAX, "JPY", "9223372036854775807"),
        ] {
            assert_eq!(decimal(minor, currency), written);
        }
    }

    proptest! {
        #[test]
        fn an_amount_is_written_without_losing_a_digit(minor: i64, currency in "(EUR|JPY|IQD|CLF|HUF)") {
            let digits: String = decimal(minor, &currency).chars().filter(|letter| *letter != '.').collect();
            prop_assert_eq!(digits.parse::<i64>().ok(), Some(minor));
        }
    }
}
