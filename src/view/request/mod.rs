//! What shoppers can ask for, drawn. All of this is in the second chunk.

use std::any::Any;

use doorstep_core::phrase::request_keys;

use super::View;
use super::dom::{Node, Parts, button, dialog, form, heading};

/// A sheet with a heading and a way out.
pub(crate) fn draw(view: &View, content: &dyn Any) -> Node {
    let Some(title) = content.downcast_ref::<String>() else { return Node::Nothing };
    let close = button(Parts::class("button").text(view.text.key(request_keys::REQUEST_CLOSE)));
    dialog(
        Parts::class("sheet")
            .child(heading(view.heading_level.saturating_add(1), Parts::new().text(title.clone())))
            .child(form(Parts::new().attr("method", "dialog").child(close))),
    )
}
