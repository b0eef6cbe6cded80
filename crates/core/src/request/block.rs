//! The vocabulary in which a flow asks: a question, a field, lines, photos, a sum. What a block needs is declared with it, so that no flow
//! checks anything by hand and every flow is checked alike.

use super::{Keep, Subject};
use crate::order::parcel::Item;
use crate::phrase::{Arg, Key, Phrase, request_keys as keys};

/// One part of a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A sentence.
    Say(Phrase),
    /// A sentence of second rank.
    Hint(Phrase),
    /// Somebody's own words.
    Quote(String),
    /// What is about to be sent, or what a refund is made of: names and values, the last one in bold where it is a sum.
    Rows {
        /// The rows.
        rows: Vec<(Phrase, Phrase)>,
        /// Whether the last row is the sum of the others.
        sum: bool,
    },
    /// One answer of several.
    Choice(Choice),
    /// Any number of answers of several.
    Checks(Choice),
    /// Which lines, how many of them, and why.
    Lines(Lines),
    /// Something to be typed.
    Field(Field),
    /// Photos.
    Photos(Photos),
    /// Choices are being loaded.
    Loading,
    /// Choices could not be loaded.
    Unloaded,
    /// Ways to reach a person.
    Ways(Vec<Way>),
    /// What else can be done.
    Others(Vec<(Subject, Phrase)>),
    /// Something to keep.
    Keep(Keep, Phrase),
    /// A way to prove who one is.
    LookUp,
    /// The modules of a code to be scanned, row by row: `1` is dark.
    Code(Vec<String>),
}

/// A question with its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The name of the field.
    pub name: &'static str,
    /// The question.
    pub question: Phrase,
    /// The answers, in groups where the groups have names.
    pub groups: Vec<(Option<Phrase>, Options)>,
    /// The answer given.
    pub chosen: Option<String>,
    /// Whether an answer is needed.
    pub needed: bool,
}

/// The answers of a question: value, words, more words.
pub type Options = Vec<(String, Phrase, Vec<Phrase>)>;

/// What kind of text a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Area,
    /// An e-mail address.
    Email,
    /// An e-mail address or a telephone number.
    Contact,
    /// The shopper's name.
    Name,
    /// Street and house.
    Street,
    /// What else stands in an address.
    Street2,
    /// A postcode.
    Postcode,
    /// A town.
    City,
}

/// Something to be typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name of the field.
    pub name: &'static str,
    /// What kind of text.
    pub kind: FieldKind,
    /// Its label.
    pub label: Phrase,
    /// What helps to fill it in.
    pub hint: Option<Phrase>,
    /// What stands in it.
    pub value: String,
    /// How many characters it takes.
    pub max: u32,
    /// Whether it must be filled in.
    pub needed: bool,
}

/// Which lines of the order.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// The question.
    pub question: Phrase,
    /// The lines.
    pub rows: Vec<LineRow>,
    /// The reasons to choose from for each; none where no reason is asked for.
    pub reasons: Vec<(String, Phrase)>,
}

/// One line to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRow {
    /// What.
    pub item: Item,
    /// The names of the fields: chosen, how many, why.
    pub names: [String; 3],
    /// How many there are.
    pub most: u32,
    /// How many are chosen.
    pub chosen: u32,
    /// The reason chosen.
    pub reason: String,
    /// Why it cannot be chosen.
    pub why_not: Option<Phrase>,
    /// Until when it can be.
    pub until: Option<Phrase>,
}

/// Photos.
#[derive(Clone, Debug, PartialEq)]
pub struct Photos {
    /// What they should show.
    pub question: Phrase,
    /// Those that were picked.
    pub rows: Vec<PhotoRow>,
    /// Whether another one may be added.
    pub room: bool,
    /// Whether one is needed.
    pub needed: bool,
}

/// One photo.
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoRow {
    /// Its number.
    pub id: u32,
    /// The name of its file.
    pub name: String,
    /// How far it is.
    pub state: Phrase,
    /// Whether it is on its way.
    pub busy: bool,
    /// Whether it failed.
    pub failed: bool,
}

/// A way to reach a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Where it leads.
    pub url: String,
    /// The words on it.
    pub label: String,
    /// When somebody answers.
    pub hours: Option<String>,
}

impl Block {
    /// The name of the field, for a block that has one.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Choice(choice) | Self::Checks(choice) => Some(choice.name),
            Self::Field(field) => Some(field.name),
            Self::Lines(_) => Some("lines"),
            Self::Photos(_) => Some("evidence"),
            Self::Say(_)
            | Self::Hint(_)
            | Self::Quote(_)
            | Self::Rows { .. }
            | Self::Loading
            | Self::Unloaded
            | Self::Ways(_)
            | Self::Others(_)
            | Self::Keep(..)
            | Self::LookUp
            | Self::Code(_) => None,
        }
    }
}

impl Block {
    /// What is wrong with the answer; nothing where it can be sent.
    pub(crate) fn error(&self) -> Option<Key> {
        match self {
            Self::Choice(choice) => (choice.needed && choice.chosen.is_none()).then_some(keys::ERROR_CHOOSE),
            Self::Lines(lines) => lines.error(),
            Self::Field(field) => field.error(),
            Self::Photos(photos) => photos.error(),
            Self::Loading | Self::Unloaded => Some(keys::ERROR_CHOOSE),
            Self::Say(_)
            | Self::Hint(_)
            | Self::Quote(_)
            | Self::Rows { .. }
            | Self::Checks(_)
            | Self::Ways(_)
            | Self::Others(_)
            | Self::Keep(..)
            | Self::LookUp
            | Self::Code(_) => None,
        }
    }
}

impl Lines {
    fn error(&self) -> Option<Key> {
        let mut chosen = self.rows.iter().filter(|row| row.chosen > 0).peekable();
        if chosen.peek().is_none() {
            return Some(keys::ERROR_LINES);
        }
        let known = |row: &LineRow| self.reasons.iter().any(|(code, _)| *code == row.reason);
        (!self.reasons.is_empty() && !chosen.all(known)).then_some(keys::ERROR_REASON)
    }
}

impl Field {
    fn error(&self) -> Option<Key> {
        let text = self.value.trim();
        if text.is_empty() {
            return self.needed.then_some(keys::ERROR_MISSING);
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let good = match self.kind {
            FieldKind::Email => is_email(text),
            FieldKind::Contact => is_email(text) || digits >= 6,
            FieldKind::Text
            | FieldKind::Area
            | FieldKind::Name
            | FieldKind::Street
            | FieldKind::Street2
            | FieldKind::Postcode
            | FieldKind::City => true,
        };
        (!good).then_some(if self.kind == FieldKind::Email { keys::ERROR_EMAIL } else { keys::ERROR_CONTACT })
    }
}

impl Photos {
    fn error(&self) -> Option<Key> {
        if self.rows.iter().any(|row| row.busy) {
            return Some(keys::ERROR_PHOTO_UNDER_WAY);
        }
        let sent = self.rows.iter().any(|row| !row.failed);
        (self.needed && !sent).then_some(keys::ERROR_PHOTO)
    }
}

/// Something, an at sign, something with a dot: more only the sending can tell.
fn is_email(text: &str) -> bool {
    let (name, host) = text.split_once('@').unwrap_or_default();
    !name.is_empty()
        && host.split_once('.').is_some_and(|(first, last)| !first.is_empty() && !last.is_empty())
        && !text.contains(' ')
}

/// A text that is not ours, as a phrase.
pub(super) fn quoted(text: &str) -> Phrase {
    Phrase::new(keys::AS_IT_IS).with("text", Arg::Text(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind, value: &str, needed: bool) -> Option<Key> {
        Block::Field(Field { name: "x", kind, label: keys::CLOSE.into(), hint: None, value: value.to_owned(), max: 80, needed })
            .error()
    }

    #[test]
    fn a_field_is_asked_for_only_when_it_is_needed() {
        assert_eq!(field(FieldKind::Area, " ", false), None);
        assert_eq!(field(FieldKind::Area, " ", true), Some(keys::ERROR_MISSING));
    }

    #[test]
    fn an_answer_must_reach_the_shopper() {
        for good in ["a@b.example", "+44 20 7946 0018"] {
            assert_eq!(field(FieldKind::Contact, good, true), None, "{good}");
        }
        for bad in ["a@b", "@b.example", "call me", "a b@c.example"] {
            assert_eq!(field(FieldKind::Contact, bad, true), Some(keys::ERROR_CONTACT), "{bad}");
        }
    }
}
