//! The rules of one country, as the policy file says them. Every field is required here: what a shop leaves out, the default policy
//! fills in before this is read. What each setting does, and why it is as it is, stands in `policy.toml`.

use std::collections::BTreeMap;

use chrono::{NaiveTime, Weekday};
use doorstep_core::wire::{DeliveredTo, Outcome, Stage};
use serde::{Deserialize, Deserializer};

pub use super::returns::{Method, Price, ReturnReason, Returns};
pub use super::tracking::Tracking;
use crate::domain::handoff::claims::Claims;

/// What the shopper can do in one country, and when.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// How cases are numbered, answered and ended.
    pub cases: Cases,
    /// Limits of what may be sent along.
    pub evidence: Evidence,
    /// It did not arrive.
    pub non_receipt: NonReceipt,
    /// It arrived damaged.
    pub damaged: Report,
    /// It is not what was bought.
    pub wrong_item: Report,
    /// Something is not in the parcel.
    pub missing_item: Report,
    /// Another day.
    pub reschedule: Reschedule,
    /// Another address.
    pub change_address: ChangeAddress,
    /// Words for the driver.
    pub instructions: Wish,
    /// With a neighbour.
    pub neighbour: Wish,
    /// In a safe place.
    pub safe_place: Wish,
    /// To a pickup point.
    pub redirect: Redirect,
    /// What was not sent is cancelled.
    pub cancel: Offer,
    /// A later date is agreed to.
    pub accept_delay: Offer,
    /// Something goes back.
    pub returns: Returns,
    /// The contract is withdrawn from.
    pub withdraw: Withdraw,
    /// Money comes back.
    pub refunds: Refunds,
    /// A person is asked.
    pub contact: Contact,
    /// Until when carriers take claims.
    pub claims: Claims,
    /// What counts as silent and as at risk.
    pub tracking: Tracking,
}

/// How cases are numbered, answered and ended.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// Before the dash of a reference.
    pub reference_prefix: String,
    /// Hours until the shopper hears from somebody.
    pub response_hours: u32,
    /// The same for one kind, by its word in the contract.
    pub response_hours_of: BTreeMap<String, u32>,
    /// Hours after which a case that was received counts as being worked on.
    pub in_progress_after_hours: u32,
    /// Hours after which somebody who is waited for is reminded.
    pub remind_after_hours: u32,
    /// Requests of one order in any 24 hours.
    pub max_per_day: u32,
    /// Messages of one order in any 24 hours.
    pub max_messages_per_day: u32,
    /// Whether the shopper may add to an open case.
    pub reply: bool,
    /// Whether the shopper is asked how it went.
    pub feedback: bool,
}

/// Limits of what may be sent along.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Bytes of one photo.
    pub max_bytes: u64,
    /// Photos of one request.
    pub max_files: u32,
    /// Photos of one order.
    pub max_per_order: u32,
}

/// What becomes of a report at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The outcome is promised at once.
    Grant,
    /// A person decides.
    Review,
    /// The carrier is asked first.
    Investigate,
}

/// It did not arrive.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonReceipt {
    /// Whether it can be reported here.
    pub offered: bool,
    /// Hours after the delivered scan.
    pub wait_hours: u32,
    /// The same where it was left outside.
    pub wait_hours_left_outside: u32,
    /// The places that count as outside.
    pub left_outside: Vec<DeliveredTo>,
    /// Days after the delivered scan.
    pub report_days: u32,
    /// Days after the promised date, without a delivered scan.
    pub overdue_after_days: u32,
    /// The last of them.
    pub overdue_report_days: u32,
    /// Hours without a scan longer than usual, after the carrier was called stalled.
    pub stalled_after_hours: u32,
    /// What can be asked for.
    pub outcomes: Vec<Outcome>,
    /// What has to be sent along.
    pub needs: Vec<String>,
    /// What becomes of it at once.
    pub decision: Decision,
    /// Hours that the carrier has to find it.
    pub investigation_hours: u32,
    /// What becomes of it when it was not found by then: not `investigate`.
    pub after_investigation: Decision,
}

/// A report about what is in a parcel.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Whether it can be reported here.
    pub offered: bool,
    /// Days after the delivery.
    pub report_days: u32,
    /// What can be asked for.
    pub outcomes: Vec<Outcome>,
    /// What has to be sent along.
    pub needs: Vec<String>,
    /// What becomes of it at once.
    pub decision: Decision,
    /// The reasons to choose from; none is asked where there is none.
    pub reasons: Vec<Reason>,
}

/// A reason to choose from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// As requests name it.
    pub code: String,
    /// The shop's words for it.
    pub text: Option<String>,
    /// What has to be sent along with it.
    #[serde(default)]
    pub needs: Vec<String>,
}

/// Another day.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reschedule {
    /// Whether it is offered.
    pub offered: bool,
    /// The last stage in which the carrier takes it.
    pub until: Stage,
    /// Whether it is offered after a failed attempt, whatever the stage.
    pub after_failed_attempt: bool,
    /// Failed attempts after which the parcel goes back.
    pub max_attempts: u32,
    /// Carriers that do not offer it, by code.
    pub not_with: Vec<String>,
    /// Days ahead, the next day being the first.
    pub days_ahead: u32,
    /// After this time of day the next day is no longer offered.
    #[serde(deserialize_with = "time_of_day")]
    pub cut_off: NaiveTime,
    /// The windows of a day.
    pub windows: Vec<DayWindow>,
}

/// A delivery window that repeats every week.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayWindow {
    /// On these days.
    #[serde(deserialize_with = "weekdays")]
    pub days: Vec<Weekday>,
    /// From this time of day, at the destination.
    #[serde(deserialize_with = "time_of_day")]
    pub from: NaiveTime,
    /// To this time of day.
    #[serde(deserialize_with = "time_of_day")]
    pub to: NaiveTime,
    /// Deliveries that fit in.
    pub capacity: u32,
    /// What it costs.
    pub fee: Option<Price>,
}

/// Another address.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeAddress {
    /// Whether it is offered.
    pub offered: bool,
    /// The last stage in which the carrier takes it.
    pub until: Stage,
    /// Whether it is offered in any stage where the carrier has a problem with the address.
    pub after_address_problem: bool,
    /// Carriers that do not offer it, by code.
    pub not_with: Vec<String>,
    /// Changes in any 24 hours.
    pub max_per_day: u32,
    /// Lines above the town.
    pub max_lines: u32,
    /// Characters of a line or a town.
    pub max_line_chars: u32,
    /// Characters of a postcode, at least.
    pub min_postcode_chars: u32,
    /// Characters of a postcode, at most.
    pub max_postcode_chars: u32,
}

/// A wish that the carrier is told.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// Whether it is offered.
    pub offered: bool,
    /// The last stage in which the carrier takes it.
    pub until: Stage,
    /// Carriers that do not offer it, by code.
    pub not_with: Vec<String>,
}

/// To a pickup point.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// Whether it is offered.
    pub offered: bool,
    /// The last stage in which the carrier takes it.
    pub until: Stage,
    /// Carriers that do not offer it, by code.
    pub not_with: Vec<String>,
    /// Days that the point keeps it.
    pub kept_days: u32,
    /// The points, in every country.
    pub points: Vec<Point>,
}

/// A place where a parcel can be collected.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// As requests name it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its address, line by line.
    pub lines: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Its opening hours, a line each.
    #[serde(default)]
    pub hours: Vec<String>,
    /// How far it is, in metres.
    pub distance_m: Option<u32>,
}

/// Something that is offered or not.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Whether it is.
    pub offered: bool,
}

/// The contract is withdrawn from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Whether there is a right to it.
    pub offered: bool,
    /// Where there is.
    pub countries: Vec<String>,
    /// Days after the last parcel.
    pub days: u32,
    /// Whether it stands where it is seen.
    pub prominent: bool,
    /// Days until the money is back.
    pub refund_days: u32,
}

/// Money comes back.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refunds {
    /// Whether the shopper can ask where it is.
    pub ask: bool,
    /// Days until it is back.
    pub due_days: u32,
    /// Days that the bank takes after it was sent.
    pub bank_days: u32,
}

/// A person is asked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Whether it is offered.
    pub offered: bool,
    /// What the shop wants said about it.
    pub text: Option<String>,
}

pub(super) fn time_of_day<'de, D: Deserializer<'de>>(source: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(source)?;
    NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| serde::de::Error::custom("write a time of day like \"08:00\""))
}

fn weekdays<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<Weekday>, D::Error> {
    let words = Vec::<String>::deserialize(source)?;
    let weekday = |word: &String| match word.as_str() {
        "mon" => Ok(Weekday::Mon),
        "tue" => Ok(Weekday::Tue),
        "wed" => Ok(Weekday::Wed),
        "thu" => Ok(Weekday::Thu),
        "fri" => Ok(Weekday::Fri),
        "sat" => Ok(Weekday::Sat),
        "sun" => Ok(Weekday::Sun),
        other => Err(serde::de::Error::custom(format!("`{other}` is no day: write mon, tue, wed, thu, fri, sat or sun"))),
    };
    words.iter().map(weekday).collect()
}
