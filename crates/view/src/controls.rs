//! The button that cards and dialogs of self-service have in common.

use doorstep_core::screen;
use doorstep_core::self_service::Msg;

use super::context::View;
use super::dom::{ElementBuilder, button};

impl ElementBuilder {
    /// Sets the class of a button, and its names for `::part()` rules of the page.
    #[inline(never)]
    pub fn button_class(self, class: &str) -> Self {
        match class {
            "primary" => self.class(class).attr("part", "button primary"),
            "way" => self.class(class).attr("part", "row"),
            "copy" => self.class(class).attr("part", "button copy"),
            _ => self.class(class).attr("part", "button secondary"),
        }
    }

    /// Sets the class and the part of the title of a section.
    #[inline(never)]
    pub fn label_class(self) -> Self {
        self.class("small").attr("part", "label")
    }
}

/// Draws a button that sends an input to the dialogs.
#[inline(never)]
pub fn message_button(view: &View, class: &str, label: String, msg: Msg) -> ElementBuilder {
    let send = view.sender();
    let press = move || send(screen::Msg::Request(msg.clone()));
    button().button_class(class).attr("type", "button").on_click(press).text(label)
}
