//! State of self-service in the first chunk: the second chunk once it is loaded, and the action that waits for it.
//! `requests_update` handles the inputs.

use super::effects::Effects;
use super::{Effect, Timer};
use crate::client::Document;
use crate::self_service::{NewSelfService, SelfService, Subject};
use doorstep_contract::Order;

/// State of self-service in the first chunk.
#[derive(Default)]
pub(super) struct Requests {
    /// Function that creates the dialogs of an order, once the second chunk is loaded.
    pub(super) new_self_service: Option<NewSelfService>,
    /// Dialogs of the order that is shown.
    pub(super) self_service: Option<Box<dyn SelfService>>,
    /// Id of the order to which the dialogs belong.
    order: String,
    /// True while the second chunk is being loaded.
    pub(super) loading: bool,
    /// Action that was pressed before the second chunk was loaded.
    pub(super) wanted: Option<Subject>,
    /// True if the second chunk could not be loaded when it was needed.
    pub(super) failed: bool,
}

impl std::fmt::Debug for Requests {
    /// Leaves the dialogs out, because the code that formats them would add to the download.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Requests").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}

impl Requests {
    /// Forgets the pressed action. Drops the dialogs if they belong to another order, else keeps their answers.
    pub(super) fn clear(&mut self, order: &str, out: &mut Effects) {
        if self.order != order {
            self.self_service = None;
            order.clone_into(&mut self.order);
        }
        self.wanted = None;
        self.failed = false;
        out.stop_timer(Timer::Resend);
    }

    /// Loads the second chunk, unless it is loaded or being loaded.
    pub(super) fn load(&mut self, out: &mut Effects) {
        if self.new_self_service.is_none() && !std::mem::replace(&mut self.loading, true) {
            out.push(Effect::LoadRequests);
        }
    }

    /// Loads the second chunk if the document has cases, returns or refunds, because the second chunk draws their cards.
    pub(super) fn document_received(&mut self, document: &Document, out: &mut Effects) {
        if Order::has_requests(document.json()) {
            self.load(out);
        }
    }
}
