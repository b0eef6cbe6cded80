//! The delivery promise beside the estimated delivery, with the reason, the confidence and the history of changes.

use doorstep_core::message::{Message, keys};
use doorstep_core::order::promise::{HistoryRow, PromiseCard};

use super::dom::{Node, Parts, dd, details, div, dl, dt, li, p, summary, ul};
use super::headline::tone;
use super::{View, joined};

/// Draws the card of the delivery promise.
pub(super) fn promise(view: &View, card: &PromiseCard) -> Node {
    let expected = card.expected.as_ref().map(|expected| row(view, "expected", keys::PROMISE_EXPECTED.into(), expected));
    let promised = card.promised.as_ref().map(|promised| row(view, "promised", keys::PROMISE_PROMISED.into(), promised));
    let verdict =
        card.verdict.as_ref().map(|(verdict, how)| p(Parts::class("verdict").attr("data-tone", tone(*how)).says(view, verdict)));
    let reasons: Vec<String> = card.why.iter().chain(&card.sure).map(|message| view.text.message(message)).collect();
    let reasons = (!reasons.is_empty()).then(|| p(Parts::class("why").text(joined(&reasons, " · "))));
    let history = (!card.history.is_empty()).then(|| history(view, &card.history));
    div(Parts::class("promise")
        .attr("part", "promise")
        .child_opt(verdict)
        .child(dl(Parts::class("dates").child_opt(promised).child_opt(expected)))
        .child_opt(reasons)
        .child_opt(history))
}

fn row(view: &View, class: &str, name: Message, value: &Message) -> Node {
    div(Parts::class(class).child(dt(Parts::new().says(view, &name))).child(dd(Parts::new().says(view, value))))
}

fn history(view: &View, rows: &[HistoryRow]) -> Node {
    let rows = rows.iter().map(|row| {
        let why = row.why.as_ref().map(|why| p(Parts::class("quiet").says(view, why)));
        li(Parts::new()
            .child(p(Parts::class("quiet").says(view, &row.at)))
            .child(p(Parts::new().says(view, &row.change)))
            .child_opt(why))
    });
    details(
        Parts::class("history")
            .child(summary(Parts::new().word(view, keys::PROMISE_HISTORY)))
            .child(ul(Parts::new().list(rows.collect()))),
    )
}
