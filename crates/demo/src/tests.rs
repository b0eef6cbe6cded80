//! Tests that every scenario can be played at every hour and shows the situation of its title.

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::{ActionKind, ActionState, CaseState, ConditionState, Order, RefundState, Stage, Verdict};
use sha2::{Digest as _, Sha256};

use super::playback::Playback;
use super::scenario::{Scenario, ScenarioCatalog};
use super::{Demo, orders};
use doorstep_domain::order::OrderAggregate;
use doorstep_domain::order::tracking_updates::{Applied, apply};
use doorstep_domain::recompute::recompute;
use doorstep_domain::self_service::case::retailer::update;
use doorstep_service::Service;
use doorstep_service::Settings;
use doorstep_service::clock::Clock;
use doorstep_service::store::Store;
use doorstep_service::token::Scope;

pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T14:03:10Z".parse().expect("an instant")
}

fn order_of(catalog: &ScenarioCatalog, scenario: &Scenario, now: DateTime<Utc>) -> Order {
    recorded(catalog, scenario, now).order
}

fn recorded(catalog: &ScenarioCatalog, scenario: &Scenario, now: DateTime<Utc>) -> OrderAggregate {
    Playback::new(catalog, scenario, now).and_then(|playback| playback.record()).expect("a story")
}

pub(super) fn story(id: &str, now: DateTime<Utc>) -> Order {
    let catalog = ScenarioCatalog::open().expect("the scenarios");
    let scenario = catalog.scenarios.iter().find(|scenario| scenario.id == id).expect(id);
    order_of(&catalog, scenario, now)
}

#[test]
fn every_story_shows_what_its_title_says() {
    let table = [
        ("on_time", Stage::InTransit, ConditionState::Ok),
        ("out_for_delivery", Stage::OutForDelivery, ConditionState::Ok),
        ("split", Stage::Delivered, ConditionState::Ok),
        ("new", Stage::LabelCreated, ConditionState::Ok),
        ("neighbour", Stage::Delivered, ConditionState::Ok),
        ("safe_place", Stage::Delivered, ConditionState::Ok),
        ("in_part", Stage::Delivered, ConditionState::Ok),
        ("late", Stage::InTransit, ConditionState::Late),
        ("at_risk", Stage::InTransit, ConditionState::AtRisk),
        ("van_overdue", Stage::OutForDelivery, ConditionState::Stalled),
        ("estimate_withdrawn", Stage::InTransit, ConditionState::Late),
        ("stalled", Stage::InTransit, ConditionState::Stalled),
        ("attempt", Stage::OutForDelivery, ConditionState::AttemptFailed),
        ("pickup", Stage::ReadyForPickup, ConditionState::Ok),
        ("customs_documents", Stage::Customs, ConditionState::DocumentsDue),
        ("customs_duty", Stage::Customs, ConditionState::PaymentDue),
        ("address", Stage::AtLocalDepot, ConditionState::AddressProblem),
        ("damaged", Stage::Returning, ConditionState::Damaged),
        ("lost", Stage::Lost, ConditionState::Ok),
        ("returning", Stage::Returning, ConditionState::Ok),
        ("not_collected", Stage::ReadyForPickup, ConditionState::NotCollected),
        ("cancelled", Stage::Cancelled, ConditionState::Ok),
        ("partial_tracking", Stage::InTransit, ConditionState::Ok),
        ("unknown_words", Stage::Unknown(String::new()), ConditionState::Ok),
        ("late_dispatch", Stage::Delivered, ConditionState::Ok),
        ("withdrawal", Stage::Delivered, ConditionState::Ok),
        ("asked_carrier", Stage::Delivered, ConditionState::Ok),
        ("asked_shopper", Stage::Delivered, ConditionState::Ok),
        ("case_resolved", Stage::Delivered, ConditionState::Ok),
        ("case_declined", Stage::Delivered, ConditionState::Ok),
        ("refund_promised", Stage::InTransit, ConditionState::Ok),
        ("return_label", Stage::Delivered, ConditionState::Ok),
        ("refund_overdue", Stage::Delivered, ConditionState::Ok),
        ("long_ago", Stage::Delivered, ConditionState::Ok),
        ("asked_person", Stage::InTransit, ConditionState::Ok),
        ("quirk_order", Stage::Delivered, ConditionState::Ok),
        ("quirk_misdated", Stage::Delivered, ConditionState::Ok),
        ("quirk_doubles", Stage::Delivered, ConditionState::Ok),
        ("quirk_formats", Stage::InTransit, ConditionState::Ok),
        ("quirk_zulu", Stage::Delivered, ConditionState::Ok),
        ("quirk_zones", Stage::InTransit, ConditionState::Ok),
        ("quirk_dates", Stage::AtLocalDepot, ConditionState::Ok),
        ("quirk_exception", Stage::InTransit, ConditionState::Unknown(String::new())),
        ("quirk_redelivered", Stage::Delivered, ConditionState::Ok),
        ("quirk_sent_back", Stage::Returning, ConditionState::Ok),
        ("quirk_to_sender", Stage::Returned, ConditionState::Ok),
        ("quirk_voided", Stage::Packed, ConditionState::Ok),
        ("quirk_number", Stage::InTransit, ConditionState::Ok),
        ("quirk_partner", Stage::InTransit, ConditionState::Ok),
        ("quirk_pieces", Stage::Delivered, ConditionState::Ok),
        ("quirk_untracked", Stage::HandedOver, ConditionState::Ok),
    ];
    assert_eq!(table.len(), super::scenario::SCENARIOS.len());
    for (id, stage, state) in table {
        let order = story(id, now());
        let shipment = order.shipments.first().expect("a shipment");
        assert_eq!((&shipment.stage, &shipment.condition.state), (&stage, &state), "{id}");
    }
}

#[test]
fn no_story_depends_on_the_hour_or_tells_of_the_future() {
    let catalog = ScenarioCatalog::open().expect("the scenarios");
    for hours in (0..24).map(|hour| hour * 25) {
        let now = now() + TimeDelta::hours(hours);
        for scenario in &catalog.scenarios {
            let order = order_of(&catalog, scenario, now);
            for shipment in &order.shipments {
                assert!(shipment.last_carrier_update.is_none_or(|at| at.utc() <= now), "{} at {now}", scenario.id);
                for event in &shipment.events {
                    let latest = now + TimeDelta::minutes(i64::from(event.at.offset_min.unwrap_or(60)));
                    assert!(
                        event.at.local.date.and_time(event.at.local.time.unwrap_or_default()).and_utc() <= latest,
                        "{}",
                        scenario.id
                    );
                }
            }
        }
        for id in ["on_time", "out_for_delivery", "safe_place"] {
            let order = story(id, now);
            let promise = order.shipments.first().and_then(|shipment| shipment.promise.as_ref()).expect("a promise");
            assert_eq!(promise.verdict, Verdict::OnTime, "{id} at {now}");
        }
    }
}

#[test]
fn every_step_of_the_clock_moves_something_and_the_story_ends_well() {
    let catalog = ScenarioCatalog::open().expect("the scenarios");
    let moving: Vec<_> = catalog.scenarios.iter().filter_map(|scenario| Some((scenario, scenario.clock.as_ref()?))).collect();
    assert!(moving.len() >= 3);
    for (scenario, motion) in moving {
        let mut record = recorded(&catalog, scenario, now());
        for (step, at) in motion.steps.iter().zip(1..) {
            let now = now() + TimeDelta::seconds(at * 30);
            let playback = Playback::new(&catalog, scenario, now).expect("a story");
            if let Some(decided) = &step.decides {
                let rules = catalog.policy.for_country(None);
                update(&mut record, rules, &decided.case, &decided.update, now).expect("a decision");
                continue;
            }
            for (shipment, update) in playback.updates(step).expect("a step") {
                assert_eq!(apply(&mut record, &shipment, &update, now), Applied::Changed, "{}", scenario.id);
            }
        }
    }
}

#[test]
fn every_action_can_be_done_on_some_order_and_every_answer_is_given() {
    let catalog = ScenarioCatalog::open().expect("the scenarios");
    let mut found = std::collections::BTreeSet::new();
    let mut available = std::collections::BTreeMap::<ActionKind, Vec<&str>>::new();
    let (mut cases, mut overdue) = (std::collections::BTreeSet::new(), 0);
    for scenario in &catalog.scenarios {
        let mut record = recorded(&catalog, scenario, now());
        let before = record.order.shipments.clone();
        recompute(&mut record, &catalog.policy, now());
        assert_eq!(record.order.shipments, before, "{} is told differently once it is settled", scenario.id);
        for action in &record.order.actions {
            found.insert(action.state.clone());
            if action.state == ActionState::Available {
                available.entry(action.kind.clone()).or_default().push(&scenario.id);
            }
        }
        cases.extend(record.order.cases.iter().map(|case| case.state.clone()));
        let late = record.order.refunds.iter().filter(|refund| refund.state == RefundState::Promised);
        overdue += late.filter(|refund| refund.due_by.is_some_and(|due| due.utc() < now())).count();
    }
    for kind in ActionKind::VALUES {
        assert!(available.contains_key(&ActionKind::from(*kind)), "nobody can {kind}");
    }
    for state in ActionState::VALUES {
        assert!(found.contains(&ActionState::from(*state)), "nothing is {state}");
    }
    for state in CaseState::VALUES {
        assert!(cases.contains(&CaseState::from(*state)), "no case is {state}");
    }
    assert_eq!(overdue, 1);
}

#[test]
fn the_ledger_of_the_late_order_keeps_every_promise() {
    let order = story("late", now());
    let promise = order.shipments.first().and_then(|shipment| shipment.promise.as_ref()).expect("a promise");
    assert_eq!((promise.revisions.len(), &promise.verdict), (2, &Verdict::Late));
    let made: Vec<_> = promise.revisions.iter().map(|revision| revision.at.to_string()).collect();
    assert_eq!(made, ["2026-11-17T15:02:00Z", "2026-11-19T16:40:00Z"]);
}

#[test]
fn the_photo_is_on_the_same_site() {
    let order = story("safe_place", now());
    let delivered = order.shipments.first().and_then(|shipment| shipment.delivered.as_ref()).expect("a delivery");
    assert_eq!(delivered.photo_url.as_deref(), Some("/demo/porch.jpg"));
}

#[tokio::test]
async fn a_database_that_has_the_orders_gets_them_afresh() {
    let policy = ScenarioCatalog::open().expect("the scenarios").policy;
    let settings = Settings::new(b"a secret of more than thirty-two bytes", policy);
    let store = Store::open(None).await.expect("a store");
    let service = Service::new(settings, store, Clock::showing(now));
    let mut versions = Vec::new();
    for _ in 0..2 {
        Demo::open(service.clone()).await.map(drop).expect("the demo");
        versions.push(service.order(&"ord_demo_late".into()).await.expect("the order").version);
    }
    assert!(versions.first() < versions.last(), "{versions:?}");
    let listed = orders(&service).await.expect("the list");
    assert_eq!(listed.len(), super::scenario::SCENARIOS.len());
    for order in listed {
        assert!(service.open(&order.id.as_str().into(), &order.token, Scope::Act).await.is_ok(), "{}", order.id);
    }
}

#[test]
fn every_picture_is_in_the_site() {
    let site = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
    let catalog = ScenarioCatalog::open().expect("the scenarios");
    let mut pictures = Vec::new();
    for scenario in &catalog.scenarios {
        let order = order_of(&catalog, scenario, now());
        pictures.extend(order.lines.into_iter().filter_map(|line| line.image_url));
        pictures.extend(order.shipments.into_iter().filter_map(|shipment| shipment.delivered?.photo_url));
    }
    assert!(!pictures.is_empty());
    for picture in pictures {
        assert!(site.join(picture.trim_start_matches('/')).is_file(), "{picture}");
    }
}

/// Digests of the documents of the last release, one line per scenario: SHA-256 in hexadecimal, two spaces, id of the scenario.
const DIGESTS: &str = include_str!("documents.sha256");

#[test]
fn every_document_of_the_demo_is_the_one_of_the_last_release() {
    let catalog = ScenarioCatalog::open().expect("the scenarios");
    let digest = |scenario: &Scenario| {
        let json = serde_json::to_string(&order_of(&catalog, scenario, now())).expect("a document");
        let hex: String = Sha256::digest(json.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{hex}  {}\n", scenario.id)
    };
    let digests: String = catalog.scenarios.iter().map(digest).collect();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/documents.sha256"), &digests).expect("written");
    }
    let changed: Vec<&str> = digests.lines().filter(|line| !DIGESTS.lines().any(|known| known == *line)).collect();
    assert!(changed.is_empty(), "if these documents may change, run the test with UPDATE=1: {changed:?}");
}
