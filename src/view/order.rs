//! The order from top to bottom: the headline, the parcels, the items not sent yet, the destination, and the contact details.

use doorstep_core::message::keys;
use doorstep_core::screen::{OrderPage, WaitingCard};

use super::dom::{Node, Parts, div, heading, li, p, section, ul};
use super::icon::{Icon, icon};
use super::parcel::{items, outward, parcel};
use super::{View, actions, headline, notice};

/// Returns the content of the order's article.
pub(super) fn order(view: &View, page: &OrderPage) -> Parts {
    let level = view.heading_level.saturating_add(1);
    let requests = page.requests.as_ref().zip(view.exports).map(|(page, exports)| (exports.cards)(view, &*page.0));
    let parcels = page.parcels.iter().map(|card| parcel(view, card));
    Parts::class("order")
        .attr("part", "order")
        .child_opt(page.notice.as_ref().map(|text| notice::notice(view, text)))
        .child(headline::headline(view, page))
        .child_opt(requests)
        .child(div(Parts::class("parcels").list(parcels.collect())))
        .child_opt(page.waiting.as_ref().map(|card| waiting(view, level, card)))
        .child_opt(actions::actions(view, &page.actions, keys::ACTION_ORDER))
        .child(bottom(view, level, page))
}

fn waiting(view: &View, level: u8, card: &WaitingCard) -> Node {
    section(
        Parts::class("waiting").attr("part", "waiting").child(icon(Icon::Clock)).child(div(Parts::class("lines")
            .child(heading(level, Parts::class("title").word(view, keys::WAITING_TITLE)))
            .child(p(Parts::class("quiet").says(view, &card.when)))
            .child(items(view, &card.items)))),
    )
}

fn bottom(view: &View, level: u8, page: &OrderPage) -> Node {
    let destination = (!page.destination.is_empty()).then(|| {
        div(Parts::class("destination")
            .child(heading(level, Parts::class("small").word(view, keys::DESTINATION_TITLE)))
            .list(page.destination.iter().map(|line| p(Parts::new().text(line.clone()))).collect()))
    });
    let support = (!page.support.is_empty()).then(|| {
        let rows = page.support.iter().map(|way| {
            let hours = way.hours.as_ref().map(|hours| p(Parts::class("quiet").text(hours.clone())));
            li(Parts::new().child(outward(view, &way.url, way.label.clone())).child_opt(hours))
        });
        div(Parts::class("support")
            .attr("part", "support")
            .child(heading(level, Parts::class("small").word(view, keys::SUPPORT_TITLE)))
            .child(ul(Parts::new().list(rows.collect()))))
    });
    div(Parts::class("bottom")
        .child_opt(destination)
        .child_opt(support)
        .child(p(Parts::class("fresh").says(view, &page.checked))))
}
