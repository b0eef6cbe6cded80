//! What a person gets who takes over a case: everything that is known, so that the shopper is asked nothing twice. Pure.
//!
//! [`tell`] turns a [`Story`] into a [`Handoff`], which is kept until it is sent; one file for each helpdesk turns that into the body
//! that its API takes.

pub mod claims;
mod facts;
mod freshdesk;
mod generic;
mod gorgias;
mod note;
mod salesforce;
#[cfg(test)]
mod tests;
mod zendesk;

use std::str::FromStr as _;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{ActionKind, Case, Order, ShopperRequest, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::claims::Claims;
use super::plain_text::{lines, one_line};

/// Why somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Occasion {
    /// A case was opened.
    #[serde(rename = "case.opened")]
    Opened,
    /// The shopper added something.
    #[serde(rename = "case.message")]
    Message,
    /// A person was asked to take over.
    #[serde(rename = "case.handed_over")]
    HandedOver,
}

impl Occasion {
    /// The word as it travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "case.opened",
            Self::Message => "case.message",
            Self::HandedOver => "case.handed_over",
        }
    }
}

/// Everything that a note is made from.
pub struct Story<'a> {
    /// Why somebody is told.
    pub occasion: Occasion,
    /// The order.
    pub order: &'a Order,
    /// The case.
    pub case: &'a Case,
    /// What the shopper sent when the case was opened.
    pub request: Option<&'a ShopperRequest>,
    /// What the shopper has just added.
    pub message: Option<&'a str>,
    /// The photos of the case.
    pub evidence: &'a [String],
    /// Until when carriers take claims.
    pub claims: &'a Claims,
    /// Before the paths of links; empty where it is not known.
    pub public_url: &'a str,
    /// Now.
    pub now: DateTime<Utc>,
}

/// What is told, before it has the shape of any helpdesk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handoff {
    /// Why.
    #[serde(rename = "type")]
    pub occasion: Occasion,
    /// When.
    pub at: Timestamp,
    /// The order.
    pub order_id: String,
    /// The number on the receipt.
    pub order_number: String,
    /// The case.
    pub case_id: String,
    /// Its reference.
    pub reference: String,
    /// What it is about, as the contract says it.
    pub kind: String,
    /// One line.
    pub subject: String,
    /// The whole note.
    pub note: String,
    /// What the shopper has just added, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where an answer reaches the shopper, as they gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Where the photos are.
    pub evidence: Vec<String>,
    /// Where the case is.
    pub admin_url: String,
    /// Words to sort by.
    pub tags: Vec<String>,
    /// Whether a date is near.
    pub urgent: bool,
}

impl Handoff {
    /// The contact, if it is an e-mail address.
    fn email(&self) -> Option<&str> {
        self.contact.as_deref().filter(|contact| contact.contains('@') && !contact.contains(char::is_whitespace))
    }

    /// The contact, if it is a telephone number.
    fn phone(&self) -> Option<&str> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        self.contact.as_deref().filter(|contact| !contact.contains('@') && digits(contact) >= 6)
    }
}

/// The shape of what is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Our own, for anything that reads JSON.
    #[default]
    Generic,
    /// Zendesk's tickets.
    Zendesk,
    /// Freshdesk's tickets.
    Freshdesk,
    /// Gorgias's tickets.
    Gorgias,
    /// The Case object of Salesforce Service Cloud.
    Salesforce,
}

/// The body for this helpdesk.
pub fn body(handoff: &Handoff, format: Format) -> Value {
    match format {
        Format::Generic => generic::body(handoff),
        Format::Zendesk => zendesk::body(handoff),
        Format::Freshdesk => freshdesk::body(handoff),
        Format::Gorgias => gorgias::body(handoff),
        Format::Salesforce => salesforce::body(handoff),
    }
}

/// Within this time a deadline makes a case urgent.
const NEAR_H: i64 = 72;

/// Writes down the story.
pub fn tell(story: &Story<'_>) -> Handoff {
    let (order, case) = (story.order, story.case);
    let problem = problem(&case.kind);
    let subject = match story.occasion {
        Occasion::Opened => format!("{}: {problem} (order {})", case.reference, order.number),
        Occasion::Message => format!("{}: the shopper wrote (order {})", case.reference, order.number),
        Occasion::HandedOver => format!("{}: a person is asked for: {problem} (order {})", case.reference, order.number),
    };
    let claim = claims::deadline(story);
    let near = |at: DateTime<Utc>| (at - story.now).num_hours() < NEAR_H;
    Handoff {
        occasion: story.occasion,
        at: story.now.into(),
        order_id: order.id.clone(),
        order_number: order.number.clone(),
        case_id: case.id.clone(),
        reference: case.reference.clone(),
        kind: case.kind.as_str().to_owned(),
        subject: one_line(&subject),
        note: note::write(story),
        message: story.message.map(lines),
        contact: story.request.and_then(|request| request.contact.as_deref()).map(one_line).filter(|contact| !contact.is_empty()),
        evidence: story.evidence.iter().map(|id| evidence_url(story, id)).collect(),
        admin_url: admin_url(story),
        tags: vec!["doorstep".to_owned(), case.kind.as_str().to_owned(), case.state.as_str().to_owned()],
        urgent: claim.is_some_and(|claim| near(claim.by)) || case.kind == ActionKind::Withdraw,
    }
}

/// The zone of the destination.
fn zone(order: &Order) -> Tz {
    order.time_zone.as_deref().and_then(|name| Tz::from_str(name).ok()).unwrap_or(Tz::UTC)
}

fn admin_url(story: &Story<'_>) -> String {
    format!("{}/v1/admin/orders/{}/cases/{}", story.public_url, story.order.id, story.case.id)
}

fn evidence_url(story: &Story<'_>, id: &str) -> String {
    format!("{}/v1/admin/orders/{}/evidence/{id}", story.public_url, story.order.id)
}

/// What a case is about, as an agent would say it.
fn problem(kind: &ActionKind) -> &str {
    match kind {
        ActionKind::ReportNonReceipt => "the parcel did not arrive",
        ActionKind::ReportDamaged => "something arrived damaged",
        ActionKind::ReportWrongItem => "something else arrived than was bought",
        ActionKind::ReportMissingItem => "something is missing from the parcel",
        ActionKind::Reschedule => "another delivery day",
        ActionKind::ChangeAddress => "another delivery address",
        ActionKind::DeliveryInstructions => "instructions for the driver",
        ActionKind::LeaveWithNeighbour => "leave it with a neighbour",
        ActionKind::LeaveInSafePlace => "leave it in a safe place",
        ActionKind::RedirectToPickup => "send it to a pickup point",
        ActionKind::Cancel => "cancel what was not sent",
        ActionKind::AcceptDelay => "a later date was agreed to",
        ActionKind::StartReturn => "something goes back",
        ActionKind::Withdraw => "withdrawal from the contract",
        ActionKind::RefundStatus => "where the refund is",
        ActionKind::Contact => "a question",
        ActionKind::Unknown(word) if word.is_empty() => "a request",
        ActionKind::Unknown(word) => word,
    }
}
