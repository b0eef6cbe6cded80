//! State of one mounted widget. Only `update` changes it.

use chrono::{DateTime, TimeDelta, Utc};

use super::link::Link;
use super::lookup::Lookup;
use super::requests::Requests;
use super::{Env, Generation};
use crate::client::{Document, OrderEndpoint};
use crate::message::Message;
use crate::order::headline::Headline;
use doorstep_contract::Order;

/// State of one mounted widget.
#[derive(Debug, Default)]
pub struct Model {
    /// Endpoint as the host page configured it. A look-up changes only `access`.
    pub(super) configured: OrderEndpoint,
    pub(super) access: OrderEndpoint,
    pub(super) generation: Generation,
    pub(super) phase: Phase,
    /// Order from which the open look-up form was opened.
    pub(super) previous_order: Option<Box<Known>>,
    pub(super) link: Link,
    /// Ids of parcels that the shopper has opened, with the number of additional timeline rows that are shown.
    pub(super) unfolded: Vec<(String, usize)>,
    /// True if the details of all parcels are drawn.
    pub(super) draws_all: bool,
    /// Number of announcements, and the current text of the live region.
    pub(super) announcement: (u32, Option<Message>),
    /// Time by which the device's clock is behind the backend's.
    pub(super) skew: TimeDelta,
    /// State of self-service.
    pub(super) requests: Requests,
    /// True if the headline gets the focus when the order is shown, because the look-up form or "Try again" led to it.
    pub(super) focus_headline: bool,
}

/// Phase of the widget.
#[derive(Debug, Default)]
pub(super) enum Phase {
    /// Nothing is configured yet.
    #[default]
    Idle,
    /// The order is requested for the first time.
    Loading {
        /// True if loading takes longer than expected.
        slow: bool,
    },
    /// The order is known.
    Known(Box<Known>),
    /// The shopper has to identify the order.
    Lookup(Lookup),
    /// The order cannot be shown.
    Failed(Failure),
}

/// A known order.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) order: Order,
    /// The document as received.
    pub(super) document: Document,
    pub(super) etag: Option<String>,
    /// Headline at the time at which the document was received; a new document is announced only if its headline differs.
    pub(super) headline: Headline,
    /// Time at which the backend last confirmed the order.
    pub(super) checked_at: DateTime<Utc>,
    /// True if the backend no longer finds the order for this token. The known data stays visible.
    pub(super) expired: bool,
}

/// A document that was received, and the order that was read from it.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) order: Order,
    pub(super) document: Document,
    pub(super) etag: Option<String>,
}

/// Reason why no order can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The host page did not configure the location of the backend.
    Options,
    /// The device is offline, or several attempts to load the order have failed.
    Server,
}

impl Model {
    pub(super) fn announce(&mut self, message: Message) {
        self.announcement = (self.announcement.0.wrapping_add(1), Some(message));
    }

    /// Returns the current time by the backend's clock.
    pub(super) fn now(&self, env: &Env<'_>) -> DateTime<Utc> {
        env.now.checked_add_signed(self.skew).unwrap_or(env.now)
    }

    pub(super) fn known(&self) -> Option<&Known> {
        match &self.phase {
            Phase::Known(known) => Some(known),
            Phase::Idle | Phase::Loading { .. } | Phase::Lookup(_) | Phase::Failed(_) => None,
        }
    }
}
