//! The options of one widget, as the loader hands them over.

use doorstep_core::client::Access;
use wasm_bindgen::JsValue;

use crate::browser::object;

/// What the host page chose.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Where the order is.
    pub(crate) access: Access,
    /// The locale for dates and numbers, BCP 47.
    pub(crate) lang: String,
    /// The texts.
    pub(crate) catalogue: JsValue,
    /// The texts of the second chunk, once it is there; `null` when it could not be brought.
    pub(crate) request_catalogue: JsValue,
    /// The level of the headline among the headings of the page, 1 to 6.
    pub(crate) heading_level: u8,
    /// An answer to the first question for the order that is already on its way.
    pub(crate) early_answer: Option<JsValue>,
}

impl Options {
    /// Reads the fields that `config` has; the others stay as they were.
    pub(crate) fn read(config: &JsValue, before: Self) -> Self {
        let text = |name: &str, before: String| {
            object::field(config, name).map_or(before, |value| value.as_string().unwrap_or_default())
        };
        let token = object::field(config, "token").map_or(before.access.token.clone(), |value| value.as_string());
        let level = object::field(config, "headingLevel").and_then(|value| value.as_f64());
        Self {
            access: Access {
                api: text("api", before.access.api),
                order: text("order", before.access.order),
                token: token.filter(|token| !token.is_empty()),
            },
            lang: text("lang", before.lang),
            catalogue: object::field(config, "catalogue").unwrap_or(before.catalogue),
            request_catalogue: object::field(config, "requestCatalogue").unwrap_or(before.request_catalogue),
            heading_level: level.map_or(before.heading_level.max(2), heading_level),
            early_answer: object::field(config, "answer"),
        }
    }
}

/// A level that exists: 1 to 6, and 2 where there is none.
fn heading_level(level: f64) -> u8 {
    (1..=6).find(|known| f64::from(*known) == level).unwrap_or(2)
}
