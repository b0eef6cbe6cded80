//! The timeline: days and what happened on them, newest first; a new row slides in, the others stay where they are.

use doorstep_core::order::timeline::{Timeline, TimelineRow};
use doorstep_core::phrase::{Phrase, keys};
use doorstep_core::screen::Msg;
use leptos::prelude::AnyView;

use super::View;
use super::dom::{Parts, button, div, heading, li, ol, p, span, time};

/// The timeline of a parcel.
pub(super) fn timeline(view: &View, parcel: &str, level: u8, timeline: &Timeline) -> AnyView {
    let mut rows: Vec<(String, AnyView)> = Vec::new();
    for day in &timeline.days {
        let words = view.text.phrase(&day.heading);
        // The same day can come twice when a carrier's clock was wrong: its position keeps the keys apart. A row that keeps its key is
        // not drawn again, so everything that the page can change is part of it.
        let depth = ["1", "2", "3", "4", "5"].get(usize::from(level)).copied().unwrap_or("6");
        let key = [depth, &words, "/", day.rows.last().map(|row| row.key.as_str()).unwrap_or_default()].concat();
        rows.push((key, li(Parts::class("day").child(heading(level, Parts::new().text(words))))));
        rows.extend(day.rows.iter().map(|row| event(view, row)));
    }
    let empty = rows.is_empty().then(|| p(Parts::class("quiet").text(view.text.key(keys::TIMELINE_EMPTY))));
    let more = (timeline.more > 0).then(|| {
        button(
            Parts::class("more")
                .attr("type", "button")
                .on_click(view.send(Msg::MorePressed(parcel.to_owned())))
                .text(view.text.phrase(&Phrase::new(keys::TIMELINE_MORE).with("count", timeline.more))),
        )
    });
    div(Parts::class("timeline")
        .attr("part", "timeline")
        .child(heading(level.saturating_sub(1), Parts::class("heard").text(view.text.key(keys::TIMELINE_TITLE))))
        .child(ol(Parts::class("events").keyed(rows)))
        .maybe(empty)
        .maybe(more))
}

/// A row under a key that changes with its words, which another language does.
fn event(view: &View, row: &TimelineRow) -> (String, AnyView) {
    let at = row.time.as_ref().map(|at| view.text.arg(at)).unwrap_or_default();
    let what = view.text.arg(&row.what);
    let key = [&row.key, "/", &at, "/", &what, "/", row.place.as_deref().unwrap_or_default()].concat();
    let view = li(Parts::class("event")
        .attr("part", "event")
        .child(time(Parts::new().attr("datetime", row.machine_time.clone()).text(at)))
        .child(span(Parts::class("what").text(what)))
        .maybe(row.place.as_ref().map(|place| span(Parts::class("place").text(place.clone())))));
    (key, view)
}
