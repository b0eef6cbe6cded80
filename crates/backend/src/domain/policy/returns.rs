//! The section about returns.

use doorstep_core::wire::{Outcome, ReturnMethodKind};
use serde::Deserialize;

use super::rules::Decision;

/// Something goes back.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returns {
    /// Whether it is offered.
    pub offered: bool,
    /// Days after the delivery of each item.
    pub window_days: u32,
    /// Lines that cannot go back: their identity, or their title.
    pub final_sale: Vec<String>,
    /// What can be asked for.
    pub outcomes: Vec<Outcome>,
    /// Whether a return is allowed at once or by a person: not `investigate`.
    pub decision: Decision,
    /// Where it goes back to, line by line, as it stands on labels.
    pub address: Vec<String>,
    /// Days to hand it over.
    pub drop_off_days: u32,
    /// Days after its arrival until the money is back.
    pub refund_days: u32,
    /// Whether what was paid for the delivery comes back after a withdrawal.
    pub refund_delivery_on_withdrawal: bool,
    /// Added to store credit, in hundredths.
    pub store_credit_bonus_percent: u32,
    /// Why it goes back.
    pub reasons: Vec<ReturnReason>,
    /// How it goes back.
    pub methods: Vec<Method>,
}

/// Why something goes back.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnReason {
    /// As requests name it.
    pub code: String,
    /// The shop's words for it.
    pub text: Option<String>,
    /// What has to be sent along with it.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Whether the shopper pays the way back.
    #[serde(default)]
    pub shopper_pays: bool,
    /// Taken off for restocking, in hundredths.
    #[serde(default)]
    pub restocking_percent: u32,
}

/// How something goes back.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// As requests name it.
    pub id: String,
    /// What kind of way.
    pub kind: ReturnMethodKind,
    /// Its name.
    pub name: String,
    /// What it costs, where the shopper pays.
    pub fee: Option<Price>,
    /// Whether a label has to be printed.
    #[serde(default)]
    pub printer: bool,
    /// Media types of its label.
    #[serde(default)]
    pub formats: Vec<String>,
    /// Where it is offered; everywhere without any.
    #[serde(default)]
    pub countries: Vec<String>,
}

/// A price.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// In the minor unit of ISO 4217, such as pence.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}
