//! What a dialog loads to choose from: slots, pickup points, a quote.

use super::Ticket;
use crate::client::{Request, Response, Unreachable};
use crate::wire::{Lenient, PickupPoints, Quote, Slots};

/// Something that is loaded to choose from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Load<T> {
    /// Not asked for.
    #[default]
    Idle,
    /// Asked for.
    Waiting(Ticket),
    /// There.
    Ready(T),
    /// It could not be had.
    Failed,
}

/// What there is to choose from.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    pub(crate) slots: Load<Slots>,
    pub(crate) points: Load<PickupPoints>,
    pub(crate) quote: Load<Quote>,
    /// What the quote was asked for.
    pub(super) quoted: Option<Request>,
}

/// What came of asking for it.
pub(super) fn loaded<T: Lenient>(answer: &Result<Response, Unreachable>) -> Load<T> {
    let response = answer.as_ref().ok().filter(|response| response.status == 200);
    response.and_then(|response| response.body.as_deref()).and_then(T::read).map_or(Load::Failed, Load::Ready)
}
