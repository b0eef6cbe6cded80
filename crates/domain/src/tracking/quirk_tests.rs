//! Tests of irregular data that carriers really send. The name of each test states the result that the shopper sees.

use doorstep_contract::{ConditionState, DeliveredTo, Shipment, Stage, Verdict};
use serde_json::{Value, json};

use super::testing::{now, parcel, scan, scans, shown, shown_at, update};
use crate::tracking::TrackingUpdate;

fn ids(shipment: &Shipment) -> Vec<&str> {
    shipment.events.iter().map(|event| event.id.as_str()).collect()
}

#[test]
fn scans_that_come_out_of_order_tell_the_same_story() {
    let words = [
        "18T08:00 in_transit",
        "19T07:00 out_for_delivery attempt_failed",
        "19T18:00 at_local_depot",
        "20T07:00 out_for_delivery",
    ];
    let one_by_one = |order: [usize; 4]| shown(&order.map(|index| scans(&[words[index]])));
    let in_order = one_by_one([0, 1, 2, 3]);
    assert_eq!((&in_order.stage, &in_order.condition.state, in_order.attempts), (&Stage::OutForDelivery, &ConditionState::Ok, 1));
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        assert_eq!(one_by_one(order), in_order, "{order:?}");
    }
}

#[test]
fn a_delivered_scan_that_is_older_than_the_van_still_delivers() {
    let summed_up = update(
        "2026-11-20T11:00:00Z",
        &[scan("19T07:00 out_for_delivery"), scan("17T10:51 delivered")],
        json!({"stage": "delivered", "promise_expected": {"from": "2026-11-19", "to": "2026-11-19"}}),
    );
    let shipment = shown(&[summed_up]);
    assert_eq!(shipment.stage, Stage::Delivered);
    assert_eq!(shipment.delivered.expect("a delivery").at, None, "nobody knows when");
    assert_eq!(shipment.promise.expect("a promise").verdict, Verdict::OnTime, "it did not come before the van left");
}

#[test]
fn the_same_scan_a_minute_apart_is_told_once_and_an_attempt_counts_once() {
    let words = ["19T10:00 out_for_delivery attempt_failed", "19T10:01 out_for_delivery attempt_failed"];
    let shipment = shown(&[scans(&words)]);
    assert_eq!((shipment.events.len(), shipment.attempts), (1, 1));
    // A scan an hour later is another attempt.
    assert_eq!(shown(&[scans(&[words[0], "19T11:00 out_for_delivery attempt_failed"])]).attempts, 2);
}

#[test]
fn the_same_scan_from_two_providers_is_told_once_and_the_richer_one_stays() {
    let mut poor = scan("19T10:00 in_transit");
    let mut rich = scan("19T10:01 in_transit");
    (poor["id"], poor["raw"], poor["place"]) = (json!("poor"), json!({"provider": "shippo"}), Value::Null);
    (rich["id"], rich["raw"], rich["text"]) = (json!("rich"), json!({"provider": "easypost"}), json!("Arrived at hub"));
    let told = |scan: &Value| update("2026-11-20T11:00:00Z", std::slice::from_ref(scan), json!({}));
    for order in [[&poor, &rich], [&rich, &poor]] {
        assert_eq!(ids(&shown(&order.map(told))), ["rich"]);
    }
}

#[test]
fn a_reading_without_a_zone_is_never_converted() {
    let mut unzoned = scan("19T23:30 in_transit");
    unzoned["at"] = json!({"local": "2026-11-19T23:30:00", "zone": "unknown"});
    unzoned["place"] = json!({"name": "Somewhere"});
    let shipment = shown(&[update("2026-11-20T11:00:00Z", &[unzoned], json!({}))]);
    let at = &shipment.events[0].at;
    assert_eq!((at.local.to_string().as_str(), at.offset_min), ("2026-11-19T23:30:00", None));
}

#[test]
fn an_instant_of_an_unknown_place_is_told_on_the_clock_of_the_destination() {
    let mut instant = scan("19T23:30 in_transit");
    instant["place"] = Value::Null;
    let mut record = parcel(&json!({}));
    record.order.time_zone = Some("Asia/Kathmandu".to_owned());
    let shipment = shown_at(record, &[update("2026-11-20T11:00:00Z", &[instant], json!({}))], now());
    let at = &shipment.events[0].at;
    assert_eq!((at.local.to_string().as_str(), at.offset_min), ("2026-11-20T05:15:00", Some(345)));
}

#[test]
fn a_date_without_a_time_stays_a_date() {
    let shipment = shown(&[scans(&["18T08:00 in_transit", "19 at_local_depot"])]);
    assert_eq!((&shipment.stage, shipment.events[1].at.local.time), (&Stage::AtLocalDepot, None));
    // The time of the scan is unknown, so the scan counts as made at the end of the day.
    assert_eq!(shipment.last_carrier_update.map(|at| at.to_string()).as_deref(), Some("2026-11-19T23:59:59Z"));
}

#[test]
fn an_exception_that_says_nothing_leaves_a_parcel_on_time() {
    let vague = update(
        "2026-11-20T11:00:00Z",
        &[scan("19T10:00 in_transit unknown")],
        json!({"promise_expected": {"from": "2026-11-21", "to": "2026-11-21"}}),
    );
    let shipment = shown(&[vague]);
    assert_eq!(shipment.stage, Stage::InTransit);
    assert!(matches!(shipment.condition.state, ConditionState::Unknown(_)));
    assert_eq!(shipment.promise.expect("a promise").verdict, Verdict::OnTime);
}

#[test]
fn a_delivered_parcel_that_is_taken_back_is_on_its_way_back() {
    let words = ["17T10:00 delivered", "18T09:00 returning refused", "19T16:00 returned"];
    assert_eq!(shown(&[scans(&words[..2])]).stage, Stage::Returning);
    assert_eq!(shown(&[scans(&words)]).stage, Stage::Returned);
}

#[test]
fn a_parcel_that_was_scanned_as_delivered_by_mistake_is_delivered_again() {
    let left = update("2026-11-17T11:00:00Z", &[scan("17T10:00 delivered")], json!({"delivered": {"to": "safe_place"}}));
    let again = scans(&["18T07:00 at_local_depot", "18T08:00 out_for_delivery"]);
    let under_way = shown(&[left.clone(), again.clone()]);
    assert_eq!(
        (&under_way.stage, under_way.delivered.as_ref()),
        (&Stage::OutForDelivery, None),
        "where it was left is not where it is"
    );
    let one_scan = scans(&["18T08:00 out_for_delivery"]);
    assert_eq!(shown(&[left.clone(), one_scan.clone()]).stage, Stage::Delivered, "one scan alone may have a wrong clock");
    let summary = update(
        "2026-11-18T08:05:00Z",
        &one_scan.events.iter().map(|_| scan("18T08:00 out_for_delivery")).collect::<Vec<_>>(),
        json!({"stage": "out_for_delivery"}),
    );
    assert_eq!(shown(&[left.clone(), summary]).stage, Stage::OutForDelivery, "unless the carrier sums it up like that");
    let done = shown(&[left, again, scans(&["18T15:00 delivered"])]);
    assert_eq!((&done.stage, done.delivered.expect("a delivery").to), (&Stage::Delivered, DeliveredTo::default()));
}

#[test]
fn what_somebody_had_to_do_is_over_when_the_parcel_moves_on() {
    let asks = json!({"action_required": {"who": "shopper"}});
    let asked = |words: &str, facts: Value| update("2026-11-18T10:00:00Z", &[scan(words)], facts);
    let then = |words: &str, facts: Value| update("2026-11-19T10:00:00Z", &[scan(words)], facts);
    let action = |updates: &[TrackingUpdate]| shown(updates).action_required.is_some();
    let waiting = asked("18T09:00 ready_for_pickup", asks.clone());
    assert!(action(std::slice::from_ref(&waiting)));
    assert!(!action(&[waiting, then("19T08:00 out_for_delivery", json!({}))]), "it was sent on");
    let note = asked("18T09:00 in_transit attempt_failed", asks.clone());
    assert!(!action(&[note, then("19T08:00 in_transit late", json!({}))]), "another trouble is another matter");
    let vague = asked("18T09:00 in_transit", asks.clone());
    assert!(!action(&[vague.clone(), then("19T08:00 out_for_delivery", json!({"stage": "out_for_delivery"}))]));
    assert!(!action(&[vague, then("19T08:00 in_transit", json!({"condition": {"state": "ok"}}))]));
    // An action that the shop requested is ended only by the shop.
    let shops = TrackingUpdate { reported_at: None, ..asked("18T09:00 in_transit", asks) };
    for facts in [json!({"stage": "out_for_delivery"}), json!({"condition": {"state": "ok"}})] {
        assert!(action(&[shops.clone(), then("19T08:00 out_for_delivery", facts)]));
    }
    let ends = TrackingUpdate { reported_at: None, ..then("19T08:00 out_for_delivery", json!({"condition": {"state": "ok"}})) };
    assert!(!action(&[shops, ends]));
}

#[test]
fn what_was_expected_of_a_label_is_void_with_it() {
    let day = |day: &str| json!({"kind": "day", "from": day, "to": day});
    let label = scan("17T10:00 label_created");
    let expects = |told_at: &str, scans: &[Value], date: &str| {
        update(told_at, scans, json!({"promise_expected": day(date), "promise_source": "carrier"}))
    };
    let before = expects("2026-11-17T10:30:00Z", std::slice::from_ref(&label), "2026-11-23");
    let voided = expects("2026-11-17T11:00:00Z", &[label, scan("17T11:00 cancelled")], "2026-11-23");
    let promised =
        parcel(&json!({"promise": {"promised": day("2026-11-24"), "expected": day("2026-11-24"), "source": "retailer"}}));
    let promise = |updates: &[TrackingUpdate]| {
        let promise = shown_at(promised.clone(), updates, now()).promise.expect("a promise");
        (json!(promise.expected), promise.source.as_str().to_owned(), promise.revisions.len())
    };
    assert_eq!(promise(std::slice::from_ref(&before)), (day("2026-11-23"), "carrier".to_owned(), 1));
    assert_eq!(promise(&[before.clone(), voided.clone()]), (day("2026-11-24"), "retailer".to_owned(), 0));
    let again = expects("2026-11-18T09:00:00Z", &[scan("18T09:00 label_created")], "2026-11-25");
    assert_eq!(promise(&[again, voided, before]), (day("2026-11-25"), "carrier".to_owned(), 1));
}

#[test]
fn a_voided_label_leaves_the_parcel_with_the_shop_and_a_scan_afterwards_says_that_it_was_used_all_the_same() {
    let voided = scans(&["17T10:00 label_created", "17T11:00 cancelled"]);
    assert_eq!(shown(std::slice::from_ref(&voided)).stage, Stage::Packed, "nobody has cancelled the order");
    let summed_up = update("2026-11-17T11:05:00Z", &[], json!({"stage": "cancelled"}));
    assert_eq!(shown(&[summed_up]).stage, Stage::Packed);
    assert_eq!(shown(&[voided.clone(), scans(&["18T09:00 label_created"])]).stage, Stage::LabelCreated);
    assert_eq!(shown(&[voided.clone(), scans(&["18T08:00 handed_over"])]).stage, Stage::HandedOver);
    let back = parcel(&json!({"direction": "return"}));
    assert_eq!(shown_at(back, &[voided], now()).stage, Stage::Cancelled, "a label that brings nothing back is over");
    let by_the_shop = TrackingUpdate { reported_at: None, ..update("2026-11-17T11:05:00Z", &[], json!({"stage": "cancelled"})) };
    assert_eq!(shown(&[by_the_shop]).stage, Stage::Cancelled);
    let stopped = scans(&["17T10:00 in_transit", "17T11:00 cancelled"]);
    assert_eq!(shown(&[stopped]).stage, Stage::Cancelled, "what the carrier has and stops does not come");
}

#[test]
fn a_number_that_the_carrier_gives_out_again_tells_only_of_this_parcel() {
    let mut earlier = [scan("01T08:00 label_created"), scan("02T08:00 delivered")];
    for scan in &mut earlier {
        scan["at"]["local"] = json!(scan["at"]["local"].as_str().expect("a time").replace("2026-11", "2026-02"));
    }
    let attribution = scan("18T08:00 in_transit");
    let all = update("2026-11-20T11:00:00Z", &[earlier[0].clone(), earlier[1].clone(), attribution], json!({}));
    let shipment = shown(&[all]);
    assert_eq!((&shipment.stage, ids(&shipment)), (&Stage::InTransit, vec!["18T08:00 in_transit"]));
    let old_news = update("2026-11-20T11:00:00Z", &earlier, json!({"stage": "delivered", "delivered": {"to": "neighbour"}}));
    let shipment = shown(&[old_news]);
    assert_eq!((&shipment.stage, shipment.delivered, shipment.events.len()), (&Stage::LabelCreated, None, 0));
}

#[test]
fn a_delivered_parcel_stays_delivered_when_its_number_is_given_to_another_one() {
    let mut next = [scan("01T08:00 label_created"), scan("03T08:00 returning")];
    for scan in &mut next {
        scan["at"]["local"] = json!(scan["at"]["local"].as_str().expect("a time").replace("2026-11", "2027-03"));
    }
    let later = "2027-03-04T12:00:00Z".parse().expect("an instant");
    let updates = [scans(&["18T08:00 delivered"]), update("2027-03-03T09:00:00Z", &next, json!({}))];
    let shipment = shown_at(parcel(&json!({})), &updates, later);
    assert_eq!((&shipment.stage, shipment.events.len()), (&Stage::Delivered, 1));
}

#[test]
fn a_partner_for_the_last_mile_is_named_with_its_own_number() {
    let facts = json!({"last_mile_carrier": {"code": "usps", "name": "USPS"}, "last_mile_tracking_number": "9400 1"});
    let shipment = shown(&[update("2026-11-20T11:00:00Z", &[scan("19T08:00 in_transit")], facts)]);
    assert_eq!(shipment.last_mile_carrier.map(|carrier| carrier.name).as_deref(), Some("USPS"));
    assert_eq!(shipment.last_mile_tracking_number.as_deref(), Some("9400 1"));
}

#[test]
fn what_customs_has_let_go_needs_no_papers() {
    let asked = update(
        "2026-11-18T09:00:00Z",
        &[scan("18T08:00 customs documents_due")],
        json!({"action_required": {"who": "shopper", "what": "Send the invoice"}}),
    );
    let still = shown(&[asked.clone(), scans(&["18T10:00 customs"])]);
    assert_eq!((&still.condition.state, still.action_required.is_some()), (&ConditionState::DocumentsDue, true));
    let cleared = shown(&[asked, scans(&["19T10:00 in_transit"])]);
    assert_eq!((&cleared.condition.state, cleared.action_required), (&ConditionState::Ok, None));
}

#[test]
fn a_poorer_report_of_a_pickup_point_takes_no_code_and_no_last_day_away() {
    let told = |at: &str, pickup: Value| {
        let pickup = json!({"lines": [], "hours": []}).as_object().cloned().map(|mut all| {
            all.extend(pickup.as_object().cloned().expect("fields"));
            Value::Object(all)
        });
        update(at, &[scan("18T08:00 ready_for_pickup")], json!({"pickup": pickup}))
    };
    let rich = told("2026-11-18T09:00:00Z", json!({"name": "Kiosk", "code": "4711", "collect_by": "2026-11-25"}));
    let pickup = shown(&[rich.clone(), told("2026-11-18T10:00:00Z", json!({"name": "Kiosk"}))]).pickup.expect("a point");
    assert_eq!((pickup.code.as_deref(), pickup.collect_by.is_some()), (Some("4711"), true));
    let pickup = shown(&[rich, told("2026-11-18T10:00:00Z", json!({"name": "Bakery"}))]).pickup.expect("a point");
    assert_eq!(pickup.code, None, "another point has another code");
}

#[test]
fn a_parcel_of_several_pieces_is_delivered_when_all_of_them_are() {
    let piece = |words: &str, piece: &str| {
        let mut update = scans(&[words]);
        update.pieces.insert(words.to_owned(), piece.to_owned());
        update
    };
    let (first, second) = (piece("19T10:00 delivered", "a"), piece("20T09:00 delivered", "b"));
    let on_the_van = piece("20T07:00 out_for_delivery", "b");
    let in_part = shown(&[first.clone(), on_the_van.clone()]);
    assert_eq!((&in_part.stage, in_part.delivered.expect("a delivery").to), (&Stage::Delivered, DeliveredTo::InPart));
    let summed_up = update("2026-11-20T11:00:00Z", &[], json!({"stage": "delivered"}));
    let claimed = shown(&[first.clone(), on_the_van, summed_up]);
    assert_eq!(claimed.delivered.expect("a delivery").to, DeliveredTo::InPart, "a summary speaks of one piece");
    let all = shown(&[second, first]);
    assert_eq!(
        (&all.stage, all.delivered.expect("a delivery").to, all.pieces),
        (&Stage::Delivered, DeliveredTo::default(), Some(2))
    );
}

#[test]
fn a_scan_that_is_told_of_two_pieces_at_one_moment_is_always_of_the_same_one() {
    let of = |piece: &str| {
        let mut update = scans(&["19T10:00 delivered", "19T11:00 out_for_delivery"]);
        update.pieces.insert("19T10:00 delivered".to_owned(), piece.to_owned());
        update.pieces.insert("19T11:00 out_for_delivery".to_owned(), "b".to_owned());
        update
    };
    assert_eq!(shown(&[of("a"), of("b")]), shown(&[of("b"), of("a")]));
}
