//! Meaning of a provider's status code in the terms of the contract: stage, condition and reason. Produced by the `status_codes.rs` of each
//! provider.

use doorstep_contract::{Condition, ConditionState, Event, Reason, Stage};

/// Meaning of one status code. Parts that the code does not give are `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Meaning {
    /// Stage that the shipment has reached.
    pub(super) stage: Option<Stage>,
    /// Condition of the shipment.
    pub(super) condition: Option<ConditionState>,
    /// Reason for the condition, or for the stage of a shipment that will not arrive.
    pub(super) reason: Option<Reason>,
    /// True if the carrier waits for the shopper.
    pub(super) awaits_shopper: bool,
}

impl Meaning {
    /// Creates the meaning of a code that gives only the stage.
    pub(super) const fn stage(stage: Stage) -> Self {
        Self { stage: Some(stage), condition: None, reason: None, awaits_shopper: false }
    }

    /// Creates the meaning of a code that gives stage and condition.
    pub(super) const fn stage_condition(stage: Stage, condition: ConditionState) -> Self {
        Self { stage: Some(stage), condition: Some(condition), reason: None, awaits_shopper: false }
    }

    /// Creates the meaning of a code that gives stage, condition and reason.
    pub(super) const fn stage_condition_reason(stage: Stage, condition: ConditionState, reason: Reason) -> Self {
        Self { stage: Some(stage), condition: Some(condition), reason: Some(reason), awaits_shopper: false }
    }

    /// Creates the meaning of a code that gives stage and reason, but not the condition.
    pub(super) const fn stage_reason(stage: Stage, reason: Reason) -> Self {
        Self { stage: Some(stage), condition: None, reason: Some(reason), awaits_shopper: false }
    }

    /// Returns the condition to report for the shipment as a whole. If the code gives a condition, returns it unless a scan
    /// already has it. If the code gives a stage but no condition, returns OK unless a scan has a known stage, so that an
    /// ordinary status ends an earlier exception. Otherwise returns None.
    pub(super) fn shipment_condition(&self, scans: &[Event]) -> Option<Condition> {
        let Some(state) = &self.condition else {
            let has_no_stage = scans.iter().all(|scan| matches!(scan.stage, Stage::Unknown(_)));
            return (self.stage.is_some() && has_no_stage).then(Condition::default);
        };
        let has_condition = scans.iter().any(|scan| scan.condition.as_ref() == Some(state));
        (!has_condition).then(|| Condition { state: state.clone(), reason: self.reason.clone(), ..Condition::default() })
    }

    /// Creates the meaning of a code that gives the condition, but not the stage.
    pub(super) const fn condition(condition: ConditionState) -> Self {
        Self { stage: None, condition: Some(condition), reason: None, awaits_shopper: false }
    }

    /// Creates the meaning of a code that gives condition and reason, but not the stage.
    pub(super) const fn condition_reason(condition: ConditionState, reason: Reason) -> Self {
        Self { stage: None, condition: Some(condition), reason: Some(reason), awaits_shopper: false }
    }

    /// Returns this meaning with the addition that the carrier waits for the shopper.
    pub(super) fn awaiting_shopper(self) -> Self {
        Self { awaits_shopper: true, ..self }
    }
}
