//! Decimal amounts without floating point: read from texts and JSON numbers, added, and rounded to the minor unit of a currency.

use doorstep_contract::decimals;
use serde_json::Value;

use crate::shop_order::Amount;

/// Number of decimals that are kept. WooCommerce writes taxes with up to six.
const SCALE: usize = 8;
const ONE: i128 = 100_000_000;
/// Maximum number of digits before the decimal point. Greater amounts are refused.
const MAX_DIGITS: usize = 15;

/// A decimal number with eight decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decimal(i128);

impl Decimal {
    /// Reads a text such as `12.90`, or a JSON number. Returns None for anything else, such as an exponent or a thousands
    /// separator, and for a number of more than fifteen digits.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::parse(&number.to_string()),
            Value::String(text) => Self::parse(text.trim()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > MAX_DIGITS || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(SCALE).collect();
        let number = whole.parse::<i128>().ok()? * ONE + fraction.parse::<i128>().ok()?;
        Some(Self(if is_negative { -number } else { number }))
    }

    /// Returns the sum.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Returns the difference.
    pub(crate) fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Returns the product with a quantity.
    pub(crate) fn times(self, quantity: u32) -> Self {
        Self(self.0.saturating_mul(i128::from(quantity)))
    }

    /// Returns true if the number is below zero.
    pub(crate) fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Returns the number rounded up to a whole, or None if it is negative or too large.
    pub(crate) fn ceil(self) -> Option<u32> {
        if self.is_negative() {
            return None;
        }
        u32::try_from((self.0 + ONE - 1) / ONE).ok()
    }

    /// Returns the amount in the minor unit of the currency, with halves rounded up. Returns None if the amount is negative or the
    /// currency is not a code of three letters.
    pub(crate) fn amount(self, currency: &str) -> Option<Amount> {
        let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        if self.is_negative() || !is_code {
            return None;
        }
        let dropped = u32::try_from(SCALE.checked_sub(decimals(currency))?).ok()?;
        let unit = 10_i128.pow(dropped);
        let minor = i64::try_from((self.0 + unit / 2) / unit).ok()?;
        Some(Amount { minor, currency: currency.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_amount_is_exact_in_the_minor_unit_of_its_currency() {
        for (written, currency, minor) in [
            (json!("81.13"), "GBP", 8_113),
            (json!("0.1"), "EUR", 10),
            (json!(19.99), "USD", 1_999),
            (json!(5), "USD", 500),
            (json!("1200.00"), "JPY", 1_200),
            (json!("1200"), "JPY", 1_200),
            (json!("12.345"), "KWD", 12_345),
            (json!("12.5"), "KWD", 12_500),
            (json!("1.005"), "EUR", 101),
            (json!("1.004999"), "EUR", 100),
            (json!("999999999999.99"), "EUR", 99_999_999_999_999),
        ] {
            let amount = Decimal::read(&written).and_then(|decimal| decimal.amount(currency));
            assert_eq!(amount.map(|amount| amount.minor), Some(minor), "{written} {currency}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for written in [
            json!(null),
            json!(""),
            json!("-"),
            json!("1,00"),
            json!("1e3"),
            json!(1e300),
            json!("9999999999999999"),
            json!("NaN"),
            json!([1]),
            json!("."),
            json!(true),
        ] {
            assert_eq!(Decimal::read(&written), None, "{written}");
        }
        assert_eq!(Decimal::read(&json!("-1")).and_then(|decimal| decimal.amount("EUR")), None);
        for currency in ["", "eur", "EURO", "€"] {
            assert_eq!(Decimal::read(&json!("1")).and_then(|decimal| decimal.amount(currency)), None, "{currency}");
        }
    }

    #[test]
    fn a_quantity_may_be_a_text_and_a_part_counts_as_a_whole() {
        for (written, quantity) in
            [(json!(3), Some(3)), (json!("3"), Some(3)), (json!("1.5"), Some(2)), (json!(-1), None), (json!(1e12), None)]
        {
            assert_eq!(Decimal::read(&written).and_then(Decimal::ceil), quantity, "{written}");
        }
    }
}
