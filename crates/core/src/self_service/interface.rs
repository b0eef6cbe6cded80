//! The interface between the first chunk and the dialogs: the trait, its inputs, and its results.
//!
//! `screen` passes a [`Msg`] with a [`Context`] to the trait [`SelfService`] and applies the [`Reply`]. The shell performs each
//! [`Effect`]. `dialogs` implements the trait.

use std::any::Any;
use std::rc::Rc;

use crate::client::{Document, OrderEndpoint, Request, Response, Unreachable};
use crate::local_clock::LocalClock;
use crate::message::Message;
use doorstep_contract::{ActionKind, CaseId, Order, ShipmentId};

/// Function that creates the self-service state of a page. The first chunk calls the second chunk through this pointer.
pub type NewSelfService = fn() -> Box<dyn SelfService>;

/// Data outside the dialogs that their decisions depend on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The current order. `screen` passes it without the fields that only self-service needs; `dialogs` replaces it by the
    /// complete order.
    pub order: &'a Order,
    /// The complete order document as received.
    pub document: &'a Document,
    /// ETag of the document, sent as `If-Match`.
    pub etag: Option<&'a str>,
    /// Current time at the destination.
    pub clock: LocalClock<'a>,
    /// Location of the backend, and the token.
    pub access: &'a OrderEndpoint,
    /// A random number in 0..1.
    pub random: f64,
    /// True while the device reports no connection.
    pub offline: bool,
}

/// The self-service dialogs of one page, and the cards of the resulting cases, returns and refunds.
pub trait SelfService {
    /// Handles one input and adds the results to `reply`.
    fn handle(&mut self, msg: Msg, context: &Context<'_>, reply: &mut Reply);
    /// Returns the view data: a [`super::page::Page`].
    fn page(&self, context: &Context<'_>) -> Rc<dyn Any>;
}

/// Subject of a dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// One of the order's actions.
    Action {
        /// Kind of the action.
        kind: ActionKind,
        /// Id of the shipment, for an action that concerns one.
        shipment: Option<ShipmentId>,
    },
    /// A message to the case with this id.
    Reply(CaseId),
    /// The rating of the case with this id.
    Rating(CaseId),
    /// The label of the return with this id.
    Label(String),
}

/// Result of an HTTP request.
pub(super) type Answer = Result<Response, Unreachable>;

/// Number of an HTTP request. The shell reports this number with the response.
pub type Ticket = u32;

/// Input of the dialogs.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The shopper opened a dialog.
    Opened(Subject),
    /// The shopper filled in or changed a field.
    Filled {
        /// Name of the field.
        name: String,
        /// Value of the field; empty for a box that was unticked.
        value: String,
    },
    /// The shopper pressed the button that continues to the next step, or that sends the form on the last step.
    Forward,
    /// The shopper pressed the button that goes back a step.
    Back,
    /// The shopper closed the dialog; its answers are kept.
    Closed,
    /// The shopper pressed the button that loads the choices again.
    Reload,
    /// An HTTP request was answered or has failed.
    Answered(Ticket, Result<Response, Unreachable>),
    /// The shopper picked photos. Each has a number that the shell assigned, and a file name.
    PhotosPicked(Vec<(u32, String)>),
    /// The upload of a photo has started.
    PhotoSending(u32),
    /// A photo cannot be read on this device.
    PhotoUnreadable(u32),
    /// A photo can be read, but the browser can neither reduce it enough nor send the original.
    PhotoUnsendable(u32),
    /// The upload of a photo was answered or has failed.
    PhotoAnswered(u32, Result<Response, Unreachable>),
    /// The shopper removed a photo.
    PhotoRemoved(u32),
    /// The order is shown again after a look-up.
    Resumed,
    /// The wait before the next attempt is over, or the connection is back.
    TryAgain,
    /// The shopper requested a file to save.
    Keep(Keep),
    /// Fetching the file failed.
    KeepFailed,
}

/// A file that the shopper can save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// A calendar entry for the time from which the action is possible.
    Reminder,
    /// The acknowledgement of the case with this id.
    Acknowledgement(CaseId),
    /// The label of the return with this id, to print.
    Label(String),
}

/// Work for the shell.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send the HTTP request and report the result as [`Msg::Answered`].
    Send(Ticket, Request),
    /// Reduce the photo, remove its metadata, send it as the body, and report the result as [`Msg::PhotoAnswered`].
    Upload {
        /// Number of the photo.
        photo: u32,
        /// HTTP request that uploads the photo.
        request: Request,
        /// Largest size of the reduced photo in bytes.
        max_bytes: u64,
        /// Largest size in bytes of a photo that the browser cannot reduce.
        max_original_bytes: u64,
    },
    /// Stop uploading the photo and discard it.
    Drop(u32),
    /// Fetch a file and offer it as a download.
    Fetch {
        /// Name of the file.
        name: String,
        /// HTTP request that fetches the file.
        request: Request,
    },
    /// Offer a text as a download.
    Save {
        /// Name of the file.
        name: String,
        /// Media type of the file.
        media_type: &'static str,
        /// Content of the file.
        text: String,
    },
    /// Open the dialog, or keep it open, and move the focus to its heading.
    Show,
    /// Close the dialog and return the focus to the element that opened it.
    Hide,
    /// Move the focus to the first field with an error.
    FocusError,
}

/// Progress of an action, reported to the host page. It contains no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Kind of the action.
    pub kind: ActionKind,
    /// Phase of the action.
    pub phase: Phase,
    /// Id of the step, or the code of the refusal; otherwise empty.
    pub detail: String,
}

/// Phase of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The dialog was opened.
    Started,
    /// The dialog continued to another step.
    Step,
    /// The submission was accepted.
    Submitted,
    /// The submission was refused.
    Failed,
    /// The dialog was closed before its form was sent.
    Abandoned,
}

/// Results of handling one input.
#[derive(Debug, Default)]
pub struct Reply {
    /// Effects for the shell.
    pub effects: Vec<Effect>,
    /// Progress to report to the host page.
    pub events: Vec<Progress>,
    /// Time in milliseconds after which [`Msg::TryAgain`] is sent.
    pub wake_ms: Option<u64>,
    /// True if the order should be requested again.
    pub ask: bool,
    /// Text for the live region.
    pub announcement: Option<Message>,
    /// Response that refused a submission because the order has changed. Its body contains the current order.
    pub conflict: Option<Response>,
}

impl Reply {
    #[inline(never)]
    pub(crate) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }
}
