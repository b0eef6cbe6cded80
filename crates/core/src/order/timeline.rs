//! The timeline of a shipment: its events without duplicates, newest first, grouped by the local day of the place where they
//! happened. Long timelines are folded.

use std::collections::BinaryHeap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::local_clock::{LocalClock, as_heading};
use crate::message::{Message, MessageArg, count, keys};
use crate::order::status::stage_name;
use doorstep_contract::{Event, Shipment, Stage};

/// Number of rows shown before the shopper unfolds more.
pub const FIRST_ROWS: usize = 3;
/// Number of rows that one press adds.
pub const MORE_ROWS: usize = 50;
/// Number of folded rows that are rendered for print, where a row cannot be unfolded. All parcels of an order share this number.
const PAPER_ROWS: usize = 200;

/// Timeline of a shipment, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// Days with their rows, newest first.
    pub days: Vec<TimelineDay>,
    /// Number of older rows that the next press shows; 0 if all are shown.
    pub more: u32,
    /// Number of all events, duplicates not counted. The view notices a new event by this number.
    pub arrivals: usize,
}

/// One calendar day of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineDay {
    /// The day, as a message.
    pub heading: Message,
    /// True if all of its rows are folded.
    pub folded: bool,
    /// Its events, newest first.
    pub rows: Vec<TimelineRow>,
}

/// One event of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRow {
    /// Local time of day at the place; absent if the carrier gave only a date.
    pub time: Option<MessageArg>,
    /// Local date and time without a zone, for the `datetime` attribute.
    pub machine_time: String,
    /// Description of the event: the carrier's text, or the name of the stage if there is none.
    pub what: MessageArg,
    /// Name of the place.
    pub place: Option<String>,
    /// True if the row is folded. Folded rows are visible in print.
    pub folded: bool,
}

/// Returns the timeline. `FIRST_ROWS` and `unfolded` more rows are shown; further rows are folded and visible in print. `parcels`
/// is the number of parcels of the order, which share `PAPER_ROWS`.
pub fn timeline(shipment: &Shipment, unfolded: usize, parcels: usize, clock: &LocalClock<'_>) -> Timeline {
    let paper_rows = PAPER_ROWS.checked_div(parcels).unwrap_or_default();
    let events = in_order(shipment, clock);
    let shown = FIRST_ROWS.saturating_add(unfolded);
    // A single remaining row is shown at once instead of being folded.
    let shown = if events.len() <= shown + 1 { events.len() } else { shown };
    let mut days: Vec<(NaiveDate, TimelineDay)> = Vec::new();
    for (at, event) in events.iter().enumerate().take(shown.saturating_add(paper_rows)) {
        let folded = at >= shown;
        let row = row(event, folded);
        let date = event.at.local.date;
        match days.last_mut() {
            Some((last, day)) if *last == date => day.rows.push(row),
            _ => days.push((date, TimelineDay { heading: heading(date, clock), folded, rows: vec![row] })),
        }
    }
    let days = days.into_iter().map(|(_, day)| day).collect();
    Timeline { days, more: count((events.len() - shown).min(MORE_ROWS)), arrivals: events.len() }
}

fn heading(date: NaiveDate, clock: &LocalClock<'_>) -> Message {
    Message::new(keys::TIMELINE_DAY).with("day", as_heading(clock.day(date)))
}

fn row(event: &Event, folded: bool) -> TimelineRow {
    let text = carrier_text(event);
    let place = event.place.as_ref().and_then(|place| place.name.clone());
    TimelineRow {
        folded,
        time: event.at.local.time.map(MessageArg::Clock),
        machine_time: event.at.local.text(),
        place: place.filter(|name| !name.trim().is_empty() && text.as_ref() != Some(name)),
        what: text.map_or_else(|| stage_name(&event.stage).into(), MessageArg::Text),
    }
}

/// Returns the carrier's text as the backend cleaned it, else as the provider sent it. Returns None if both are absent or blank.
pub fn carrier_text(event: &Event) -> Option<String> {
    let raw = event.raw.as_ref().and_then(|raw| raw.text.as_ref());
    event.text.as_ref().or(raw).filter(|text| !text.trim().is_empty()).cloned()
}

/// Returns every event once, newest first. If the shipment is delivered, the last delivered scan comes first, even if its time is
/// older.
pub fn in_order<'a>(shipment: &'a Shipment, clock: &LocalClock<'_>) -> Vec<&'a Event> {
    let offset = clock.offset();
    let mut last: Option<(NaiveDateTime, usize)> = None;
    for (row, event) in shipment.events.iter().enumerate() {
        if shipment.stage == Stage::Delivered && event.stage == Stage::Delivered {
            last = last.max(Some((event.at.instant(offset), row)));
        }
    }
    // A heap sorts with a tenth of the code that the standard library's sort adds.
    let mut heap = BinaryHeap::with_capacity(shipment.events.len());
    for (row, event) in shipment.events.iter().enumerate() {
        let first = last.is_some_and(|(_, delivered)| delivered == row);
        heap.push((first, event.at.instant(offset), progress(event), row));
    }
    let mut kept: Vec<(NaiveDateTime, &Event)> = Vec::with_capacity(shipment.events.len());
    while let Some((_, at, _, row)) = heap.pop() {
        if let Some(event) = shipment.events.get(row).filter(|event| !is_double(&kept, at, event)) {
            kept.push((at, event));
        }
    }
    kept.into_iter().map(|(_, event)| event).collect()
}

/// Returns the rank of an event's stage. Of two scans at the same time, the scan with the later stage counts as newer.
fn progress(event: &Event) -> usize {
    Stage::VALUES.iter().position(|word| *word == event.stage.as_str()).unwrap_or_default()
}

/// Returns true if `kept` already has this event: an event less than three minutes away with the same id, or with the same stage,
/// text and place.
fn is_double(kept: &[(NaiveDateTime, &Event)], at: NaiveDateTime, event: &Event) -> bool {
    // Only the last 20 kept events are compared. This limits the work if many scans have the same time.
    kept.iter().rev().take(20).take_while(|(other, _)| (*other - at).num_minutes().abs() <= 2).any(|(_, other)| {
        (!event.id.is_empty() && other.id == event.id)
            || (other.stage == event.stage && carrier_text(other) == carrier_text(event) && other.place == event.place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{clock, noon, shipment, zone};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn event(id: &str, local: &str, stage: &str, text: &str) -> Value {
        json!({"id": id, "at": {"local": local, "offset_min": 0, "zone": "explicit"}, "stage": stage, "text": text})
    }

    fn ids(stage: &str, events: Value) -> Vec<String> {
        let shipment = shipment(json!({"stage": stage, "events": events}));
        in_order(&shipment, &clock(noon(), &zone)).into_iter().map(|event| event.id.clone()).collect()
    }

    #[test]
    fn events_stand_newest_first_whatever_their_order_and_zone() {
        let mut leeds = event("leeds", "2026-11-20T09:30:00", "in_transit", "Arrived");
        let mut paris = event("paris", "2026-11-20T09:45:00", "in_transit", "Left");
        leeds["at"]["offset_min"] = json!(0);
        paris["at"]["offset_min"] = json!(60);
        assert_eq!(ids("in_transit", json!([paris, leeds])), ["leeds", "paris"]);
    }

    #[test]
    fn the_same_scan_sent_twice_or_a_minute_apart_is_one_row() {
        let doubled = json!([
            event("a", "2026-11-20T09:00:00", "delivered", "Delivered"),
            event("b", "2026-11-20T09:01:00", "delivered", "Delivered"),
            event("a", "2026-11-20T09:00:00", "delivered", "Delivered"),
            event("c", "2026-11-19T09:00:00", "in_transit", "Arrived"),
        ]);
        assert_eq!(ids("delivered", doubled), ["b", "c"]);
    }

    #[test]
    fn a_delivered_scan_stands_first_even_if_its_clock_was_wrong() {
        let events = json!([
            event("out", "2026-11-20T08:00:00", "out_for_delivery", "Out"),
            event("done", "2026-11-18T08:00:00", "delivered", "Delivered"),
        ]);
        assert_eq!(ids("delivered", events.clone()), ["done", "out"]);
        assert_eq!(ids("returning", events), ["out", "done"]);
    }

    #[test]
    fn only_the_last_delivery_stands_first() {
        let events = json!([
            event("mistake", "2026-11-17T14:00:00", "delivered", "Delivered"),
            event("out", "2026-11-19T08:00:00", "out_for_delivery", "Out"),
            event("done", "2026-11-19T11:00:00", "delivered", "Delivered"),
        ]);
        assert_eq!(ids("delivered", events), ["done", "out", "mistake"]);
    }

    #[test]
    fn a_long_timeline_is_folded_and_a_fold_of_one_row_is_not_made() {
        let many = |n: usize| -> Value {
            (0..n)
                .map(|i| event(&i.to_string(), &format!("2026-11-{:02}T08:00:00", i % 28 + 1), "in_transit", &i.to_string()))
                .collect()
        };
        let more = |n, unfolded| timeline(&shipment(json!({"events": many(n)})), unfolded, 1, &clock(noon(), &zone)).more;
        assert_eq!([more(3, 0), more(4, 0), more(5, 0), more(17, 0), more(17, 50)], [0, 0, 2, 14, 0]);
        assert_eq!(more(5_000, 0), 50);
    }

    #[test]
    fn a_place_that_is_all_the_carrier_said_is_said_once() {
        let mut scan = event("a", "2026-11-20T08:00:00", "in_transit", "Leipzig");
        scan["place"] = json!({"name": "Leipzig"});
        let timeline = timeline(&shipment(json!({"events": [scan]})), 0, 1, &clock(noon(), &zone));
        assert_eq!(timeline.days[0].rows[0].place, None);
    }

    #[test]
    fn a_day_is_the_day_of_the_place_and_a_bare_date_has_no_time() {
        let events = json!([
            {"id": "a", "at": {"local": "2026-11-20", "zone": "unknown"}, "stage": "in_transit"},
            {"id": "b", "at": {"local": "2026-11-19T23:50:00", "offset_min": -480, "zone": "explicit"}, "stage": "in_transit"},
        ]);
        let timeline = timeline(&shipment(json!({"events": events})), 0, 1, &clock(noon(), &zone));
        let times: Vec<_> = timeline.days.iter().flat_map(|day| day.rows.iter().map(|row| row.time.is_some())).collect();
        assert_eq!(timeline.days.len(), 2);
        assert_eq!(times.iter().filter(|time| **time).count(), 1);
    }

    proptest! {
        #[test]
        fn no_row_is_lost_or_doubled_by_folding(n in 0usize..40, unfolded in 0usize..60) {
            let events: Value = (0..n).map(|i| event(&i.to_string(), "2026-11-20T08:00:00", "in_transit", &i.to_string())).collect();
            let timeline = timeline(&shipment(json!({"events": events})), unfolded, 1, &clock(noon(), &zone));
            let rows: Vec<_> = timeline.days.iter().flat_map(|day| &day.rows).collect();
            prop_assert_eq!(rows.len(), n);
            prop_assert_eq!(rows.iter().filter(|row| row.folded).count(), timeline.more as usize);
            for day in &timeline.days {
                prop_assert_eq!(day.folded, day.rows.iter().all(|row| row.folded));
            }
        }
    }
}
