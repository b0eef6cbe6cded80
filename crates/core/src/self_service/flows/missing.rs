//! Report of non-receipt: a shipment that is reported as delivered but is not there, or a shipment that is overdue.

use super::about::{About, outcome};
use crate::message::{Message, MessageArg, count, request_keys as keys};
use crate::order::parcel::items;
use crate::order::status::{Situation, situation};
use crate::self_service::block::Block;
use crate::self_service::form::Form;
use doorstep_contract::{Direction, Need, Shipment, Stage};

/// If the shipment is reported as delivered, asks about the places that the shopper has checked. Then asks for an outcome and a
/// note, and for photos if they are required.
pub(super) fn parcel(form: &mut Form<'_>, about: &About<'_>) {
    let delivered = about.shipment.is_some_and(|shipment| shipment.stage == Stage::Delivered);
    if delivered {
        form.step("checks");
        elsewhere(form, about);
        let photo = about.shipment.and_then(|shipment| shipment.delivered.as_ref()).is_some_and(|left| left.photo_url.is_some());
        if photo {
            let answers = [("mine", keys::PHOTO_MINE), ("not_mine", keys::PHOTO_NOT_MINE), ("unsure", keys::PHOTO_UNSURE)];
            form.choice("photo", keys::PHOTO_QUESTION, &answers, false);
        }
        form.checks(
            keys::CHECKED_QUESTION,
            &[("household", keys::CHECKED_HOUSEHOLD), ("neighbours", keys::CHECKED_NEIGHBOURS), ("places", keys::CHECKED_PLACES)],
        );
        form.hint(keys::CHECKED_HINT);
        if about.action.lines.len() > 1 {
            form.choice("extent", keys::EXTENT_QUESTION, &[("all", keys::EXTENT_ALL), ("part", keys::EXTENT_PART)], false);
            if form.answers.is("extent", "part") {
                let rows = about.rows(form, false);
                form.lines(keys::LINES_MISSING, rows, &[]);
            }
        }
    }
    form.step("wish");
    outcome(form, about);
    form.note(keys::NOTE_MISSING, about.needs(Need::Note));
    if about.needs(Need::Photo) {
        form.photos(keys::PHOTOS_DOOR, true);
    }
}

/// Lists the items of the order's other shipments under way, because a missing item is often in one of them.
fn elsewhere(form: &mut Form<'_>, about: &About<'_>) {
    let order = about.context.order;
    let is_under_way = |other: &&Shipment| {
        Some(&other.id) != about.shipment.map(|shipment| &shipment.id)
            && other.direction == Direction::Outbound
            && !matches!(situation(other), Situation::Delivered | Situation::Cancelled | Situation::Lost | Situation::Destroyed)
    };
    let mut titles = Vec::new();
    let mut parcels = 0;
    for other in order.shipments.iter().filter(is_under_way) {
        parcels += 1;
        titles.extend(items(&order.lines, &other.lines, "").into_iter().map(|item| item.title));
    }
    if parcels > 0 {
        let more = Message::new(keys::ELSEWHERE).with("count", count(parcels));
        form.push(Block::Hint(more.with("items", MessageArg::Text(titles.join(", ")))));
    }
}
