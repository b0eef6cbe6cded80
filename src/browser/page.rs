//! What happens to the page: it is hidden and shown, the device goes offline and comes back.

use std::rc::Rc;

use doorstep_core::screen::Msg;
use gloo_events::EventListener;
use web_sys::{VisibilityState, window};

/// One listener; dropping it removes it.
pub(crate) type Listener = EventListener;

/// Reports what happens to the page.
pub(crate) fn listen(send: impl Fn(Msg) + 'static) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let send = Rc::new(send);
    let on = |name: &'static str, msg: fn() -> Msg| {
        let send = Rc::clone(&send);
        EventListener::new(&window, name, move |_| send(msg()))
    };
    vec![
        on("visibilitychange", || Msg::VisibilityChanged { visible: is_visible() }),
        // A page that comes back from the back/forward cache was frozen without a word.
        on("pageshow", || Msg::VisibilityChanged { visible: is_visible() }),
        on("pagehide", || Msg::VisibilityChanged { visible: false }),
        on("online", || Msg::ConnectivityChanged { online: true }),
        on("offline", || Msg::ConnectivityChanged { online: false }),
    ]
}

/// What the page and the device are like before anything happens to them: a tab may be opened in the background, or without a network.
pub(crate) fn at_the_start() -> [Msg; 2] {
    let online = window().is_none_or(|window| window.navigator().on_line());
    [Msg::VisibilityChanged { visible: is_visible() }, Msg::ConnectivityChanged { online }]
}

fn is_visible() -> bool {
    let document = window().and_then(|window| window.document());
    document.is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}
