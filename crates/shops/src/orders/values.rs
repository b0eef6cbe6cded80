//! Values of the generic order webhook: texts, numbers and times, each in more than one notation.

use doorstep_contract::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::decimal::Decimal;
use crate::fields::{as_text, utc};
use crate::shop_order::Amount;

/// A text, which may be written as a number. It is not empty.
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(source)?;
        as_text(&value).map(Self).ok_or_else(|| serde::de::Error::custom("must be a text or a number"))
    }
}

/// A decimal number, which may be written as a text.
pub(super) struct Number(Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(source)?;
        Decimal::read(&value).map(Self).ok_or_else(|| serde::de::Error::custom("must be a number such as 12.90"))
    }
}

impl Number {
    /// Returns a quantity of at least one.
    pub(super) fn pieces(&self, at: &str) -> Result<u32, String> {
        self.0.ceil().filter(|pieces| *pieces > 0).ok_or_else(|| format!("{at}: must be at least one"))
    }

    /// Returns a quantity, which may be zero.
    pub(super) fn pieces_or_none(&self, at: &str) -> Result<u32, String> {
        self.0.ceil().ok_or_else(|| format!("{at}: must not be negative"))
    }

    /// Returns an amount in the minor unit of the currency.
    pub(super) fn amount(&self, at: &str, currency: &str) -> Result<Amount, String> {
        let reason = || format!("{at}: must not be negative, in a currency of ISO 4217 such as EUR");
        self.0.amount(currency).ok_or_else(reason)
    }
}

/// A time. Without an offset it is in UTC.
pub(super) struct At(pub(super) Timestamp);

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let value = json!({ "at": Value::deserialize(source)? });
        utc(&value, "at").map(Self).ok_or_else(|| serde::de::Error::custom("must be a time such as 2026-11-20T07:30:00Z"))
    }
}
