//! Applies a new state of a refund that the retailer's systems report, if this state may follow the current state. Pure.

use chrono::{DateTime, Utc};
use doorstep_contract::{FieldProblem, Order, RefundState};

/// New state of a refund.
#[derive(Clone, Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundUpdate {
    /// `sent`, `completed` or `failed`; `promised` again after a failure.
    pub state: RefundState,
    /// Reference of the payment.
    pub reference: Option<String>,
}

/// Reason why a refund is not updated.
#[derive(Clone, Debug, PartialEq)]
pub enum RefundRefusal {
    /// The order has no such refund.
    UnknownRefund,
    /// The state may not follow the current one.
    Invalid(FieldProblem),
}

/// Applies the new state to the refund with this id. On an error nothing has changed.
pub fn update_refund(order: &mut Order, refund_id: &str, update: &RefundUpdate, now: DateTime<Utc>) -> Result<(), RefundRefusal> {
    let refund = order.refunds.iter_mut().find(|refund| refund.id == refund_id).ok_or(RefundRefusal::UnknownRefund)?;
    if !may_follow(&refund.state, &update.state) {
        let (pointer, code) = ("/state".to_owned(), "not-possible-from-here".to_owned());
        return Err(RefundRefusal::Invalid(FieldProblem { pointer, code }));
    }
    if update.state == RefundState::Sent && refund.state != RefundState::Sent {
        refund.sent_at = Some(now.into());
    }
    refund.state = update.state.clone();
    refund.reference = update.reference.clone().or(refund.reference.take());
    Ok(())
}

/// Returns true if a refund in state `from` may enter the state `to`.
fn may_follow(from: &RefundState, to: &RefundState) -> bool {
    match (from, to) {
        (from, to) if from == to => true,
        (RefundState::Promised | RefundState::Unknown(_), RefundState::Sent | RefundState::Completed | RefundState::Failed)
        | (RefundState::Sent, RefundState::Completed | RefundState::Failed)
        | (RefundState::Failed, RefundState::Promised | RefundState::Sent) => true,
        (_, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_fails_and_is_promised_again_but_is_never_taken_back() {
        for (from, to, possible) in [
            (RefundState::Promised, RefundState::Sent, true),
            (RefundState::Sent, RefundState::Sent, true),
            (RefundState::Sent, RefundState::Promised, false),
            (RefundState::Failed, RefundState::Promised, true),
            (RefundState::Completed, RefundState::Failed, false),
            (RefundState::Unknown("x".to_owned()), RefundState::Completed, true),
            (RefundState::Promised, RefundState::Unknown("x".to_owned()), false),
        ] {
            assert_eq!(may_follow(&from, &to), possible, "{from:?} {to:?}");
        }
    }
}
