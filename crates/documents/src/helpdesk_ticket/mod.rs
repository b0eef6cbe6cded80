//! Helpdesk tickets for the person who takes over a case. They contain all known facts, so that the person does not have to ask
//! the shopper again. Pure.
//!
//! [`compose`] turns a [`TicketContext`] into a [`HelpdeskTicket`], which is stored until it is sent. One module for each
//! helpdesk converts the ticket to the request body of the helpdesk's API.

mod claims;
mod context;
mod facts;
mod freshdesk;
mod generic;
mod gorgias;
mod note;
mod salesforce;
#[cfg(test)]
mod tests;
mod ticket;
mod zendesk;

use chrono::{DateTime, Utc};
use doorstep_contract::ActionKind;
use serde_json::Value;

use self::context::{admin_url, evidence_url, problem};
use crate::plain_text::{lines, one_line};

pub use self::context::TicketContext;
pub use self::ticket::{HelpdeskTicket, Occasion};

/// Format of the body that is sent to the helpdesk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The backend's own format, for any program that reads JSON.
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

/// Returns the request body for a ticket in the format of this helpdesk.
pub fn body(helpdesk_ticket: &HelpdeskTicket, format: Format) -> Value {
    match format {
        Format::Generic => generic::body(helpdesk_ticket),
        Format::Zendesk => zendesk::body(helpdesk_ticket),
        Format::Freshdesk => freshdesk::body(helpdesk_ticket),
        Format::Gorgias => gorgias::body(helpdesk_ticket),
        Format::Salesforce => salesforce::body(helpdesk_ticket),
    }
}

/// A case is urgent if fewer than this number of hours are left until the deadline of a claim.
const NEAR_H: i64 = 72;

/// Creates the helpdesk ticket for a case.
pub fn compose(context: &TicketContext<'_>) -> HelpdeskTicket {
    let (order, case) = (context.order, context.case);
    let problem = problem(&case.kind);
    let subject = match context.occasion {
        Occasion::Opened => format!("{}: {problem} (order {})", case.reference, order.number),
        Occasion::Message => format!("{}: the shopper wrote (order {})", case.reference, order.number),
        Occasion::HandedOver => format!("{}: a person is asked for: {problem} (order {})", case.reference, order.number),
    };
    let claim = claims::deadline(context);
    let near = |at: DateTime<Utc>| (at - context.now).num_hours() < NEAR_H;
    HelpdeskTicket {
        occasion: context.occasion,
        at: context.now.into(),
        order_id: order.id.clone(),
        order_number: order.number.clone(),
        case_id: case.id.clone(),
        reference: case.reference.clone(),
        kind: case.kind.as_str().to_owned(),
        subject: one_line(&subject),
        note: note::write(context),
        message: context.message.map(lines),
        contact: context
            .request
            .and_then(|request| request.contact.as_deref())
            .map(one_line)
            .filter(|contact| !contact.is_empty()),
        evidence: context.evidence.iter().map(|id| evidence_url(context, id)).collect(),
        admin_url: admin_url(context),
        tags: vec!["doorstep".to_owned(), case.kind.as_str().to_owned(), case.state.as_str().to_owned()],
        urgent: claim.is_some_and(|claim| near(claim.by)) || case.kind == ActionKind::Withdraw,
    }
}
