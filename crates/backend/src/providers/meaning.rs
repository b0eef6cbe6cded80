//! What a provider's word means here: where the parcel is, how it goes, why.

use doorstep_core::wire::{Condition, ConditionState, Event, Reason, Stage};

/// What a word says; the parts that it says nothing about are `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Meaning {
    /// Where the parcel is after it.
    pub(super) stage: Option<Stage>,
    /// How it goes.
    pub(super) condition: Option<ConditionState>,
    /// Why.
    pub(super) reason: Option<Reason>,
    /// Whether the carrier waits for the shopper.
    pub(super) shoppers_move: bool,
}

impl Meaning {
    /// A word that says where it is.
    pub(super) const fn at(stage: Stage) -> Self {
        Self { stage: Some(stage), condition: None, reason: None, shoppers_move: false }
    }

    /// A word that says how it goes.
    pub(super) const fn goes(stage: Stage, condition: ConditionState) -> Self {
        Self { stage: Some(stage), condition: Some(condition), reason: None, shoppers_move: false }
    }

    /// The same with a reason.
    pub(super) const fn because(stage: Stage, condition: ConditionState, reason: Reason) -> Self {
        Self { stage: Some(stage), condition: Some(condition), reason: Some(reason), shoppers_move: false }
    }

    /// An ending with a reason.
    pub(super) const fn ends(stage: Stage, reason: Reason) -> Self {
        Self { stage: Some(stage), condition: None, reason: Some(reason), shoppers_move: false }
    }

    /// How the shipment as a whole goes, where its scans do not say it: trouble that no scan tells of and, if scans never say where it is,
    /// that a plain status is the end of the trouble before.
    pub(super) fn untold(&self, scans: &[Event]) -> Option<Condition> {
        let Some(state) = &self.condition else {
            let is_silent = scans.iter().all(|scan| matches!(scan.stage, Stage::Unknown(_)));
            return (self.stage.is_some() && is_silent).then(Condition::default);
        };
        let is_told = scans.iter().any(|scan| scan.condition.as_ref() == Some(state));
        (!is_told).then(|| Condition { state: state.clone(), reason: self.reason.clone(), ..Condition::default() })
    }

    /// A word that says how it goes, but not where it is.
    pub(super) const fn how(condition: ConditionState) -> Self {
        Self { stage: None, condition: Some(condition), reason: None, shoppers_move: false }
    }

    /// The same with a reason.
    pub(super) const fn how_because(condition: ConditionState, reason: Reason) -> Self {
        Self { stage: None, condition: Some(condition), reason: Some(reason), shoppers_move: false }
    }

    /// The same word, upon which the carrier waits for the shopper.
    pub(super) fn and_waits_for_shopper(self) -> Self {
        Self { shoppers_move: true, ..self }
    }
}
