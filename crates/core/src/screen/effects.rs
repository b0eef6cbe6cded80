//! Collects the effects of one input in order. The methods with `inline(never)` are called from many places. Inlining them would
//! add a copy to the download for every call.

use super::{Effect, Focus, HostEvent, Timer};

/// The effects so far.
#[derive(Default)]
pub(super) struct Effects(Vec<Effect>);

impl Effects {
    #[inline(never)]
    pub(super) fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }

    #[inline(never)]
    pub(super) fn start_timer(&mut self, timer: Timer, ms: u64) {
        self.push(Effect::StartTimer(timer, ms));
    }

    #[inline(never)]
    pub(super) fn stop_timer(&mut self, timer: Timer) {
        self.push(Effect::StopTimer(timer));
    }

    pub(super) fn emit(&mut self, event: HostEvent) {
        self.push(Effect::EmitHostEvent(event));
    }

    pub(super) fn error(&mut self, code: &'static str, retryable: bool) {
        self.emit(HostEvent::Error { code, retryable });
    }

    pub(super) fn focus(&mut self, focus: Focus) {
        self.push(Effect::Focus(focus));
    }

    pub(super) fn into_vec(self) -> Vec<Effect> {
        self.0
    }
}
