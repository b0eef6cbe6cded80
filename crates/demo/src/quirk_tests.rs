//! Tests that irregular data of carriers is shown as it happened.

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::{ConditionState, DeliveredTo, Event, Shipment, Verdict};

use super::scenario::ScenarioCatalog;
use super::tests::{now, story};

/// Returns the shipment of a scenario that has only one.
fn parcel(id: &str, now: DateTime<Utc>) -> Shipment {
    story(id, now).shipments.into_iter().next().expect("a shipment")
}

#[test]
fn what_carriers_really_send_is_told_as_it_happened() {
    use DeliveredTo::{InPart, Mailbox, Recipient, SafePlace};
    let table: [(&str, usize, Option<DeliveredTo>); 16] = [
        ("quirk_order", 5, Some(DeliveredTo::default())),
        ("quirk_misdated", 6, Some(DeliveredTo::default())),
        ("quirk_doubles", 4, Some(SafePlace)),
        ("quirk_formats", 4, None),
        ("quirk_zulu", 5, Some(Mailbox)),
        ("quirk_zones", 5, None),
        ("quirk_dates", 5, None),
        ("quirk_exception", 3, None),
        ("quirk_redelivered", 6, Some(Recipient)),
        ("quirk_sent_back", 5, Some(DeliveredTo::Reception)),
        ("quirk_to_sender", 4, None),
        ("quirk_voided", 2, None),
        ("quirk_number", 3, None),
        ("quirk_partner", 4, None),
        ("quirk_pieces", 6, Some(InPart)),
        ("quirk_untracked", 1, None),
    ];
    let group = ScenarioCatalog::open()
        .expect("the scenarios")
        .scenarios
        .into_iter()
        .filter(|story| story.group == "What carriers really send");
    assert_eq!(group.map(|story| story.id).collect::<Vec<_>>(), table.each_ref().map(|(id, ..)| *id));
    for hours in (0..24).map(|hour| hour * 25) {
        let now = now() + TimeDelta::hours(hours);
        for (id, events, to) in &table {
            let shipment = parcel(id, now);
            let shown = shipment.delivered.as_ref().map(|delivered| &delivered.to);
            assert_eq!((shipment.events.len(), shown, shipment.attempts), (*events, to.as_ref(), 0), "{id} at {now}");
            let verdict = shipment.promise.as_ref().map(|promise| &promise.verdict);
            assert!(shipment.condition.state != ConditionState::Late && verdict != Some(&Verdict::Late), "{id} at {now}");
        }
    }
    let partner = parcel("quirk_partner", now());
    assert_eq!(partner.last_mile_carrier.map(|carrier| carrier.name).as_deref(), Some("USPS"));
    assert_eq!(partner.last_mile_tracking_number.as_deref(), Some("9261290990178241504178"));
    assert_eq!(parcel("quirk_pieces", now()).pieces, Some(3));
    assert_eq!(parcel("quirk_misdated", now()).delivered.and_then(|delivered| delivered.at), None, "its scan has a wrong date");
    assert_eq!(parcel("quirk_untracked", now()).promise.map(|promise| promise.verdict), Some(Verdict::default()));
}

#[test]
fn a_scan_is_told_on_the_clock_of_its_place_or_as_it_was_written() {
    for (id, readings) in [
        (
            "quirk_formats",
            vec!["2026-11-13T16:40:00 0", "2026-11-15T22:05:00 0", "2026-11-18T14:20:00 540", "2026-11-19T06:55:00 540"],
        ),
        (
            "quirk_zulu",
            vec![
                "2026-11-16T11:02:00 -300",
                "2026-11-16T17:20:00 -300",
                "2026-11-17T23:20:00 -300",
                "2026-11-19T08:02:00 -300",
                "2026-11-19T13:44:00 -300",
            ],
        ),
        (
            "quirk_zones",
            vec![
                "2026-11-10T18:05:00 480",
                "2026-11-12T09:20:00 480",
                "2026-11-14T03:40:00 unknown",
                "2026-11-17T15:10:00 60",
                "2026-11-19T04:35:00 60",
            ],
        ),
        (
            "quirk_dates",
            vec!["2026-11-14 unknown", "2026-11-15 unknown", "2026-11-16 unknown", "2026-11-18 unknown", "2026-11-19 unknown"],
        ),
    ] {
        let shipment = parcel(id, now());
        let offset = |event: &Event| event.at.offset_min.map_or_else(|| "unknown".to_owned(), |minutes| minutes.to_string());
        let shown: Vec<_> = shipment.events.iter().map(|event| format!("{} {}", event.at.local, offset(event))).collect();
        assert_eq!(shown, readings, "{id}");
    }
}
