//! Model test with arbitrary sequences of requests, scans, decisions and delays. No item is returned twice, no more is refunded
//! than was paid, and no return leaves its state machine.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::{
    ActionKind, Direction, Event, EventTime, LocalTime, Money, Order, Outcome, QuoteRequest, RefundState, RequestLine,
    ReturnState, ShopperRequest, Source, Stage, Zone,
};
use proptest::prelude::*;

use super::{ReturnDecision, ReturnStep, ReturnUpdate, decide, may_follow, quote};
use crate::order::tracking_updates::apply;
use crate::order::{InternalState, OrderAggregate};
use crate::policy::Policy;
use crate::recompute::recompute;
use crate::self_service::case::Occasion;
use crate::self_service::request::carry_out;
use crate::tracking::TrackingUpdate;

#[derive(Clone, Debug)]
enum Step {
    Ask { withdraw: bool, line: usize, quantity: u32, method: usize, outcome: usize, reason: usize },
    Scan { back: usize, stage: usize },
    Decide { back: usize, step: usize, result: usize, deduction: i64 },
    Pay { refund: usize, state: usize },
    Pass { hours: i64 },
}

const METHODS: [&str; 4] = ["code", "label", "keep", "shop"];
const OUTCOMES: [Outcome; 3] = [Outcome::Refund, Outcome::Exchange, Outcome::StoreCredit];
const REASONS: [&str; 3] = ["changed_mind", "faulty", "worn"];
const STAGES: [Stage; 6] =
    [Stage::LabelCreated, Stage::HandedOver, Stage::InTransit, Stage::Delivered, Stage::Lost, Stage::Returning];
const STATES: [RefundState; 4] = [RefundState::Sent, RefundState::Completed, RefundState::Failed, RefundState::Promised];
const LINES: [(&str, &str); 3] = [("s1", "a"), ("s1", "b"), ("s2", "a")];

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (prop::bool::weighted(0.15), 0..3_usize, 1..4_u32, 0..4_usize, 0..3_usize, 0..3_usize).prop_map(
            |(withdraw, line, quantity, method, outcome, reason)| Step::Ask { withdraw, line, quantity, method, outcome, reason }
        ),
        4 => (0..4_usize, 0..STAGES.len()).prop_map(|(back, stage)| Step::Scan { back, stage }),
        4 => (0..4_usize, 0..4_usize, 0..3_usize, 1..4_000_i64)
            .prop_map(|(back, step, result, deduction)| Step::Decide { back, step, result, deduction }),
        2 => (0..4_usize, 0..STATES.len()).prop_map(|(refund, state)| Step::Pay { refund, state }),
        2 => (1..200_i64).prop_map(|hours| Step::Pass { hours }),
    ]
}

struct Shop {
    policy: Policy,
    record: OrderAggregate,
    now: DateTime<Utc>,
    seed: u64,
}

/// Amount paid in the minor unit: 4997 for five jackets (not divisible by five), 333 for each of two caps, and 495 for the
/// delivery. Store credit adds a tenth.
const PAID: i64 = 4_997 + 666 + 495;

impl Shop {
    fn open(decision: &str) -> Self {
        let policy = format!(
            r#"
            [returns]
            decision = "{decision}"
            store_credit_bonus_percent = 10
            address = ["Dock 4"]
            reasons = [{{ code = "changed_mind", shopper_pays = true }}, {{ code = "faulty" }},
                       {{ code = "worn", restocking_percent = 25, shopper_pays = true }}]
            methods = [{{ id = "code", kind = "drop_off", name = "C", formats = ["image/png"], fee = {{ minor = 299, currency = "EUR" }} }},
                       {{ id = "label", kind = "collection", name = "L", formats = ["application/pdf"] }},
                       {{ id = "keep", kind = "keep", name = "K" }}, {{ id = "shop", kind = "store", name = "S" }}]
        "#
        );
        let shipment = |id: &str, lines: &str| {
            format!(
                r#"{{"id": "{id}", "direction": "outbound", "stage": "delivered", "condition": {{"state": "ok"}}, "tracking_number": "{id}",
                    "delivered": {{"at": "2026-11-18T09:00:00Z", "to": "recipient"}}, "lines": {lines}}}"#
            )
        };
        let order = format!(
            r#"{{"id": "o", "number": "1", "version": 1, "time_zone": "Europe/Berlin", "destination": {{"lines": ["x"], "country": "DE"}},
                "lines": [{{"id": "a", "title": "Jacket", "quantity": 5, "unit_price": {{"minor": 1000, "currency": "EUR"}},
                            "total": {{"minor": 4997, "currency": "EUR"}}}},
                          {{"id": "b", "title": "Cap", "quantity": 2, "unit_price": {{"minor": 333, "currency": "EUR"}}}}],
                "shipments": [{}, {}]}}"#,
            shipment("s1", r#"[{"line_id": "a", "quantity": 3}, {"line_id": "b", "quantity": 2}]"#),
            shipment("s2", r#"[{"line_id": "a", "quantity": 2}]"#),
        );
        let private =
            InternalState { delivery_cost: Some(Money { minor: 495, currency: "EUR".to_owned() }), ..InternalState::default() };
        let mut shop = Self {
            policy: Policy::read(&policy).expect("a policy"),
            record: OrderAggregate { order: Order::from_json(&order).expect("an order"), private },
            now: "2026-11-20T09:00:00Z".parse().expect("an instant"),
            seed: 0,
        };
        shop.recompute();
        shop
    }

    /// Recomputes the order. Asserts that recomputing again changes nothing, and that no return changes before the time that
    /// `recompute` returned.
    fn recompute(&mut self) {
        let due = recompute(&mut self.record, &self.policy, self.now);
        let mut again = self.record.clone();
        recompute(&mut again, &self.policy, self.now);
        assert_eq!(again, self.record, "settling twice changes something");
        let just_before = due.map_or(self.now + TimeDelta::days(400), |due| due - TimeDelta::seconds(1));
        recompute(&mut again, &self.policy, just_before.max(self.now));
        assert_eq!(again.order.returns, self.record.order.returns, "changed before it was due at {due:?}");
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Ask { withdraw, line, quantity, method, outcome, reason } => {
                let (shipment, line) = LINES[*line];
                self.ask(*withdraw, shipment, line, *quantity, METHODS[*method], &OUTCOMES[*outcome], REASONS[*reason]);
            }
            Step::Scan { back, stage } => {
                let parcels = self.record.order.shipments.iter().filter(|shipment| shipment.direction == Direction::Return);
                let Some(id) = parcels.map(|shipment| shipment.id.clone()).nth(*back) else { return };
                let local = LocalTime { date: self.now.date_naive(), time: Some(self.now.time()) };
                let event = Event {
                    id: format!("{}{:?}", self.now, STAGES[*stage]),
                    at: EventTime { local, offset_min: Some(0), zone: Zone::Explicit },
                    stage: STAGES[*stage].clone(),
                    condition: None,
                    reason: None,
                    place: None,
                    text: None,
                    source: Source::Carrier,
                    raw: None,
                };
                let update = TrackingUpdate { events: vec![event], ..TrackingUpdate::default() };
                apply(&mut self.record, &id, &update, self.now);
                apply(&mut self.record, &id, &update, self.now);
            }
            Step::Decide { back, step, result, deduction } => self.decide(*back, *step, *result, *deduction),
            Step::Pay { refund, state } => {
                let Some(refund) = self.record.order.refunds.get_mut(*refund) else { return };
                let fits = match (&refund.state, &STATES[*state]) {
                    (RefundState::Promised, RefundState::Sent | RefundState::Failed)
                    | (RefundState::Sent, RefundState::Completed | RefundState::Failed)
                    | (RefundState::Failed, RefundState::Promised) => true,
                    (_, _) => false,
                };
                if fits {
                    refund.state = STATES[*state].clone();
                }
            }
            Step::Pass { hours } => self.now += TimeDelta::hours(*hours),
        }
        self.recompute();
    }

    #[expect(clippy::too_many_arguments, reason = "a request has as many parts")]
    fn ask(&mut self, withdraw: bool, shipment: &str, line: &str, quantity: u32, method: &str, outcome: &Outcome, reason: &str) {
        let kind = if withdraw { ActionKind::Withdraw } else { ActionKind::StartReturn };
        let line = RequestLine {
            line_id: line.to_owned(),
            shipment_id: Some(shipment.into()),
            quantity,
            reason: (!withdraw).then(|| reason.to_owned()),
        };
        let lines = if withdraw { Vec::new() } else { vec![line] };
        let answers = BTreeMap::from([("name".to_owned(), "Ada".to_owned()), ("confirmed".to_owned(), "yes".to_owned())]);
        let request = ShopperRequest {
            kind: kind.clone(),
            lines: lines.clone(),
            outcome: (!withdraw).then(|| outcome.clone()),
            method_id: Some(method.to_owned()),
            answers: if withdraw { answers } else { BTreeMap::new() },
            contact: withdraw.then(|| "a@b.example".to_owned()),
            ..ShopperRequest::default()
        };
        let rules = self.policy.for_country(Some("DE"));
        let asked = QuoteRequest { kind: Some(kind), lines, outcome: request.outcome.clone() };
        let estimate = quote(&self.record, rules, &asked, self.now);
        self.seed += 1;
        let occasion = Occasion { now: self.now, seed: self.seed, by: String::new() };
        let before = self.record.clone();
        let done = carry_out(&mut self.record, rules, request, &[], &occasion);
        assert_eq!(estimate.is_ok(), done.is_ok(), "what is quoted can be had: {estimate:?} {done:?}");
        let (Ok(estimate), Ok(done)) = (estimate, done) else {
            assert_eq!(before, self.record, "a refused request changes nothing");
            return;
        };
        let case = self.record.order.cases.iter().find(|case| case.id == done.case_id).expect("a case");
        let back = self.record.order.returns.iter().find(|back| Some(&back.id) == case.return_id.as_ref()).expect("a return");
        let method = estimate.methods.iter().find(|known| known.id == method).expect("a method");
        assert_eq!(back.estimate, method.amount, "what was quoted is what is promised");
    }

    fn decide(&mut self, back: usize, step: usize, result: usize, deduction: i64) {
        let Some(id) = self.record.order.returns.get(back).map(|back| back.id.clone()) else { return };
        let step = [ReturnStep::Approve, ReturnStep::Refuse, ReturnStep::Receive, ReturnStep::Inspect][step];
        let result = [ReturnDecision::Accepted, ReturnDecision::Partially, ReturnDecision::Rejected][result];
        let partially = step == ReturnStep::Inspect && result == ReturnDecision::Partially;
        let update = ReturnUpdate {
            step,
            result: (step == ReturnStep::Inspect).then_some(result),
            deduction: partially.then(|| Money { minor: deduction, currency: "EUR".to_owned() }),
            text: Some("because".to_owned()),
        };
        let rules = self.policy.for_country(Some("DE"));
        let before = self.record.clone();
        if decide(&mut self.record, rules, &id, &update, self.now).is_err() {
            assert_eq!(before, self.record, "a refused decision changes nothing");
        } else {
            assert!(decide(&mut self.record.clone(), rules, &id, &update, self.now).is_err(), "nothing is decided twice");
        }
    }

    fn check(&self) {
        let order = &self.record.order;
        let is_live = |back: &doorstep_contract::Return| {
            let arrived = self.record.private.returns.get(&back.id).is_some_and(|private| private.received_at.is_some());
            back.state != ReturnState::Expired && (back.state != ReturnState::Rejected || arrived)
        };
        let live = |id: &str| order.returns.iter().any(|back| back.case_id.as_deref() == Some(id) && is_live(back));
        for shipment in order.shipments.iter().filter(|shipment| shipment.direction == Direction::Outbound) {
            for part in &shipment.lines {
                let requests =
                    self.record.private.cases.iter().filter(|(id, _)| live(id)).flat_map(|(_, case)| &case.request.lines);
                let same =
                    requests.filter(|line| line.line_id == part.line_id && line.shipment_id.as_ref() == Some(&shipment.id));
                let back: u32 = same.map(|line| line.quantity).sum();
                assert!(back <= part.quantity, "{back} of {} went back", part.quantity);
            }
        }
        let minor = |state: &dyn Fn(&RefundState) -> bool| {
            order
                .refunds
                .iter()
                .filter(|refund| state(&refund.state))
                .filter_map(|refund| Some(refund.amount.as_ref()?.minor))
                .sum::<i64>()
        };
        let all = minor(&|_| true);
        assert!(all <= PAID + PAID / 10, "{all}");
        for refund in &order.refunds {
            assert!(refund.due_by.is_some() && refund.amount.as_ref().is_some_and(|amount| amount.minor >= 0));
            assert!(order.returns.iter().filter(|back| back.refund_id.as_ref() == Some(&refund.id)).count() <= 1);
        }
        for back in &order.returns {
            let exchanged = back.outcome == Some(Outcome::Exchange);
            if matches!(back.state, ReturnState::Inspected | ReturnState::Completed) && !exchanged {
                assert!(back.refund_id.is_some(), "{back:?}");
            }
            assert!(!exchanged || back.refund_id.is_none(), "an exchange is not paid as well");
            assert_eq!(back.label.is_some(), back.label.as_ref().is_some_and(|label| !label.qr_rows.is_empty()));
        }
        let numbers: Vec<_> = order.shipments.iter().filter_map(|shipment| shipment.tracking_number.clone()).collect();
        let unique: std::collections::BTreeSet<_> = numbers.iter().collect();
        assert_eq!(unique.len(), numbers.len(), "each parcel has a number of its own");
    }
}

/// Returns true if the state `to` can be reached from the state `from` by any number of steps.
fn reachable(from: &ReturnState, to: &ReturnState) -> bool {
    let mut seen = vec![from.clone()];
    let mut at = 0;
    while let Some(state) = seen.get(at).cloned() {
        at += 1;
        for word in ReturnState::VALUES {
            let next = ReturnState::from(*word);
            if may_follow(&state, &next) && !seen.contains(&next) {
                seen.push(next);
            }
        }
    }
    seen.contains(to)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn nothing_goes_back_twice_and_no_more_money_than_was_paid(
        decision in prop::sample::select(vec!["grant", "review"]),
        steps in prop::collection::vec(steps(), 1..40),
    ) {
        let mut shop = Shop::open(decision);
        for step in &steps {
            let before: Vec<ReturnState> = shop.record.order.returns.iter().map(|back| back.state.clone()).collect();
            shop.take(step);
            shop.check();
            for (from, back) in before.iter().zip(&shop.record.order.returns) {
                prop_assert!(reachable(from, &back.state), "{:?} to {:?} by {:?}", from, back.state, step);
            }
        }
    }
}
