//! Cases: the shopper's requests, their state and the next step. Pure. Opened by [`super::request`]; changed by time, shipments
//! and refunds (`time`) and by the retailer ([`retailer`]).

mod grant;
mod machine;
pub mod retailer;
pub(crate) mod time;

use chrono::{DateTime, Utc};
use doorstep_contract::{
    ActionKind, Case, CaseEntry, CaseNext, CaseState, CaseStep, Feedback, LineQuantity, NextStep, Party, ShopperRequest,
    Timestamp,
};

use crate::calendar::hours_after;
use crate::order::{Note, OrderAggregate, PrivateCase};
use crate::policy::Rules;

pub(crate) use grant::{grant, promise_refund};
pub use machine::may_follow;

/// Circumstances of a shopper's self-service request.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// Current time.
    pub now: DateTime<Utc>,
    /// Random number from which the reference of the case is made.
    pub seed: u64,
    /// Fingerprint of the token that came with the request.
    pub by: String,
}

impl Occasion {
    /// Returns the reference of a case that is opened now.
    pub fn reference(&self, rules: &Rules) -> String {
        reference(&rules.cases.reference_prefix, self.seed)
    }
}

/// Opens a case for the self-service request in the state `received`, and returns its identifier. All further steps are the
/// caller's.
pub(crate) fn open(record: &mut OrderAggregate, rules: &Rules, request: &ShopperRequest, occasion: &Occasion) -> String {
    let now = occasion.now;
    let id = format!("c{}", record.order.cases.len() + 1);
    let mut notes = Vec::new();
    if let Some(text) = &request.note {
        notes.push(Note { at: now.into(), who: Party::Shopper, text: text.clone(), evidence: request.evidence.clone() });
    }
    record.private.cases.insert(
        id.clone(),
        PrivateCase {
            request: request.clone(),
            by: occasion.by.clone(),
            since: Some(now.into()),
            notes,
            ..PrivateCase::default()
        },
    );
    record.order.cases.push(Case {
        id: id.clone(),
        reference: occasion.reference(rules),
        kind: request.kind.clone(),
        shipment_id: request.shipment_id.clone(),
        lines: lines(request),
        state: CaseState::Received,
        opened_at: Some(now.into()),
        next: Some(answer_by(rules, &request.kind, now)),
        outcome: request.outcome.clone(),
        return_id: None,
        refund_id: None,
        timeline: vec![entry(now, Party::Shopper, CaseStep::Opened, request.note.clone())],
        can_reply: rules.cases.reply,
        acknowledged: request.kind == ActionKind::Withdraw,
        feedback: None,
    });
    id
}

fn lines(request: &ShopperRequest) -> Vec<LineQuantity> {
    let mut lines: Vec<LineQuantity> = Vec::new();
    for line in &request.lines {
        match lines.iter_mut().find(|known| known.line_id == line.line_id) {
            Some(known) => known.quantity = known.quantity.saturating_add(line.quantity),
            None => lines.push(LineQuantity { line_id: line.line_id.clone(), quantity: line.quantity }),
        }
    }
    lines
}

/// Returns the prefix, a dash and five characters of an alphabet without characters that are confused on the telephone.
fn reference(prefix: &str, seed: u64) -> String {
    const SIGNS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    let sign = |place: u32| {
        let index = usize::try_from((seed >> (place * 5)) & 31).unwrap_or_default() % 30;
        SIGNS.get(index).copied().map_or('2', char::from)
    };
    format!("{prefix}-{}", (0..5).map(sign).collect::<String>())
}

/// Returns one entry of a timeline.
pub(crate) fn entry(at: DateTime<Utc>, who: Party, what: CaseStep, text: Option<String>) -> CaseEntry {
    CaseEntry { at: at.into(), who, what, text }
}

/// Returns the next step of a case at the retailer: an answer within the hours of the policy.
pub fn answer_by(rules: &Rules, kind: &ActionKind, now: DateTime<Utc>) -> CaseNext {
    let hours = rules.cases.response_hours_of.get(kind.as_str()).copied().unwrap_or(rules.cases.response_hours);
    CaseNext { what: NextStep::Answer, who: Party::Retailer, by: Some(hours_after(now, hours).into()) }
}

/// Changes the case with this identifier. Does nothing if there is none.
pub fn change(record: &mut OrderAggregate, id: &str, change: impl FnOnce(&mut Case, &mut PrivateCase)) {
    let Some(case) = record.order.cases.iter_mut().find(|case| case.id == id) else { return };
    change(case, record.private.cases.entry(id.to_owned()).or_default());
}

/// Moves a case to another state and applies the consequences. Does nothing if the state machine does not allow it.
pub fn enter(case: &mut Case, private: &mut PrivateCase, rules: &Rules, state: CaseState, now: DateTime<Utc>) {
    if case.state == state || !may_follow(&case.state, &state) {
        return;
    }
    private.since = Some(Timestamp::from(now));
    private.reminded = false;
    if !state.is_open() {
        case.next = None;
        case.can_reply = false;
        private.investigated_until = None;
        case.feedback = rules.cases.feedback.then_some(Feedback { asked: true, rating: None });
    }
    case.state = state;
}

/// Resolves a case and adds the step to its timeline.
pub(crate) fn resolve(record: &mut OrderAggregate, rules: &Rules, id: &str, who: Party, step: CaseStep, now: DateTime<Utc>) {
    change(record, id, |case, private| {
        case.timeline.push(entry(now, who.clone(), step.clone(), None));
        if step != CaseStep::Resolved {
            case.timeline.push(entry(now, who, CaseStep::Resolved, None));
        }
        enter(case, private, rules, CaseState::Resolved, now);
    });
}

/// Returns the acknowledgement of receipt that the shopper can keep: the declaration, the order and the time. Returns `None` if
/// there is no such case.
pub fn acknowledgement(record: &OrderAggregate, case_id: &str) -> Option<String> {
    let case = record.order.cases.iter().find(|case| case.id == case_id)?;
    let private = record.private.cases.get(case_id)?;
    let zone = crate::calendar::zone(&record.order);
    let opened = case.opened_at?.utc().with_timezone(&zone);
    let mut text = format!("Acknowledgement of receipt\n\nReference: {}\nOrder: {}\n", case.reference, record.order.number);
    let mut line = |name: &str, value: &str| text.push_str(&format!("{name}: {}\n", value.replace(['\n', '\r'], " ")));
    line("Declaration", declaration(&case.kind));
    line("Received", &opened.format("%Y-%m-%d %H:%M:%S %:z").to_string());
    line("Time zone", zone.name());
    if let Some(name) = private.request.answers.get("name") {
        line("Name", name);
    }
    if let Some(contact) = &private.request.contact {
        line("Answer to", contact);
    }
    if let Some(outcome) = &private.request.outcome {
        line("Asked for", outcome.as_str());
    }
    for part in &case.lines {
        let title =
            record.order.lines.iter().find(|known| known.id == part.line_id).map_or(&*part.line_id, |known| &*known.title);
        line("Item", &format!("{} × {title}", part.quantity));
    }
    if let Some(note) = &private.request.note {
        line("In your words", note);
    }
    Some(text)
}

fn declaration(kind: &ActionKind) -> &'static str {
    match kind {
        ActionKind::ReportNonReceipt => "I have not received this parcel.",
        ActionKind::ReportDamaged => "It arrived damaged.",
        ActionKind::ReportWrongItem => "I received something that I did not order.",
        ActionKind::ReportMissingItem => "Something is missing.",
        ActionKind::Reschedule => "Please deliver on another day.",
        ActionKind::ChangeAddress => "Please deliver to a corrected address.",
        ActionKind::DeliveryInstructions => "Please tell the driver.",
        ActionKind::LeaveWithNeighbour => "Please leave it with a neighbour.",
        ActionKind::LeaveInSafePlace => "Please leave it in a safe place.",
        ActionKind::RedirectToPickup => "Please deliver to a pickup point.",
        ActionKind::Cancel => "I cancel what was not sent.",
        ActionKind::AcceptDelay => "I agree to the later date.",
        ActionKind::StartReturn => "I send something back.",
        ActionKind::Withdraw => "I withdraw from the contract.",
        ActionKind::RefundStatus => "I ask where my refund is.",
        ActionKind::Contact => "I ask to be contacted.",
        ActionKind::Unknown(_) => "",
    }
}
