//! Controls that several questions use: the button with a cross, and the error of a field.

use doorstep_contract::concat;
use doorstep_core::message::Key;
use doorstep_core::screen;
use doorstep_core::self_service::Msg;

use doorstep_view::View;
use doorstep_view::dom::{ElementBuilder, button, p, svg};
use doorstep_view::joined;

/// Draws a button with a cross that sends an input to the dialogs; `label` is its accessible name.
#[inline(never)]
pub(super) fn cross_button(view: &View, label: &str, msg: Msg) -> ElementBuilder {
    let send = view.sender();
    let press = move || send(screen::Msg::Request(msg.clone()));
    let lines = svg("path").attr("d", "M5 5l10 10M15 5L5 15");
    button()
        .class("close")
        .attr("type", "button")
        .attr("aria-label", label)
        .on_click(press)
        .child(svg("svg").class("icon").attr("viewBox", "0 0 20 20").attr("aria-hidden", "true").child(lines))
}

/// Draws the error of a field. Its element is always present, so that an error is announced when it appears.
pub(super) fn field_error(view: &View, id: &str, error: Option<Key>) -> ElementBuilder {
    let text = error.map(|error| view.texts.key(error)).unwrap_or_default();
    p().class("error").attr("id", &concat(&[id, "-error"])).text(text)
}

/// Returns the ids of a field's hint and error for `aria-describedby`. If the field has no hint and no error, returns None.
pub(super) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> = [("-hint", hint), ("-error", error)]
        .into_iter()
        .filter(|(_, present)| *present)
        .map(|(end, _)| concat(&[id, end]))
        .collect();
    (!ids.is_empty()).then(|| joined(&ids, " "))
}
