//! A helpdesk ticket in the form in which it is stored until it is sent.

use doorstep_contract::{CaseId, OrderId, Timestamp};
use serde::{Deserialize, Serialize};

/// Event that a ticket reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Occasion {
    /// A case was opened.
    #[serde(rename = "case.opened")]
    Opened,
    /// The shopper added a message.
    #[serde(rename = "case.message")]
    Message,
    /// A person was requested to take over the case.
    #[serde(rename = "case.handed_over")]
    HandedOver,
}

impl Occasion {
    /// Returns the name of the event in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "case.opened",
            Self::Message => "case.message",
            Self::HandedOver => "case.handed_over",
        }
    }
}

/// A helpdesk ticket, independent of the API of the helpdesk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HelpdeskTicket {
    /// Event that the ticket reports.
    #[serde(rename = "type")]
    pub occasion: Occasion,
    /// Time of the event.
    pub at: Timestamp,
    /// Id of the order.
    pub order_id: OrderId,
    /// Order number as printed on the receipt.
    pub order_number: String,
    /// Id of the case.
    pub case_id: CaseId,
    /// Reference of the case.
    pub reference: String,
    /// Kind of the case, as named in the contract.
    pub kind: String,
    /// Subject line.
    pub subject: String,
    /// The note as plain text.
    pub note: String,
    /// Message that the shopper has just added, with its line breaks, but without hidden and control characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// E-mail address or telephone number that the shopper gave, on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// URLs of the photos.
    pub evidence: Vec<String>,
    /// URL of the case in the admin API.
    pub admin_url: String,
    /// Tags by which the helpdesk can sort tickets.
    pub tags: Vec<String>,
    /// True if a claim deadline is near or has passed, or if the case is a withdrawal.
    pub urgent: bool,
}

impl HelpdeskTicket {
    /// Returns the contact if it is an e-mail address.
    pub(super) fn email(&self) -> Option<&str> {
        self.contact.as_deref().filter(|contact| contact.contains('@') && !contact.contains(char::is_whitespace))
    }

    /// Returns the contact if it is a telephone number.
    pub(super) fn phone(&self) -> Option<&str> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        self.contact.as_deref().filter(|contact| !contact.contains('@') && digits(contact) >= 6)
    }
}
