//! State of the connection to the backend: decides when to send the next request, when to stream, when to poll, and when to show
//! a notice. Called by `update`; the shell opens the connections.

use chrono::{DateTime, Utc};

use super::effects::Effects;
use super::{Effect, Timer};
use crate::client::{backoff_ms, poll_ms};
use doorstep_contract::Order;

/// Number of consecutive stream failures after which polling takes over.
const STREAM_FAILURES: u32 = 3;
/// Time in seconds after which an open stream counts as successful.
const MIN_STREAM_S: i64 = 30;
/// Wait in milliseconds before a stream is tried again after too many failures.
const REPROBE_MS: u64 = 300_000;
/// Time in milliseconds after which a silent stream counts as dead: two and a half times the default interval of the reference
/// backend's heartbeat.
const WATCHDOG_MS: u64 = 37_500;
/// Number of consecutive failures after which the shopper sees a notice. A single failure is often over before a notice could be
/// read.
const NOTICE_AFTER: u32 = 2;
/// Number of consecutive failures after which the first load is reported as failed.
const GIVE_UP_AFTER: u32 = 3;

/// State of the connection.
#[derive(Debug, Default)]
pub(super) struct Link {
    /// True while a request for the order is under way.
    pub(super) asking: bool,
    /// True while a stream is open or being opened.
    pub(super) streaming: bool,
    /// True while the page is not visible.
    pub(super) hidden: bool,
    /// True while the device reports no connection.
    pub(super) offline: bool,
    failures: u32,
    stream_failures: u32,
    opened_at: Option<DateTime<Utc>>,
}

impl Link {
    /// Returns a new state that keeps only the visibility of the page and the connectivity of the device.
    pub(super) fn reset(&self) -> Self {
        Self { hidden: self.hidden, offline: self.offline, ..Self::default() }
    }

    /// Returns true if enough requests have failed in a row for a notice.
    pub(super) fn in_trouble(&self) -> bool {
        self.failures >= NOTICE_AFTER
    }

    /// Returns true at exactly the failure after which the shopper sees a notice.
    pub(super) fn is_notice_due(&self) -> bool {
        self.failures == NOTICE_AFTER
    }

    /// Returns true if enough requests have failed in a row to give up the first load.
    pub(super) fn gives_up(&self) -> bool {
        self.failures >= GIVE_UP_AFTER
    }

    /// Records a response to a request for the order.
    pub(super) fn answered(&mut self) {
        self.asking = false;
        self.failures = 0;
        self.offline = false;
    }

    /// Records a request that failed or that the backend postponed, and schedules the next attempt unless the page is hidden.
    /// `wait_ms` is the shortest wait in milliseconds.
    pub(super) fn failed(&mut self, wait_ms: Option<u64>, random: f64, out: &mut Effects) {
        self.asking = false;
        self.failures = self.failures.saturating_add(1);
        if !self.hidden {
            out.start_timer(Timer::Retry, backoff_ms(self.failures, random).max(wait_ms.unwrap_or_default()));
        }
    }

    /// Returns true if a stream should be opened now.
    pub(super) fn wants_stream(&self, order: &Order) -> bool {
        order.stream && !self.hidden && !self.streaming && self.stream_failures < STREAM_FAILURES
    }

    /// Schedules the next poll, and the next attempt to stream if the order has a stream. Does nothing while the page is hidden
    /// or a stream is open.
    pub(super) fn poll(&self, order: &Order, random: f64, out: &mut Effects) {
        if self.hidden || self.streaming {
            return;
        }
        out.start_timer(Timer::Poll, poll_ms(order.poll_after_s, random));
        if order.stream {
            out.start_timer(Timer::Reprobe, REPROBE_MS);
        }
    }

    /// Records data from the stream and restarts the watchdog.
    pub(super) fn data_received(&mut self, out: &mut Effects) {
        self.failures = 0;
        out.start_timer(Timer::Watchdog, WATCHDOG_MS);
    }

    /// Records a new stream, starts the watchdog and stops polling.
    pub(super) fn opened(&mut self, now: DateTime<Utc>, out: &mut Effects) {
        self.streaming = true;
        self.opened_at = Some(now);
        out.start_timer(Timer::Watchdog, WATCHDOG_MS);
        out.stop_timer(Timer::Poll);
        out.stop_timer(Timer::Reprobe);
    }

    /// Records the end of a stream and schedules a request for the order, whose response opens the next stream. The end counts as
    /// a failure unless the stream was open for at least `MIN_STREAM_S`.
    pub(super) fn stream_ended(&mut self, now: DateTime<Utc>, random: f64, out: &mut Effects) {
        self.streaming = false;
        // A stream that closes soon after opening has failed, even if it delivered documents.
        let is_success = self.opened_at.take().is_some_and(|opened| (now - opened).num_seconds() >= MIN_STREAM_S);
        self.stream_failures = if is_success { 0 } else { self.stream_failures.saturating_add(1) };
        out.stop_timer(Timer::Watchdog);
        if !self.hidden && !self.asking {
            out.start_timer(Timer::Retry, backoff_ms(self.stream_failures, random));
        }
    }

    /// Allows the stream to be tried again.
    pub(super) fn reprobe(&mut self) {
        self.stream_failures = 0;
    }

    /// Closes the stream and stops the timers, so that nothing is sent or received until the next request.
    pub(super) fn suspend(&mut self, out: &mut Effects) {
        self.streaming = false;
        out.push(Effect::CloseStream);
        for timer in [Timer::Retry, Timer::Poll, Timer::Watchdog, Timer::Reprobe, Timer::Tick] {
            out.stop_timer(timer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{noon, order};
    use chrono::TimeDelta;

    #[test]
    fn the_end_of_a_stream_that_was_open_for_long_is_no_failure() {
        let (order, start) = (order(1, serde_json::json!([])), noon().utc());
        let ends_after = |link: &mut Link, seconds: i64| {
            link.opened(start, &mut Effects::default());
            link.stream_ended(start + TimeDelta::seconds(seconds), 1.0, &mut Effects::default());
        };
        let mut link = Link::default();
        ends_after(&mut link, 1);
        ends_after(&mut link, MIN_STREAM_S);
        ends_after(&mut link, 1);
        ends_after(&mut link, 1);
        assert!(link.wants_stream(&order), "two streams failed since the one that was open for long");
        ends_after(&mut link, 1);
        assert!(!link.wants_stream(&order));
    }
}
