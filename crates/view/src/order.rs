//! The order from top to bottom: the headline, the parcels, the items not sent yet, the destination, and the contact details.

use doorstep_core::message::keys;
use doorstep_core::screen::{OrderPage, WaitingCard};

use super::context::View;
use super::dom::{ElementBuilder, article, div, heading, li, named_slot, p, section, ul};
use super::icon::{Icon, icon};
use super::items::items;
use super::link::external_link;
use super::parcel::parcel;
use super::{actions, headline, notice};

/// Draws the order.
pub(crate) fn order(view: &View, page: &OrderPage) -> ElementBuilder {
    let level = view.heading_level.saturating_add(1);
    let requests = page.requests.as_ref().zip(view.self_service).and_then(|(page, views)| (views.cards)(view, &*page.0));
    let parcels = page.parcels.iter().map(|card| parcel(view, card));
    // Two nodes for each section of `SECTIONS`: the section and its slot.
    let mut nodes = [
        Some(headline::headline(view, page)),
        Some(named_slot("after-headline")),
        requests,
        None,
        Some(named_slot("before-parcels")),
        Some(div().class("parcels").children(parcels)),
        page.waiting.as_ref().map(|card| waiting(view, level, card)),
        None,
        actions::actions(view, &page.actions, None),
        None,
        actions::help(view, &page.actions, keys::ACTION_ORDER),
        Some(named_slot("help")),
        Some(bottom(view, level, page)),
        None,
    ];
    let notice = page.notice.as_ref().map(|text| notice::notice(view, text));
    let mut order = article().named("order").child_opt(notice).child(named_slot("header"));
    for place in view.sections.bytes() {
        let first = usize::from(place & 7) * 2;
        for at in [first, first + 1] {
            order = order.child_opt(nodes.get_mut(at).and_then(Option::take));
        }
    }
    order.child(named_slot("footer"))
}

fn waiting(view: &View, level: u8, card: &WaitingCard) -> ElementBuilder {
    section().named("waiting").child(icon(Icon::Clock)).child(
        div()
            .class("lines")
            .child(heading(level).named("title").text_key(view, keys::WAITING_TITLE))
            .child(p().class("quiet").message(view, &card.when))
            .child(items(view, &card.items)),
    )
}

fn bottom(view: &View, level: u8, page: &OrderPage) -> ElementBuilder {
    let destination = (!page.destination.is_empty()).then(|| {
        div()
            .named("address")
            .child(heading(level).label_class().text_key(view, keys::DESTINATION_TITLE))
            .children(page.destination.iter().map(|line| p().text(line.clone())))
    });
    let support = (!page.support.is_empty()).then(|| {
        let rows = page.support.iter().map(|channel| {
            let hours = channel.hours.as_ref().map(|hours| p().class("quiet").text(hours.clone()));
            li().child(external_link(view, &channel.url, channel.label.clone())).child_opt(hours)
        });
        div().named("support").child(heading(level).label_class().text_key(view, keys::SUPPORT_TITLE)).child(ul().children(rows))
    });
    div()
        .class("bottom")
        .child_opt(destination)
        .child_opt(support)
        .child(p().class("fresh").attr("part", "checked").message(view, &page.checked))
}
