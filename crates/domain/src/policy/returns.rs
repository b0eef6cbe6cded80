//! The section `returns` of the policy.

use doorstep_contract::{Needs, Outcome, ReturnMethodKind};
use serde::Deserialize;

use super::values::Decision;

/// Rules for returns.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returns {
    /// True if returns are offered.
    pub offered: bool,
    /// Number of days after the delivery of an item in which the item can be returned.
    pub window_days: u32,
    /// Ids or titles of order lines that cannot be returned.
    pub final_sale: Vec<String>,
    /// Outcomes that the shopper can choose from.
    pub outcomes: Vec<Outcome>,
    /// Immediate decision about a return. Must not be `investigate`.
    pub decision: Decision,
    /// Return address as it is printed on labels, line by line.
    pub address: Vec<String>,
    /// Days after the approval in which the shopper hands over the return.
    pub drop_off_days: u32,
    /// Days after the arrival of the return by which the refund is due.
    pub refund_days: u32,
    /// True if the delivery cost is refunded after a withdrawal from the whole order.
    pub refund_delivery_on_withdrawal: bool,
    /// Bonus for choosing store credit, in percent of the refund.
    pub store_credit_bonus_percent: u32,
    /// Reasons for a return.
    pub reasons: Vec<ReturnReason>,
    /// Methods of return.
    pub methods: Vec<Method>,
}

/// A reason for a return.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnReason {
    /// Code of the reason in requests.
    pub code: String,
    /// The shop's text for the reason.
    pub text: Option<String>,
    /// Required parts of a request with this reason: `photo`, `note`, `contact`.
    #[serde(default)]
    pub needs: Needs,
    /// True if the shopper pays for the return.
    #[serde(default)]
    pub shopper_pays: bool,
    /// Restocking fee in percent of the price paid.
    #[serde(default)]
    pub restocking_percent: u32,
}

/// A method of return.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Id of the method in requests.
    pub id: String,
    /// Kind of the method.
    pub kind: ReturnMethodKind,
    /// Name of the method.
    pub name: String,
    /// Fee, charged if the shopper pays for the return.
    pub fee: Option<Price>,
    /// True if a label has to be printed.
    #[serde(default)]
    pub printer: bool,
    /// Media types in which the label is offered; empty for a method without a label.
    #[serde(default)]
    pub formats: Vec<String>,
    /// Countries in which the method is offered; empty for all.
    #[serde(default)]
    pub countries: Vec<String>,
}

/// A price.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Amount in the minor unit of ISO 4217, such as pence.
    pub minor: i64,
    /// Currency code of ISO 4217.
    pub currency: String,
}
