//! The button that cards and dialogs of self-service have in common.

use doorstep_core::screen;
use doorstep_core::self_service::Msg;

use super::context::View;
use super::dom::{ElementBuilder, button};

/// Draws a button that sends an input to the dialogs.
#[inline(never)]
pub fn message_button(view: &View, class: &str, label: String, msg: Msg) -> ElementBuilder {
    let send = view.sender();
    let press = move || send(screen::Msg::Request(msg.clone()));
    button().class(class).attr("type", "button").on_click(press).text(label)
}
