//! HTTP requests of self-service, with the JSON bodies written from the answers of a dialog.

use super::answers::Answers;
use super::block::{Block, LineRow};
use super::form::Step;
use super::photo::{Photo, PhotoState};
use super::{Context, Subject};
use crate::client::{Request, segment};
use doorstep_contract::{Action, ActionKind, Map, Value, concat, digits};

/// Data from which the body of an action is written.
pub(super) struct Filled<'a> {
    pub(super) subject: &'a Subject,
    pub(super) answers: &'a Answers,
    pub(super) photos: &'a [Photo],
    /// All steps of the form for these answers.
    pub(super) steps: &'a [Step],
    /// The action in the current order.
    pub(super) action: Option<&'a Action>,
}

/// JSON object that is written field by field; missing values and empty lists are left out.
#[derive(Default)]
struct Body(Map);

impl Body {
    #[inline(never)]
    fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.set(name, Value::String(value.to_owned()));
        }
    }

    fn list(&mut self, name: &str, values: Vec<Value>) {
        if !values.is_empty() {
            self.set(name, Value::Array(values));
        }
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// Returns the HTTP request that submits an action, with `If-Match` for actions that require the current version of the order.
pub(super) fn request(filled: &Filled<'_>, context: &Context<'_>) -> Request {
    let mut body = Body::default();
    let (Subject::Action { kind, shipment }, answers) = (filled.subject, filled.answers) else {
        return post("/requests", body.done(), false, context);
    };
    body.text("kind", Some(kind.as_str()));
    body.text("shipment_id", shipment.as_deref());
    body.list("lines", lines(filled));
    let mut other_answers = Body::default();
    let blocks = || filled.steps.iter().flat_map(|step| &step.blocks);
    for block in blocks() {
        if let Block::Checks(checks) = block {
            for (name, ..) in checks.groups.iter().flat_map(|(_, options)| options) {
                other_answers.text(name, Some(if answers.is(name, "yes") { "yes" } else { "no" }));
            }
        } else if let (Block::Choice(_) | Block::Field(_), Some(name)) = (block, block.name()) {
            match name {
                "outcome" | "note" | "slot_id" | "pickup_point_id" | "method_id" | "contact" => {
                    body.text(name, answers.get(name))
                }
                "street" | "street2" | "postcode" | "city" => {}
                _ => other_answers.text(name, answers.get(name)),
            }
        }
    }
    if *kind == ActionKind::ChangeAddress {
        body.set("address", address(answers));
    } else if *kind == ActionKind::Withdraw {
        other_answers.text("confirmed", Some("yes"));
    } else if *kind == ActionKind::RefundStatus {
        other_answers.text("concern", Some("not_arrived"));
    } else {
        only_outcome(&mut body, filled);
    }
    if !other_answers.0.is_empty() {
        body.set("answers", other_answers.done());
    }
    if blocks().any(|block| matches!(block, Block::Photos(_))) {
        body.list("evidence", photos(filled.photos));
    }
    post("/requests", body.done(), kind.requires_if_match(), context)
}

/// Adds the outcome if the action offers exactly one, because the form asks only for a choice among several.
fn only_outcome(body: &mut Body, filled: &Filled<'_>) {
    if let Some([only]) = filled.action.map(|action| action.outcomes.as_slice()) {
        body.text("outcome", Some(only.as_str()));
    }
}

/// Returns the HTTP request for the quote of a return.
pub(super) fn quote(filled: &Filled<'_>, context: &Context<'_>) -> Request {
    let mut body = Body::default();
    body.list("lines", lines(filled));
    body.text("outcome", filled.answers.get("outcome"));
    if filled.answers.get("outcome").is_none() {
        only_outcome(&mut body, filled);
    }
    let mut request = context.access.below("/returns/quote");
    request.method = "POST";
    request.body = Some(body.done());
    request
}

/// Returns the HTTP request that adds a message to a case.
pub(super) fn message(case: &str, answers: &Answers, sent: &[Photo], context: &Context<'_>) -> Request {
    let mut body = Body::default();
    body.text("text", answers.get("note"));
    body.list("evidence", photos(sent));
    post(&concat(&["/cases/", &segment(case), "/messages"]), body.done(), false, context)
}

/// Returns the HTTP request that rates a case.
pub(super) fn rating(case: &str, answers: &Answers, context: &Context<'_>) -> Request {
    let mut body = Body::default();
    let rating: u32 = answers.get("rating").and_then(|rating| rating.parse().ok()).unwrap_or_default();
    body.set("rating", rating.into());
    body.text("comment", answers.get("note"));
    post(&concat(&["/cases/", &segment(case), "/feedback"]), body.done(), false, context)
}

/// Returns the HTTP request that uploads one photo; the shell adds the photo as the body.
pub(super) fn evidence(photo: u32, context: &Context<'_>) -> Request {
    let mut request = context.access.below("/evidence");
    request.method = "POST";
    request.headers.push(("Idempotency-Key", concat(&[&key(context), "-", &digits(photo.into())])));
    request
}

fn post(path: &str, body: Value, conditional: bool, context: &Context<'_>) -> Request {
    let mut request = context.access.below(path);
    request.method = "POST";
    request.headers.push(("Idempotency-Key", key(context)));
    if let Some(etag) = context.etag.filter(|_| conditional) {
        request.headers.push(("If-Match", etag.to_owned()));
    }
    request.body = Some(body);
    request
}

/// Returns a new idempotency key: the time in milliseconds and 52 random bits.
fn key(context: &Context<'_>) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^52 and not negative")]
    let random = (context.random * 4_503_599_627_370_496.0) as u64;
    let now = u64::try_from(context.clock.now.timestamp_millis()).unwrap_or_default();
    concat(&["w-", &digits(now), "-", &digits(random)])
}

fn lines(filled: &Filled<'_>) -> Vec<Value> {
    let asked = filled.steps.iter().flat_map(|step| &step.blocks).find_map(rows);
    let (Some(rows), Some(action)) = (asked, filled.action) else { return Vec::new() };
    let line = |row: &LineRow| {
        let at: usize = row.names.first()?.rsplit('-').next()?.parse().ok()?;
        let part = action.lines.get(at)?;
        let mut line = Body::default();
        line.text("line_id", Some(&part.line_id));
        line.text("shipment_id", part.shipment_id.as_deref());
        line.set("quantity", row.chosen.into());
        line.text("reason", Some(row.reason.as_str()).filter(|reason| !reason.is_empty()));
        Some(line.done())
    };
    rows.iter().filter(|row| row.chosen > 0).filter_map(line).collect()
}

fn rows(block: &Block) -> Option<&[LineRow]> {
    if let Block::Lines(lines) = block { Some(&lines.rows) } else { None }
}

fn photos(photos: &[Photo]) -> Vec<Value> {
    let sent = |photo: &Photo| match &photo.state {
        PhotoState::Sent(id) => Some(Value::String(id.clone())),
        PhotoState::Waiting | PhotoState::Sending | PhotoState::Failed(_) => None,
    };
    photos.iter().filter_map(sent).collect()
}

fn address(answers: &Answers) -> Value {
    let mut address = Body::default();
    let lines = ["street", "street2"].into_iter().filter_map(|name| answers.get(name)).map(|line| Value::String(line.to_owned()));
    address.list("lines", lines.collect());
    address.text("postcode", answers.get("postcode"));
    address.text("city", answers.get("city"));
    address.done()
}
