//! The cards of self-service: cases with their next step and their history, returns, refunds. In the widget, only the second chunk
//! calls this file, so that its code stays out of the first chunk.

use std::any::Any;

use doorstep_contract::{concat, id_text};
use doorstep_core::message::{Key, request_keys as keys};
use doorstep_core::self_service::{Cards, CaseCard, EntryRow, Keep, Msg, Page, RefundCard, ReturnCard, Subject};

use super::context::View;
use super::controls::message_button;
use super::dom::{ElementBuilder, details, div, heading, li, p, section, span, strong, summary, ul};
use super::icon::{Icon, icon, of_tone};
use super::items::items;
use super::text::joined;

/// Draws the cards of a `self_service::Page` of the core. If there are no cards, returns None.
pub fn cards(view: &View, page: &dyn Any) -> Option<ElementBuilder> {
    page.downcast_ref::<Page>().and_then(|page| all(view, &page.cards))
}

/// Draws all cards, under one heading for each kind. If there are no cards, returns None.
fn all(view: &View, cards: &Cards) -> Option<ElementBuilder> {
    let level = view.heading_level.saturating_add(1);
    let part = |title: Key, rows: Vec<ElementBuilder>| {
        (!rows.is_empty())
            .then(|| section().named("cases").child(heading(level).class("title").text_key(view, title)).children(rows))
    };
    let cases = part(keys::CASES_TITLE, cards.cases.iter().map(|card| case(view, level, card)).collect());
    let returns = part(keys::RETURNS_TITLE, cards.returns.iter().map(|card| return_card(view, card, true)).collect());
    let refunds = part(keys::REFUNDS_TITLE, cards.refunds.iter().map(|card| refund(view, card)).collect());
    let any = cases.is_some() || returns.is_some() || refunds.is_some();
    let failed = if cards.failed { view.texts.key(keys::KEEP_FAILED) } else { String::new() };
    let alert = p().class("error").attr("role", "alert").text(failed);
    any.then(|| div().class("requests").child(alert).child_opt(cases).child_opt(returns).child_opt(refunds))
}

fn case(view: &View, level: u8, card: &CaseCard) -> ElementBuilder {
    let line = |class: &str, message: &doorstep_core::message::Message| p().class(class).message(view, message);
    let sign = if card.open { icon(Icon::Clock) } else { of_tone(card.tone) };
    let actions = card
        .actions
        .iter()
        .map(|(subject, label)| message_button(view, "second", view.texts.message(label), Msg::Opened(subject.clone())));
    let keep = card.acknowledged.then(|| {
        message_button(
            view,
            "second",
            view.texts.key(keys::KEEP_ACKNOWLEDGEMENT),
            Msg::Keep(Keep::Acknowledgement(card.id.clone())),
        )
    });
    let body = div()
        .class("case-body")
        .child_opt(card.next.as_ref().map(|next| p().class("case-next").child(strong().message(view, next))))
        .child_opt(card.asked.as_ref().map(|asked| p().class("quote").text(asked.clone())))
        .child_opt(card.outcome.as_ref().map(|outcome| line("", outcome)))
        .child_opt(card.returned.as_ref().map(|card| return_card(view, card, false)))
        .child_opt(card.refund.as_ref().map(|card| refund(view, card)))
        .child_opt((!card.items.is_empty()).then(|| items(view, &card.items)))
        .child_opt((!card.rows.is_empty()).then(|| history(view, &card.rows)))
        .child(div().class("buttons").children(actions).child_opt(keep));
    let head = summary().class("line").child(sign).child(
        span()
            .class("lines")
            .child(
                heading(level.saturating_add(1))
                    .class("case-title")
                    .text(joined(&[view.texts.message(&card.title), view.texts.message(&card.state)], " · ")),
            )
            .child(span().class("quiet").message(view, &card.reference)),
    );
    details()
        .class("case")
        .key(id_text(card.id.clone()))
        .part_and_tone("case", card.tone)
        .flag("open", card.open)
        .child(head)
        .child(body)
}

fn history(view: &View, rows: &[EntryRow]) -> ElementBuilder {
    let row = |row: &EntryRow| {
        let text = row.text.as_ref().map(|text| p().class("quote").text(text.clone()));
        li().child(p().class("quiet").message(view, &row.when)).child(p().message(view, &row.what)).child_opt(text)
    };
    details().class("history").child(summary().text_key(view, keys::CASE_STORY)).child(ul().children(rows.iter().map(row)))
}

fn return_card(view: &View, card: &ReturnCard, alone: bool) -> ElementBuilder {
    let lines = [&card.method, &card.drop_off, &card.estimate].into_iter().flatten();
    let lines = lines.map(|line| p().message(view, line));
    let label = (alone && card.label)
        .then(|| message_button(view, "second", view.texts.key(keys::CASE_LABEL), Msg::Opened(Subject::Label(card.id.clone()))));
    let goods = (alone && !card.items.is_empty()).then(|| items(view, &card.items));
    div().class("card").child(p().child(strong().message(view, &card.state))).children(lines).child_opt(goods).child_opt(label)
}

fn refund(view: &View, card: &RefundCard) -> ElementBuilder {
    let reference = card.reference.as_ref().map(|reference| {
        let text = concat(&[&view.texts.key(keys::REFUND_REFERENCE), ": ", reference]);
        p().class("quiet digits").text(text)
    });
    let tone = card.overdue.then(|| "attention".to_owned());
    div()
        .class("card")
        .child(p().child(strong().message(view, &card.amount)))
        .child(p().attr_opt("data-tone", tone).message(view, &card.state))
        .child_opt(reference)
}
