//! The words of a mail in one language: the sentences of the page, and the texts that only mails have. Every text is on one line and has no
//! hidden characters, so that no name or number can add a line or a header.

use doorstep_core::message::{Key, Message, MessageArg};
use doorstep_documents::plain_text::one_line;
use doorstep_first_page::Localizer;
use doorstep_view::Texts as _;
use serde_json::{Map, Value};

use crate::keys::MailKey;

/// Language tags and catalogues as JSON, listed by the build script.
const CATALOGUES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));
/// Language whose catalogue is used for a language without a catalogue.
const DEFAULT: &str = "en";
/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "fa", "he", "ps", "ur", "yi"];

/// Words of one language.
pub(crate) struct Words {
    page: Localizer,
    texts: Map<String, Value>,
}

impl Words {
    /// Returns the words of a BCP 47 tag, such as `de-AT`. Without a catalogue for its language they are English.
    pub(crate) fn new(tag: &str) -> Self {
        let page = Localizer::new(tag);
        let tag = page.tag();
        let language = candidates(&tag).find(|wanted| catalogue(wanted).is_some()).unwrap_or_else(|| DEFAULT.to_owned());
        Self { page, texts: texts(&language) }
    }

    /// Returns the BCP 47 tag of the words.
    pub(crate) fn tag(&self) -> String {
        self.page.tag()
    }

    /// Returns the direction of the script as HTML names it.
    pub(crate) fn direction(&self) -> &'static str {
        let tag = self.tag();
        let language = tag.split('-').next().unwrap_or_default();
        if RIGHT_TO_LEFT.contains(&language) { "rtl" } else { "ltr" }
    }

    /// Returns a sentence of the page as the page prints it: with dates in place of "today", because a mail is read later.
    pub(crate) fn page(&self, message: &Message) -> String {
        one_line(&self.page.printed(message).unwrap_or_else(|| self.page.message(message)))
    }

    /// Returns a text of the page that has no placeholders.
    pub(crate) fn page_key(&self, key: Key) -> String {
        self.page(&key.into())
    }

    /// Returns a number as the language writes it.
    pub(crate) fn number(&self, number: u32) -> String {
        self.page.arg(&MessageArg::Count(number))
    }

    /// Returns a text of the mails. `values` has the values of its placeholders.
    pub(crate) fn text(&self, key: MailKey, values: &[(&str, &str)]) -> String {
        self.filled(self.template(key, None), key, values)
    }

    /// Returns a text of the mails in the plural form of a number, which is the value of its placeholder `count`.
    pub(crate) fn counted(&self, key: MailKey, count: u32, values: &[(&str, &str)]) -> String {
        let number = self.number(count);
        let values: Vec<(&str, &str)> = values.iter().copied().chain([("count", number.as_str())]).collect();
        self.filled(self.template(key, Some(count)), key, &values)
    }

    fn template(&self, key: MailKey, count: Option<u32>) -> &str {
        let entry = self.texts.get(key.0);
        let form = |name: &str| entry?.get(name)?.as_str();
        let counted = count.and_then(|count| form(self.page.plural_form(count)));
        entry.and_then(Value::as_str).or(counted).or_else(|| form("other")).unwrap_or_default()
    }

    fn filled(&self, template: &str, key: MailKey, values: &[(&str, &str)]) -> String {
        debug_assert!(values.iter().all(|(name, _)| key.1.contains(name)), "{} has other placeholders", key.0);
        let mut pieces = template.split('{');
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (name, after) = piece.split_once('}').unwrap_or((piece, ""));
            text.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
            text.push_str(after);
        }
        one_line(&text)
    }
}

fn catalogue(language: &str) -> Option<&'static str> {
    CATALOGUES.iter().find(|(known, _)| known.eq_ignore_ascii_case(language)).map(|(_, json)| *json)
}

/// Returns the texts of a language. A catalogue with a private-use subtag, such as `de-x-informal`, has only the texts that differ from
/// those of the tag without it.
fn texts(language: &str) -> Map<String, Value> {
    let mut all = language.split_once("-x-").map_or_else(Map::new, |(base, _)| texts(base));
    let own = catalogue(language).map(serde_json::from_str::<Map<String, Value>>);
    all.extend(own.and_then(Result::ok).unwrap_or_default());
    all
}

/// Returns the tags whose catalogues fit a tag, best first, as for the page: `de-AT-x-informal`, `de-x-informal`, `de-AT`, `de`.
fn candidates(tag: &str) -> impl Iterator<Item = String> {
    let (language, form) = tag.split_at(tag.find("-x-").unwrap_or(tag.len()));
    [form, ""].into_iter().flat_map(move |form| {
        let shorter = std::iter::successors(Some(language), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter));
        shorter.map(move |tag| format!("{tag}{form}"))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::keys::ALL;

    fn forms(entry: &Value) -> Vec<&str> {
        entry
            .as_object()
            .map_or_else(|| vec![entry.as_str().expect("a text")], |forms| forms.values().filter_map(Value::as_str).collect())
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_language_of_the_page_has_every_text_with_its_placeholders() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
        let names = std::fs::read_dir(folder).expect("the catalogues").map(|entry| entry.expect("a file").file_name());
        let languages = names.filter_map(|name| name.to_str()?.strip_suffix(".json").map(str::to_owned));
        for language in languages {
            assert!(catalogue(&language).is_some(), "locales/mail/{language}.json is missing");
            let texts = texts(&language);
            let known: BTreeSet<&str> = ALL.iter().map(|key| key.0).collect();
            assert_eq!(texts.keys().map(String::as_str).collect::<BTreeSet<_>>(), known, "{language}");
            for key in ALL {
                let entry = &texts[key.0];
                let general = entry.get("other").unwrap_or(entry).as_str().expect("a text");
                assert_eq!(placeholders(general), key.1.iter().copied().collect(), "{language}: {}", key.0);
                for text in forms(entry) {
                    assert!(placeholders(text).iter().all(|used| key.1.contains(used)), "{language}: {}", key.0);
                    assert!(!text.contains(['!', '<', '&']) && text == text.trim() && !text.is_empty(), "{language}: {text:?}");
                }
            }
        }
    }

    #[test]
    fn an_overlay_has_only_texts_that_differ_and_addresses_nobody_formally() {
        for (language, json) in CATALOGUES {
            let Some((base, _)) = language.split_once("-x-") else { continue };
            let own: Map<String, Value> = serde_json::from_str(json).expect("a catalogue");
            let base = texts(base);
            assert!(own.iter().all(|(key, text)| base.get(key).is_some_and(|other| other != text)), "{language}");
        }
        let is_formal = |text: &&str| {
            let text = text.replace("Sie wird", "").replace("Sie bestätigt", "");
            text.split(|letter: char| !letter.is_alphabetic())
                .any(|word| matches!(word, "Sie" | "Ihr" | "Ihre" | "Ihrer" | "Ihnen"))
        };
        let informal = texts("de-x-informal");
        assert_eq!(informal.values().flat_map(forms).filter(is_formal).collect::<Vec<_>>(), [""; 0]);
        assert!(texts("de").values().flat_map(forms).filter(is_formal).count() > 10);
    }

    #[test]
    fn a_language_is_found_as_for_the_page() {
        for (tag, subject) in [
            ("de-AT", "Bestellung 7: Ihr Paket ist in der Zustellung"),
            ("de-AT-x-informal", "Bestellung 7: dein Paket ist in der Zustellung"),
            ("en-GB", "Order 7: your parcel is out for delivery"),
            ("xx", "Order 7: your parcel is out for delivery"),
            ("", "Order 7: your parcel is out for delivery"),
        ] {
            assert_eq!(Words::new(tag).text(crate::keys::SUBJECT_OUT_FOR_DELIVERY, &[("number", "7")]), subject, "{tag}");
        }
        assert_eq!(
            Words::new("de").counted(crate::keys::SUBJECT_DISPATCHED, 3, &[("number", "7")]),
            "Bestellung 7: 3 Pakete sind unterwegs"
        );
    }
}
