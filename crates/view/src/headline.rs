//! The headline with the state of the order, the line that identifies the order, and pictures of its first items.

use doorstep_contract::concat;
use doorstep_core::order::status::Tone;
use doorstep_core::screen::OrderPage;

use super::context::View;
use super::dom::{ElementBuilder, div, header, heading, p, span};
use super::icon::{Icon, icon, of_tone};
use super::items::picture;
use super::milestones;

/// Number of pictures beside the headline.
const PICTURES: usize = 3;

/// Draws the headline with its icon, a second sentence if there is one, the line that identifies the order, and pictures.
pub(crate) fn headline(view: &View, page: &OrderPage) -> ElementBuilder {
    let title = heading(view.heading_level)
        .class("headline")
        .part_and_tone("headline", page.headline.tone)
        .attr("tabindex", "-1")
        .attr("data-focus", "headline")
        .message(view, &page.headline.message);
    let detail = page.detail.as_ref().map(|detail| p().class("detail").text(detail.clone()));
    let lines = div().class("lines").child(title).child_opt(detail).child(about(view, page));
    header()
        .class("top")
        .child(span().class("mark").part_and_tone("mark", page.headline.tone).child(order_icon(page)))
        .child(lines)
        .child(pictures(page))
}

/// Draws the icon of the order's state, which is that of the most important parcel.
fn order_icon(page: &OrderPage) -> ElementBuilder {
    let first = page.parcels.first();
    if page.headline.tone > Tone::Good {
        let is_shoppers_move = first.and_then(|parcel| parcel.next.as_ref()).is_some_and(|next| next.shopper);
        return if is_shoppers_move { icon(Icon::Flag) } else { of_tone(page.headline.tone) };
    }
    // With items that are not sent yet, the state of a parcel is not that of the order.
    let rail = first.filter(|_| page.waiting.is_none()).and_then(|parcel| parcel.milestones.as_ref());
    icon(rail.map_or(Icon::Parcel, |rail| milestones::stop_icon(rail, rail.reached)))
}

/// Draws pictures of the first items. They are decorative, because the items are listed with their names below.
fn pictures(page: &OrderPage) -> ElementBuilder {
    let mut pictures = Vec::new();
    let parcels = page.parcels.iter().map(|parcel| &parcel.items);
    for item in parcels.chain(page.waiting.iter().map(|card| &card.items)).flatten() {
        if pictures.len() < PICTURES
            && let Some(image) = &item.image
        {
            pictures.push(picture(image));
        }
    }
    div().class("pictures").children(pictures)
}

/// Draws the line that identifies the order. The order number does not break across lines, because the shopper may have to read
/// it aloud to a person.
fn about(view: &View, page: &OrderPage) -> ElementBuilder {
    let between = if page.number.is_some() { " · " } else { "" };
    let about = page.about.as_ref().map(|about| concat(&[&view.texts.message(about), between]));
    let number = page.number.as_ref().map(|number| span().class("whole").message(view, number));
    p().named("about").text_opt(about).child_opt(number)
}
