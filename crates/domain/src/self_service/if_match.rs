//! The condition that a command sets on the version of an order, and the rule of which self-service requests need one.

use doorstep_contract::ActionKind;

/// Versions of an order that a command may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// The command names no version.
    Absent,
    /// Any version.
    Any,
    /// These versions.
    Versions(Vec<u64>),
}

/// Reason why the condition of a command does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMatchFailed {
    /// The command has to name a version and does not.
    Missing,
    /// The order has another version.
    Stale,
}

impl IfMatch {
    /// Checks the condition of a self-service request against the current version of the order. A request that changes what was
    /// shown to the shopper needs a condition.
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
