//! What a provider's word means here: where the parcel is, how it goes, why.

use doorstep_core::wire::{ConditionState, Reason, Stage};

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

    /// A word that says that something is wrong, but not where the parcel is.
    pub(super) const fn somewhere(condition: ConditionState) -> Self {
        Self { stage: None, condition: Some(condition), reason: None, shoppers_move: false }
    }

    /// The same, and the carrier waits for the shopper.
    pub(super) fn for_the_shopper(self) -> Self {
        Self { shoppers_move: true, ..self }
    }
}
