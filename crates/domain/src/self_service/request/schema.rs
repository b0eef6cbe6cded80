//! Checks that a request has the fields that its kind requires, no other fields, and only allowed values.

use doorstep_contract::bounds::{CONTACT, NOTE};
use doorstep_contract::invalid::Findings;
use doorstep_contract::{ActionKind, ShopperRequest};

use crate::policy::Rules;

/// States if a kind of request refuses, accepts or requires a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    No,
    Maybe,
    Must,
}
use Takes::{Maybe, Must, No};

/// Allowed answer to a question: one of these words, or text with at most this many characters.
#[derive(Clone, Copy)]
enum Answer {
    OneOf(&'static [&'static str]),
    Text(usize),
}

/// A question: its key, the allowed answer, and true if the request must answer it.
type Question = (&'static str, Answer, bool);

struct Schema {
    shipment: Takes,
    lines: Takes,
    outcome: Takes,
    note: Takes,
    evidence: Takes,
    slot: Takes,
    pickup: Takes,
    address: Takes,
    method: Takes,
    contact: Takes,
    questions: &'static [Question],
}

const YES_NO: Answer = Answer::OneOf(&["yes", "no"]);
const PLAIN: Schema = Schema {
    shipment: No,
    lines: No,
    outcome: No,
    note: Maybe,
    evidence: No,
    slot: No,
    pickup: No,
    address: No,
    method: No,
    contact: Maybe,
    questions: &[],
};
const REPORT: Schema = Schema { shipment: Must, lines: Must, outcome: Maybe, evidence: Maybe, ..PLAIN };
const DELIVERY_PREFERENCE: Schema = Schema { shipment: Must, ..PLAIN };

fn schema(kind: &ActionKind) -> Schema {
    match kind {
        ActionKind::ReportNonReceipt => Schema {
            lines: Maybe,
            questions: &[
                ("household", YES_NO, false),
                ("neighbours", YES_NO, false),
                ("places", YES_NO, false),
                ("address", YES_NO, false),
                ("extent", Answer::OneOf(&["all", "part"]), false),
                ("photo", Answer::OneOf(&["mine", "not_mine", "unsure"]), false),
            ],
            ..REPORT
        },
        ActionKind::ReportDamaged => {
            Schema { questions: &[("damage", Answer::OneOf(&["item", "packaging", "both"]), false)], ..REPORT }
        }
        ActionKind::ReportWrongItem | ActionKind::ReportMissingItem => REPORT,
        ActionKind::Reschedule => Schema { slot: Must, ..DELIVERY_PREFERENCE },
        ActionKind::ChangeAddress => Schema { address: Must, ..DELIVERY_PREFERENCE },
        ActionKind::DeliveryInstructions => Schema { note: Must, ..DELIVERY_PREFERENCE },
        ActionKind::LeaveWithNeighbour => {
            Schema { questions: &[("name", Answer::Text(80), true), ("house", Answer::Text(40), true)], ..DELIVERY_PREFERENCE }
        }
        ActionKind::LeaveInSafePlace => Schema {
            questions: &[("place", Answer::OneOf(&["porch", "garage", "shed", "garden", "bin_store", "other"]), true)],
            ..DELIVERY_PREFERENCE
        },
        ActionKind::RedirectToPickup => Schema { pickup: Must, ..DELIVERY_PREFERENCE },
        ActionKind::Cancel => Schema { lines: Maybe, ..PLAIN },
        ActionKind::AcceptDelay | ActionKind::Unknown(_) => PLAIN,
        ActionKind::StartReturn => Schema { lines: Must, outcome: Maybe, evidence: Maybe, method: Must, ..PLAIN },
        ActionKind::Withdraw => Schema {
            lines: Maybe,
            method: Maybe,
            contact: Must,
            questions: &[("name", Answer::Text(120), true), ("confirmed", Answer::OneOf(&["yes"]), true)],
            ..PLAIN
        },
        ActionKind::RefundStatus => Schema { questions: &[("concern", Answer::OneOf(&["not_arrived"]), false)], ..PLAIN },
        ActionKind::Contact => Schema { evidence: Maybe, questions: &[("topic", Answer::Text(80), false)], ..PLAIN },
    }
}

pub(super) fn check(request: &ShopperRequest, rules: &Rules, findings: &mut Findings) {
    let schema = schema(&request.kind);
    for (takes, given, field) in [
        (schema.shipment, request.shipment_id.is_some(), "/shipment_id"),
        (schema.lines, !request.lines.is_empty(), "/lines"),
        (schema.outcome, request.outcome.is_some(), "/outcome"),
        (schema.note, request.note.is_some(), "/note"),
        (schema.evidence, !request.evidence.is_empty(), "/evidence"),
        (schema.slot, request.slot_id.is_some(), "/slot_id"),
        (schema.pickup, request.pickup_point_id.is_some(), "/pickup_point_id"),
        (schema.address, request.address.is_some(), "/address"),
        (schema.method, request.method_id.is_some(), "/method_id"),
        (schema.contact, request.contact.is_some(), "/contact"),
    ] {
        findings.refuse_if(takes == No && given, field, "not-for-this-kind");
        findings.refuse_if(takes == Must && !given, field, "missing");
    }
    answers(request, schema.questions, findings);
    if let Some(note) = &request.note {
        findings.text(note, "/note");
        findings.refuse_if(note.chars().count() > NOTE, "/note", "too-long");
    }
    let most = usize::try_from(rules.evidence.max_files).unwrap_or(usize::MAX);
    findings.refuse_if(request.evidence.len() > most, "/evidence", "too-many");
    if let Some(contact) = &request.contact {
        findings.refuse_if(contact.chars().count() > CONTACT, "/contact", "too-long");
        findings.refuse_if(!is_contact(contact), "/contact", "not-a-contact");
    }
    let other = request.answers.get("place").is_some_and(|place| place == "other");
    findings.refuse_if(other && request.note.is_none(), "/note", "missing");
    if let Some(id) = &request.method_id {
        findings.refuse_if(rules.returns.methods.iter().all(|method| method.id != *id), "/method_id", "unknown");
    }
}

fn answers(request: &ShopperRequest, questions: &[Question], findings: &mut Findings) {
    for (key, given) in &request.answers {
        let at = format!("/answers/{}", key.replace('~', "~0").replace('/', "~1"));
        match questions.iter().find(|(question, _, _)| question == key) {
            None => findings.refuse(at, "unknown-field"),
            Some((_, Answer::OneOf(allowed), _)) => findings.refuse_if(!allowed.contains(&given.as_str()), at, "unknown-value"),
            Some((_, Answer::Text(most), _)) => {
                findings.text(given, at.clone());
                findings.refuse_if(given.chars().count() > *most, at, "too-long");
            }
        }
    }
    for (key, _, _) in questions.iter().filter(|(key, _, must)| *must && !request.answers.contains_key(*key)) {
        findings.refuse(format!("/answers/{key}"), "missing");
    }
}

/// Returns true if the text looks like an e-mail address or a telephone number.
fn is_contact(contact: &str) -> bool {
    let contact = contact.trim();
    let is_email = contact.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let digits = contact.chars().filter(char::is_ascii_digit).count();
    let is_phone_number = contact.chars().all(|sign| sign.is_ascii_digit() || "+-/() .".contains(sign));
    (is_email && !contact.contains(char::is_whitespace)) || (is_phone_number && (6..=20).contains(&digits))
}
