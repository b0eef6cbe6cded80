//! Meaning of a provider's status code in the terms of the contract: stage, condition and reason. Produced by the `words.rs` of each
//! provider.

use doorstep_contract::{Condition, ConditionState, Event, Reason, Stage};

/// Meaning of one status code. Parts that the code says nothing about are `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Meaning {
    /// Stage of the shipment after it.
    pub(super) stage: Option<Stage>,
    /// Condition of the shipment.
    pub(super) condition: Option<ConditionState>,
    /// Reason for the condition or for the end of the shipment.
    pub(super) reason: Option<Reason>,
    /// True if the carrier waits for the shopper.
    pub(super) shoppers_move: bool,
}

impl Meaning {
    /// Creates the meaning of a code that gives the stage only.
    pub(super) const fn at(stage: Stage) -> Self {
        Self { stage: Some(stage), condition: None, reason: None, shoppers_move: false }
    }

    /// Creates the meaning of a code that gives stage and condition.
    pub(super) const fn goes(stage: Stage, condition: ConditionState) -> Self {
        Self { stage: Some(stage), condition: Some(condition), reason: None, shoppers_move: false }
    }

    /// Creates the meaning of a code that gives stage, condition and reason.
    pub(super) const fn because(stage: Stage, condition: ConditionState, reason: Reason) -> Self {
        Self { stage: Some(stage), condition: Some(condition), reason: Some(reason), shoppers_move: false }
    }

    /// Creates the meaning of a code that ends the shipment and gives the reason.
    pub(super) const fn ends(stage: Stage, reason: Reason) -> Self {
        Self { stage: Some(stage), condition: None, reason: Some(reason), shoppers_move: false }
    }

    /// Returns the condition of the shipment as a whole where its scans do not give it, or None. It is the condition of this meaning if no
    /// scan has it. If this meaning has a stage but no condition and no scan has a known stage, it is the default condition: an ordinary
    /// status then ends an earlier exception.
    pub(super) fn untold(&self, scans: &[Event]) -> Option<Condition> {
        let Some(state) = &self.condition else {
            let is_silent = scans.iter().all(|scan| matches!(scan.stage, Stage::Unknown(_)));
            return (self.stage.is_some() && is_silent).then(Condition::default);
        };
        let is_told = scans.iter().any(|scan| scan.condition.as_ref() == Some(state));
        (!is_told).then(|| Condition { state: state.clone(), reason: self.reason.clone(), ..Condition::default() })
    }

    /// Creates the meaning of a code that gives the condition, but not the stage.
    pub(super) const fn how(condition: ConditionState) -> Self {
        Self { stage: None, condition: Some(condition), reason: None, shoppers_move: false }
    }

    /// Creates the meaning of a code that gives condition and reason, but not the stage.
    pub(super) const fn how_because(condition: ConditionState, reason: Reason) -> Self {
        Self { stage: None, condition: Some(condition), reason: Some(reason), shoppers_move: false }
    }

    /// Returns this meaning with the addition that the carrier waits for the shopper.
    pub(super) fn and_waits_for_shopper(self) -> Self {
        Self { shoppers_move: true, ..self }
    }
}
