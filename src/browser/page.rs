//! Reports changes of the page and the device to the core: the page is hidden, shown or printed, the device goes offline or online.

use std::rc::Rc;

use doorstep_core::screen::Msg;
use wasm_bindgen::JsValue;
use web_sys::window;

use super::listener::Listener;
use super::object;

/// Reports these changes to `send` until the returned listeners are dropped.
pub(crate) fn listen(config: &JsValue, send: impl Fn(Msg) + 'static) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let send = Rc::new(send);
    let config = Rc::new(config.clone());
    let on = |name: &'static str, msg: fn(&JsValue) -> Msg| {
        let (send, config) = (Rc::clone(&send), Rc::clone(&config));
        Listener::new(&window, name, move |_| send(msg(&config)))
    };
    vec![
        on("visibilitychange", visibility),
        // A page in the back/forward cache is frozen without notice; this event reports its return.
        on("pageshow", visibility),
        on("pagehide", |_| Msg::VisibilityChanged { visible: false }),
        on("beforeprint", |_| Msg::AllDetailsNeeded),
        on("online", |_| Msg::ConnectivityChanged { online: true }),
        on("offline", |_| Msg::ConnectivityChanged { online: false }),
    ]
}

/// Returns the initial visibility and connectivity. A tab may be opened in the background, or without a network.
pub(crate) fn at_the_start(config: &JsValue) -> [Msg; 2] {
    let online = window().is_none_or(|window| window.navigator().on_line());
    [visibility(config), Msg::ConnectivityChanged { online }]
}

/// Returns the visibility of the page as the loader reports it. `document.visibilityState` is not read here, because markup of
/// the page can replace it.
fn visibility(config: &JsValue) -> Msg {
    let visible = object::field(config, "visible").and_then(|visible| object::call(&visible, &[]));
    Msg::VisibilityChanged { visible: visible.is_none_or(|visible| visible.is_truthy()) }
}
