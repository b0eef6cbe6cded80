//! The facts from which actions are computed, and functions that all action families use.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::{
    Action, ActionFamily, ActionKind, ActionLine, ActionState, Needs, Order, Shipment, ShipmentId, Timestamp, WhyNot,
};

use crate::order::InternalState;
use crate::policy::Rules;
use crate::self_service::refund_allocation::still_reserves;

/// The facts from which the actions are computed.
pub(super) struct ActionContext<'a> {
    pub(super) order: &'a Order,
    pub(super) private: &'a InternalState,
    pub(super) rules: &'a Rules,
    pub(super) zone: Tz,
    pub(super) now: DateTime<Utc>,
}

impl ActionContext<'_> {
    /// Returns true if a case of this kind about this shipment is open.
    pub(super) fn has_open_case(&self, kind: &ActionKind, shipment_id: Option<&ShipmentId>) -> bool {
        self.order.cases.iter().any(|case| case.kind == *kind && case.shipment_id.as_ref() == shipment_id && case.state.is_open())
    }

    /// Returns the quantity of a line in a shipment that earlier requests have reported or sent back. Only cases that still
    /// reserve their pieces count ([`still_reserves`]).
    pub(super) fn quantity_used(&self, shipment: &Shipment, line_id: &str) -> u32 {
        let in_it = shipment.lines.iter().find(|part| part.line_id == line_id).map_or(0, |part| part.quantity);
        let counted =
            self.order.cases.iter().filter(|case| uses_up_quantity(&case.kind) && still_reserves(self.order, self.private, case));
        let quantities = counted.filter_map(|case| self.private.cases.get(&case.id)).map(|case| {
            let request = &case.request;
            if request.lines.is_empty() {
                return if request.shipment_id.as_deref() == Some(&*shipment.id) { in_it } else { 0 };
            }
            let about = |line: &&doorstep_contract::RequestLine| {
                let shipment_id = line.shipment_id.as_deref().or(request.shipment_id.as_deref());
                line.line_id == line_id && shipment_id == Some(&*shipment.id)
            };
            request.lines.iter().filter(about).map(|line| line.quantity).sum()
        });
        quantities.fold(0, u32::saturating_add).min(in_it)
    }

    /// Returns the lines of a shipment with the quantities that can still be reported or sent back.
    pub(super) fn lines_left(&self, shipment: &Shipment) -> Vec<ActionLine> {
        let line = |part: &doorstep_contract::LineQuantity| {
            let quantity = part.quantity.saturating_sub(self.quantity_used(shipment, &part.line_id));
            ActionLine {
                line_id: part.line_id.clone(),
                shipment_id: Some(shipment.id.clone()),
                quantity,
                eligible: quantity > 0,
                why_not: (quantity == 0).then_some(WhyNot::NothingLeft),
                until: None,
            }
        };
        shipment.lines.iter().map(line).collect()
    }

    /// Sets the state of the action: not yet available before `from`, expired from `until` on, and available in between. None
    /// means no limit.
    pub(super) fn timed(&self, action: Action, from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Action {
        let state = match (from, until) {
            (_, Some(until)) if self.now >= until => ActionState::Expired,
            (Some(from), _) if self.now < from => ActionState::NotYet,
            _ => ActionState::Available,
        };
        let reason = match state {
            ActionState::Expired => Some(WhyNot::WindowClosed),
            ActionState::NotYet => Some(WhyNot::TooEarly),
            ActionState::Available | ActionState::Unavailable | ActionState::Unknown(_) => None,
        };
        Action { state, reason, from: from.map(Timestamp::from), until: until.map(Timestamp::from), ..action }
    }
}

/// Sets the state of the action to unavailable, for this reason.
pub(crate) fn unavailable(action: Action, why: WhyNot) -> Action {
    Action { state: ActionState::Unavailable, reason: Some(why), from: None, until: None, ..action }
}

/// Creates an available action of this kind without lines, outcomes and reasons.
pub(crate) fn available(kind: ActionKind, shipment_id: Option<&ShipmentId>) -> Action {
    Action {
        kind,
        shipment_id: shipment_id.cloned(),
        state: ActionState::Available,
        from: None,
        until: None,
        reason: None,
        text: None,
        lines: Vec::new(),
        needs: Needs::default(),
        outcomes: Vec::new(),
        reasons: Vec::new(),
        prominent: false,
    }
}

/// Returns true if pieces in a request of this kind can no longer be part of another report or return.
fn uses_up_quantity(kind: &ActionKind) -> bool {
    matches!(kind.family(), ActionFamily::Report | ActionFamily::Return)
}
