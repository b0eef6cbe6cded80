//! Timers of a widget, at most one of each kind. Dropping them stops them.

use doorstep_core::screen::Timer;
use gloo_timers::callback::Timeout;

/// The timers of one widget.
#[derive(Default)]
pub(crate) struct Timers {
    running: Vec<(Timer, Timeout)>,
}

impl Timers {
    /// Starts a timer of `ms` milliseconds; a running one of the same kind is replaced.
    pub(crate) fn start(&mut self, timer: Timer, ms: u64, then: impl FnOnce() + 'static) {
        let ms = u32::try_from(ms).unwrap_or(u32::MAX);
        self.stop(timer);
        self.running.push((timer, Timeout::new(ms, then)));
    }

    /// Stops a timer.
    pub(crate) fn stop(&mut self, timer: Timer) {
        self.running.retain(|(kind, _)| *kind != timer);
    }
}
