//! State machine of returns.

use doorstep_contract::ReturnState as S;

/// Returns true if a return can go from one state to the other.
pub fn may_follow(from: &S, to: &S) -> bool {
    match from {
        S::Requested => matches!(to, S::Approved | S::Rejected),
        // A return whose goods the shopper keeps is completed when its refund is sent or its replacement is promised.
        S::Approved => matches!(to, S::LabelReady | S::InTransit | S::Received | S::Completed | S::Expired),
        S::LabelReady => matches!(to, S::InTransit | S::Received | S::Expired),
        S::InTransit => matches!(to, S::Received),
        S::Received => matches!(to, S::Inspected | S::Rejected),
        S::Inspected => matches!(to, S::Completed),
        // The shopper may hand the parcel over late.
        S::Expired => matches!(to, S::InTransit | S::Received),
        S::Completed | S::Rejected | S::Unknown(_) => false,
    }
}
