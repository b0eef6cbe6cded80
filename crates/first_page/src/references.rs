//! Messages of a page. The loader formats them with Intl, because a server has no Intl of the shopper's browser. Until then, a
//! reference stands for a message in the texts of the tree: the number of the message between two noncharacters, which no text
//! contains.

use std::cell::RefCell;

use doorstep_core::message::{Key, Message, MessageArg};
use doorstep_view::Texts;
use doorstep_view::encode::{Encoder, Form};

use crate::catalogue::Catalogue;

/// Start of a reference. Unicode reserves it for internal use (U+FDD0 to U+FDEF are noncharacters).
const START: char = '\u{fdd0}';
/// End of a reference.
const END: char = '\u{fdd1}';

/// Messages that the views of one page have used, encoded, without repetition.
pub(crate) struct References {
    catalogue: Catalogue,
    messages: RefCell<Vec<String>>,
}

/// Part of a text.
#[derive(Debug, PartialEq)]
pub(crate) enum Part {
    /// Text that is shown as it is.
    Text(String),
    /// Encoded message.
    Message(String),
}

impl References {
    pub(crate) fn new(catalogue: Catalogue) -> Self {
        Self { catalogue, messages: RefCell::default() }
    }

    /// Splits a text into plain parts and messages. A reference to a message that does not exist is left out.
    pub(crate) fn parts(&self, text: &str) -> Vec<Part> {
        let messages = self.messages.borrow();
        let mut pieces = text.split(START);
        let mut parts = vec![Part::Text(pieces.next().unwrap_or_default().to_owned())];
        for piece in pieces {
            let (number, after) = piece.split_once(END).unwrap_or((piece, ""));
            let message = number.parse().ok().and_then(|at: usize| messages.get(at));
            parts.extend(message.map(|message| Part::Message(message.clone())));
            parts.push(Part::Text(after.to_owned()));
        }
        parts.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
        parts
    }

    fn encoded(&self, form: Form, write: impl FnOnce(&Encoder<'_>, &mut String)) -> String {
        let entry = |key: Key, out: &mut String| out.push_str(&self.catalogue.entry(key));
        let mut out = String::new();
        write(&Encoder { form, entry: &entry }, &mut out);
        out
    }

    /// Returns a reference to an encoded message. Equal messages have equal references, as equal texts are equal.
    fn reference(&self, encoded: String) -> String {
        let mut messages = self.messages.borrow_mut();
        let at = messages.iter().position(|known| *known == encoded).unwrap_or_else(|| {
            messages.push(encoded);
            messages.len() - 1
        });
        format!("{START}{at}{END}")
    }
}

impl Texts for References {
    fn message(&self, message: &Message) -> String {
        self.reference(self.encoded(Form::Screen, |encoder, out| encoder.message(message, out)))
    }

    fn printed(&self, message: &Message) -> Option<String> {
        let [screen, printed] =
            [Form::Screen, Form::Printed].map(|form| self.encoded(form, |encoder, out| encoder.message(message, out)));
        (printed != screen).then(|| self.reference(printed))
    }

    fn arg(&self, arg: &MessageArg) -> String {
        self.reference(self.encoded(Form::Screen, |encoder, out| encoder.arg(arg, out)))
    }

    fn key(&self, key: Key) -> String {
        self.message(&key.into())
    }
}
