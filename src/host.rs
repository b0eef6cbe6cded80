//! Reports to the loader and the host page: host events and the state of the skeleton. Called by the tracker.

use doorstep_core::order::status::Tone;
use doorstep_core::screen::{HostEvent, OrderFacts};
use doorstep_core::self_service::{Phase, Progress, Subject};
use js_sys::{Function, Object};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::object;

/// Content that the widget shows, as far as the skeleton depends on it.
#[derive(Clone, Copy)]
pub(crate) enum Shown {
    /// No content: the skeleton is shown.
    Nothing,
    /// A text beside the skeleton.
    BesideSkeleton,
    /// Content in place of the skeleton.
    Alone,
    /// An order that may have changed in the meantime, in place of the skeleton.
    Stale,
}

/// Callbacks of the loader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Host {
    emit: Option<Function>,
    state: Option<Function>,
    requests: Option<Function>,
}

impl Host {
    pub(crate) fn new(config: &JsValue) -> Self {
        Self { emit: function(config, "emit"), state: function(config, "state"), requests: function(config, "requests") }
    }

    /// Dispatches a host event on the element.
    pub(crate) fn emit(&self, event: &HostEvent) {
        let detail = object::null_proto();
        let name = match event {
            HostEvent::Ready(facts) => {
                write_facts(&detail, facts);
                "ready"
            }
            HostEvent::Change(facts) => {
                write_facts(&detail, facts);
                "change"
            }
            HostEvent::Error { code, retryable } => {
                object::set(&detail, "code", *code);
                object::set(&detail, "retryable", *retryable);
                "error"
            }
            HostEvent::Action(Progress { kind, phase, detail: more }) => {
                let (phase, name) = match phase {
                    Phase::Started => ("started", ""),
                    Phase::Step => ("step", "step"),
                    Phase::Submitted => ("submitted", ""),
                    Phase::Failed => ("failed", "code"),
                    Phase::Abandoned => ("abandoned", ""),
                };
                object::set(&detail, "kind", kind.as_str());
                object::set(&detail, "phase", phase);
                if !name.is_empty() {
                    object::set(&detail, name, more.as_str());
                }
                "action"
            }
        };
        call(self.emit.as_ref(), &name.into(), &detail);
    }

    /// Offers an action to the host page. Returns false if a listener of the host page called `preventDefault()`, to handle the
    /// action itself. Returns true if no listener did, and for every subject that is not an action.
    pub(crate) fn declines(&self, subject: &Subject) -> bool {
        let Subject::Action { kind, shipment } = subject else { return true };
        let detail = object::null_proto();
        object::set(&detail, "kind", kind.as_str());
        object::set(&detail, "shipment", shipment.as_deref().map_or(JsValue::NULL, JsValue::from_str));
        let Some(emit) = &self.emit else { return true };
        let proceed = emit.call2(&JsValue::UNDEFINED, &"action-start".into(), &detail);
        proceed.map_or(true, |proceed| proceed.as_bool() != Some(false))
    }

    /// Requests the second chunk from the loader: its code, its texts and its styles. The loader responds with an update of the
    /// options.
    pub(crate) fn load_second_chunk(&self) {
        call(self.requests.as_ref(), &JsValue::UNDEFINED, &JsValue::UNDEFINED);
    }

    /// Reports to the loader which content is shown.
    pub(crate) fn report_shown(&self, shown: Shown) {
        let state = match shown {
            Shown::Nothing => "loading",
            Shown::BesideSkeleton => "slow",
            Shown::Alone => "shown",
            Shown::Stale => "stale",
        };
        call(self.state.as_ref(), &state.into(), &JsValue::UNDEFINED);
    }
}

fn write_facts(detail: &Object, facts: &OrderFacts) {
    let tone = match facts.tone {
        Tone::Quiet => "quiet",
        Tone::Good => "good",
        Tone::Attention => "attention",
        Tone::Problem => "problem",
    };
    #[expect(clippy::cast_precision_loss, reason = "a version beyond 2^53 is not worth more code")]
    object::set(detail, "version", facts.version as f64);
    object::set(detail, "tone", tone);
    object::set(detail, "parcels", facts.parcels);
    object::set(detail, "delivered", facts.delivered);
    object::set(detail, "late", facts.late);
}

fn function(config: &JsValue, name: &str) -> Option<Function> {
    object::field(config, name).and_then(|value| value.dyn_into().ok())
}

/// Calls a callback. An exception is ignored, because it is an error of the host page.
fn call(callback: Option<&Function>, first: &JsValue, second: &JsValue) {
    if let Some(callback) = callback {
        let _ = callback.call2(&JsValue::UNDEFINED, first, second);
    }
}
