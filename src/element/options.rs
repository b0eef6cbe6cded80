//! The options of one widget, as the loader passes them.

use doorstep_core::client::OrderEndpoint;
use wasm_bindgen::JsValue;

use crate::browser::object;

/// Options set by the host page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Address of the backend, id of the order, and the token.
    pub(crate) access: OrderEndpoint,
    /// The loader's formatter for the language of the page.
    pub(crate) format: JsValue,
    /// Level of the headline among the headings of the page, 1 to 6.
    pub(crate) heading_level: u8,
}

impl Options {
    /// Reads the fields that `config` has. Missing fields keep their values.
    pub(crate) fn read(config: &JsValue, before: Self) -> Self {
        let text = |name: &str, before: String| {
            object::field(config, name).map_or(before, |value| value.as_string().unwrap_or_default())
        };
        let token = object::field(config, "token").map_or(before.access.token.clone(), |value| value.as_string());
        let level = object::field(config, "headingLevel").and_then(|value| value.as_f64());
        Self {
            access: OrderEndpoint {
                api: text("api", before.access.api),
                order: text("order", before.access.order),
                token: token.filter(|token| !token.is_empty()),
            },
            format: object::field(config, "format").unwrap_or(before.format),
            heading_level: level.map_or(before.heading_level.max(2), heading_level),
        }
    }
}

/// Returns a valid heading level: the given one if it is 1 to 6, otherwise 2.
fn heading_level(level: f64) -> u8 {
    (1..=6).find(|known| f64::from(*known) == level).unwrap_or(2)
}
