//! The state of one mounted widget. Only `update` changes it.

use chrono::{DateTime, TimeDelta, Utc};

use super::link::Link;
use super::lookup::Lookup;
use super::requests::Requests;
use super::{Env, Generation};
use crate::client::{Access, Document};
use crate::order::headline::Headline;
use crate::phrase::Phrase;
use crate::wire::Order;

/// The state of one mounted widget.
#[derive(Debug, Default)]
pub struct Model {
    /// What the host page configured; a look-up leads elsewhere without changing it.
    pub(super) configured: Access,
    pub(super) access: Access,
    pub(super) generation: Generation,
    pub(super) phase: Phase,
    /// The order behind a look-up that was opened from it.
    pub(super) behind: Option<Box<Known>>,
    pub(super) link: Link,
    /// How many rows of each parcel's timeline were unfolded.
    pub(super) unfolded: Vec<(String, usize)>,
    /// What the live region says, and how often it has spoken.
    pub(super) spoken: (u32, Option<Phrase>),
    /// How far the device's clock is behind the backend's.
    pub(super) skew: TimeDelta,
    /// Self-service.
    pub(super) requests: Requests,
    /// Whether the headline should get the focus when the order comes, because a form of ours led to it.
    pub(super) focus_headline: bool,
}

/// What the widget is about to show.
#[derive(Debug, Default)]
pub(super) enum Phase {
    /// Nothing configured yet.
    #[default]
    Idle,
    /// Asking for the order for the first time.
    Loading {
        /// Whether that takes longer than it should.
        slow: bool,
    },
    /// The order is known.
    Known(Box<Known>),
    /// The shopper has to say which order.
    Lookup(Lookup),
    /// The order cannot be shown.
    Failed(Failure),
}

/// A known order.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) order: Order,
    /// As it came.
    pub(super) document: Document,
    pub(super) etag: Option<String>,
    /// What it said when it was learned, to tell whether a change is worth saying.
    pub(super) headline: Headline,
    /// When the backend last confirmed it.
    pub(super) checked_at: DateTime<Utc>,
    /// The link to it has ended; what is known stays.
    pub(super) expired: bool,
}

/// Why there is nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The host page did not say where the backend is.
    Options,
    /// The backend does not answer as it should.
    Server,
}

impl Model {
    pub(super) fn speak(&mut self, phrase: Phrase) {
        self.spoken = (self.spoken.0.wrapping_add(1), Some(phrase));
    }

    /// Now, by the backend's clock.
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
