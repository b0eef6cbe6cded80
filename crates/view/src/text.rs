//! Texts of elements: entries of the catalogue, messages, and joined texts.

use doorstep_core::message::{Key, Message};

use super::context::View;
use super::dom::{ElementBuilder, span};

impl ElementBuilder {
    /// Adds the text of a catalogue entry.
    #[inline(never)]
    pub fn text_key(self, view: &View, key: Key) -> Self {
        self.text(view.texts.key(key))
    }

    /// Adds the text of a message, and its printed form if that differs. The element must not have other children.
    #[inline(never)]
    pub fn message(self, view: &View, message: &Message) -> Self {
        let text = view.texts.message(message);
        match view.texts.printed(message).filter(|printed| *printed != text) {
            Some(printed) => self.attr("data-print", &printed).child(span().text(text)),
            None => self.attr_opt("data-print", None).text(text),
        }
    }
}

/// Joins texts into one line, separated by `by`. It is never inlined, and avoids the standard library's method, which is compiled
/// again for every type of text.
#[inline(never)]
pub fn joined(texts: &[String], by: &str) -> String {
    let mut line = String::new();
    for text in texts {
        if !line.is_empty() {
            line.push_str(by);
        }
        line.push_str(text);
    }
    line
}
