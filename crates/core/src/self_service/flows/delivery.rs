//! Changes to a delivery before it happens: date, pickup point, address, instructions, neighbour and safe place.

use super::about::{About, support_channels};
use crate::message::{Message, MessageArg, request_keys as keys};
use crate::self_service::block::{Block, FieldKind, Options, quoted};
use crate::self_service::choices::Load;
use crate::self_service::form::Form;
use doorstep_contract::{PickupPoint, Slot, Window};

/// Asks for one of the slots that are free now.
pub(super) fn reschedule(form: &mut Form<'_>, about: &About<'_>) {
    form.step("slot");
    match &about.choices.slots {
        Load::Ready(slots) if slots.slots.iter().any(|slot| slot.window.is_some()) => {
            form.options("slot_id", keys::SLOT_QUESTION, by_day(about, &slots.slots));
        }
        Load::Ready(_) => {
            form.paragraph(keys::SLOT_NONE);
            support_channels(form, about.context);
        }
        Load::Failed => form.push(Block::Unloaded),
        Load::Idle | Load::Waiting(_) => form.push(Block::Loading),
    }
}

/// Returns the slots in groups under the names of their days. Slots without a window are left out.
fn by_day(about: &About<'_>, slots: &[Slot]) -> Vec<(Option<Message>, Options)> {
    let clock = &about.context.clock;
    let mut groups: Vec<(Option<Message>, Options)> = Vec::new();
    for slot in slots {
        let Some(window) = &slot.window else { continue };
        let (day, _) = clock.dates(window);
        let day = Some(crate::local_clock::as_heading(clock.day(day)));
        let label = match window {
            Window::Times { from, to } => {
                Message::new(keys::SLOT_HOURS).with("from", clock.local(*from).time()).with("to", clock.local(*to).time())
            }
            Window::Days { .. } => keys::SLOT_ANY_TIME.into(),
        };
        let fee = slot.fee.as_ref().filter(|fee| fee.minor != 0);
        let fee = fee.map(|fee| Message::new(keys::FEE).with("amount", MessageArg::from(fee)));
        let option = (slot.id.clone(), label, fee.into_iter().collect());
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
            form.paragraph(keys::POINT_NONE);
            support_channels(form, about.context);
        }
        Load::Failed => form.push(Block::Unloaded),
        Load::Idle | Load::Waiting(_) => form.push(Block::Loading),
    }
}

fn point(point: &PickupPoint) -> (String, Message, Vec<Message>) {
    let name = match point.distance_m {
        Some(metres) => Message::new(keys::POINT_NAME).with("name", point.name.clone()).with("distance", distance(metres)),
        None => quoted(&point.name),
    };
    let address = point.lines.join(", ");
    let hours = point.hours.join(" · ");
    let more = [address, hours].into_iter().filter(|text| !text.is_empty()).map(|text| quoted(&text)).collect();
    (point.id.clone(), name, more)
}

/// Returns the distance in steps of 50 metres below a kilometre, else in kilometres with one decimal; both are rounded up.
fn distance(metres: u32) -> Message {
    if metres < 1_000 {
        return Message::new(keys::DISTANCE_M).with("count", metres.div_ceil(50) * 50);
    }
    Message::new(keys::DISTANCE_KM).with("distance", MessageArg::Tenths(metres.div_ceil(100)))
}

/// Asks for the corrected address, then shows the old and the new address for review.
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
    let mut rows: Vec<(Message, Message)> = Vec::new();
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

/// Asks for a safe place. The note is required for the answer `other`.
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
