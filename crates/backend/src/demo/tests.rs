//! Every story can be told at every hour, and shows what its title says.

use chrono::{DateTime, TimeDelta, Utc};
use clap::Parser as _;
use doorstep_core::wire::{ConditionState, Order, Stage, Verdict};

use super::scenario::{Book, Scenario};
use super::telling::Telling;
use super::{Demo, orders};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::update::{Applied, apply};
use crate::service::Service;
use crate::store::Store;
use crate::token::Scope;

fn now() -> DateTime<Utc> {
    "2026-11-20T14:03:10Z".parse().expect("an instant")
}

fn told(book: &Book, scenario: &Scenario, now: DateTime<Utc>) -> Order {
    Telling::new(book, scenario, now).and_then(|telling| telling.order()).expect("a story")
}

fn story(id: &str, now: DateTime<Utc>) -> Order {
    let book = Book::open().expect("the stories");
    let scenario = book.scenarios.iter().find(|scenario| scenario.id == id).expect(id);
    told(&book, scenario, now)
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
        ("stalled", Stage::InTransit, ConditionState::Stalled),
        ("attempt", Stage::OutForDelivery, ConditionState::AttemptFailed),
        ("pickup", Stage::ReadyForPickup, ConditionState::Ok),
        ("customs_documents", Stage::Customs, ConditionState::DocumentsDue),
        ("customs_duty", Stage::Customs, ConditionState::PaymentDue),
        ("address", Stage::AtLocalDepot, ConditionState::AddressProblem),
        ("damaged", Stage::Returning, ConditionState::Damaged),
        ("lost", Stage::Lost, ConditionState::Ok),
        ("returning", Stage::Returning, ConditionState::Ok),
        ("cancelled", Stage::Cancelled, ConditionState::Ok),
        ("partial_tracking", Stage::InTransit, ConditionState::Ok),
        ("unknown_words", Stage::Unknown(String::new()), ConditionState::Ok),
    ];
    assert_eq!(table.len(), super::scenario::STORIES.len());
    for (id, stage, state) in table {
        let order = story(id, now());
        let shipment = order.shipments.first().expect("a shipment");
        assert_eq!((&shipment.stage, &shipment.condition.state), (&stage, &state), "{id}");
    }
}

#[test]
fn no_story_depends_on_the_hour_or_tells_of_the_future() {
    let book = Book::open().expect("the stories");
    for hours in (0..24).map(|hour| hour * 25) {
        let now = now() + TimeDelta::hours(hours);
        for scenario in &book.scenarios {
            let order = told(&book, scenario, now);
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
    let book = Book::open().expect("the stories");
    let moving: Vec<_> = book.scenarios.iter().filter_map(|scenario| Some((scenario, scenario.clock.as_ref()?))).collect();
    assert!(moving.len() >= 3);
    for (scenario, motion) in moving {
        let mut order = told(&book, scenario, now());
        for (step, at) in motion.steps.iter().zip(1..) {
            let now = now() + TimeDelta::seconds(at * 30);
            let telling = Telling::new(&book, scenario, now).expect("a story");
            let (shipment, update) = telling.update(step).expect("a step");
            assert_eq!(apply(&mut order, &shipment, &update, now), Applied::Changed, "{}", scenario.id);
        }
    }
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
    let config = Config::parse_from(["doorstep-backend", "--demo"]).with_demo_defaults();
    let store = Store::open(None).await.expect("a store");
    let service = Service::new(&config, store, Clock::showing(now)).expect("a service");
    let mut versions = Vec::new();
    for _ in 0..2 {
        Demo::open(service.clone()).await.map(drop).expect("the demo");
        versions.push(service.order("ord_demo_late").await.expect("the order").version);
    }
    assert!(versions.first() < versions.last(), "{versions:?}");
    let listed = orders(&service).await.expect("the list");
    assert_eq!(listed.len(), super::scenario::STORIES.len());
    for order in listed {
        assert!(service.open(&order.id, &order.token, Scope::Act).await.is_ok(), "{}", order.id);
    }
}

#[test]
fn every_picture_is_in_the_site() {
    let site = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
    let book = Book::open().expect("the stories");
    let mut pictures = Vec::new();
    for scenario in &book.scenarios {
        let order = told(&book, scenario, now());
        pictures.extend(order.lines.into_iter().filter_map(|line| line.image_url));
        pictures.extend(order.shipments.into_iter().filter_map(|shipment| shipment.delivered?.photo_url));
    }
    assert!(!pictures.is_empty());
    for picture in pictures {
        assert!(site.join(picture.trim_start_matches('/')).is_file(), "{picture}");
    }
}
