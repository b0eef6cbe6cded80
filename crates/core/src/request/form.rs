//! The vocabulary in which a flow asks: steps made of blocks. What a block needs is declared with it, so that no flow checks anything by
//! hand and every flow is checked alike.

use super::answers::Answers;
use super::dialog::{Photo, PhotoState};
use super::{Keep, Subject};
use crate::order::parcel::Item;
use crate::phrase::{Key, Phrase, count, request_keys as keys};
use crate::wire::{ActionLine, ReasonChoice};

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
    /// How far it is, in per cent, while it is on its way.
    pub percent: Option<u32>,
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

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) id: &'static str,
    pub(crate) blocks: Vec<Block>,
    /// The words on the button, where they are not those of every step.
    pub(crate) forward: Option<Key>,
}

/// Where a flow writes its questions down.
pub(crate) struct Form<'a> {
    pub(crate) answers: &'a Answers,
    pub(crate) photos: &'a [Photo],
    pub(crate) most_photos: usize,
    pub(crate) steps: Vec<Step>,
}

impl Form<'_> {
    /// Begins a step.
    pub(crate) fn step(&mut self, id: &'static str) {
        self.steps.push(Step { id, blocks: Vec::new(), forward: None });
    }

    /// The words on the button of this step.
    pub(crate) fn forward(&mut self, key: Key) {
        if let Some(step) = self.steps.last_mut() {
            step.forward = Some(key);
        }
    }

    #[inline(never)]
    pub(crate) fn push(&mut self, block: Block) {
        if let Some(step) = self.steps.last_mut() {
            step.blocks.push(block);
        }
    }

    pub(crate) fn say(&mut self, phrase: impl Into<Phrase>) {
        self.push(Block::Say(phrase.into()));
    }

    pub(crate) fn hint(&mut self, phrase: impl Into<Phrase>) {
        self.push(Block::Hint(phrase.into()));
    }

    /// One of several answers whose words are entries of the catalogue.
    pub(crate) fn choice(&mut self, name: &'static str, question: Key, answers: &[(&str, Key)], needed: bool) {
        self.push(Block::Choice(self.question(name, question, answers, needed)));
    }

    /// Any number of answers, each with the value `yes` under its own name.
    pub(crate) fn checks(&mut self, question: Key, answers: &[(&'static str, Key)]) {
        let mut checks = self.question("", question, answers, false);
        let ticked: Vec<&str> = answers.iter().map(|(name, _)| *name).filter(|name| self.answers.is(name, "yes")).collect();
        checks.chosen = (!ticked.is_empty()).then(|| ticked.join(" "));
        self.push(Block::Checks(checks));
    }

    fn question(&self, name: &'static str, question: Key, answers: &[(&str, Key)], needed: bool) -> Choice {
        let options = answers.iter().map(|(value, words)| ((*value).to_owned(), (*words).into(), Vec::new())).collect();
        Choice { name, question: question.into(), groups: vec![(None, options)], chosen: self.chosen(name), needed }
    }

    /// One of several answers with words of their own.
    pub(crate) fn options(&mut self, name: &'static str, question: Key, groups: Vec<(Option<Phrase>, Options)>) {
        let chosen = self
            .chosen(name)
            .filter(|chosen| groups.iter().any(|(_, options)| options.iter().any(|(value, ..)| value == chosen)));
        self.push(Block::Choice(Choice { name, question: question.into(), groups, chosen, needed: true }));
    }

    fn chosen(&self, name: &str) -> Option<String> {
        self.answers.get(name).map(str::to_owned)
    }

    /// Something to be typed.
    pub(crate) fn field(&mut self, name: &'static str, kind: FieldKind, label: Key, hint: Option<Key>, needed: bool) {
        let max = match kind {
            FieldKind::Area => 2_000,
            FieldKind::Postcode => 12,
            FieldKind::Text | FieldKind::Name | FieldKind::Street | FieldKind::Street2 | FieldKind::City => 80,
            FieldKind::Email | FieldKind::Contact => 254,
        };
        let value = self.answers.raw(name).to_owned();
        self.push(Block::Field(Field { name, kind, label: label.into(), hint: hint.map(Phrase::from), value, max, needed }));
    }

    /// A note that may be left empty.
    pub(crate) fn note(&mut self, label: Key, needed: bool) {
        self.field("note", FieldKind::Area, label, None, needed);
    }

    /// Photos.
    pub(crate) fn photos(&mut self, question: Key, needed: bool) {
        let rows = self.photos.iter().map(photo_row).collect();
        let room = self.photos.len() < self.most_photos;
        self.push(Block::Photos(Photos { question: question.into(), rows, room, needed }));
    }

    /// Which lines, how many, and why.
    pub(crate) fn lines(&mut self, question: Key, rows: Vec<LineRow>, reasons: &[ReasonChoice]) {
        let reasons = reasons.iter().map(|reason| (reason.code.clone(), super::flows::reason(reason))).collect();
        self.push(Block::Lines(Lines { question: question.into(), rows, reasons }));
    }

    /// The row of an action's line; one that is the only one, or all that is asked about, is chosen from the start.
    pub(crate) fn row(&self, at: usize, line: &ActionLine, item: Item, all: bool, until: Option<Phrase>) -> LineRow {
        let names = names(at);
        let [pick, many, why] = &names;
        let ticked = if self.answers.knows(pick) { self.answers.is(pick, "yes") } else { all };
        let given = self.answers.get(many).and_then(|many| many.parse().ok());
        let most = line.quantity.max(1);
        let usual = if all { most } else { 1 };
        let chosen = if ticked && line.eligible { given.unwrap_or(usual).clamp(1, most) } else { 0 };
        LineRow {
            item,
            most,
            chosen,
            reason: self.answers.raw(why).to_owned(),
            why_not: (!line.eligible).then(|| super::flows::why_not(line.why_not.as_ref())),
            until: until.filter(|_| line.eligible),
            names,
        }
    }
}

/// The names of a line's fields.
pub(crate) fn names(at: usize) -> [String; 3] {
    let at = crate::wire::digits(count(at).into());
    ["pick-", "many-", "why-"].map(|name| [name, &at].concat())
}

fn photo_row(photo: &Photo) -> PhotoRow {
    let (state, percent, failed) = match &photo.state {
        PhotoState::Sending(percent) => (Phrase::new(keys::PHOTO_SENDING).with("count", *percent), Some(*percent), false),
        PhotoState::Waiting => (keys::PHOTO_WAITING.into(), Some(0), false),
        PhotoState::Sent(_) => (keys::PHOTO_SENT.into(), None, false),
        PhotoState::Failed(why) => (why.clone(), None, true),
    };
    PhotoRow { id: photo.id, name: photo.name.clone(), state, percent, failed }
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
        if self.rows.iter().any(|row| row.percent.is_some()) {
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
