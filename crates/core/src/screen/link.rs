//! The link to the backend: when to ask again, when to stream, when to poll, and when to say that something is wrong.

use chrono::{DateTime, Utc};

use super::effects::Effects;
use super::{Effect, Timer};
use crate::client::{backoff_ms, poll_ms};
use crate::wire::Order;

/// Streams that may fail in a row before polling takes over.
const STREAM_FAILURES: u32 = 3;
/// A stream that was open for so long was a good one (seconds).
const LIVED_S: i64 = 30;
/// The wait before a stream that failed too often is tried again (milliseconds).
const REPROBE_MS: u64 = 300_000;
/// Two and a half times the interval at which a backend says that it is still there (milliseconds).
const WATCHDOG_MS: u64 = 37_500;
/// Failures in a row before the shopper is told; one is often over before it could be read.
const TOLD_AFTER: u32 = 2;
/// Failures in a row before loading gives up waiting and says so.
const GIVE_UP_AFTER: u32 = 3;

/// The state of the link.
#[derive(Debug, Default)]
pub(super) struct Link {
    /// A question is under way.
    pub(super) asking: bool,
    /// A stream is open or being opened.
    pub(super) streaming: bool,
    /// The page cannot be seen.
    pub(super) hidden: bool,
    /// The device believes to be offline.
    pub(super) offline: bool,
    failures: u32,
    stream_failures: u32,
    opened_at: Option<DateTime<Utc>>,
}

impl Link {
    /// A link that knows nothing yet but the page and the device.
    pub(super) fn anew(&self) -> Self {
        Self { hidden: self.hidden, offline: self.offline, ..Self::default() }
    }

    /// Nobody answers, and it has lasted long enough to be said.
    pub(super) fn in_trouble(&self) -> bool {
        self.failures >= TOLD_AFTER
    }

    /// Nobody has answered just often enough to be said now.
    pub(super) fn told_now(&self) -> bool {
        self.failures == TOLD_AFTER
    }

    /// Nobody answers, and waiting for the first answer has lasted long enough.
    pub(super) fn gives_up(&self) -> bool {
        self.failures >= GIVE_UP_AFTER
    }

    /// A question was answered.
    pub(super) fn answered(&mut self) {
        self.asking = false;
        self.failures = 0;
        self.offline = false;
    }

    /// A question was not answered, or with "later".
    pub(super) fn failed(&mut self, wait_ms: Option<u64>, random: f64, out: &mut Effects) {
        self.asking = false;
        self.failures = self.failures.saturating_add(1);
        if !self.hidden {
            out.wake(Timer::Retry, backoff_ms(self.failures, random).max(wait_ms.unwrap_or_default()));
        }
    }

    /// Whether a stream should be opened now.
    pub(super) fn wants_stream(&self, order: &Order) -> bool {
        order.stream && !self.hidden && !self.streaming && self.stream_failures < STREAM_FAILURES
    }

    /// How to go on without a stream.
    pub(super) fn poll(&self, order: &Order, random: f64, out: &mut Effects) {
        if self.hidden || self.streaming {
            return;
        }
        out.wake(Timer::Poll, poll_ms(order.poll_after_s, random));
        if order.stream {
            out.wake(Timer::Reprobe, REPROBE_MS);
        }
    }

    /// Something came through the stream.
    pub(super) fn heard(&mut self, out: &mut Effects) {
        self.failures = 0;
        out.wake(Timer::Watchdog, WATCHDOG_MS);
    }

    /// A stream was opened.
    pub(super) fn opened(&mut self, now: DateTime<Utc>, out: &mut Effects) {
        self.streaming = true;
        self.opened_at = Some(now);
        out.wake(Timer::Watchdog, WATCHDOG_MS);
        out.sleep(Timer::Poll);
        out.sleep(Timer::Reprobe);
    }

    /// The stream ended or could not be opened: ask again soon, which opens the next one.
    pub(super) fn stream_ended(&mut self, now: DateTime<Utc>, random: f64, out: &mut Effects) {
        self.streaming = false;
        // One that opens and closes at once has failed, whatever it said; one that lived has not.
        if self.opened_at.take().is_some_and(|opened| (now - opened).num_seconds() >= LIVED_S) {
            self.stream_failures = 0;
        }
        self.stream_failures = self.stream_failures.saturating_add(1);
        out.sleep(Timer::Watchdog);
        if !self.hidden && !self.asking {
            out.wake(Timer::Retry, backoff_ms(self.stream_failures, random));
        }
    }

    /// The stream may be tried again.
    pub(super) fn reprobe(&mut self) {
        self.stream_failures = 0;
    }

    /// Nothing is to be heard or asked until further notice.
    pub(super) fn rest(&mut self, out: &mut Effects) {
        self.streaming = false;
        out.push(Effect::CloseStream);
        for timer in [Timer::Retry, Timer::Poll, Timer::Watchdog, Timer::Reprobe, Timer::Tick] {
            out.sleep(timer);
        }
    }
}
