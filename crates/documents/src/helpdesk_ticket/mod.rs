//! Messages for the person who takes over a case, with everything that is known, so that the shopper is not asked again. Pure.
//!
//! [`compose`] turns a [`TicketContext`] into a [`HelpdeskTicket`], which is stored until it is sent. One module for each helpdesk turns that into the body
//! of its API.

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
use doorstep_contract::{ActionKind, Case, Order, ShopperRequest, Timestamp};
use doorstep_domain::policy::Claims;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::plain_text::{lines, one_line};

/// Event that a handoff reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Occasion {
    /// A case was opened.
    #[serde(rename = "case.opened")]
    Opened,
    /// The shopper added a message.
    #[serde(rename = "case.message")]
    Message,
    /// A person was asked to take over.
    #[serde(rename = "case.handed_over")]
    HandedOver,
}

impl Occasion {
    /// Returns the name used in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "case.opened",
            Self::Message => "case.message",
            Self::HandedOver => "case.handed_over",
        }
    }
}

/// Input of a note.
pub struct TicketContext<'a> {
    /// Event that the handoff reports.
    pub occasion: Occasion,
    /// The order.
    pub order: &'a Order,
    /// The case.
    pub case: &'a Case,
    /// Request with which the shopper opened the case.
    pub request: Option<&'a ShopperRequest>,
    /// Message that the shopper has just added.
    pub message: Option<&'a str>,
    /// Identities of the photos of the case.
    pub evidence: &'a [String],
    /// Periods in which carriers accept claims.
    pub claims: &'a Claims,
    /// Base of links; empty if it is not known.
    pub public_url: &'a str,
    /// Current time.
    pub now: DateTime<Utc>,
}

/// One message for the retailer's helpdesk, independent of its API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HelpdeskTicket {
    /// Event that the handoff reports.
    #[serde(rename = "type")]
    pub occasion: Occasion,
    /// Time of the event.
    pub at: Timestamp,
    /// Identity of the order.
    pub order_id: String,
    /// Order number as printed on the receipt.
    pub order_number: String,
    /// Identity of the case.
    pub case_id: String,
    /// Reference of the case.
    pub reference: String,
    /// Kind of the case, as a word of the contract.
    pub kind: String,
    /// Subject line.
    pub subject: String,
    /// The whole note, as plain text.
    pub note: String,
    /// Message that the shopper has just added, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// E-mail address or telephone number of the shopper, as they gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// URLs of the photos.
    pub evidence: Vec<String>,
    /// URL of the case in the admin API.
    pub admin_url: String,
    /// Tags for sorting.
    pub tags: Vec<String>,
    /// True if a claim deadline is near or the case is a withdrawal.
    pub urgent: bool,
}

impl HelpdeskTicket {
    /// Returns the contact if it is an e-mail address.
    fn email(&self) -> Option<&str> {
        self.contact.as_deref().filter(|contact| contact.contains('@') && !contact.contains(char::is_whitespace))
    }

    /// Returns the contact if it is a telephone number.
    fn phone(&self) -> Option<&str> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        self.contact.as_deref().filter(|contact| !contact.contains('@') && digits(contact) >= 6)
    }
}

/// Format of the body that is sent to the helpdesk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The backend's own format, for anything that reads JSON.
    #[default]
    Generic,
    /// Tickets of Zendesk.
    Zendesk,
    /// Tickets of Freshdesk.
    Freshdesk,
    /// Tickets of Gorgias.
    Gorgias,
    /// The Case object of Salesforce Service Cloud.
    Salesforce,
}

/// Returns the body for this helpdesk.
pub fn body(helpdesk_ticket: &HelpdeskTicket, format: Format) -> Value {
    match format {
        Format::Generic => generic::body(helpdesk_ticket),
        Format::Zendesk => zendesk::body(helpdesk_ticket),
        Format::Freshdesk => freshdesk::body(helpdesk_ticket),
        Format::Gorgias => gorgias::body(helpdesk_ticket),
        Format::Salesforce => salesforce::body(helpdesk_ticket),
    }
}

/// Hours before a deadline from which a case is urgent.
const NEAR_H: i64 = 72;

/// Creates the handoff for a case.
pub fn compose(story: &TicketContext<'_>) -> HelpdeskTicket {
    let (order, case) = (story.order, story.case);
    let problem = problem(&case.kind);
    let subject = match story.occasion {
        Occasion::Opened => format!("{}: {problem} (order {})", case.reference, order.number),
        Occasion::Message => format!("{}: the shopper wrote (order {})", case.reference, order.number),
        Occasion::HandedOver => format!("{}: a person is asked for: {problem} (order {})", case.reference, order.number),
    };
    let claim = claims::deadline(story);
    let near = |at: DateTime<Utc>| (at - story.now).num_hours() < NEAR_H;
    HelpdeskTicket {
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

/// Returns the time zone of the destination; UTC if it is unknown.
fn zone(order: &Order) -> Tz {
    order.time_zone.as_deref().and_then(|name| Tz::from_str(name).ok()).unwrap_or(Tz::UTC)
}

fn admin_url(story: &TicketContext<'_>) -> String {
    format!("{}/v1/admin/orders/{}/cases/{}", story.public_url, story.order.id, story.case.id)
}

fn evidence_url(story: &TicketContext<'_>, id: &str) -> String {
    format!("{}/v1/admin/orders/{}/evidence/{id}", story.public_url, story.order.id)
}

/// Returns the subject of a case in an agent's words.
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
