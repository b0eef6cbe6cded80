//! One parcel: its milestones, its delivery promise, the next step, its items, its carrier, and its timeline.

use doorstep_core::message::keys;
use doorstep_core::order::next_step::NextStep;
use doorstep_core::order::parcel::{CarrierCard, Item, Parcel};
use doorstep_core::order::status::Tone;
use doorstep_core::screen::Msg;

use super::dom::{
    Node, Parts, a, aside, button, dd, details, div, dl, dt, heading, img, li, p, section, span, strong, summary, ul,
};
use super::icon::{Icon, icon, of_tone};
use super::{View, actions, joined, milestones, place, promise, timeline};

/// Draws a parcel. If the order has several, each can be folded.
pub(super) fn parcel(view: &View, parcel: &Parcel) -> Node {
    let parts = |class| Parts::class(class).key(parcel.id.clone()).toned("parcel", parcel.tone);
    let Some(title) = &parcel.title else {
        return section(parts("parcel alone").child(body(view, parcel)));
    };
    let level = view.heading_level.saturating_add(1);
    let status = view.text.message(&parcel.status);
    // Without a date, the sentence may only repeat the status.
    let sentence = parcel.sentence.as_ref().filter(|sentence| view.text.message(sentence) != status);
    let sentence = sentence.map(|sentence| span(Parts::class("sentence").says(view, sentence)));
    let sign = if parcel.arrived || parcel.tone > Tone::Good { of_tone(parcel.tone) } else { icon(Icon::Parcel) };
    let line = summary(
        Parts::class("line").child(sign).child(span(
            Parts::class("lines")
                .child(heading(level, Parts::class("title").text(joined(&[view.text.message(title), status], " · "))))
                .child_opt(sentence),
        )),
    );
    details(parts("parcel").flag("open", parcel.open).child(line).child(body(view, parcel)))
}

fn body(view: &View, parcel: &Parcel) -> Node {
    let level = view.heading_level.saturating_add(if parcel.title.is_some() { 2 } else { 1 });
    let facts = aside(
        Parts::class("facts")
            .child_opt(parcel.promise.as_ref().map(|card| promise::promise(view, card)))
            .child_opt(parcel.why.as_ref().map(|why| p(Parts::class("why").says(view, why))))
            .child_opt(parcel.next.as_ref().map(|next| next_step(view, next)))
            .child_opt(actions::actions(view, &parcel.actions, keys::ACTION_MORE))
            .child_opt(parcel.pickup.as_ref().map(|card| place::pickup(view, level, card)))
            .child_opt(parcel.proof_of_delivery.as_ref().map(|proof| place::proof(view, level, proof))),
    );
    let story = div(Parts::class("story")
        .child(timeline::timeline(view, &parcel.id, level.saturating_add(1), &parcel.timeline))
        .child_opt((!parcel.items.is_empty()).then(|| contents(view, level, parcel)))
        .child(carrier(view, &parcel.id, &parcel.carrier))
        .child(fresh(view, parcel)));
    div(Parts::class("body")
        .child_opt(parcel.milestones.as_ref().map(|rail| milestones::milestones(view, rail)))
        .child(facts)
        .child(story))
}

fn next_step(view: &View, next: &NextStep) -> Node {
    let sign = if next.shopper { icon(Icon::Flag) } else { of_tone(next.tone) };
    let by = next.by.as_ref().map(|by| p(Parts::class("by").says(view, by)));
    div(Parts::class("next").toned("next", next.tone).child(sign).child(div(Parts::class("lines")
        .child(p(Parts::new().child(strong(Parts::new().says(view, &next.whose)))))
        .child_opt(next.what.as_ref().map(|what| p(Parts::new().says(view, what))))
        .child_opt(next.asked.as_ref().map(|asked| p(Parts::new().text(asked.clone()))))
        .child_opt(by))))
}

fn contents(view: &View, level: u8, parcel: &Parcel) -> Node {
    let pieces = parcel.pieces.as_ref().map(|pieces| p(Parts::class("quiet").says(view, pieces)));
    div(Parts::class("contents")
        .attr("part", "items")
        .child(heading(level, Parts::class("small").word(view, keys::PARCEL_ITEMS)))
        .child(items(view, &parcel.items))
        .child_opt(pieces))
}

/// Draws items with their quantities.
pub(super) fn items(view: &View, items: &[Item]) -> Node {
    let row = |item: &Item| {
        let image = item.image.as_ref().map(|image| {
            img(Parts::class("image")
                .attr("alt", "")
                .attr("loading", "lazy")
                .attr("referrerpolicy", "no-referrer")
                .attr("decoding", "async")
                .attr("src", image))
        });
        let variant = item.variant.as_ref().map(|variant| span(Parts::class("quiet").text(variant.clone())));
        li(Parts::class("item")
            .child_opt(image)
            .child(span(Parts::class("lines").child(span(Parts::new().text(item.title.clone()))).child_opt(variant)))
            .child(span(Parts::class("quantity").says(view, &item.quantity))))
    };
    ul(Parts::class("items").list(items.iter().map(row).collect()))
}

fn carrier(view: &View, parcel: &str, card: &CarrierCard) -> Node {
    let name = card.name.as_ref().map(|name| {
        div(Parts::new().child(dt(Parts::new().word(view, keys::CARRIER_TITLE))).child(dd(Parts::new().says(view, name))))
    });
    let (send, id) = (view.sender(), parcel.to_owned());
    let number = card.number.as_ref().map(|number| {
        let copy = button(
            Parts::class("copy")
                .attr("type", "button")
                .attr("aria-label", &joined(&[view.text.key(keys::CARRIER_COPY), view.text.key(keys::CARRIER_NUMBER)], ": "))
                .on_click(move || send(Msg::CopyPressed(id.clone())))
                .word(view, keys::CARRIER_COPY),
        );
        let own = digits(number).attr("data-number", parcel);
        div(Parts::new()
            .child(dt(Parts::new().word(view, keys::CARRIER_NUMBER)))
            .child(dd(Parts::class("number").child(span(own)).child(copy)))
            .child_opt(card.last_number.as_ref().map(|number| dd(digits(number)))))
    });
    let links = [(&card.link, keys::CARRIER_LINK), (&card.reroute, keys::CARRIER_REROUTE)];
    let links = links
        .into_iter()
        .filter_map(|(link, words)| link.as_ref().map(|link| p(Parts::new().child(outward(view, link, view.text.key(words))))));
    div(Parts::class("carrier")
        .attr("part", "carrier")
        .child(dl(Parts::new().child_opt(name).child_opt(number)))
        .list(links.collect()))
}

/// Returns a number that is read from left to right in every language.
fn digits(number: &str) -> Parts {
    Parts::class("digits").text(number.to_owned())
}

fn fresh(view: &View, parcel: &Parcel) -> Node {
    let silent = parcel.freshness.silent.then(|| Node::Text([". ", &view.text.key(keys::FRESH_SILENT)].concat()));
    p(Parts::class("fresh")
        .attr("part", "freshness")
        .child(span(Parts::new().says(view, &parcel.freshness.carrier)))
        .child_opt(silent))
}

/// Draws a link that leaves the page. A link to a web page opens in a new tab, and screen readers announce that.
pub(super) fn outward(view: &View, url: &str, words: String) -> Node {
    let leaves = ["(", &view.text.key(keys::LINK_NEW_TAB), ")"].concat();
    let page = url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
    let parts = Parts::class("outward")
        .attr("href", url)
        .attr("rel", "noopener noreferrer")
        .attr_if("target", page.then(|| "_blank".to_owned()))
        .text(words);
    a(match page {
        true => parts.child(icon(Icon::Out)).child(span(Parts::class("heard").text(leaves))),
        false => parts,
    })
}
