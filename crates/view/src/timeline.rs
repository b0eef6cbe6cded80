//! The timeline: days with their tracking events, newest first. A new row slides in.

use doorstep_core::message::{Message, keys};
use doorstep_core::order::timeline::{Timeline, TimelineRow};
use doorstep_core::screen::Msg;

use super::context::View;
use super::dom::{ElementBuilder, button, div, heading, li, ol, p, span, time};

/// Draws the timeline of a parcel.
pub(crate) fn timeline(view: &View, parcel: &str, level: u8, timeline: &Timeline) -> ElementBuilder {
    let mut rows: Vec<ElementBuilder> = Vec::new();
    for day in &timeline.days {
        rows.push(
            li().class(if day.folded { "day fold" } else { "day" })
                .part_if("day", !day.folded)
                .child(heading(level).message(view, &day.heading)),
        );
        rows.extend(day.rows.iter().map(|row| event(view, row)));
    }
    let empty = rows.is_empty().then(|| p().class("quiet").text_key(view, keys::TIMELINE_EMPTY));
    let (send, id) = (view.sender(), parcel.to_owned());
    let more = (timeline.more > 0).then(|| {
        button()
            .named("more")
            .attr("type", "button")
            .on_click(move || send(Msg::MorePressed(id.clone())))
            .message(view, &Message::new(keys::TIMELINE_MORE).with("count", timeline.more))
    });
    div()
        .named("timeline")
        .child(heading(level.saturating_sub(1)).label_class().text_key(view, keys::TIMELINE_TITLE))
        // The parity of the number of arrivals selects one of two animations, so that each newest row slides in.
        .child(
            ol().class("events")
                .attr("data-rows", parcel)
                .attr("data-arrivals", if timeline.arrivals.is_multiple_of(2) { "even" } else { "odd" })
                .children(rows),
        )
        .child_opt(empty)
        .child_opt(more)
}

fn event(view: &View, row: &TimelineRow) -> ElementBuilder {
    let at = row.time.as_ref().map(|at| view.texts.arg(at)).unwrap_or_default();
    // A folded row has no part name, because a rule of the page could unfold it.
    li().class(if row.folded { "event fold" } else { "event" })
        .part_if("event", !row.folded)
        .attr("tabindex", "-1")
        .child(time().attr("part", "time").attr("datetime", &row.machine_time).text(at))
        .child(span().class("what").attr("part", "text").text(view.texts.arg(&row.what)))
        .child_opt(row.place.as_ref().map(|place| span().named("place").text(place.clone())))
}
