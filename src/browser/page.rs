//! What happens to the page: it is hidden and shown, the device goes offline and comes back.

use std::rc::Rc;

use doorstep_core::screen::Msg;
use wasm_bindgen::JsValue;
use web_sys::window;

use super::listener::Listener;
use super::{fetch, object};

/// Reports what happens to the page.
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
        // A page that comes back from the back/forward cache was frozen without a word.
        on("pageshow", visibility),
        on("pagehide", |_| Msg::VisibilityChanged { visible: false }),
        on("online", |_| Msg::ConnectivityChanged { online: true }),
        on("offline", |_| Msg::ConnectivityChanged { online: false }),
    ]
}

/// What the page and the device are like before anything happens to them: a tab may be opened in the background, or without a network.
pub(crate) fn at_the_start(config: &JsValue) -> [Msg; 2] {
    let online = window().is_none_or(|window| window.navigator().on_line());
    [visibility(config), Msg::ConnectivityChanged { online }]
}

/// Whether the page is in front, as the loader says: markup of the page can put something else in place of `document.visibilityState`.
fn visibility(config: &JsValue) -> Msg {
    let visible = object::field(config, "visible").and_then(|visible| fetch::call(&visible, &[]));
    Msg::VisibilityChanged { visible: visible.is_none_or(|visible| visible.is_truthy()) }
}
