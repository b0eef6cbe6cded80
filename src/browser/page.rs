//! Reports changes of the page and the device to the core: the page is hidden, shown or printed, the device goes offline or online.
//! The loader listens to them (`embed/page-state.ts`).

use doorstep_core::screen::Msg;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::object;

/// Listens to the page. Dropping this value ends the listening.
pub(crate) struct PageListener {
    end: JsValue,
    _report: Closure<dyn FnMut(JsValue)>,
}

impl PageListener {
    /// Reports the state of the page and of the device now, and every change of it, to `send`.
    pub(crate) fn new(config: &JsValue, send: impl Fn(Msg) + 'static) -> Self {
        let report = Closure::<dyn FnMut(JsValue)>::new(move |change: JsValue| {
            send(match change.as_f64() {
                Some(0.0) => Msg::VisibilityChanged { visible: false },
                Some(1.0) => Msg::VisibilityChanged { visible: true },
                Some(2.0) => Msg::ConnectivityChanged { online: false },
                Some(3.0) => Msg::ConnectivityChanged { online: true },
                _ => Msg::AllDetailsNeeded,
            });
        });
        let watch = object::field(config, "watchPage").unwrap_or_default();
        let end = object::call(&watch, &[JsValue::clone(report.as_ref())]).unwrap_or_default();
        Self { end, _report: report }
    }
}

impl Drop for PageListener {
    fn drop(&mut self) {
        object::call(&self.end, &[]);
    }
}
