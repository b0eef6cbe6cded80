//! Draws self-service: the dialog and the cards. All of this is in the second chunk.

mod cards;
mod choice;
mod field;
mod lines;
mod photos;
mod sheet;

use std::any::Any;

use doorstep_core::screen;
use doorstep_core::self_service::{Msg, Page};

use super::dom::{ElementBuilder, button, p, svg};
use super::{View, joined};

/// Draws the dialog; an empty frame while none is open.
pub(crate) fn dialog(view: &View, page: &dyn Any) -> ElementBuilder {
    sheet::frame(view, page.downcast_ref::<Page>().and_then(|page| page.sheet.as_ref()))
}

/// Draws the cards of cases, returns and refunds; None if there are none.
pub(crate) fn cards(view: &View, page: &dyn Any) -> Option<ElementBuilder> {
    page.downcast_ref::<Page>().and_then(|page| cards::cards(view, &page.cards))
}

/// Draws a button that sends an input to the desk.
#[inline(never)]
fn press(view: &View, class: &str, words: String, msg: Msg) -> ElementBuilder {
    let send = view.sender();
    let press = move || send(screen::Msg::Request(msg.clone()));
    button().class(class).attr("type", "button").on_click(press).text(words)
}

/// Draws a button with a cross that sends an input to the desk; `words` is its accessible name.
#[inline(never)]
fn cross(view: &View, words: &str, msg: Msg) -> ElementBuilder {
    let send = view.sender();
    let press = move || send(screen::Msg::Request(msg.clone()));
    let lines = svg("path").attr("d", "M5 5l10 10M15 5L5 15");
    button()
        .class("close")
        .attr("type", "button")
        .attr("aria-label", words)
        .on_click(press)
        .child(svg("svg").class("icon").attr("viewBox", "0 0 20 20").attr("aria-hidden", "true").child(lines))
}

/// Draws the error of a field. Its element is always present, so that an error is announced when it appears.
fn error(view: &View, id: &str, error: Option<doorstep_core::message::Key>) -> ElementBuilder {
    let words = error.map(|error| view.text.key(error)).unwrap_or_default();
    p().class("error").attr("id", &[id, "-error"].concat()).text(words)
}

/// Returns the ids of a field's hint and error for `aria-describedby`; None if it has neither.
fn about(id: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> =
        [("-hint", hint), ("-error", error)].into_iter().filter(|(_, there)| *there).map(|(end, _)| [id, end].concat()).collect();
    (!ids.is_empty()).then(|| joined(&ids, " "))
}
