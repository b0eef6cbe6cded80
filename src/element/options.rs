//! The options of one widget, as the loader passes them.

use doorstep_core::client::OrderEndpoint;
use wasm_bindgen::JsValue;

use crate::browser::object;

/// Options set by the host page.
pub(crate) struct Options {
    /// Address of the backend, id of the order, and the token.
    pub(crate) access: OrderEndpoint,
    /// The loader's formatter for the language of the page.
    pub(crate) format: JsValue,
    /// Level of the headline among the headings of the page, 1 to 6.
    pub(crate) heading_level: u8,
    /// Order of the sections, as digits.
    pub(crate) sections: String,
}

impl Options {
    /// Reads the options of the loader's `MountConfig`.
    pub(crate) fn read(config: &JsValue) -> Self {
        let text = |name: &str| object::field(config, name).and_then(|value| value.as_string()).unwrap_or_default();
        let token = Some(text("token"));
        let level = object::field(config, "headingLevel").and_then(|value| value.as_f64());
        Self {
            access: OrderEndpoint { api: text("api"), order: text("order"), token: token.filter(|token| !token.is_empty()) },
            format: object::field(config, "format").unwrap_or_default(),
            heading_level: heading_level(level.unwrap_or_default()),
            sections: text("sections"),
        }
    }
}

/// Returns a valid heading level: the given one if it is 1 to 6, otherwise 2.
fn heading_level(level: f64) -> u8 {
    (1..=6).find(|known| f64::from(*known) == level).unwrap_or(2)
}
