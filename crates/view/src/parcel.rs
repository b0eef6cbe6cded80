//! One parcel: its milestones, its delivery promise, the next step, its items, its carrier, and its timeline.

use doorstep_contract::{ActionKind, concat};
use doorstep_core::message::keys;
use doorstep_core::order::next_step::NextStep;
use doorstep_core::order::parcel::{CarrierCard, Parcel};
use doorstep_core::order::status::Tone;
use doorstep_core::screen::Msg;

use super::context::View;
use super::dom::{
    ElementBuilder, aside, button, dd, details, div, dl, dt, heading, named_slot, p, section, span, strong, summary,
};
use super::icon::{Icon, icon, of_tone};
use super::items::items;
use super::link::external_link;
use super::text::joined;
use super::{actions, milestones, place, promise, timeline};

/// Draws a parcel. A parcel with a title can be folded; a parcel that is the whole order has no title.
pub(crate) fn parcel(view: &View, parcel: &Parcel) -> ElementBuilder {
    let card = |element: ElementBuilder, class| element.class(class).key(parcel.id.clone()).part_and_tone("parcel", parcel.tone);
    let Some(title) = &parcel.title else {
        return card(section(), "parcel alone").child(body(view, parcel));
    };
    let level = view.heading_level.saturating_add(1);
    let status = view.texts.message(&parcel.status);
    // The sentence is left out if it only repeats the status.
    let sentence = parcel.sentence.as_ref().filter(|sentence| view.texts.message(sentence) != status);
    let sentence = sentence.map(|sentence| span().named("sentence").message(view, sentence));
    let sign = if parcel.arrived || parcel.tone > Tone::Good { of_tone(parcel.tone) } else { icon(Icon::Parcel) };
    let (send, id) = (view.sender(), parcel.id.clone());
    let line = summary().class("line").on_click(move || send(Msg::ParcelPressed(id.clone()))).child(sign).child(
        span()
            .class("lines")
            .child(heading(level).named("title").text(joined(&[view.texts.message(title), status], " · ")))
            .child_opt(sentence),
    );
    let body = parcel.drawn.then(|| body(view, parcel));
    card(details(), "parcel").flag("open", parcel.open).child(line).child_opt(body)
}

fn body(view: &View, parcel: &Parcel) -> ElementBuilder {
    let level = view.heading_level.saturating_add(if parcel.title.is_some() { 2 } else { 1 });
    let answer = div()
        .named("answer")
        .child_opt(parcel.promise.as_ref().map(|card| promise::promise(view, card)))
        .child_opt(parcel.why.as_ref().map(|why| p().class("why").message(view, why)))
        .child_opt(parcel.next.as_ref().map(|next| next_step(view, next)))
        .child_opt(actions::actions(view, &parcel.actions, carrier_page(parcel)));
    let help = if parcel.title.is_some() { keys::ACTION_MORE } else { keys::ACTION_ORDER };
    let facts = aside()
        .class("facts")
        .child(answer)
        .child_opt(actions::help(view, &parcel.actions, help))
        .child_opt(parcel.pickup.as_ref().map(|card| place::pickup(view, level, card)))
        .child_opt(parcel.proof_of_delivery.as_ref().map(|proof| place::proof(view, level, proof)));
    let tracking = div()
        .class("tracking")
        .child(timeline::timeline(view, &parcel.id, level.saturating_add(1), &parcel.timeline))
        .child_opt((!parcel.items.is_empty()).then(|| contents(view, level, parcel)))
        .child(carrier(view, &parcel.id, &parcel.carrier))
        .child(fresh(view, parcel))
        .child(named_slot(&concat(&["after-parcel-", &parcel.id])));
    div()
        .class("body")
        .child_opt(parcel.milestones.as_ref().map(|rail| milestones::milestones(view, rail)))
        .child(facts)
        .child(tracking)
}

/// Returns the carrier's page if the shopper has to take a step that the page does not offer, such as a payment to the carrier.
fn carrier_page(parcel: &Parcel) -> Option<&str> {
    let asks = parcel.next.as_ref().is_some_and(|next| next.shopper) && parcel.pickup.is_none();
    if !asks || parcel.actions.main.iter().any(|entry| !matches!(entry.kind, ActionKind::Withdraw)) {
        return None;
    }
    parcel.carrier.reroute.as_deref().or(parcel.carrier.link.as_deref())
}

fn next_step(view: &View, next: &NextStep) -> ElementBuilder {
    let sign = if next.shopper { icon(Icon::Flag) } else { of_tone(next.tone) };
    let by = next.by.as_ref().map(|by| p().class("by").message(view, by));
    div().class("next").part_and_tone("next", next.tone).child(sign).child(
        div()
            .class("lines")
            .child(p().child(strong().message(view, &next.party)))
            .child_opt(next.what.as_ref().map(|what| p().message(view, what)))
            .child_opt(next.asked.as_ref().map(|asked| p().text(asked.clone())))
            .child_opt(by),
    )
}

fn contents(view: &View, level: u8, parcel: &Parcel) -> ElementBuilder {
    let pieces = parcel.pieces.as_ref().map(|pieces| p().class("quiet").message(view, pieces));
    div()
        .class("contents")
        .attr("part", "items")
        .child(heading(level).label_class().text_key(view, keys::PARCEL_ITEMS))
        .child(items(view, &parcel.items))
        .child_opt(pieces)
}

fn carrier(view: &View, parcel: &str, card: &CarrierCard) -> ElementBuilder {
    let name =
        card.name.as_ref().map(|name| div().child(dt().text_key(view, keys::CARRIER_TITLE)).child(dd().message(view, name)));
    let (send, id) = (view.sender(), parcel.to_owned());
    let number = card.number.as_ref().map(|number| {
        let copy = button()
            .button_class("copy")
            .attr("type", "button")
            .attr("aria-label", &joined(&[view.texts.key(keys::CARRIER_COPY), view.texts.key(keys::CARRIER_NUMBER)], ": "))
            .on_click(move || send(Msg::CopyPressed(id.clone())))
            .text_key(view, keys::CARRIER_COPY);
        let selectable = digits(span(), number).attr("data-number", parcel);
        div()
            .child(dt().text_key(view, keys::CARRIER_NUMBER))
            .child(dd().class("number").child(selectable).child(copy))
            .child_opt(card.last_number.as_ref().map(|number| digits(dd(), number)))
    });
    let links = [(&card.link, keys::CARRIER_LINK), (&card.reroute, keys::CARRIER_REROUTE)];
    let links = links
        .into_iter()
        .filter_map(|(link, label)| link.as_ref().map(|link| p().child(external_link(view, link, view.texts.key(label)))));
    div().named("carrier").child(dl().child_opt(name).child_opt(number)).children(links)
}

/// Adds a number that is read from left to right in every language.
fn digits(element: ElementBuilder, number: &str) -> ElementBuilder {
    element.class("digits").text(number.to_owned())
}

fn fresh(view: &View, parcel: &Parcel) -> ElementBuilder {
    let silent = parcel.freshness.silent.then(|| concat(&[". ", &view.texts.key(keys::FRESH_SILENT)]));
    p().class("fresh").attr("part", "freshness").child(span().message(view, &parcel.freshness.carrier)).text_opt(silent)
}
