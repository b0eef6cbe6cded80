//! Self-service: each request as questions, the checks on their answers, and the body that is sent.
//!
//! A [`Desk`] holds everything that is filled in on one page. The widget loads it with its second chunk: the first one knows the trait and
//! gets the desk through a pointer, [`NewDesk`]. A flow in `flows/` says what is asked and nothing else; `block` knows what an answer is
//! and when it is missing, `dialog` leads through the steps and sends, `body` writes what is sent.

mod answers;
mod block;
mod body;
mod cards;
mod choices;
mod desk;
mod dialog;
mod flows;
mod form;
mod page;
mod photo;
mod reminder;
mod submission;

use std::any::Any;
use std::rc::Rc;

use crate::client::{Access, Document, Request, Response, Unreachable};
use crate::here::Here;
use crate::phrase::Phrase;
use crate::wire::{ActionKind, Order};

pub use block::{Block, Choice, Field, FieldKind, LineRow, Lines, Options, PhotoRow, Photos, Way};
pub use cards::{Cards, CaseCard, EntryRow, RefundCard, ReturnCard};
pub use page::{Drawn, Forward, Page, Sheet};

/// Makes a desk; the way from the first chunk into the second.
pub type NewDesk = fn() -> Box<dyn Desk>;

/// An empty desk.
pub fn desk() -> Box<dyn Desk> {
    Box::<desk::Papers>::default()
}

/// What a decision about a request is made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The order as it is known now: in what the desk is given, without what only requests need.
    pub order: &'a Order,
    /// All of it, as it came.
    pub document: &'a Document,
    /// Its version as the backend writes it, for `If-Match`.
    pub etag: Option<&'a str>,
    /// Now, at the destination.
    pub here: Here<'a>,
    /// Where the backend is.
    pub access: &'a Access,
    /// A random number in 0..1.
    pub random: f64,
    /// The device believes to be offline.
    pub offline: bool,
}

/// Everything that is filled in on one page, and the cards of what came of it.
pub trait Desk {
    /// Takes a message.
    fn handle(&mut self, msg: Msg, context: &Context<'_>, reply: &mut Reply);
    /// What is shown: a [`Page`].
    fn page(&self, context: &Context<'_>) -> Rc<dyn Any>;
}

/// What a dialog is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// One of the order's actions.
    Action {
        /// Which.
        kind: ActionKind,
        /// For which shipment, where it is one's.
        shipment: Option<String>,
    },
    /// A message to a case.
    Reply(String),
    /// The question how it went, about a case.
    Rating(String),
    /// The label of a return.
    Label(String),
}

/// An answer, or that none came.
pub(crate) type Answer = Result<Response, Unreachable>;

/// Names a question that was sent, so that its answer finds back.
pub type Ticket = u32;

/// Something that happened at the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The shopper wants something.
    Opened(Subject),
    /// An answer was given or changed.
    Filled {
        /// The name of the field.
        name: String,
        /// Its value; empty for a box that was unticked.
        value: String,
    },
    /// The shopper wants to go on, at the end: to send it.
    Forward,
    /// The shopper wants to go back a step.
    Back,
    /// The shopper closed the dialog; what was filled in stays.
    Closed,
    /// The shopper wants the choices to be loaded again.
    Reload,
    /// A question was answered.
    Answered(Ticket, Result<Response, Unreachable>),
    /// Photos were picked: a number for each, given by the shell, and its name.
    PhotosPicked(Vec<(u32, String)>),
    /// A photo is on its way.
    PhotoSending(u32),
    /// A photo cannot be read on this device.
    PhotoUnreadable(u32),
    /// A photo can be read, but this browser does not let a page prepare it, and it cannot be sent as it is.
    PhotoUnsendable(u32),
    /// A photo was answered.
    PhotoAnswered(u32, Result<Response, Unreachable>),
    /// The shopper took a photo back.
    PhotoRemoved(u32),
    /// The order is on the page again after a look-up.
    Resumed,
    /// The time to try again has come, or the connection is back.
    TryAgain,
    /// The shopper wants to keep something.
    Keep(Keep),
    /// Keeping it did not work.
    KeepFailed,
}

/// Something that the shopper can keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// A calendar entry for when the action becomes possible.
    Reminder,
    /// The acknowledgement of a case.
    Acknowledgement(String),
    /// The label of a return, to print.
    Label(String),
}

/// Something to be done by the shell.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send it and answer with [`Msg::Answered`].
    Send(Ticket, Request),
    /// Make the photo small, take its metadata away, send it as the body, and answer with [`Msg::PhotoAnswered`].
    Upload {
        /// Which.
        photo: u32,
        /// Where to.
        request: Request,
        /// The bytes that it may have.
        max_bytes: u64,
        /// The bytes that it may have where the browser cannot make it small.
        max_original_bytes: u64,
    },
    /// Stop sending the photo and forget it.
    Drop(u32),
    /// Fetch a file and hand it over as a download.
    Fetch {
        /// Its name.
        name: String,
        /// Where from.
        request: Request,
    },
    /// Hand a text over as a download.
    Save {
        /// Its name.
        name: String,
        /// Its media type.
        media_type: &'static str,
        /// The text.
        text: String,
    },
    /// Open the dialog, or keep it open, and move the focus to its heading.
    Show,
    /// Close the dialog; the focus goes back to where it came from.
    Hide,
    /// Move the focus to the first field that wants correction.
    FocusError,
}

/// How far an action is, as the host page is told; nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub kind: ActionKind,
    /// How far it is.
    pub phase: Phase,
    /// The step, or why it failed; empty where there is neither.
    pub detail: String,
}

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It was opened.
    Started,
    /// It went on to another step.
    Step,
    /// It was sent and taken in.
    Submitted,
    /// It was refused.
    Failed,
    /// It was closed before it was sent.
    Abandoned,
}

/// What a message led to.
#[derive(Debug, Default)]
pub struct Reply {
    /// To be done by the shell.
    pub effects: Vec<Effect>,
    /// To be told to the host page.
    pub events: Vec<Progress>,
    /// Wait so long (milliseconds), then send [`Msg::TryAgain`].
    pub wake_ms: Option<u64>,
    /// The order should be asked for.
    pub ask: bool,
    /// To be said by the live region.
    pub say: Option<Phrase>,
    /// The order as the backend sent it along with a refusal.
    pub learned: Option<Response>,
}

impl Reply {
    #[inline(never)]
    pub(crate) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }
}

#[cfg(test)]
mod tests;
