//! The condition that a command sets on the version of an order, checked for self-service requests.

use doorstep_contract::ActionKind;

/// Versions of an order that a command may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// The command has no condition.
    Absent,
    /// Any version.
    Any,
    /// These versions.
    Versions(Vec<u64>),
}

/// Reason why the condition check of a command failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMatchFailed {
    /// The command needs a condition and has none.
    Missing,
    /// The order has another version than the condition names.
    Stale,
}

impl IfMatch {
    /// Checks the condition of a self-service request against the current version of the order. A request that changes a delivery
    /// or the order (`ActionKind::requires_if_match`) needs a condition.
    pub fn check(&self, kind: &ActionKind, version: u64) -> Result<(), IfMatchFailed> {
        match self {
            Self::Absent if kind.requires_if_match() => Err(IfMatchFailed::Missing),
            Self::Absent | Self::Any => Ok(()),
            Self::Versions(versions) if versions.contains(&version) => Ok(()),
            Self::Versions(_) => Err(IfMatchFailed::Stale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_needed_where_the_request_changes_what_was_shown() {
        for (condition, kind, expected) in [
            (IfMatch::Absent, ActionKind::Cancel, Err(IfMatchFailed::Missing)),
            (IfMatch::Absent, ActionKind::Contact, Ok(())),
            (IfMatch::Any, ActionKind::Cancel, Ok(())),
            (IfMatch::Versions(vec![6, 7]), ActionKind::Cancel, Ok(())),
            (IfMatch::Versions(vec![6]), ActionKind::Contact, Err(IfMatchFailed::Stale)),
            (IfMatch::Versions(Vec::new()), ActionKind::Cancel, Err(IfMatchFailed::Stale)),
        ] {
            assert_eq!(condition.check(&kind, 7), expected, "{condition:?} {kind:?}");
        }
    }
}
