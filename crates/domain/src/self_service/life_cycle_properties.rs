//! Property tests for arbitrary sequences of shopper requests, decisions, scans and waiting times. No case leaves its state
//! machine, no outcome is granted twice, and a request is accepted exactly if its action is available.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::{
    Action, ActionKind, ActionState, Case, CaseState, Event, EventTime, LocalTime, NewAddress, Order, Outcome, RequestLine,
    ReturnState, ShipmentId, ShopperRequest, Source, Stage, Zone,
};
use proptest::prelude::*;

use super::case::retailer::{CaseUpdate, update};
use super::case::{Occasion, may_follow};
use super::request::{Refusal, carry_out, slots};
use crate::order::tracking_updates::apply;
use crate::order::{InternalState, OrderAggregate};
use crate::policy::Policy;
use crate::recompute::recompute;
use crate::tracking::TrackingUpdate;

#[derive(Clone, Debug)]
enum Step {
    /// A shopper requests an action in a valid form, with this quantity and outcome and otherwise the first of the options.
    Ask { kind: usize, shipment: usize, quantity: u32, outcome: usize },
    /// The retailer decides a case.
    Decide { case: usize, state: usize, outcome: Option<usize> },
    /// The carrier scans a shipment.
    Scan { shipment: usize, stage: usize },
    /// Time passes.
    Pass { hours: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..ActionKind::VALUES.len(), 0..3_usize, 1..3_u32, 0..3_usize)
            .prop_map(|(kind, shipment, quantity, outcome)| Step::Ask { kind, shipment, quantity, outcome }),
        2 => (0..6_usize, 0..CaseState::VALUES.len(), prop::option::of(0..3_usize))
            .prop_map(|(case, state, outcome)| Step::Decide { case, state, outcome }),
        2 => (0..3_usize, 0..STAGES.len()).prop_map(|(shipment, stage)| Step::Scan { shipment, stage }),
        2 => (1..400_i64).prop_map(|hours| Step::Pass { hours }),
    ]
}

const STAGES: [Stage; 6] =
    [Stage::HandedOver, Stage::InTransit, Stage::OutForDelivery, Stage::Delivered, Stage::Lost, Stage::Returning];
const GRANTS: [Outcome; 3] = [Outcome::Refund, Outcome::Replacement, Outcome::StoreCredit];

struct Shop {
    policy: Policy,
    record: OrderAggregate,
    now: DateTime<Utc>,
    seed: u64,
}

impl Shop {
    fn open() -> Self {
        let policy = "[damaged]\nneeds = []\n[[redirect.points]]\nid = \"p\"\nname = \"P\"\nlines = []\ncountry = \"DE\"\n";
        let order = r#"{
            "id": "o", "number": "1", "version": 1, "time_zone": "Europe/Berlin", "destination": {"lines": ["x"], "country": "DE"},
            "lines": [{"id": "a", "title": "A", "quantity": 4, "unit_price": {"minor": 100, "currency": "EUR"}},
                      {"id": "b", "title": "B", "quantity": 3}],
            "unshipped": [{"line_id": "b", "quantity": 3, "promised_dispatch": {"from": "2026-11-20", "to": "2026-11-20"},
                           "expected_dispatch": {"from": "2026-11-25", "to": "2026-11-25"}}],
            "shipments": [
                {"id": "s1", "direction": "outbound", "stage": "label_created", "condition": {"state": "ok"}, "tracking_level": "full",
                 "tracking_number": "1", "lines": [{"line_id": "a", "quantity": 3}],
                 "promise": {"promised": {"from": "2026-11-24", "to": "2026-11-24"}, "expected": {"from": "2026-11-24", "to": "2026-11-24"}}},
                {"id": "s2", "direction": "outbound", "stage": "in_transit", "condition": {"state": "ok"}, "tracking_level": "full",
                 "tracking_number": "2", "lines": [{"line_id": "a", "quantity": 1}]}]
        }"#;
        let mut shop = Self {
            policy: Policy::read(policy).expect("a policy"),
            record: OrderAggregate { order: Order::from_json(order).expect("an order"), private: InternalState::default() },
            now: "2026-11-20T09:00:00Z".parse().expect("an instant"),
            seed: 0,
        };
        shop.recompute();
        shop
    }

    /// Recomputes the order, and checks that nothing changes by itself before the time that `recompute` returned.
    fn recompute(&mut self) {
        let due = recompute(&mut self.record, &self.policy, self.now);
        let just_before = due.map_or(self.now + TimeDelta::days(500), |due| due - TimeDelta::seconds(1));
        let mut later = self.record.clone();
        recompute(&mut later, &self.policy, just_before.max(self.now));
        assert_eq!(later.order, self.record.order, "changed before it was due at {due:?}");
    }

    fn action(&self, kind: &ActionKind, shipment: Option<&ShipmentId>) -> Option<Action> {
        self.record.order.actions.iter().find(|action| action.kind == *kind && action.shipment_id.as_ref() == shipment).cloned()
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Ask { kind, shipment, quantity, outcome } => {
                let kind = ActionKind::from(ActionKind::VALUES[*kind]);
                let id = self.record.order.shipments.get(*shipment).map(|shipment| shipment.id.clone());
                self.ask(kind, id, *quantity, *outcome);
            }
            Step::Decide { case, state, outcome } => {
                let Some(case) = self.record.order.cases.get(*case).cloned() else { return };
                let rules = self.policy.for_country(Some("DE"));
                let state = CaseState::from(CaseState::VALUES[*state]);
                let possible = state == case.state || may_follow(&case.state, &state);
                let outcome = outcome.map(|outcome| GRANTS[outcome].clone());
                let with_outcome = outcome.is_some();
                let decision = CaseUpdate { state: Some(state), outcome, ..CaseUpdate::default() };
                let done = update(&mut self.record, rules, &case.id, &decision, self.now);
                assert!(possible || done.is_err());
                // A case with a return can refuse a possible state, because the decision about the return also decides the case.
                assert!(!possible || with_outcome || case.return_id.is_some() || done.is_ok());
            }
            Step::Scan { shipment, stage } => {
                let Some(shipment) = self.record.order.shipments.get(*shipment) else { return };
                let (id, at) = (shipment.id.clone(), self.now.naive_utc());
                let event = Event {
                    id: format!("{id}-{}", self.now),
                    at: EventTime {
                        local: LocalTime { date: at.date(), time: Some(at.time()) },
                        offset_min: Some(0),
                        zone: Zone::Explicit,
                    },
                    stage: STAGES[*stage].clone(),
                    condition: None,
                    reason: None,
                    place: None,
                    text: None,
                    source: Source::Carrier,
                    raw: None,
                };
                apply(&mut self.record, &id, &TrackingUpdate { events: vec![event], ..TrackingUpdate::default() }, self.now);
            }
            Step::Pass { hours } => self.now += TimeDelta::hours(*hours),
        }
        self.recompute();
    }

    /// Makes a request in a valid form. Asserts that the request is accepted exactly if its action is available.
    fn ask(&mut self, kind: ActionKind, shipment: Option<ShipmentId>, quantity: u32, outcome: usize) {
        let per_order = matches!(
            kind,
            ActionKind::Cancel
                | ActionKind::AcceptDelay
                | ActionKind::StartReturn
                | ActionKind::Withdraw
                | ActionKind::RefundStatus
                | ActionKind::Contact
        );
        let shipment_id = shipment.filter(|_| !per_order);
        if !per_order && shipment_id.is_none() {
            return;
        }
        let action = self.action(&kind, shipment_id.as_ref());
        let rules = self.policy.for_country(Some("DE")).clone();
        let free: Vec<String> = slots(&self.record.order, &rules, self.now).into_iter().map(|(slot, _)| slot.id).collect();
        let mut request = ShopperRequest { kind: kind.clone(), shipment_id, ..ShopperRequest::default() };
        if let Some(action) = &action {
            let chosen = action.lines.iter().find(|line| line.eligible);
            if !matches!(kind, ActionKind::AcceptDelay) {
                request.lines.extend(chosen.map(|line| RequestLine {
                    line_id: line.line_id.clone(),
                    shipment_id: line.shipment_id.clone(),
                    quantity: quantity.min(line.quantity),
                    reason: action.reasons.first().map(|reason| reason.code.clone()),
                }));
            }
            request.outcome = action.outcomes.get(outcome % action.outcomes.len().max(1)).cloned();
        }
        if request.lines.is_empty()
            && matches!(
                kind,
                ActionKind::ReportDamaged | ActionKind::ReportWrongItem | ActionKind::ReportMissingItem | ActionKind::StartReturn
            )
        {
            request.lines.push(RequestLine { line_id: "a".to_owned(), quantity: 1, ..RequestLine::default() });
        }
        let answers: &[(&str, &str)] = match kind {
            ActionKind::Reschedule => {
                request.slot_id = free.first().cloned();
                &[]
            }
            ActionKind::ChangeAddress => {
                let (lines, postcode, city) = (vec!["A 12".to_owned()], "10961".to_owned(), "Berlin".to_owned());
                request.address = Some(NewAddress { lines, postcode, city });
                &[]
            }
            ActionKind::DeliveryInstructions => {
                request.note = Some("Ring twice".to_owned());
                &[]
            }
            ActionKind::RedirectToPickup => {
                request.pickup_point_id = Some("p".to_owned());
                &[]
            }
            ActionKind::StartReturn => {
                request.method_id = rules.returns.methods.first().map(|method| method.id.clone());
                &[]
            }
            ActionKind::Withdraw => {
                request.contact = Some("a@b.example".to_owned());
                &[("name", "A"), ("confirmed", "yes")]
            }
            ActionKind::LeaveWithNeighbour => &[("name", "B"), ("house", "7")],
            ActionKind::LeaveInSafePlace => &[("place", "porch")],
            ActionKind::ReportNonReceipt
            | ActionKind::ReportDamaged
            | ActionKind::ReportWrongItem
            | ActionKind::ReportMissingItem
            | ActionKind::Cancel
            | ActionKind::AcceptDelay
            | ActionKind::RefundStatus
            | ActionKind::Contact
            | ActionKind::Unknown(_) => &[],
        };
        request.answers = answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        self.seed += 1;
        let occasion = Occasion { now: self.now, seed: self.seed, by: String::new() };
        let before = self.record.clone();
        let done = carry_out(&mut self.record, &rules, request.clone(), &free, &occasion);
        let available = action.as_ref().is_some_and(|action| action.state == ActionState::Available);
        match done {
            Ok(done) => {
                assert!(available, "{request:?} was accepted against {action:?}");
                assert!(self.record.order.cases.iter().any(|case| case.id == done.case_id));
            }
            Err(refusal) => {
                assert!(!available && matches!(refusal, Refusal::Unavailable(_)), "{request:?}: {refusal:?} against {action:?}");
                assert_eq!(self.record, before);
            }
        }
    }

    fn check(&self, before: &Order) {
        let order = &self.record.order;
        for (was, is) in before.cases.iter().zip(&order.cases) {
            let ended = !was.state.is_open();
            assert!(!ended || was.state == is.state, "{} came back", was.id);
            assert!(is.state != CaseState::Received || was.state == CaseState::Received);
            assert!(is.timeline.starts_with(&was.timeline), "{} was rewritten", was.id);
        }
        let mut open: BTreeMap<_, u32> = BTreeMap::new();
        let by_quantity = |kind: &ActionKind| matches!(kind, ActionKind::StartReturn | ActionKind::Cancel);
        for case in order.cases.iter().filter(|case| case.state.is_open() && !by_quantity(&case.kind)) {
            *open.entry((case.kind.clone(), case.shipment_id.clone())).or_default() += 1;
        }
        assert!(open.values().all(|count| *count == 1), "{open:?}");
        let mut given: BTreeMap<(ShipmentId, String), u32> = BTreeMap::new();
        let mut cancelled = 0;
        let unused = |case: &&Case| {
            let back = order.returns.iter().find(|back| Some(&back.id) == case.return_id.as_ref());
            back.is_some_and(|back| back.state == ReturnState::Expired)
        };
        for case in order.cases.iter().filter(|case| case.state != CaseState::Declined && !unused(case)) {
            for line in &self.record.private.cases[&case.id].request.lines {
                match &line.shipment_id {
                    Some(shipment) => *given.entry((shipment.clone(), line.line_id.clone())).or_default() += line.quantity,
                    None => cancelled += line.quantity,
                }
            }
        }
        for ((shipment, line), quantity) in given {
            let parcel = order.shipments.iter().find(|known| known.id == shipment).expect("a shipment");
            let sent = parcel.lines.iter().find(|part| part.line_id == line).map_or(0, |part| part.quantity);
            assert!(quantity <= sent, "{quantity} of {line} in {shipment}, where {sent} were");
        }
        let waiting: u32 = order.unshipped.iter().map(|part| part.quantity).sum();
        assert!(cancelled + waiting <= 3);
        for case in &order.cases {
            assert_eq!(case.next.is_some(), case.state.is_open(), "{case:?}");
        }
    }
}

fn live(steps: &[Step]) {
    let mut shop = Shop::open();
    for step in steps {
        let before = shop.record.order.clone();
        shop.take(step);
        shop.check(&before);
    }
}

#[test]
fn a_label_that_ran_out_stays_so_once_its_goods_were_reported_missing() {
    let ask = |kind: &str, shipment| {
        let kind = ActionKind::VALUES.iter().position(|word| *word == kind).expect("a kind");
        Step::Ask { kind, shipment, quantity: 1, outcome: 0 }
    };
    live(&[
        Step::Scan { shipment: 1, stage: 3 },
        ask("start_return", 0),
        Step::Pass { hours: 100 },
        Step::Pass { hours: 250 },
        ask("report_non_receipt", 1),
        Step::Scan { shipment: 2, stage: 0 },
    ]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_order_of_requests_decisions_scans_and_time_breaks_a_case(steps in prop::collection::vec(step(), 1..30)) {
        live(&steps);
    }
}
