//! The form that a flow fills: steps made of blocks, which contain the answers so far.

use super::answers::Answers;
use super::block::{Block, Choice, Field, FieldKind, LineRow, Lines, Options, PhotoRow, Photos};
use super::labels::{reason, why_not};
use super::photo::{Photo, PhotoState};
use crate::message::{Key, Message, count, request_keys as keys};
use crate::order::parcel::Item;
use doorstep_contract::{ActionLine, ReasonChoice, concat};

/// One step of a form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) id: &'static str,
    pub(crate) blocks: Vec<Block>,
    /// Text of the button that continues, where it differs from the default.
    pub(crate) forward: Option<Key>,
}

/// A form under construction.
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

    /// Sets the text of the button that continues from the current step.
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

    /// Adds a sentence.
    pub(crate) fn paragraph(&mut self, message: impl Into<Message>) {
        self.push(Block::Paragraph(message.into()));
    }

    /// Adds a secondary sentence.
    pub(crate) fn hint(&mut self, message: impl Into<Message>) {
        self.push(Block::Hint(message.into()));
    }

    /// Adds a question with one answer; the labels are catalogue entries.
    pub(crate) fn choice(&mut self, name: &'static str, question: Key, answers: &[(&str, Key)], needed: bool) {
        self.push(Block::Choice(self.question(name, question, answers, needed)));
    }

    /// Adds a question with any number of answers; each ticked answer has the value `yes` under its own name.
    pub(crate) fn checks(&mut self, question: Key, answers: &[(&'static str, Key)]) {
        let mut checks = self.question("", question, answers, false);
        let ticked: Vec<&str> = answers.iter().map(|(name, _)| *name).filter(|name| self.answers.is(name, "yes")).collect();
        checks.chosen = (!ticked.is_empty()).then(|| ticked.join(" "));
        self.push(Block::Checks(checks));
    }

    fn question(&self, name: &'static str, question: Key, answers: &[(&str, Key)], needed: bool) -> Choice {
        let options = answers.iter().map(|(value, label)| ((*value).to_owned(), (*label).into(), Vec::new())).collect();
        Choice { name, question: question.into(), groups: vec![(None, options)], chosen: self.chosen(name), needed }
    }

    /// Adds a required question with one answer; the labels are messages. A stored answer that is no longer offered is ignored.
    pub(crate) fn options(&mut self, name: &'static str, question: Key, groups: Vec<(Option<Message>, Options)>) {
        let chosen = self
            .chosen(name)
            .filter(|chosen| groups.iter().any(|(_, options)| options.iter().any(|(value, ..)| value == chosen)));
        self.push(Block::Choice(Choice { name, question: question.into(), groups, chosen, needed: true }));
    }

    fn chosen(&self, name: &str) -> Option<String> {
        self.answers.get(name).map(str::to_owned)
    }

    /// Adds a text field. The maximum length follows from its kind.
    pub(crate) fn field(&mut self, name: &'static str, kind: FieldKind, label: Key, hint: Option<Key>, needed: bool) {
        let max = match kind {
            FieldKind::Area => 2_000,
            FieldKind::Postcode => 12,
            FieldKind::Text | FieldKind::Name | FieldKind::Street | FieldKind::Street2 | FieldKind::City => 80,
            FieldKind::Email | FieldKind::Contact => 254,
        };
        let value = self.answers.raw(name).to_owned();
        self.push(Block::Field(Field { name, kind, label: label.into(), hint: hint.map(Message::from), value, max, needed }));
    }

    /// Adds a text area with the name `note`.
    pub(crate) fn note(&mut self, label: Key, needed: bool) {
        self.field("note", FieldKind::Area, label, None, needed);
    }

    /// Adds a photo upload. Adds nothing if no photo is accepted.
    pub(crate) fn photos(&mut self, question: Key, needed: bool) {
        if self.most_photos == 0 {
            return;
        }
        let rows = self.photos.iter().map(photo_row).collect();
        let can_add = self.photos.len() < self.most_photos;
        self.push(Block::Photos(Photos { question: question.into(), rows, can_add, needed }));
    }

    /// Adds a selection of order lines with quantities and reasons.
    pub(crate) fn lines(&mut self, question: Key, rows: Vec<LineRow>, reasons: &[ReasonChoice]) {
        let reasons = reasons.iter().map(|choice| (choice.code.clone(), reason(choice))).collect();
        self.push(Block::Lines(Lines { question: question.into(), rows, reasons }));
    }

    /// Returns the row of an action's line; `at` is the index of the line. With `all`, an eligible line is selected in full until
    /// the shopper changes the selection.
    pub(crate) fn row(&self, at: usize, line: &ActionLine, item: Item, all: bool, until: Option<Message>) -> LineRow {
        let names = names(at);
        let [pick, many, why] = &names;
        let ticked = if self.answers.is_set(pick) { self.answers.is(pick, "yes") } else { all };
        let given = self.answers.get(many).and_then(|many| many.parse().ok());
        let most = line.quantity.max(1);
        let usual = if all { most } else { 1 };
        let chosen = if ticked && line.eligible { given.unwrap_or(usual).max(1).min(most) } else { 0 };
        LineRow {
            item,
            most,
            chosen,
            reason: self.answers.raw(why).to_owned(),
            why_not: (!line.eligible).then(|| why_not(line.why_not.as_ref())),
            until: until.filter(|_| line.eligible),
            names,
        }
    }
}

/// Returns the names of a line's fields for selection, quantity and reason; `at` is the index of the line.
pub(crate) fn names(at: usize) -> [String; 3] {
    let at = doorstep_contract::digits(count(at).into());
    ["pick-", "many-", "why-"].map(|name| concat(&[name, &at]))
}

fn photo_row(photo: &Photo) -> PhotoRow {
    let (state, busy, failed) = match &photo.state {
        PhotoState::Sending => (keys::PHOTO_SENDING.into(), true, false),
        PhotoState::Waiting => (keys::PHOTO_WAITING.into(), true, false),
        PhotoState::Sent(_) => (keys::PHOTO_SENT.into(), false, false),
        PhotoState::Failed(why) => (why.clone(), false, true),
    };
    PhotoRow { id: photo.id, name: photo.name.clone(), state, busy, failed }
}
