//! The data that a flow reads, and the questions that several flows ask.

use crate::message::{Message, request_keys as keys};
use crate::order::parcel::items;
use crate::self_service::Context;
use crate::self_service::block::{Block, LineRow, quoted};
use crate::self_service::choices::Choices;
use crate::self_service::form::Form;
use crate::self_service::labels::{self, outcome_hint, outcome_name};
use doorstep_contract::{Action, ActionLine, LineQuantity, Need, Outcome, Shipment};

/// Data that a flow reads.
pub(in crate::self_service) struct About<'a> {
    pub(in crate::self_service) context: &'a Context<'a>,
    pub(in crate::self_service) action: &'a Action,
    pub(in crate::self_service) shipment: Option<&'a Shipment>,
    pub(in crate::self_service) choices: &'a Choices,
}

impl About<'_> {
    /// Returns true if the request must have this part, such as `photo`, `note` or `contact`.
    pub(super) fn needs(&self, what: Need) -> bool {
        self.action.needs.contains(what)
    }

    /// Returns the action's lines as rows. With `all`, or if only one line is eligible, eligible lines are selected from the
    /// start. Leaves out a line that the order does not list.
    pub(super) fn rows(&self, form: &Form<'_>, all: bool) -> Vec<LineRow> {
        let lines = &self.action.lines;
        let all = all || lines.iter().filter(|line| line.eligible).count() == 1;
        let row = |(at, line): (usize, &ActionLine)| {
            let quantity = LineQuantity { line_id: line.line_id.clone(), quantity: line.quantity.max(1) };
            let item = items(&self.context.order.lines, &[quantity], &self.context.access.api).pop()?;
            let until = line.until.map(|until| Message::new(keys::LINE_UNTIL).with("moment", self.context.clock.end(until)));
            Some(form.row(at, line, item, all, until))
        };
        lines.iter().enumerate().filter_map(row).collect()
    }
}

/// Asks for the outcome, if the action offers more than one known outcome.
pub(super) fn outcome(form: &mut Form<'_>, about: &About<'_>) {
    let known = |outcome: &Outcome| Some((outcome.as_str().to_owned(), outcome_name(outcome)?, outcome_hint(outcome)));
    let options: Vec<_> = about.action.outcomes.iter().filter_map(known).collect();
    if options.len() > 1 {
        form.options("outcome", keys::OUTCOME_QUESTION, vec![(None, options)]);
    }
}

/// Adds the order's contact links to the form, where there are any.
pub(super) fn support_channels(form: &mut Form<'_>, context: &Context<'_>) {
    let channels = labels::support_channels(context);
    if !channels.is_empty() {
        form.push(Block::SupportChannels(channels));
    }
}

/// Returns the selected items and quantities for a review.
pub(super) fn chosen(rows: &[LineRow]) -> Vec<(Message, Message)> {
    let row = |row: &LineRow| (quoted(&row.item.title), Message::new(keys::TIMES).with("count", row.chosen));
    rows.iter().filter(|row| row.chosen > 0).map(row).collect()
}
