//! The parts that forms are made of: questions, text fields, order lines, photos, sums. Each part declares its own requirements
//! and checks its own answer, so that no flow contains checks. Flows create the blocks, `dialog` checks them, the view draws
//! them.

use super::{Keep, Subject};
use crate::message::{Key, Message, MessageArg, request_keys as keys};
use crate::order::parcel::Item;

/// One part of a step of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A sentence.
    Paragraph(Message),
    /// A secondary sentence.
    Hint(Message),
    /// Text that is not from the catalogue, shown unchanged.
    Quote(String),
    /// Names and values, such as a review before sending or the parts of a refund. A sum in the last row is shown in bold.
    Rows {
        /// The rows.
        rows: Vec<(Message, Message)>,
        /// True if the last row is the sum of the others.
        sum: bool,
    },
    /// A question with one answer.
    Choice(Choice),
    /// A question with any number of answers.
    Checks(Choice),
    /// A selection of order lines with quantities and reasons.
    Lines(Lines),
    /// A text field.
    Field(Field),
    /// A photo upload.
    Photos(Photos),
    /// Choices that are being loaded.
    Loading,
    /// Choices that could not be loaded.
    Unloaded,
    /// Links for contacting a person.
    SupportChannels(Vec<SupportChannel>),
    /// Alternative actions: the dialog that each opens, and its label.
    Others(Vec<(Subject, Message)>),
    /// A file to save, with the label of its button.
    Keep(Keep, Message),
    /// A button that opens the look-up.
    LookUp,
    /// Modules of a QR code, row by row; `1` is dark.
    Code(Vec<String>),
}

/// A question with predefined answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Name of the field; empty for a question with several answers, because each answer has a field of its own.
    pub name: &'static str,
    /// The question.
    pub question: Message,
    /// Answers in groups, each with an optional heading.
    pub groups: Vec<(Option<Message>, Options)>,
    /// Value of the chosen answer. For a question with several answers, the names of the ticked ones, separated by spaces.
    pub chosen: Option<String>,
    /// True if an answer is required.
    pub needed: bool,
}

/// Answers of a question: value, label and further texts.
pub type Options = Vec<(String, Message, Vec<Message>)>;

/// Kind of text that a field takes.
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
    /// Street and house number.
    Street,
    /// Second address line.
    Street2,
    /// A postcode.
    Postcode,
    /// A town.
    City,
}

/// A text field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name of the field.
    pub name: &'static str,
    /// Kind of text.
    pub kind: FieldKind,
    /// Label of the field.
    pub label: Message,
    /// Help text of the field.
    pub hint: Option<Message>,
    /// Current text.
    pub value: String,
    /// Maximum number of characters.
    pub max: u32,
    /// True if the field is required.
    pub needed: bool,
}

/// A selection of order lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// The question.
    pub question: Message,
    /// Lines to select from.
    pub rows: Vec<LineRow>,
    /// Reasons to choose from for each selected line: code and label. Empty if no reason is required.
    pub reasons: Vec<(String, Message)>,
}

/// One line of the selection.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRow {
    /// Item of the line.
    pub item: Item,
    /// Names of the fields for selection, quantity and reason.
    pub names: [String; 3],
    /// Largest quantity that can be selected.
    pub most: u32,
    /// Selected quantity; 0 if the line is not selected.
    pub chosen: u32,
    /// Code of the chosen reason; empty if there is none.
    pub reason: String,
    /// Reason why the line cannot be selected.
    pub why_not: Option<Message>,
    /// Time until which the line can be selected.
    pub until: Option<Message>,
}

/// A photo upload.
#[derive(Clone, Debug, PartialEq)]
pub struct Photos {
    /// Description of the photos to add.
    pub question: Message,
    /// Photos picked so far.
    pub rows: Vec<PhotoRow>,
    /// True if another photo may be added.
    pub can_add: bool,
    /// True if at least one photo is required.
    pub needed: bool,
}

/// One photo.
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoRow {
    /// Number of the photo, given by the shell.
    pub id: u32,
    /// Name of the file.
    pub name: String,
    /// State of the upload.
    pub state: Message,
    /// True until the upload has finished.
    pub busy: bool,
    /// True if the upload failed.
    pub failed: bool,
}

/// One link for contacting a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportChannel {
    /// Target of the link.
    pub url: String,
    /// Text of the link.
    pub label: String,
    /// Hours of service, as text from the shop.
    pub hours: Option<String>,
}

impl Block {
    /// Returns the name of the block's field, or None for a block without a field.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Choice(choice) | Self::Checks(choice) => Some(choice.name),
            Self::Field(field) => Some(field.name),
            Self::Lines(_) => Some("lines"),
            Self::Photos(_) => Some("evidence"),
            Self::Paragraph(_)
            | Self::Hint(_)
            | Self::Quote(_)
            | Self::Rows { .. }
            | Self::Loading
            | Self::Unloaded
            | Self::SupportChannels(_)
            | Self::Others(_)
            | Self::Keep(..)
            | Self::LookUp
            | Self::Code(_) => None,
        }
    }
}

impl Block {
    /// Returns the error of the answer, or None if the answer can be sent.
    pub(crate) fn error(&self) -> Option<Key> {
        match self {
            Self::Choice(choice) => (choice.needed && choice.chosen.is_none()).then_some(keys::ERROR_CHOOSE),
            Self::Lines(lines) => lines.error(),
            Self::Field(field) => field.error(),
            Self::Photos(photos) => photos.error(),
            Self::Loading | Self::Unloaded => Some(keys::ERROR_CHOOSE),
            Self::Paragraph(_)
            | Self::Hint(_)
            | Self::Quote(_)
            | Self::Rows { .. }
            | Self::Checks(_)
            | Self::SupportChannels(_)
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

/// Returns true for a text without spaces that has a name, an at sign and a host with a dot. Does not check that the
/// address exists.
fn is_email(text: &str) -> bool {
    let (name, host) = text.split_once('@').unwrap_or_default();
    !name.is_empty()
        && host.split_once('.').is_some_and(|(first, last)| !first.is_empty() && !last.is_empty())
        && !text.contains(' ')
}

/// Returns a message that shows a text unchanged, for texts that are not from the catalogue.
pub(super) fn quoted(text: &str) -> Message {
    Message::new(keys::AS_IT_IS).with("text", MessageArg::Text(text.to_owned()))
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
