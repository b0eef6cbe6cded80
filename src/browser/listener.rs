//! Event listeners that are removed when they are dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// One event listener. Dropping this value removes the listener from its target. The listener is added without an options object,
/// because the options would inherit properties that a page has added to `Object.prototype`.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    run: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(crate) fn new(target: &EventTarget, name: &'static str, run: impl FnMut(Event) + 'static) -> Self {
        let run = Closure::<dyn FnMut(Event)>::new(run);
        let _ = target.add_event_listener_with_callback(name, run.as_ref().unchecked_ref());
        Self { target: target.clone(), name, run }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.name, self.run.as_ref().unchecked_ref());
    }
}
