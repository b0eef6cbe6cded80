//! The milestones of a parcel: a list for screen readers, drawn as a line with dots.

use doorstep_core::message::keys;
use doorstep_core::order::milestones::Milestones;

use super::View;
use super::dom::{Node, Parts, li, ol, span};

/// Draws the milestones.
pub(super) fn milestones(view: &View, rail: &Milestones) -> Node {
    let stops = rail.stops.iter().enumerate().map(|(row, stop)| {
        let (state, heard) = match row.cmp(&rail.reached) {
            std::cmp::Ordering::Less => ("done", Some(keys::MILESTONE_DONE)),
            std::cmp::Ordering::Equal => ("current", None),
            std::cmp::Ordering::Greater => ("ahead", None),
        };
        let heard = heard.map(|key| view.text.key(key)).map(|word| [", ", &word].concat()).unwrap_or_default();
        li(Parts::class("stop")
            .attr("data-state", state)
            .attr_if("aria-current", (state == "current").then(|| "step".to_owned()))
            .child(span(Parts::class("dot")))
            .child(span(Parts::class("name").word(view, *stop)))
            .child(span(Parts::class("heard").text(heard))))
    });
    ol(Parts::class("rail")
        .toned("milestones", rail.tone)
        .attr("aria-label", &view.text.key(keys::MILESTONE_LABEL))
        .list(stops.collect()))
}
