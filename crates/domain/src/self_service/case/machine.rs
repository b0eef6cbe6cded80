//! State machine of a case. The states `resolved` and `declined` are final; a later request opens a new case.

use doorstep_contract::CaseState as S;

/// Returns true if a case can change from one state to the other.
pub fn may_follow(from: &S, to: &S) -> bool {
    match (from, to) {
        (S::Resolved | S::Declined, _) | (_, S::Unknown(_) | S::Received) => false,
        (
            S::Received | S::InProgress | S::WaitingForShopper | S::WaitingForCarrier | S::Unknown(_),
            S::Resolved | S::Declined,
        ) => true,
        (from, to) => from != to,
    }
}
