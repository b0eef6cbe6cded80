//! Changes to a delivery before it happens: date, pickup point, address, instructions, neighbour and safe place.

use super::{About, say_ways};
use crate::phrase::{Arg, Phrase, request_keys as keys};
use crate::request::block::{Block, FieldKind, Options, quoted};
use crate::request::choices::Load;
use crate::request::form::Form;
use crate::wire::{PickupPoint, Slot, Window};

/// Asks for one of the slots that are free now.
pub(super) fn reschedule(form: &mut Form<'_>, about: &About<'_>) {
    form.step("slot");
    match &about.choices.slots {
        Load::Ready(slots) if slots.slots.iter().any(|slot| slot.window.is_some()) => {
            form.options("slot_id", keys::SLOT_QUESTION, by_day(about, &slots.slots));
        }
        Load::Ready(_) => {
            form.say(keys::SLOT_NONE);
            say_ways(form, about.context);
        }
        Load::Failed => form.push(Block::Unloaded),
        Load::Idle | Load::Waiting(_) => form.push(Block::Loading),
    }
}

/// Returns the slots in groups under the names of their days. Slots without a window are left out.
fn by_day(about: &About<'_>, slots: &[Slot]) -> Vec<(Option<Phrase>, Options)> {
    let here = &about.context.here;
    let mut groups: Vec<(Option<Phrase>, Options)> = Vec::new();
    for slot in slots {
        let Some(window) = &slot.window else { continue };
        let (day, _) = here.dates(window);
        let day = Some(crate::here::standing(here.day(day)));
        let words = match window {
            Window::Times { from, to } => {
                Phrase::new(keys::SLOT_HOURS).with("from", here.local(*from).time()).with("to", here.local(*to).time())
            }
            Window::Days { .. } => keys::SLOT_ANY_TIME.into(),
        };
        let fee = slot.fee.as_ref().filter(|fee| fee.minor != 0);
        let fee = fee.map(|fee| Phrase::new(keys::FEE).with("amount", Arg::from(fee)));
        let option = (slot.id.clone(), words, fee.into_iter().collect());
        match groups.last_mut() {
            Some((known, options)) if *known == day => options.push(option),
            Some(_) | None => groups.push((day, vec![option])),
        }
    }
    groups
}

/// Asks for a pickup point.
pub(super) fn pickup_point(form: &mut Form<'_>, about: &About<'_>) {
    form.step("point");
    match &about.choices.points {
        Load::Ready(points) if !points.points.is_empty() => {
            let options = points.points.iter().map(point).collect();
            form.options("pickup_point_id", keys::POINT_QUESTION, vec![(None, options)]);
            form.hint(keys::POINT_HINT);
        }
        Load::Ready(_) => {
            form.say(keys::POINT_NONE);
            say_ways(form, about.context);
        }
        Load::Failed => form.push(Block::Unloaded),
        Load::Idle | Load::Waiting(_) => form.push(Block::Loading),
    }
}

fn point(point: &PickupPoint) -> (String, Phrase, Vec<Phrase>) {
    let name = match point.distance_m {
        Some(metres) => Phrase::new(keys::POINT_NAME).with("name", point.name.clone()).with("distance", distance(metres)),
        None => quoted(&point.name),
    };
    let address = point.lines.join(", ");
    let hours = point.hours.join(" · ");
    let more = [address, hours].into_iter().filter(|text| !text.is_empty()).map(|text| quoted(&text)).collect();
    (point.id.clone(), name, more)
}

/// Returns the distance in steps of 50 metres below a kilometre, else in kilometres with one decimal; both are rounded up.
fn distance(metres: u32) -> Phrase {
    if metres < 1_000 {
        return Phrase::new(keys::DISTANCE_M).with("count", metres.div_ceil(50) * 50);
    }
    Phrase::new(keys::DISTANCE_KM).with("distance", Arg::Tenths(metres.div_ceil(100)))
}

/// Asks for the corrected address, then shows a review.
pub(super) fn address(form: &mut Form<'_>, about: &About<'_>) {
    form.step("address");
    form.field("street", FieldKind::Street, keys::ADDRESS_STREET, None, true);
    form.field("street2", FieldKind::Street2, keys::ADDRESS_STREET2, Some(keys::OPTIONAL), false);
    form.field("postcode", FieldKind::Postcode, keys::ADDRESS_POSTCODE, None, true);
    form.field("city", FieldKind::City, keys::ADDRESS_CITY, None, true);
    form.hint(keys::ADDRESS_COUNTRY);
    form.forward(keys::CHECK);
    form.step("review");
    let before = about.context.order.destination.as_ref().map(|known| known.lines.join(", ")).filter(|known| !known.is_empty());
    let answers = ["street", "street2", "postcode", "city"].map(|name| form.answers.get(name).unwrap_or_default());
    let after: Vec<&str> = answers.into_iter().filter(|part| !part.is_empty()).collect();
    let mut rows: Vec<(Phrase, Phrase)> = Vec::new();
    rows.extend(before.map(|before| (keys::ADDRESS_BEFORE.into(), quoted(&before))));
    rows.push((keys::ADDRESS_AFTER.into(), quoted(&after.join(", "))));
    form.push(Block::Rows { rows, sum: false });
    form.hint(keys::ADDRESS_HINT);
}

/// Asks for instructions for the driver.
pub(super) fn instructions(form: &mut Form<'_>) {
    form.step("note");
    form.field("note", FieldKind::Area, keys::INSTRUCTIONS_LABEL, Some(keys::INSTRUCTIONS_HINT), true);
}

/// Asks for a neighbour's name and house.
pub(super) fn neighbour(form: &mut Form<'_>) {
    form.step("neighbour");
    form.field("name", FieldKind::Text, keys::NEIGHBOUR_NAME, None, true);
    form.field("house", FieldKind::Text, keys::NEIGHBOUR_HOUSE, None, true);
    form.hint(keys::NEIGHBOUR_HINT);
}

/// Asks for a safe place; the note is required for another place.
pub(super) fn safe_place(form: &mut Form<'_>) {
    form.step("place");
    let places = [
        ("porch", keys::PLACE_PORCH),
        ("garage", keys::PLACE_GARAGE),
        ("shed", keys::PLACE_SHED),
        ("garden", keys::PLACE_GARDEN),
        ("bin_store", keys::PLACE_BIN_STORE),
        ("other", keys::PLACE_OTHER),
    ];
    form.choice("place", keys::PLACE_QUESTION, &places, true);
    let needed = form.answers.is("place", "other");
    form.note(keys::PLACE_NOTE, needed);
}
