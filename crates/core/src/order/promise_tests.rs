use super::*;
use crate::message::MessageArg;
use crate::testing::{at, clock, noon, shipment, zone};
use serde_json::json;

fn expected(expected: serde_json::Value, confidence: &str, stage: &str) -> Option<Message> {
    let shipment = shipment(json!({"stage": stage, "promise": {"expected": expected, "confidence": confidence}}));
    expectation(&shipment, &clock(noon(), &zone))
}

#[test]
fn one_date_is_named_only_when_it_is_sure() {
    let day = json!({"from": "2026-11-24", "to": "2026-11-24"});
    assert_eq!(expected(day.clone(), "high", "in_transit").map(|message| message.key), Some(keys::DAY_ON));
    assert_eq!(expected(day.clone(), "medium", "in_transit").map(|message| message.key), Some(keys::DAYS_RANGE));
    let low = expected(day, "low", "in_transit").map(|message| message.args);
    let range = |from, to| MessageArg::Dates { from, to, year: false };
    let date = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    assert_eq!(low, Some(vec![("dates", range(date(24), date(26)))]));
}

#[test]
fn hours_are_named_only_when_they_are_sure_or_the_parcel_is_on_the_vehicle() {
    let hours = json!({"from": "2026-11-20T14:00:00Z", "to": "2026-11-20T16:00:00Z"});
    assert_eq!(expected(hours.clone(), "high", "in_transit").map(|message| message.key), Some(keys::WINDOW_HOURS));
    assert_eq!(expected(hours.clone(), "medium", "out_for_delivery").map(|message| message.key), Some(keys::WINDOW_HOURS));
    assert_eq!(expected(hours, "medium", "in_transit").map(|message| message.key), Some(keys::DAY_TODAY));
}

#[test]
fn what_may_end_late_is_not_called_on_time() {
    let on = |confidence: &str, to: &str| {
        let shipment = shipment(json!({"stage": "in_transit", "promise": {"promised": {"from": "2026-11-24", "to": to},
            "expected": {"from": "2026-11-24", "to": "2026-11-24"}, "confidence": confidence, "verdict": "on_time"}}));
        card(&shipment, &clock(noon(), &zone)).unwrap().verdict.map(|(message, _)| message.key)
    };
    assert_eq!(on("high", "2026-11-24"), Some(keys::PROMISE_ON_TIME));
    assert_eq!(on("medium", "2026-11-24"), None);
    assert_eq!(on("medium", "2026-11-25"), Some(keys::PROMISE_ON_TIME));
}

#[test]
fn a_change_of_hours_says_the_hours_and_no_change_has_the_same_on_both_sides() {
    let hours = |from: &str, to: &str| json!({"from": format!("2026-11-29T{from}Z"), "to": format!("2026-11-29T{to}Z")});
    let day = json!({"from": "2026-11-29", "to": "2026-11-29"});
    let night = |hour: &str| json!({"from": format!("2026-11-28T{hour}:00:00Z"), "to": "2026-11-29T02:00:00Z"});
    let change = |from: serde_json::Value, to: serde_json::Value| {
        let revisions = json!([{"at": "2026-11-20T08:00:00Z", "from": from, "to": to}]);
        let shipment = shipment(json!({"stage": "in_transit", "promise": {"promised": day, "revisions": revisions}}));
        card(&shipment, &clock(noon(), &zone)).unwrap().history.remove(0).change
    };
    let sides = |change: &Message| -> Vec<Message> {
        let side =
            |(_, arg): &(_, MessageArg)| if let MessageArg::Message(side) = arg { side.clone() } else { panic!("no message") };
        change.args.iter().map(side).collect()
    };
    let moved = change(hours("10:00:00", "12:00:00"), hours("14:00:00", "16:00:00"));
    assert_eq!(sides(&moved).iter().map(|side| side.key).collect::<Vec<_>>(), [keys::WINDOW_HOURS, keys::WINDOW_HOURS]);
    let narrowed = change(day.clone(), hours("14:00:00", "16:00:00"));
    assert_eq!(sides(&narrowed).iter().map(|side| side.key).collect::<Vec<_>>(), [keys::DAY_NAME, keys::WINDOW_HOURS]);
    // If both windows have the same text, the row shows the text once instead of "from … to …".
    for (from, to) in [
        (day.clone(), day.clone()),
        (hours("10:00:10", "12:00:00"), hours("10:00:50", "12:00:00")),
        (night("22"), night("23")),
        (json!(null), json!(null)),
    ] {
        assert_ne!(change(from, to).key, keys::PROMISE_CHANGE);
    }
}

#[test]
fn the_scale_shows_promised_and_expected_days_within_a_week() {
    let scale = |promised: serde_json::Value, from: &str, to: &str, stage: &str| -> String {
        let expected = json!({"from": from, "to": to});
        let promise = json!({"promised": promised, "expected": expected, "confidence": "high"});
        let card = card(&shipment(json!({"stage": stage, "promise": promise})), &clock(noon(), &zone));
        let letter = |day: &PromiseDay| match (day.promised, day.expected) {
            (_, true) => 'e',
            (true, false) => 'p',
            (false, false) => '.',
        };
        card.map(|card| card.days.iter().map(letter).collect()).unwrap_or_default()
    };
    let day = |day: &str| json!({"from": day, "to": day});
    let table = [
        (day("2026-11-24"), "2026-11-24", "2026-11-24", ".e..."),
        (day("2026-11-22"), "2026-11-24", "2026-11-25", ".p.ee"),
        (day("2026-11-26"), "2026-11-24", "2026-11-24", ".e.p."),
        (day("2026-11-29"), "2026-11-30", "2026-12-01", ".pee."),
        (day("2026-11-21"), "2026-11-27", "2026-11-27", "p.....e"),
        (day("2026-11-20"), "2026-11-27", "2026-11-27", ""),
        (json!(null), "2026-11-24", "2026-11-24", ".e..."),
        // The part of the expectation that has passed is not shown.
        (day("2026-11-19"), "2026-11-19", "2026-11-21", ".pee."),
        (day("2026-11-18"), "2026-11-18", "2026-11-19", ""),
        // An inverted window is read the other way round.
        (day("2026-11-24"), "2026-11-25", "2026-11-23", ".eee."),
    ];
    for (promised, from, to, expected) in table {
        assert_eq!(scale(promised.clone(), from, to, "in_transit"), expected, "{promised} {from} {to}");
    }
    assert_eq!(scale(day("2026-11-24"), "2026-11-24", "2026-11-24", "delivered"), "");
}

#[test]
fn a_date_in_the_past_is_no_expectation() {
    assert_eq!(expected(json!({"from": "2026-11-18", "to": "2026-11-19"}), "high", "in_transit"), None);
    assert_eq!(
        expected(json!({"from": "2026-11-18", "to": "2026-11-20"}), "high", "in_transit").map(|message| message.key),
        Some(keys::DAY_TODAY)
    );
}

#[test]
fn the_verdict_is_found_in_the_calendar_of_the_destination() {
    // 23:00 UTC on the 19th is already the 20th in Kathmandu.
    let shipment = shipment(json!({"promise": {
        "promised": {"from": "2026-11-19", "to": "2026-11-19"},
        "expected": {"from": "2026-11-19T22:00:00Z", "to": "2026-11-19T23:00:00Z"},
    }}));
    let promise = shipment.promise.as_ref().unwrap();
    let london = clock(at("2026-11-18T12:00:00Z"), &zone);
    assert_eq!(verdict(promise, &london), Verdict::OnTime);
    assert_eq!(verdict(promise, &LocalClock { zone: Some("+05:45"), ..london }), Verdict::Late);
}

#[test]
fn the_first_promise_stays_beside_the_new_date_with_its_reason() {
    let shipment = shipment(json!({"stage": "in_transit", "condition": {"state": "late"}, "promise": {
        "promised": {"from": "2026-11-19", "to": "2026-11-19"}, "expected": {"from": "2026-11-21", "to": "2026-11-21"},
        "confidence": "high", "source": "carrier", "verdict": "late",
        "revisions": [{"at": "2026-11-19T10:00:00Z", "from": {"from": "2026-11-19", "to": "2026-11-19"},
                       "to": {"from": "2026-11-21", "to": "2026-11-21"}, "reason": "weather_delay"}],
    }}));
    let card = card(&shipment, &clock(noon(), &zone)).unwrap();
    assert_eq!(card.promised.map(|message| message.key), Some(keys::DAY_YESTERDAY));
    assert_eq!(card.expected.map(|message| message.key), Some(keys::DAY_TOMORROW));
    assert_eq!(card.why.map(|message| message.key), Some(keys::REASON_WEATHER_DELAY));
    assert_eq!(card.verdict.map(|(_, tone)| tone), Some(Tone::Attention));
    assert_eq!(card.history.len(), 1);
}

#[test]
fn an_estimate_that_is_taken_back_leaves_no_date_and_stays_in_the_history() {
    let day = json!({"from": "2026-11-24", "to": "2026-11-24"});
    let withdrawn = |stage: &str| {
        let shipment =
            shipment(json!({"stage": stage, "condition": {"state": "late"}, "promise": {"promised": day, "expected": null,
            "source": "carrier", "revisions": [{"at": "2026-11-19T10:00:00Z", "from": day, "to": null}]}}));
        card(&shipment, &clock(noon(), &zone)).expect("a card")
    };
    let under_way = withdrawn("in_transit");
    assert_eq!(under_way.expected.map(|message| message.key), Some(keys::PROMISE_NONE_YET));
    assert_eq!((under_way.history.len(), under_way.verdict, under_way.confidence), (1, None, None));
    assert_eq!(withdrawn("out_for_delivery").expected, None, "it comes today");
    assert_eq!(withdrawn("delivered").expected, None);
}
