//! The milestones of a parcel: a list for screen readers, drawn as a line of stops with icons.

use doorstep_contract::concat;
use doorstep_core::message::keys;
use doorstep_core::order::milestones::Milestones;

use super::context::View;
use super::dom::{ElementBuilder, li, ol, span};
use super::icon::{Icon, icon};

/// Draws the milestones.
pub(crate) fn milestones(view: &View, rail: &Milestones) -> ElementBuilder {
    let stops = rail.stops.iter().enumerate().map(|(row, stop)| {
        let (state, part, suffix) = match row.cmp(&rail.reached) {
            std::cmp::Ordering::Less => ("done", "stop done", Some(keys::MILESTONE_DONE)),
            std::cmp::Ordering::Equal => ("current", "stop current", None),
            std::cmp::Ordering::Greater => ("ahead", "stop ahead", None),
        };
        let suffix = suffix.map(|key| view.texts.key(key)).map(|text| concat(&[", ", &text])).unwrap_or_default();
        li().class("stop")
            .attr("part", part)
            .attr("data-state", state)
            .attr_opt("aria-current", (state == "current").then(|| "step".to_owned()))
            .child(span().named("dot").child(icon(stop_icon(rail, row))))
            .child(span().named("name").text_key(view, *stop))
            .child(span().class("visually-hidden").text(suffix))
    });
    ol().class("rail")
        .part_and_tone("milestones", rail.tone)
        .attr("aria-label", &view.texts.key(keys::MILESTONE_LABEL))
        .children(stops)
}

/// Returns the icon of the stop with the given index.
pub(crate) fn stop_icon(rail: &Milestones, row: usize) -> Icon {
    match rail.stops.get(row).copied() {
        Some(keys::MILESTONE_SENT | keys::MILESTONE_RETURN_STARTED) => Icon::Parcel,
        Some(keys::MILESTONE_ON_THE_WAY) => Icon::Truck,
        Some(keys::MILESTONE_OUT_FOR_DELIVERY) => Icon::Van,
        Some(keys::MILESTONE_DELIVERED) => Icon::Home,
        Some(keys::MILESTONE_READY_FOR_PICKUP) => Icon::Pin,
        Some(keys::MILESTONE_COLLECTED | keys::MILESTONE_ARRIVED_BACK | keys::MILESTONE_RETURNED) => Icon::Check,
        Some(keys::MILESTONE_RETURNING) => Icon::Back,
        Some(_) | None => Icon::Note,
    }
}
