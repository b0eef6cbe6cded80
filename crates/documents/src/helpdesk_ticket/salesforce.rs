//! Salesforce Service Cloud: `POST /services/data/vXX.0/sobjects/Case`. Only standard fields are used, because custom fields
//! differ between shops. Texts are cut to the lengths that Salesforce accepts.

use serde_json::{Value, json};

use super::ticket::HelpdeskTicket;

const SUBJECT: usize = 255;
const DESCRIPTION: usize = 32_000;

pub(super) fn body(helpdesk_ticket: &HelpdeskTicket) -> Value {
    let mut case = json!({
        "Subject": cut(&helpdesk_ticket.subject, SUBJECT),
        "Description": cut(&helpdesk_ticket.note, DESCRIPTION),
        "Origin": "Web",
        "Status": "New",
        "Priority": if helpdesk_ticket.urgent { "High" } else { "Medium" },
    });
    if let Some(case) = case.as_object_mut() {
        if let Some(email) = helpdesk_ticket.email() {
            case.insert("SuppliedEmail".to_owned(), email.into());
        }
        if let Some(phone) = helpdesk_ticket.phone() {
            case.insert("SuppliedPhone".to_owned(), phone.into());
        }
    }
    case
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
