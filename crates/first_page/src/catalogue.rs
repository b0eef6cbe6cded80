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
    /// Returns the catalogue of a BCP 47 tag: `de-AT` finds `de-AT`, then `de`. `de-AT-x-informal` finds `de-x-informal` before them.
    /// Returns the English catalogue if there is none.
    pub(crate) fn of(tag: &str) -> Self {
        let found =
            candidates(tag).find_map(|wanted| CATALOGUES.iter().find(|(language, _)| language.eq_ignore_ascii_case(&wanted)));
        let language = found.map_or(DEFAULT, |(language, _)| language);
        Self { language, texts: Rc::new(texts(CATALOGUES, language)) }
    }

    /// Returns true if this is the catalogue of the tag's own language, and not the default.
    pub(crate) fn is_of(&self, tag: &str) -> bool {
        candidates(tag).any(|candidate| candidate.eq_ignore_ascii_case(self.language))
    }

    /// Returns the entry of a key: a text, or an object of texts by plural form.
    pub(crate) fn value(&self, key: Key) -> Option<&Value> {
        self.texts.get(key.name())
    }
}

/// Returns the texts of a catalogue by its exact tag. A catalogue with a private-use subtag, such as `de-x-informal`, has only the
/// texts that differ from those of the tag without it; the others are taken from there.
fn texts(catalogues: &[(&str, &str)], language: &str) -> Map<String, Value> {
    let mut all = language.split_once("-x-").map_or_else(Map::new, |(base, _)| texts(catalogues, base));
    let own = catalogues.iter().find(|(known, _)| *known == language).map(|(_, json)| serde_json::from_str(json));
    all.extend(own.and_then(Result::ok).unwrap_or_else(Map::new));
    all
}

/// Returns the tags whose catalogues fit a tag, best first. These are the tag and its beginnings, such as `de-AT`, `de`. If the tag
/// has a private-use subtag, each of them comes with it first, then without it.
fn candidates(tag: &str) -> impl Iterator<Item = String> {
    let (language, form) = tag.split_at(tag.find("-x-").unwrap_or(tag.len()));
    [form, ""].into_iter().flat_map(move |form| prefixes(language).map(move |prefix| format!("{prefix}{form}")))
}

/// Returns a tag, and then the tag without its last subtag, and so on: `de-AT`, `de`.
fn prefixes(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_changes_the_texts_that_it_has() {
        let catalogues = [("de", r#"{"a": "Ihr Paket", "b": "Zugestellt"}"#), ("de-x-informal", r#"{"a": "Dein Paket"}"#)];
        let in_language = |language| Value::from(texts(&catalogues, language));
        assert_eq!(in_language("de-x-informal"), serde_json::json!({"a": "Dein Paket", "b": "Zugestellt"}));
        assert_eq!(in_language("de"), serde_json::json!({"a": "Ihr Paket", "b": "Zugestellt"}));
    }

    #[test]
    fn a_private_use_subtag_counts_for_more_than_a_region() {
        let language = |tag| Catalogue::of(tag).language;
        for tag in ["de-x-informal", "de-AT-x-informal", "de-Latn-AT-x-informal"] {
            assert_eq!(language(tag), "de-x-informal", "{tag}");
            assert!(Catalogue::of(tag).is_of(tag), "{tag}");
        }
        assert_eq!(["de-AT", "de-AT-x-other", "en-x-informal", "fr-x-informal"].map(language), ["de", "de", "en", "en"]);
        assert!(!Catalogue::of("fr-x-informal").is_of("fr-x-informal"));
    }
}
