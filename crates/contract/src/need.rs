//! The parts that a request has to contain: a photo, a note, a contact.
//!
//! [`Needs`] keeps its words as they were written, because an unknown word is ignored here and passed on to others. A list of a
//! vocabulary would keep the words too, but it would add 700 bytes to the widget.

use serde::{Deserialize, Serialize};

use super::json::Value;
use super::lenient::Field;

/// Part that a request has to contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// At least one photo.
    Photo,
    /// A text.
    Note,
    /// An e-mail address or a telephone number.
    Contact,
}

impl Need {
    /// Every known word, in the order of the contract.
    pub const VALUES: &'static [&'static str] = &["photo", "note", "contact"];

    /// Returns the word as written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Note => "note",
            Self::Contact => "contact",
        }
    }

    /// Returns the part that this word names. Returns None if the word is unknown.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Photo, Self::Note, Self::Contact].into_iter().find(|need| need.as_str() == word)
    }
}

/// The parts that a request has to contain, as words. Some of the words may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Needs(Vec<String>);

impl Needs {
    /// Returns true if the request has to contain this part.
    pub fn contains(&self, need: Need) -> bool {
        self.0.iter().any(|word| word == need.as_str())
    }

    /// Returns the known parts.
    pub fn known(&self) -> impl Iterator<Item = Need> {
        self.words().filter_map(Need::named)
    }

    /// Returns all words, known or not.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl Field for Needs {
    fn take(json: Option<&Value>) -> Self {
        Self(Vec::take(json))
    }
}
