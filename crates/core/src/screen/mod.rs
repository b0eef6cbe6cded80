//! Every decision about what is shown and done: a [`Model`] takes a [`Msg`] and answers with [`Effect`]s; [`Model::screen`] says what is
//! on the page now.
//!
//! The shell performs effects and feeds back what came of them. Time, chance and the zone database come in with every call as [`Env`].
//! `Model` holds the state, `update` changes it, `link` decides when to ask again, `content` says what is shown, `requests`
//! when the second chunk is needed.

mod content;
mod effects;
mod link;
mod lookup;
mod model;
mod requests;
mod update;

use std::rc::Rc;

use chrono::{DateTime, Utc};

pub use content::{Announcement, Content, FailurePage, LookupPage, Notice, OrderPage, RequestPage, Screen, WaitingCard};
pub use model::Model;

use crate::client::{Access, Request, Response, Unreachable};
use crate::here::ToLocal;
use crate::order::status::Tone;
use crate::request::{self, NewDesk, Progress, Subject};
use crate::wire::Value;

/// What the world contributes to a decision.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    /// The clock of the device.
    pub now: DateTime<Utc>,
    /// A random number in 0..1.
    pub random: f64,
    /// The zone database.
    pub to_local: ToLocal<'a>,
}

/// Which of the widget's own starts an answer belongs to; answers to an earlier one are ignored.
pub type Generation = u32;

/// An order document that came through the stream.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamDocument {
    /// Its version, as the stream names it.
    pub id: Option<String>,
    /// What it says, parsed by the shell.
    pub json: Rc<Value>,
}

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// The host page said where the order is, at the start or anew.
    Configured(Access),
    /// The question for the order was answered.
    OrderAnswered(Generation, Result<Response, Unreachable>),
    /// The look-up was answered.
    LookupAnswered(Generation, Result<Response, Unreachable>),
    /// Something came through the stream: documents, or none for a comment.
    StreamHeard(Generation, Vec<StreamDocument>),
    /// The stream could not be opened or has ended.
    StreamEnded(Generation),
    /// A timer that was set has run out.
    TimerFired(Timer),
    /// The page was hidden or shown.
    VisibilityChanged {
        /// Whether the page can be seen.
        visible: bool,
    },
    /// The device lost or found its connection.
    ConnectivityChanged {
        /// Whether it believes to be connected.
        online: bool,
    },
    /// The host page asked for the newest state.
    RefreshRequested,
    /// The shopper pressed "Try again".
    RetryPressed,
    /// The shopper wants more of a parcel's timeline.
    MorePressed(String),
    /// The shopper wants to copy a parcel's tracking number.
    CopyPressed(String),
    /// Copying worked or did not.
    CopyFinished {
        /// Whether it worked.
        copied: bool,
    },
    /// The shopper wants to do something about the order.
    ActionPressed(Subject),
    /// The host page leaves it to the widget.
    ActionLeft(Subject),
    /// The second chunk is there, or could not be loaded.
    RequestsLoaded(Option<NewDesk>),
    /// Something happened in a dialog.
    Request(request::Msg),
    /// The shopper wants to look the order up by its number.
    LookupOpened,
    /// The shopper wants to see the order again from which the look-up was opened.
    LookupClosed,
    /// The shopper sent the look-up form.
    LookupSubmitted {
        /// What stands in the field for the order number.
        number: String,
        /// What stands in the field for e-mail or postcode.
        proof: String,
    },
}

/// Something to be done by the shell.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send the question for the order and answer with [`Msg::OrderAnswered`].
    AskOrder(Generation, Request),
    /// Send the look-up and answer with [`Msg::LookupAnswered`].
    AskLookup(Generation, Request),
    /// Open the stream; what was open before is closed.
    OpenStream(Generation, Request),
    /// Close the stream.
    CloseStream,
    /// Set a timer, in milliseconds; one of the same kind is replaced.
    Wake(Timer, u64),
    /// Stop a timer.
    Sleep(Timer),
    /// Tell the host page.
    Tell(HostEvent),
    /// Ask the host page whether it does this itself; answer with [`Msg::ActionLeft`] if it does not.
    Offer(Subject),
    /// Fetch the second chunk with its texts and styles, and answer with [`Msg::RequestsLoaded`].
    LoadRequests,
    /// What only the second chunk can do.
    Request(request::Effect),
    /// Put a text on the clipboard and answer with [`Msg::CopyFinished`].
    Copy {
        /// The parcel whose number it is.
        parcel: String,
        /// The text.
        text: String,
    },
    /// Move the focus, because what had it is gone or wants correction.
    Focus(Focus),
}

/// The timers, one of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// Until loading counts as slow.
    Slow,
    /// Until the next attempt after a failure.
    Retry,
    /// Until the next poll where there is no stream.
    Poll,
    /// Until a silent stream counts as dead.
    Watchdog,
    /// Until the stream is tried again after it failed too often.
    Reprobe,
    /// Until the next text on the page changes by itself.
    Tick,
    /// Until a request that got no answer is sent again.
    Resend,
}

/// Where the focus goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The headline.
    Headline,
    /// The field for the order number.
    LookupNumber,
    /// The field for e-mail or postcode.
    LookupProof,
    /// A row of a parcel's timeline.
    Row {
        /// The parcel.
        parcel: String,
        /// The row, counted from the newest, which is 0.
        row: usize,
    },
}

/// What the host page is told; nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// The order is on the page for the first time.
    Ready(OrderFacts),
    /// The order has changed.
    Change(OrderFacts),
    /// The widget cannot show the order.
    Error {
        /// Stable and kebab-case.
        code: &'static str,
        /// Whether it goes on trying by itself.
        retryable: bool,
    },
    /// The shopper does something about the order.
    Action(Progress),
}

/// An order in four facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderFacts {
    /// Its version.
    pub version: u64,
    /// How it goes.
    pub tone: Tone,
    /// How many parcels it has.
    pub parcels: u32,
    /// How many of them have arrived.
    pub delivered: u32,
}
