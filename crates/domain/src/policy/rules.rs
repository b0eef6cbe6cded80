//! The rules for one country, as the policy file states them. Every field is required, because the default policy fills in what a
//! shop leaves out before this is read. Each setting and its reason are described in `policy.toml`.

use std::collections::BTreeMap;

use chrono::{NaiveTime, Weekday};
use doorstep_contract::{DeliveredTo, Needs, Outcome, Stage};
use serde::{Deserialize, Deserializer};

pub use super::claims::Claims;
pub use super::returns::{Method, Price, ReturnReason, Returns};
pub use super::tracking::Tracking;
pub use super::values::Decision;

/// The self-service actions in one country and their periods.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Numbering, answers and end of cases.
    pub cases: Cases,
    /// Limits of photos that are sent along.
    pub evidence: Evidence,
    /// Rules for the report that a parcel did not arrive.
    pub non_receipt: NonReceipt,
    /// Rules for the report that items arrived damaged.
    pub damaged: Report,
    /// Rules for the report of a wrong item.
    pub wrong_item: Report,
    /// Rules for the report of a missing item.
    pub missing_item: Report,
    /// Rules for delivery on another day.
    pub reschedule: Reschedule,
    /// Rules for delivery to another address.
    pub change_address: ChangeAddress,
    /// Rules for instructions to the driver.
    pub instructions: DeliveryPreference,
    /// Rules for delivery to a neighbour.
    pub neighbour: DeliveryPreference,
    /// Rules for delivery to a safe place.
    pub safe_place: DeliveryPreference,
    /// Rules for delivery to a pickup point.
    pub redirect: Redirect,
    /// Offer to cancel lines that were not sent yet.
    pub cancel: Offer,
    /// Offer to agree to a later date.
    pub accept_delay: Offer,
    /// Rules for returns.
    pub returns: Returns,
    /// Rules for the withdrawal from the contract.
    pub withdraw: Withdraw,
    /// Rules for refunds.
    pub refunds: Refunds,
    /// Rules for contacting the shop.
    pub contact: Contact,
    /// Periods in which carriers accept claims.
    pub claims: Claims,
    /// Thresholds for stalled and at risk.
    pub tracking: Tracking,
}

/// Numbering, answers and end of cases.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// Text before the dash of a case reference.
    pub reference_prefix: String,
    /// Hours until the shopper gets an answer.
    pub response_hours: u32,
    /// Hours until an answer for single kinds of action, by the kind's name in the contract.
    pub response_hours_of: BTreeMap<String, u32>,
    /// Hours after which a received case counts as in progress.
    pub in_progress_after_hours: u32,
    /// Hours after which a party whose answer is awaited is reminded.
    pub remind_after_hours: u32,
    /// Self-service requests per order in any 24 hours.
    pub max_per_day: u32,
    /// Messages per order in any 24 hours.
    pub max_messages_per_day: u32,
    /// True if the shopper may add messages to an open case.
    pub reply: bool,
    /// True if the shopper is asked for feedback.
    pub feedback: bool,
}

/// Limits of photos that are sent along.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Largest size of one photo in bytes.
    pub max_bytes: u64,
    /// Photos per request.
    pub max_files: u32,
    /// Photos per order.
    pub max_per_order: u32,
}

/// Rules for the report that a parcel did not arrive.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonReceipt {
    /// True if it can be reported.
    pub offered: bool,
    /// Hours after the delivered scan from which it can be reported.
    pub wait_hours: u32,
    /// Hours after the delivered scan from which it can be reported if the parcel was left outside.
    pub wait_hours_left_outside: u32,
    /// Places that count as outside.
    pub left_outside: Vec<DeliveredTo>,
    /// Days after the delivered scan until which it can be reported.
    pub report_days: u32,
    /// Days after the promised date from which it can be reported without a delivered scan.
    pub overdue_after_days: u32,
    /// Days after the promised date until which it can be reported without a delivered scan.
    pub overdue_report_days: u32,
    /// Hours after the shipment became stalled from which it can be reported.
    pub stalled_after_hours: u32,
    /// Outcomes that the shopper can choose from.
    pub outcomes: Vec<Outcome>,
    /// Things that are required along with the report.
    pub needs: Needs,
    /// Immediate decision.
    pub decision: Decision,
    /// Hours that the carrier has to find the parcel.
    pub investigation_hours: u32,
    /// Decision if the parcel was not found in that time, but not `investigate`.
    pub after_investigation: Decision,
}

/// Rules for a report about the content of a parcel.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// True if it can be reported.
    pub offered: bool,
    /// Days after the delivery in which it can be reported.
    pub report_days: u32,
    /// Outcomes that the shopper can choose from.
    pub outcomes: Vec<Outcome>,
    /// Things that are required along with the report.
    pub needs: Needs,
    /// Immediate decision.
    pub decision: Decision,
    /// Reasons to choose from. If empty, no reason is required.
    pub reasons: Vec<Reason>,
}

/// A reason to choose from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Code of the reason in requests.
    pub code: String,
    /// The shop's text for the reason.
    pub text: Option<String>,
    /// Things that are required along with the report for this reason.
    #[serde(default)]
    pub needs: Needs,
}

/// Rules for delivery on another day.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reschedule {
    /// True if it is offered.
    pub offered: bool,
    /// Last stage in which the carrier accepts the change.
    pub until: Stage,
    /// True if it is offered up to `out_for_delivery` after a failed delivery attempt.
    pub after_failed_attempt: bool,
    /// Failed delivery attempts after which the parcel goes back.
    pub max_attempts: u32,
    /// Codes of carriers that do not offer it.
    pub not_with: Vec<String>,
    /// Number of days that are offered, beginning with the next day.
    pub days_ahead: u32,
    /// Time of day at the destination after which the next day is no longer offered.
    #[serde(deserialize_with = "super::values::time_of_day")]
    pub cut_off: NaiveTime,
    /// Delivery windows of a day.
    pub windows: Vec<DayWindow>,
}

/// A weekly delivery window.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayWindow {
    /// Days of the week.
    #[serde(deserialize_with = "weekdays")]
    pub days: Vec<Weekday>,
    /// Start of the window at the destination.
    #[serde(deserialize_with = "super::values::time_of_day")]
    pub from: NaiveTime,
    /// End of the window at the destination.
    #[serde(deserialize_with = "super::values::time_of_day")]
    pub to: NaiveTime,
    /// Number of deliveries that fit into the window.
    pub capacity: u32,
    /// Fee for the window.
    pub fee: Option<Price>,
}

/// Rules for delivery to another address.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeAddress {
    /// True if it is offered.
    pub offered: bool,
    /// Last stage in which the carrier accepts the change.
    pub until: Stage,
    /// True if it is offered up to `out_for_delivery` while the carrier has a problem with the address.
    pub after_address_problem: bool,
    /// Codes of carriers that do not offer it.
    pub not_with: Vec<String>,
    /// Changes in any 24 hours.
    pub max_per_day: u32,
    /// Largest number of lines before postcode and town.
    pub max_lines: u32,
    /// Largest length of a line or a town in characters.
    pub max_line_chars: u32,
    /// Smallest length of a postcode in characters.
    pub min_postcode_chars: u32,
    /// Largest length of a postcode in characters.
    pub max_postcode_chars: u32,
}

/// Rules for a request that is passed on to the carrier.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryPreference {
    /// True if it is offered.
    pub offered: bool,
    /// Last stage in which the carrier accepts it.
    pub until: Stage,
    /// Codes of carriers that do not offer it.
    pub not_with: Vec<String>,
}

/// Rules for delivery to a pickup point.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// True if it is offered.
    pub offered: bool,
    /// Last stage in which the carrier accepts the change.
    pub until: Stage,
    /// Codes of carriers that do not offer it.
    pub not_with: Vec<String>,
    /// Days for which the pickup point keeps the parcel.
    pub kept_days: u32,
    /// Pickup points in all countries.
    pub points: Vec<Point>,
}

/// A pickup point.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Id of the pickup point in requests.
    pub id: String,
    /// Name of the pickup point.
    pub name: String,
    /// Address, line by line.
    pub lines: Vec<String>,
    /// Country code of ISO 3166-1 alpha-2.
    pub country: String,
    /// Opening hours, line by line.
    #[serde(default)]
    pub hours: Vec<String>,
    /// Distance in metres.
    pub distance_m: Option<u32>,
}

/// An action without further rules.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// True if it is offered.
    pub offered: bool,
}

/// Rules for the withdrawal from the contract.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// True if there is a right of withdrawal.
    pub offered: bool,
    /// Countries with a right of withdrawal.
    pub countries: Vec<String>,
    /// Days after the arrival of the last parcel in which the shopper can withdraw.
    pub days: u32,
    /// True if the action is shown prominently.
    pub prominent: bool,
    /// Days after the declaration until the money is back.
    pub refund_days: u32,
}

/// Rules for refunds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refunds {
    /// True if the shopper can ask for the status of an overdue refund.
    pub ask: bool,
    /// Days until a promised refund is back.
    pub due_days: u32,
    /// Days that the bank needs after the refund was sent.
    pub bank_days: u32,
}

/// Rules for contacting the shop.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// True if it is offered.
    pub offered: bool,
    /// The shop's text about contacting it.
    pub text: Option<String>,
}

fn weekdays<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<Weekday>, D::Error> {
    let names = Vec::<String>::deserialize(source)?;
    let weekday = |name: &String| match name.as_str() {
        "mon" => Ok(Weekday::Mon),
        "tue" => Ok(Weekday::Tue),
        "wed" => Ok(Weekday::Wed),
        "thu" => Ok(Weekday::Thu),
        "fri" => Ok(Weekday::Fri),
        "sat" => Ok(Weekday::Sat),
        "sun" => Ok(Weekday::Sun),
        other => Err(serde::de::Error::custom(format!("`{other}` is no day: write mon, tue, wed, thu, fri, sat or sun"))),
    };
    names.iter().map(weekday).collect()
}
