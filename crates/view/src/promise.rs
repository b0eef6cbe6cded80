//! The promised date beside the expected date, with the reason, the confidence and the history of changes.

use doorstep_core::message::{Message, keys};
use doorstep_core::order::promise::{HistoryRow, PromiseCard, PromiseDay};

use super::context::View;
use super::dom::{ElementBuilder, dd, details, div, dl, dt, li, p, span, summary, ul};
use super::text::joined;
use super::tone::tone;

/// Draws the card of the delivery promise.
pub(crate) fn promise(view: &View, card: &PromiseCard) -> ElementBuilder {
    let expected = card.expected.as_ref().map(|expected| row(view, "expected", keys::PROMISE_EXPECTED.into(), expected));
    let promised = card.promised.as_ref().map(|promised| row(view, "promised", keys::PROMISE_PROMISED.into(), promised));
    let verdict =
        card.verdict.as_ref().map(|(verdict, how)| p().named("verdict").attr("data-tone", tone(*how)).message(view, verdict));
    let reasons: Vec<String> = card.why.iter().chain(&card.confidence).map(|message| view.texts.message(message)).collect();
    let reasons = (!reasons.is_empty()).then(|| p().class("why").text(joined(&reasons, " · ")));
    let history = (!card.history.is_empty()).then(|| history(view, &card.history));
    div()
        .named("promise")
        .child_opt(verdict)
        .child_opt((!card.days.is_empty()).then(|| scale(view, &card.days)))
        .child(dl().class("dates").child_opt(promised).child_opt(expected))
        .child_opt(reasons)
        .child_opt(history)
}

/// Draws the days as a scale. It is hidden from screen readers, because the dates below state the same.
fn scale(view: &View, days: &[PromiseDay]) -> ElementBuilder {
    let cell = |day: &PromiseDay| {
        let state = match (day.promised, day.expected) {
            (_, true) => "expected",
            (true, false) => "promised",
            (false, false) => "other",
        };
        div()
            .attr("data-state", state)
            .child(span().text(view.texts.arg(&day.weekday)))
            .child(span().text(view.texts.arg(&day.day)))
    };
    div().named("days").attr("aria-hidden", "true").children(days.iter().map(cell))
}

fn row(view: &View, class: &str, name: Message, value: &Message) -> ElementBuilder {
    div().class(class).child(dt().message(view, &name)).child(dd().message(view, value))
}

fn history(view: &View, rows: &[HistoryRow]) -> ElementBuilder {
    let rows = rows.iter().map(|row| {
        let why = row.why.as_ref().map(|why| p().class("quiet").message(view, why));
        li().child(p().class("quiet").message(view, &row.at)).child(p().message(view, &row.change)).child_opt(why)
    });
    details().class("history").child(summary().text_key(view, keys::PROMISE_HISTORY)).child(ul().children(rows))
}
