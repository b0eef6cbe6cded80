//! The cards: cases with their next step and their history, returns, refunds.

use doorstep_core::message::{Key, request_keys as keys};
use doorstep_core::self_service::{Cards, CaseCard, EntryRow, Keep, Msg, RefundCard, ReturnCard, Subject};

use super::super::dom::{Node, Parts, details, div, heading, li, p, section, span, strong, summary, ul};
use super::super::icon::{Icon, icon, of_tone};
use super::super::parcel::items;
use super::super::{View, joined};
use super::press;

/// Draws all cards, under one heading for each kind; None if there are none.
pub(super) fn cards(view: &View, cards: &Cards) -> Option<Node> {
    let level = view.heading_level.saturating_add(1);
    let part = |title: Key, rows: Vec<Node>| {
        (!rows.is_empty()).then(|| {
            section(
                Parts::class("cases")
                    .attr("part", "cases")
                    .child(heading(level, Parts::class("title").word(view, title)))
                    .list(rows),
            )
        })
    };
    let cases = part(keys::CASES_TITLE, cards.cases.iter().map(|card| case(view, level, card)).collect());
    let backs = part(keys::RETURNS_TITLE, cards.returns.iter().map(|card| back(view, card, true)).collect());
    let refunds = part(keys::REFUNDS_TITLE, cards.refunds.iter().map(|card| refund(view, card)).collect());
    let there = cases.is_some() || backs.is_some() || refunds.is_some();
    let failed = if cards.failed { view.text.key(keys::KEEP_FAILED) } else { String::new() };
    let alert = p(Parts::class("error").attr("role", "alert").text(failed));
    there.then(|| div(Parts::class("requests").child(alert).child_opt(cases).child_opt(backs).child_opt(refunds)))
}

fn case(view: &View, level: u8, card: &CaseCard) -> Node {
    let line = |class: &str, message: &doorstep_core::message::Message| p(Parts::class(class).says(view, message));
    let sign = if card.open { icon(Icon::Clock) } else { of_tone(card.tone) };
    let actions =
        card.actions.iter().map(|(subject, words)| press(view, "second", view.text.message(words), Msg::Opened(subject.clone())));
    let keep = card.acknowledged.then(|| {
        press(view, "second", view.text.key(keys::KEEP_ACKNOWLEDGEMENT), Msg::Keep(Keep::Acknowledgement(card.id.clone())))
    });
    let body = div(Parts::class("case-body")
        .child_opt(card.next.as_ref().map(|next| p(Parts::class("case-next").child(strong(Parts::new().says(view, next))))))
        .child_opt(card.asked.as_ref().map(|asked| p(Parts::class("quote").text(asked.clone()))))
        .child_opt(card.outcome.as_ref().map(|outcome| line("", outcome)))
        .child_opt(card.returned.as_ref().map(|card| back(view, card, false)))
        .child_opt(card.refund.as_ref().map(|card| refund(view, card)))
        .child_opt((!card.items.is_empty()).then(|| items(view, &card.items)))
        .child_opt((!card.rows.is_empty()).then(|| story(view, &card.rows)))
        .child(div(Parts::class("buttons").list(actions.collect()).child_opt(keep))));
    let head = summary(
        Parts::class("line").child(sign).child(span(
            Parts::class("lines")
                .child(heading(
                    level.saturating_add(1),
                    Parts::class("case-title")
                        .text(joined(&[view.text.message(&card.title), view.text.message(&card.state)], " · ")),
                ))
                .child(span(Parts::class("quiet").says(view, &card.reference))),
        )),
    );
    details(Parts::class("case").key(card.id.clone()).toned("case", card.tone).flag("open", card.open).child(head).child(body))
}

fn story(view: &View, rows: &[EntryRow]) -> Node {
    let row = |row: &EntryRow| {
        let text = row.text.as_ref().map(|text| p(Parts::class("quote").text(text.clone())));
        li(Parts::new()
            .child(p(Parts::class("quiet").says(view, &row.when)))
            .child(p(Parts::new().says(view, &row.what)))
            .child_opt(text))
    };
    details(
        Parts::class("history")
            .child(summary(Parts::new().word(view, keys::CASE_STORY)))
            .child(ul(Parts::new().list(rows.iter().map(row).collect()))),
    )
}

fn back(view: &View, card: &ReturnCard, alone: bool) -> Node {
    let lines = [&card.method, &card.drop_off, &card.estimate].into_iter().flatten();
    let lines = lines.map(|line| p(Parts::new().says(view, line)));
    let label = (alone && card.label)
        .then(|| press(view, "second", view.text.key(keys::CASE_LABEL), Msg::Opened(Subject::Label(card.id.clone()))));
    let goods = (alone && !card.items.is_empty()).then(|| items(view, &card.items));
    div(Parts::class("card")
        .child(p(Parts::new().child(strong(Parts::new().says(view, &card.state)))))
        .list(lines.collect())
        .child_opt(goods)
        .child_opt(label))
}

fn refund(view: &View, card: &RefundCard) -> Node {
    let reference = card.reference.as_ref().map(|reference| {
        let words = [&view.text.key(keys::REFUND_REFERENCE), ": ", reference].concat();
        p(Parts::class("quiet digits").text(words))
    });
    let state = Parts::new().attr_if("data-tone", card.overdue.then(|| "attention".to_owned()));
    div(Parts::class("card")
        .child(p(Parts::new().child(strong(Parts::new().says(view, &card.amount)))))
        .child(p(state.says(view, &card.state)))
        .child_opt(reference))
}
