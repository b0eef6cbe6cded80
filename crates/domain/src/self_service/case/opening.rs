//! Opens a case for a self-service request.

use chrono::{DateTime, Utc};
use doorstep_contract::{ActionKind, Case, CaseId, CaseState, CaseStep, LineQuantity, Party, ShopperRequest};

use super::steps::{answer_by, entry};
use crate::order::{Note, OrderAggregate, PrivateCase};
use crate::policy::Rules;

/// Time, random number and originator of a shopper's self-service request.
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
    /// Returns the reference for a case that is opened on this occasion.
    pub fn reference(&self, rules: &Rules) -> String {
        reference(&rules.cases.reference_prefix, self.seed)
    }
}

/// Opens a case in the state `received` for the self-service request, and returns the id of the case. The caller carries out the
/// request itself.
pub(crate) fn open(record: &mut OrderAggregate, rules: &Rules, request: &ShopperRequest, occasion: &Occasion) -> CaseId {
    let now = occasion.now;
    let id = CaseId::from(format!("c{}", record.order.cases.len() + 1));
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

/// Returns the prefix, a dash and five characters that are computed from the seed. Characters that are easily confused are not
/// used.
fn reference(prefix: &str, seed: u64) -> String {
    const SIGNS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    let sign = |place: u32| {
        let index = usize::try_from((seed >> (place * 5)) & 31).unwrap_or_default() % 30;
        SIGNS.get(index).copied().map_or('2', char::from)
    };
    format!("{prefix}-{}", (0..5).map(sign).collect::<String>())
}
