//! The texts of a language, from `locales/`.

use std::rc::Rc;

use doorstep_core::message::Key;
use serde_json::{Map, Value};

/// Language whose catalogue is used for a language without a catalogue.
const DEFAULT: &str = "en";

/// Language tags and catalogues as JSON, listed by the build script.
const CATALOGUES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// Texts of a language by the name of their key.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue(Rc<Map<String, Value>>);

impl Catalogue {
    /// Returns the catalogue of a language tag such as `de`. Returns the English catalogue if the tag has none.
    pub fn of(language: &str) -> Self {
        let find = |wanted: &str| CATALOGUES.iter().find(|(tag, _)| *tag == wanted);
        let texts = find(language).or_else(|| find(DEFAULT)).map_or("", |(_, texts)| texts);
        Self(Rc::new(serde_json::from_str(texts).unwrap_or_default()))
    }

    /// Returns the entry of a key as JSON: a text, or an object of texts by plural form. Returns an empty text if the catalogue
    /// lacks the entry.
    pub(crate) fn entry(&self, key: Key) -> String {
        self.0.get(key.name()).map(Value::to_string).unwrap_or_default()
    }
}
