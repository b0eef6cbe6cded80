//! The rules for one country, as types of the policy file. Every field is required, because the default policy has been merged in
//! before the rules are parsed. `policy.toml` describes each setting and the reason for its default value.

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
    /// Numbering, response times, limits and messages of cases.
    pub cases: Cases,
    /// Limits of the photos that a shopper adds to requests.
    pub evidence: Evidence,
    /// Rules for the report that a parcel did not arrive.
    pub non_receipt: NonReceipt,
    /// Rules for the report that items arrived damaged.
    pub damaged: Report,
    /// Rules for the report that wrong items arrived.
    pub wrong_item: Report,
    /// Rules for the report that items are missing from the parcel.
    pub missing_item: Report,
    /// Rules for delivery on another day.
    pub reschedule: Reschedule,
    /// Rules for delivery to another address.
    pub change_address: ChangeAddress,
    /// Rules for instructions to the driver.
    pub instructions: DeliveryPreferenceRules,
    /// Rules for delivery to a neighbour.
    pub neighbour: DeliveryPreferenceRules,
    /// Rules for delivery to a safe place.
    pub safe_place: DeliveryPreferenceRules,
    /// Rules for delivery to a pickup point.
    pub redirect: Redirect,
    /// Offer to cancel items that were not sent yet.
    pub cancel: Offer,
    /// Offer to agree to a later delivery or dispatch date.
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
    /// Thresholds for the conditions `stalled` and `at_risk`.
    pub tracking: Tracking,
}

/// Numbering, response times, limits and messages of cases.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// Part of a case reference before the dash, such as `DS`.
    pub reference_prefix: String,
    /// Hours in which the retailer answers a case.
    pub response_hours: u32,
    /// Hours in which the retailer answers a case of a particular kind, by the name of the action kind in the contract.
    pub response_hours_of: BTreeMap<String, u32>,
    /// Hours after which a case changes from `received` to `in_progress`.
    pub in_progress_after_hours: u32,
    /// Hours without an answer after which the shopper or the carrier is reminded.
    pub remind_after_hours: u32,
    /// Maximum number of self-service requests per order in any 24 hours.
    pub max_per_day: u32,
    /// Maximum number of the shopper's messages per order in any 24 hours.
    pub max_messages_per_day: u32,
    /// True if the shopper may add messages to an open case.
    pub reply: bool,
    /// True if the shopper is asked for feedback.
    pub feedback: bool,
}

/// Limits of the photos that a shopper adds to requests.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Maximum size of one photo in bytes.
    pub max_bytes: u64,
    /// Maximum number of photos per request or message.
    pub max_files: u32,
    /// Maximum number of photos per order.
    pub max_per_order: u32,
}

/// Rules for the report that a parcel did not arrive.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonReceipt {
    /// True if shoppers can make this report.
    pub offered: bool,
    /// Earliest report, in hours after the delivered scan.
    pub wait_hours: u32,
    /// Earliest report if the parcel was left outside, in hours after the delivered scan.
    pub wait_hours_left_outside: u32,
    /// Delivery places that count as outside.
    pub left_outside: Vec<DeliveredTo>,
    /// Latest report, in days after the delivered scan.
    pub report_days: u32,
    /// Earliest report without a delivered scan, in days after the promised date.
    pub overdue_after_days: u32,
    /// Latest report without a delivered scan, in days after the promised date.
    pub overdue_report_days: u32,
    /// Earliest report of a stalled shipment, in hours after it was marked as stalled.
    pub stalled_after_hours: u32,
    /// Outcomes that the shopper can choose from.
    pub outcomes: Vec<Outcome>,
    /// Required parts of the report: `photo`, `note`, `contact`.
    pub needs: Needs,
    /// Immediate decision.
    pub decision: Decision,
    /// Hours that the carrier has to find the parcel in an investigation.
    pub investigation_hours: u32,
    /// Decision after the investigation hours if the parcel was not found. Also the immediate decision about a parcel that the
    /// carrier has reported as going back, returned, lost or destroyed. Must not be `investigate`.
    pub after_investigation: Decision,
}

/// Rules for a report about the content of a parcel.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// True if shoppers can make this report.
    pub offered: bool,
    /// Latest report, in days after the delivery.
    pub report_days: u32,
    /// Outcomes that the shopper can choose from.
    pub outcomes: Vec<Outcome>,
    /// Required parts of the report: `photo`, `note`, `contact`.
    pub needs: Needs,
    /// Immediate decision.
    pub decision: Decision,
    /// Reasons that the shopper can choose from. If empty, the report has no reason.
    pub reasons: Vec<Reason>,
}

/// A reason that the shopper can choose.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Code of the reason in requests.
    pub code: String,
    /// The shop's text for the reason.
    pub text: Option<String>,
    /// Required parts of a report with this reason: `photo`, `note`, `contact`.
    #[serde(default)]
    pub needs: Needs,
}

/// Rules for delivery on another day.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reschedule {
    /// True if the action is offered.
    pub offered: bool,
    /// Last stage in which the carrier accepts the change.
    pub until: Stage,
    /// True if the change is offered up to the stage `out_for_delivery` after a failed delivery attempt.
    pub after_failed_attempt: bool,
    /// Number of failed delivery attempts after which the parcel goes back, so that the action is no longer available.
    pub max_attempts: u32,
    /// Codes of carriers that do not offer the action.
    pub not_with: Vec<String>,
    /// Number of days that are offered, beginning with the next day, or with the day after it once the cut-off has passed.
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
    /// Maximum number of bookings of the window on one day, counted over all orders of one time zone.
    pub capacity: u32,
    /// Fee for the window.
    pub fee: Option<Price>,
}

/// Rules for delivery to another address.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeAddress {
    /// True if the action is offered.
    pub offered: bool,
    /// Last stage in which the carrier accepts the change.
    pub until: Stage,
    /// True if the change is offered up to the stage `out_for_delivery` while the carrier has a problem with the address.
    pub after_address_problem: bool,
    /// Codes of carriers that do not offer the action.
    pub not_with: Vec<String>,
    /// Maximum number of address changes per order in any 24 hours.
    pub max_per_day: u32,
    /// Maximum number of address lines, not counting postcode and town.
    pub max_lines: u32,
    /// Maximum length of an address line or a town in characters.
    pub max_line_chars: u32,
    /// Minimum length of a postcode in characters.
    pub min_postcode_chars: u32,
    /// Maximum length of a postcode in characters.
    pub max_postcode_chars: u32,
}

/// Rules for a delivery preference, which is a request that is passed on to the carrier.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryPreferenceRules {
    /// True if the action is offered.
    pub offered: bool,
    /// Last stage in which the carrier accepts the preference.
    pub until: Stage,
    /// Codes of carriers that do not offer the action.
    pub not_with: Vec<String>,
}

/// Rules for delivery to a pickup point.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// True if the action is offered.
    pub offered: bool,
    /// Last stage in which the carrier accepts the change.
    pub until: Stage,
    /// Codes of carriers that do not offer the action.
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
    /// Distance from the destination in metres.
    pub distance_m: Option<u32>,
}

/// An action without further rules.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// True if the action is offered.
    pub offered: bool,
}

/// Rules for the withdrawal from the contract.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// True if the action is offered.
    pub offered: bool,
    /// Countries with a right of withdrawal.
    pub countries: Vec<String>,
    /// Days after the arrival of the last parcel in which the shopper can withdraw.
    pub days: u32,
    /// True if the widget shows the action prominently.
    pub prominent: bool,
    /// Days after the declaration of withdrawal by which the refund is due.
    pub refund_days: u32,
}

/// Rules for refunds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refunds {
    /// True if the shopper can ask for the status of an overdue refund.
    pub ask: bool,
    /// Days after the promise by which a refund is due.
    pub due_days: u32,
    /// Days that the shopper's bank needs to credit a refund after it was sent.
    pub bank_days: u32,
}

/// Rules for contacting the shop.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// True if the action is offered.
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
