//! The facts from which a ticket is written, and the links and the problem text that follow from these facts.

use chrono::{DateTime, Utc};
use doorstep_contract::{ActionKind, Case, Order, ShopperRequest};
use doorstep_domain::policy::Claims;

use super::ticket::Occasion;

/// The facts from which a ticket is written.
pub struct TicketContext<'a> {
    /// Event that the ticket reports.
    pub occasion: Occasion,
    /// The order.
    pub order: &'a Order,
    /// The case.
    pub case: &'a Case,
    /// Request with which the shopper opened the case.
    pub request: Option<&'a ShopperRequest>,
    /// Message that the shopper has just added, if the ticket reports a message.
    pub message: Option<&'a str>,
    /// Ids of the photos of the case.
    pub evidence: &'a [String],
    /// Periods in which carriers accept claims.
    pub claims: &'a Claims,
    /// Public URL of the backend, from which links are built; empty if it is not configured.
    pub public_url: &'a str,
    /// Current time.
    pub now: DateTime<Utc>,
}

pub(super) fn admin_url(context: &TicketContext<'_>) -> String {
    format!("{}/v1/admin/orders/{}/cases/{}", context.public_url, context.order.id, context.case.id)
}

pub(super) fn evidence_url(context: &TicketContext<'_>, id: &str) -> String {
    format!("{}/v1/admin/orders/{}/evidence/{id}", context.public_url, context.order.id)
}

/// Returns the problem or wish that a case is about, worded for the agents of a helpdesk.
pub(super) fn problem(kind: &ActionKind) -> &str {
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
