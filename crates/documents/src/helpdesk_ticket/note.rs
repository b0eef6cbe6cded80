//! Writes the note of a ticket: plain text in sections, the most urgent sections first. The section about the parcel also states
//! which facts are missing.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use doorstep_contract::{CaseStep, Order, Outcome, Party, ShipmentId, Timestamp};
use doorstep_domain::calendar::zone;

use super::claims;
use super::context::{TicketContext, admin_url, evidence_url, problem};
use super::facts::{self, money, spoken, when};
use super::ticket::Occasion;
use crate::plain_text::one_line;

pub(super) fn write(context: &TicketContext<'_>) -> String {
    let mut note = Note(String::new());
    head(context, &mut note);
    if let Some(message) = context.message {
        note.section("The shopper wrote just now", [format!("\"{}\"", one_line(message))]);
    }
    note.section("What the shopper wants", wanted(context));
    note.section("In their words", shopper_texts(context));
    note.section("What they checked and answered", answers(context));
    note.section("Items", items(context));
    for shipment in &context.order.shipments {
        if Some(&shipment.id) == context.case.shipment_id.as_ref() {
            note.section("The parcel", facts::parcel(shipment, context.order));
            note.section("Its last scans, in local time of the place", facts::scans(shipment));
        }
    }
    note.section("Other parcels of this order", others(context));
    note.section("Photos (open with the admin key)", context.evidence.iter().map(|id| evidence_url(context, id)));
    note.section("What was done so far", done(context));
    note.section("Money", refunds(context.order));
    note.section("Dates", dates(context));
    note.section("The case", [admin_url(context)]);
    note.0
}

struct Note(String);

impl Note {
    /// Adds a section with a heading and lines. Adds nothing if there are no lines.
    fn section(&mut self, heading: &str, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_none() {
            return;
        }
        // Writing to a String does not fail.
        let _ = writeln!(self.0, "\n{}", heading.to_uppercase());
        for line in lines {
            let _ = writeln!(self.0, "- {}", one_line(&line));
        }
    }
}

fn head(context: &TicketContext<'_>, note: &mut Note) {
    let (order, case) = (context.order, context.case);
    let why = match context.occasion {
        Occasion::Opened => "New case",
        Occasion::Message => "New message in a case",
        Occasion::HandedOver => "A person is asked to take over",
    };
    let _ = writeln!(note.0, "{why} {}: {}", one_line(&case.reference), one_line(problem(&case.kind)));
    let _ = write!(note.0, "Order {}", one_line(&order.number));
    if let Some(at) = order.placed_at {
        let _ = write!(note.0, ", placed {}", when(at.utc(), zone(order)));
    }
    note.0.push('\n');
    if let Some(at) = case.opened_at {
        let _ = writeln!(note.0, "Case opened {}, state: {}", when(at.utc(), zone(order)), spoken(case.state.as_str()));
    }
    let contact = context.request.and_then(|request| request.contact.as_deref()).filter(|contact| !contact.trim().is_empty());
    let _ = writeln!(note.0, "Contact: {}", contact.map_or("not given; use the order's".to_owned(), one_line));
    if let Some(to) = &order.destination {
        let place = to.lines.iter().chain(&to.country).map(|line| one_line(line)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(note.0, "Delivery address as shown: {place}");
    }
}

fn wanted(context: &TicketContext<'_>) -> Vec<String> {
    let outcome = context.request.and_then(|request| request.outcome.as_ref()).or(context.case.outcome.as_ref());
    let mut lines: Vec<String> = outcome.map(|outcome| desired(outcome).to_owned()).into_iter().collect();
    if let Some(address) = context.request.and_then(|request| request.address.as_ref()) {
        lines.push(format!("the address {}, {} {}", address.lines.join(", "), address.postcode, address.city));
    }
    let chosen = |what: &str, id: Option<&String>| id.map(|id| format!("{what}: {id}"));
    if let Some(request) = context.request {
        lines.extend(chosen("delivery slot", request.slot_id.as_ref()));
        lines.extend(chosen("pickup point", request.pickup_point_id.as_ref()));
        lines.extend(chosen("way back", request.method_id.as_ref()));
    }
    lines
}

fn desired(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Refund => "a refund",
        Outcome::Replacement => "a replacement: the same again",
        Outcome::Exchange => "an exchange",
        Outcome::StoreCredit => "store credit",
        Outcome::Investigate => "to know where it is",
        Outcome::Unknown(word) => word,
    }
}

fn shopper_texts(context: &TicketContext<'_>) -> Vec<String> {
    let note = context.request.and_then(|request| request.note.as_ref()).filter(|note| !note.trim().is_empty());
    let messages = context.case.timeline.iter().filter(|entry| entry.who == Party::Shopper && entry.what == CaseStep::Message);
    let later = messages.filter_map(|entry| {
        let text = entry.text.as_ref()?;
        Some(format!("{}: \"{}\"", when(entry.at.utc(), zone(context.order)), one_line(text)))
    });
    note.map(|note| format!("\"{}\"", one_line(note))).into_iter().chain(later).collect()
}

fn answers(context: &TicketContext<'_>) -> Vec<String> {
    let answers = context.request.map(|request| &request.answers);
    answers.into_iter().flatten().map(|(question, answer)| format!("{}: {}", asked(question), spoken(answer))).collect()
}

/// Returns a label for a question of the contract, worded for the agents of a helpdesk.
fn asked(question: &str) -> String {
    let known = match question {
        "household" => "asked everybody at home",
        "neighbours" => "asked the neighbours",
        "places" => "looked in safe places and the mailbox",
        "address" => "the address of the order is right",
        "extent" => "how much is missing",
        "photo" => "the delivery photo shows",
        "damage" => "what is damaged",
        "concern" => "what is wrong",
        other => return spoken(other),
    };
    known.to_owned()
}

fn items(context: &TicketContext<'_>) -> Vec<String> {
    let reason = |line_id: &str| {
        let asked = context.request?.lines.iter().find(|line| line.line_id == line_id)?;
        asked.reason.as_ref().map(|reason| format!(", because: {}", spoken(reason)))
    };
    let item = |line_id: &str, quantity: u32| {
        let line = context.order.lines.iter().find(|line| line.id == line_id);
        let title = line.map_or(line_id, |line| &line.title);
        let variant = line.and_then(|line| line.variant.as_ref()).map(|variant| format!(", {variant}")).unwrap_or_default();
        let of = line.map(|line| format!(" of {}", line.quantity)).unwrap_or_default();
        let price = line.and_then(|line| line.unit_price.as_ref()).map(|price| format!(", {} each", money(price)));
        let paid = line.and_then(|line| line.total.as_ref()).map(|total| format!(", {} paid for all", money(total)));
        let (price, paid, reason) = (price.unwrap_or_default(), paid.unwrap_or_default(), reason(line_id).unwrap_or_default());
        format!("{quantity}{of} × {title}{variant}{price}{paid}{reason}")
    };
    if !context.case.lines.is_empty() {
        return context.case.lines.iter().map(|line| item(&line.line_id, line.quantity)).collect();
    }
    let shipment = context.order.shipments.iter().find(|shipment| Some(&shipment.id) == context.case.shipment_id.as_ref());
    match shipment {
        Some(shipment) => shipment.lines.iter().map(|line| item(&line.line_id, line.quantity)).collect(),
        None => context.order.lines.iter().map(|line| item(&line.id, line.quantity)).collect(),
    }
}

fn others(context: &TicketContext<'_>) -> Vec<String> {
    let other = |id: &ShipmentId| Some(id) != context.case.shipment_id.as_ref();
    context.order.shipments.iter().filter(|shipment| other(&shipment.id)).map(facts::in_a_line).collect()
}

fn done(context: &TicketContext<'_>) -> Vec<String> {
    let entry = |entry: &doorstep_contract::CaseEntry| {
        let text = entry.text.as_ref().map(|text| format!(": {}", one_line(text))).unwrap_or_default();
        let (who, what) = (spoken(entry.who.as_str()), spoken(entry.what.as_str()));
        format!("{}, {who}: {what}{text}", when(entry.at.utc(), zone(context.order)))
    };
    context.case.timeline.iter().map(entry).collect()
}

fn refunds(order: &Order) -> Vec<String> {
    let refund = |refund: &doorstep_contract::Refund| {
        let amount = refund.amount.as_ref().map_or("an unknown amount".to_owned(), money);
        let by = refund.due_by.map(|by| format!(", due by {}", when(by.utc(), zone(order)))).unwrap_or_default();
        format!("Refund of {amount} to {}: {}{by}", spoken(refund.to.as_str()), spoken(refund.state.as_str()))
    };
    order.refunds.iter().map(refund).collect()
}

/// Returns the dates of a case, one text per line: the next step as the shopper sees it, and the claim deadline, which the
/// shopper does not see.
fn dates(context: &TicketContext<'_>) -> Vec<String> {
    let zone = zone(context.order);
    let mut lines = Vec::new();
    if let Some(next) = &context.case.next {
        let by = next.by.map(|by| format!(" by {}", when(by.utc(), zone))).unwrap_or_default();
        lines.push(format!("Next, as the shopper sees it: {} ({}){by}", spoken(next.what.as_str()), spoken(next.who.as_str())));
    }
    if let Some(claim) = claims::deadline(context) {
        let carrier = claim.shipment.carrier.as_ref().map_or("the carrier", |carrier| &carrier.name);
        lines.push(format!("{carrier} takes a claim until {}: {}", when(claim.by, zone), time_left(claim.by, context.now)));
    }
    let return_of_case = context.order.returns.iter().find(|back| back.case_id.as_ref() == Some(&context.case.id));
    if let Some(by) = return_of_case.and_then(|back| back.drop_off_by).map(Timestamp::utc) {
        lines.push(format!("The parcel back is to be handed over by {}", when(by, zone)));
    }
    lines
}

fn time_left(by: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let left = by - now;
    match (left.num_seconds(), left.num_days()) {
        (..=0, _) => "that is over".to_owned(),
        (_, 0) => "less than a day left, file it now".to_owned(),
        (_, 1) => "1 day left, file it now".to_owned(),
        (_, days @ 2..=7) => format!("{days} days left, file it now"),
        (_, days) => format!("{days} days left; file it before you wait for anything else"),
    }
}
