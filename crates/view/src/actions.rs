//! Buttons for the self-service actions: at most two are shown directly, the others are folded.

use doorstep_core::message::Key;
use doorstep_core::order::actions::{Actions, Entry};
use doorstep_core::screen::Msg;

use super::context::View;
use super::dom::{ElementBuilder, button, details, div, li, span, summary, ul};

/// Draws the actions of the order or of one parcel; `title` is the name of the folded part. Returns None if there are no actions.
pub(crate) fn actions(view: &View, actions: &Actions, title: Key) -> Option<ElementBuilder> {
    if actions.main.is_empty() && actions.more.is_empty() {
        return None;
    }
    let main =
        actions.main.iter().enumerate().map(|(at, entry)| action_button(view, if at == 0 { "primary" } else { "second" }, entry));
    let more = (!actions.more.is_empty()).then(|| {
        let rows = actions.more.iter().map(|entry| li().child(action_button(view, "way", entry)));
        details().class("history").child(summary().text_key(view, title)).child(ul().class("ways").children(rows))
    });
    let main = (!actions.main.is_empty()).then(|| div().class("main").children(main));
    Some(div().class("actions").attr("part", "actions").child_opt(main).child_opt(more))
}

fn action_button(view: &View, class: &str, entry: &Entry) -> ElementBuilder {
    let send = view.sender();
    let (kind, shipment) = (entry.kind.clone(), entry.shipment.clone());
    let note = entry.note.as_ref().map(|note| span().class("quiet").message(view, note));
    button()
        .class(class)
        .attr("type", "button")
        .attr("aria-haspopup", "dialog")
        .attr("data-action", entry.kind.as_str())
        .on_click(move || send(Msg::pressed(kind.clone(), shipment.clone())))
        .child(span().text_key(view, entry.label))
        .child_opt(note)
}
