//! In which state a case can be after which. Resolved and declined are the end: what comes up afterwards is a new case.

use doorstep_core::wire::CaseState as S;

/// Whether a case can go from one state to the other.
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
