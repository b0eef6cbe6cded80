//! Choices that a dialog loads from the backend: delivery slots, pickup points and the quote of a return.

use super::Ticket;
use crate::client::{Request, Response, Unreachable};
use doorstep_contract::{Lenient, PickupPoints, Quote, Slots};

/// Loading state of one kind of choices.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Load<T> {
    /// Not requested.
    #[default]
    Idle,
    /// Requested, with the ticket of the HTTP request.
    Waiting(Ticket),
    /// Loaded.
    Ready(T),
    /// Loading failed.
    Failed,
}

/// All choices of one dialog.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    pub(crate) slots: Load<Slots>,
    pub(crate) points: Load<PickupPoints>,
    pub(crate) quote: Load<Quote>,
    /// HTTP request of the latest quote. If changed answers lead to a different request, the dialog requests a new quote.
    pub(super) quoted: Option<Request>,
}

/// Returns the parsed body of a 200 response, or `Load::Failed` for every other result.
pub(super) fn loaded<T: Lenient>(answer: &Result<Response, Unreachable>) -> Load<T> {
    let response = answer.as_ref().ok().filter(|response| response.status == 200);
    response.and_then(|response| response.body.as_deref()).and_then(T::read).map_or(Load::Failed, Load::Ready)
}
