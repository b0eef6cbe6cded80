//! Decision logic of the widget: a [`Model`] handles a [`Msg`] and returns [`Effect`]s; [`Model::screen`] returns the view data.
//!
//! The shell performs the effects and returns their results as further inputs. Time, random numbers and the time zone database
//! are passed in with every call as [`Env`]. `Model` holds the state, `update`, `lookup_update` and `requests_update` change it,
//! `link` decides when to send the next request, `content` computes the view data.

#[cfg(test)]
mod checked_tests;
mod content;
mod effects;
mod facts;
mod link;
mod lookup;
mod lookup_update;
mod model;
mod requests;
mod requests_update;
mod update;

use std::rc::Rc;

use chrono::{DateTime, Utc};

pub use content::{Announcement, Content, FailurePage, LookupPage, Notice, OrderPage, RequestPage, Screen, WaitingCard};
pub use model::Model;

use crate::client::{OrderEndpoint, Request, Response, Unreachable};
use crate::local_clock::ToLocal;
use crate::order::status::Tone;
use crate::self_service::{self, NewSelfService, Progress, Subject};
use doorstep_contract::Value;

/// External data that decisions depend on.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    /// Current time by the device's clock.
    pub now: DateTime<Utc>,
    /// A random number in 0..1.
    pub random: f64,
    /// Time zone database.
    pub to_local: ToLocal<'a>,
}

/// Number that grows each time the widget starts over or the look-up form is opened or closed. A response has the number of its
/// request. Responses with an earlier number are ignored.
pub type Generation = u32;

/// Order document received through the stream.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamDocument {
    /// Id of the stream event, which is the version of the document.
    pub id: Option<String>,
    /// The document, parsed by the shell.
    pub json: Rc<Value>,
}

/// Input of the model.
#[derive(Debug)]
pub enum Msg {
    /// The host page configured the backend and the order, for the first time or again.
    Configured(OrderEndpoint),
    /// The request for the order was answered or has failed.
    OrderAnswered(Generation, Result<Response, Unreachable>),
    /// The look-up was answered or has failed.
    LookupAnswered(Generation, Result<Response, Unreachable>),
    /// The stream delivered documents. The list is empty if the stream delivered a comment.
    StreamReceived(Generation, Vec<StreamDocument>),
    /// The stream could not be opened or has ended.
    StreamEnded(Generation),
    /// A timer that was set has run out.
    TimerFired(Timer),
    /// The page was hidden or shown.
    VisibilityChanged {
        /// True if the page is visible.
        visible: bool,
    },
    /// The device lost or regained its connection.
    ConnectivityChanged {
        /// True if the device reports a connection.
        online: bool,
    },
    /// The host page requested the latest state.
    RefreshRequested,
    /// The shopper pressed "Try again".
    RetryPressed,
    /// The shopper pressed the title of the parcel with this id, which opens or closes its details.
    ParcelPressed(String),
    /// The details of all parcels are needed: the browser is about to print the page, or a first page, which has them, is taken over.
    AllDetailsNeeded,
    /// The shopper requested more rows of the timeline of the parcel with this id.
    MorePressed(String),
    /// The shopper requested a copy of the tracking number of the parcel with this id.
    CopyPressed(String),
    /// Copying to the clipboard has finished.
    CopyFinished {
        /// True if copying succeeded.
        copied: bool,
    },
    /// The shopper pressed a self-service action.
    ActionPressed(Subject),
    /// The host page did not handle the offered action, so the widget opens its dialog.
    HostDeclined(Subject),
    /// The second chunk is loaded; None if loading failed.
    RequestsLoaded(Option<NewSelfService>),
    /// Input of the self-service dialogs.
    Request(self_service::Msg),
    /// The shopper opened the look-up form.
    LookupOpened,
    /// The shopper went back to the order from which the look-up form was opened.
    LookupClosed,
    /// The shopper sent the look-up form.
    LookupSubmitted {
        /// Text of the order number field.
        number: String,
        /// Text of the e-mail or postcode field.
        proof: String,
    },
}

/// Work for the shell.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send the request for the order and report the result as [`Msg::OrderAnswered`].
    AskOrder(Generation, Request),
    /// Send the request of the look-up form and report the result as [`Msg::LookupAnswered`].
    AskLookup(Generation, Request),
    /// Open the stream. A stream that is already open is closed first.
    OpenStream(Generation, Request),
    /// Close the stream.
    CloseStream,
    /// Start a timer that runs out after this number of milliseconds. It replaces a running timer of the same kind.
    StartTimer(Timer, u64),
    /// Stop a timer.
    StopTimer(Timer),
    /// Send an event to the host page.
    EmitHostEvent(HostEvent),
    /// Offer an action to the host page; report [`Msg::HostDeclined`] if the host page does not handle it.
    OfferActionToHost(Subject),
    /// Fetch the second chunk with its texts and styles, and report the result as [`Msg::RequestsLoaded`].
    LoadRequests,
    /// Effect that only the second chunk can perform.
    Request(self_service::Effect),
    /// Copy a text to the clipboard and report the result as [`Msg::CopyFinished`].
    Copy {
        /// Id of the parcel whose tracking number is copied.
        parcel: String,
        /// Text to copy.
        text: String,
    },
    /// Move the focus, because the focused element is gone or a field has an error.
    Focus(Focus),
}

/// Kind of timer; at most one of each kind is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// Time until loading counts as slow.
    Slow,
    /// Time until the next attempt after a failure.
    Retry,
    /// Time until the next poll, if there is no stream.
    Poll,
    /// Time until a silent stream counts as dead.
    Watchdog,
    /// Time until the stream is tried again after too many failures.
    Reprobe,
    /// Time until a text on the page changes by itself.
    Tick,
    /// Time until a submission that got no response is sent again.
    Resend,
}

/// Target of the focus.
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
        /// Id of the parcel.
        parcel: String,
        /// Number of the row; the newest is 0.
        row: usize,
    },
}

/// Host event. It contains no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// The order is shown for the first time.
    Ready(OrderFacts),
    /// The order has changed.
    Change(OrderFacts),
    /// The widget cannot show the order, or can no longer update it.
    Error {
        /// Stable code in kebab case.
        code: &'static str,
        /// True if the widget tries again by itself.
        retryable: bool,
    },
    /// Progress of a self-service action.
    Action(Progress),
}

/// Facts about an order that the host page receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderFacts {
    /// Version of the order document.
    pub version: u64,
    /// Tone of the headline.
    pub tone: Tone,
    /// Number of parcels; returns are not counted.
    pub parcels: u32,
    /// Number of parcels that were delivered in full and undamaged.
    pub delivered: u32,
    /// Number of parcels that are expected after the promised day.
    pub late: u32,
}
