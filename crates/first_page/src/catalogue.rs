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
pub(crate) struct Catalogue {
    language: &'static str,
    texts: Rc<Map<String, Value>>,
}

impl Catalogue {
    /// Returns the catalogue of a BCP 47 tag: `de-AT` finds `de-AT`, then `de`. Returns the English catalogue if there is none.
    pub(crate) fn of(tag: &str) -> Self {
        let found =
            prefixes(tag).find_map(|wanted| CATALOGUES.iter().find(|(language, _)| language.eq_ignore_ascii_case(wanted)));
        let (language, texts) =
            found.or_else(|| CATALOGUES.iter().find(|(language, _)| *language == DEFAULT)).unwrap_or(&("", ""));
        Self { language, texts: Rc::new(serde_json::from_str(texts).unwrap_or_default()) }
    }

    /// Returns true if this is the catalogue of the tag's own language, and not the default.
    pub(crate) fn is_of(&self, tag: &str) -> bool {
        prefixes(tag).any(|prefix| prefix.eq_ignore_ascii_case(self.language))
    }

    /// Returns the entry of a key: a text, or an object of texts by plural form.
    pub(crate) fn value(&self, key: Key) -> Option<&Value> {
        self.texts.get(key.name())
    }
}

/// Returns a tag, and then the tag without its last subtag, and so on: `de-AT`, `de`.
fn prefixes(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter))
}
