//! Texts of messages. JavaScript formats them, with the catalogue and the browser's Intl (`embed/format.ts`).

use doorstep_core::message::{Key, Message, MessageArg};
use doorstep_view::Texts;
use doorstep_view::encode::{Encoder, Form};
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

/// The loader's formatter for one language.
pub(crate) struct Localizer {
    format: JsValue,
}

impl Localizer {
    /// Creates a localizer from the loader's formatter, which takes an encoded message and returns its text.
    pub(crate) fn new(format: JsValue) -> Self {
        Self { format }
    }

    /// Returns the text of an encoded message. If the loader passed no formatter, or if the formatter throws, returns an empty
    /// text.
    fn format(&self, encoded: &str) -> String {
        let format = self.format.dyn_ref::<Function>();
        let text = format.and_then(|format| format.call1(&JsValue::UNDEFINED, &encoded.into()).ok());
        text.and_then(|text| text.as_string()).unwrap_or_default()
    }
}

fn encoded(form: Form, write: &dyn Fn(&Encoder<'_>, &mut String)) -> String {
    let mut out = String::new();
    write(&Encoder { form, entry: &entry }, &mut out);
    out
}

/// Writes the index of an entry in its catalogue. An entry of the second chunk has the index -1, -2 and so on.
fn entry(key: Key, out: &mut String) {
    let index = if key.is_request() {
        out.push('-');
        key.index() + 1
    } else {
        key.index()
    };
    out.push_str(&doorstep_contract::digits(index.into()));
}

impl Texts for Localizer {
    fn message(&self, message: &Message) -> String {
        self.format(&encoded(Form::Screen, &|encoder, out| encoder.message(message, out)))
    }

    fn printed(&self, message: &Message) -> Option<String> {
        let [screen, printed] =
            [Form::Screen, Form::Printed].map(|form| encoded(form, &|encoder, out| encoder.message(message, out)));
        (printed != screen).then(|| self.format(&printed))
    }

    fn arg(&self, arg: &MessageArg) -> String {
        self.format(&encoded(Form::Screen, &|encoder, out| encoder.arg(arg, out)))
    }

    fn key(&self, key: Key) -> String {
        self.message(&key.into())
    }
}
