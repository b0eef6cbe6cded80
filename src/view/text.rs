//! Texts of elements: entries of the catalogue, messages, and joined texts.

use doorstep_core::message::{Key, Message};

use super::context::View;
use super::dom::{ElementBuilder, span};

impl ElementBuilder {
    /// Adds the text of a catalogue entry.
    #[inline(never)]
    pub(super) fn text_key(self, view: &View, key: Key) -> Self {
        self.text(view.i18n.key(key))
    }

    /// Adds the text of a message, and its printed form if that differs. The element must not have other children.
    #[inline(never)]
    pub(super) fn message(self, view: &View, message: &Message) -> Self {
        let (text, printed) = (view.i18n.message(message), view.i18n.printed(message));
        if printed == text {
            return self.attr_opt("data-print", None).text(text);
        }
        self.attr("data-print", &printed).child(span().text(text))
    }
}

/// Joins texts into one line, separated by `by`. It is never inlined, and avoids the standard library's method, which is compiled
/// again for every type of text.
#[inline(never)]
pub(super) fn joined(texts: &[String], by: &str) -> String {
    let mut line = String::new();
    for text in texts {
        if !line.is_empty() {
            line.push_str(by);
        }
        line.push_str(text);
    }
    line
}
