//! Brings an order up to date: applies the effects of time to shipments, returns and cases, and computes the available actions.
//! The service calls it on every write, and again at the time that the last call returned.

use chrono::{DateTime, Utc};
use doorstep_contract::Limits;

use super::policy::Policy;
use crate::order::{OrderAggregate, tracking_updates};
use crate::self_service::actions::actions;
use crate::self_service::{case, returns};

/// Brings the order up to date. Returns the next time at which time alone changes the order, or None if there is none. The caller
/// increments the version.
pub fn recompute(record: &mut OrderAggregate, policy: &Policy, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let country = record.order.destination.as_ref().and_then(|to| to.country.clone());
    let rules = policy.for_country(country.as_deref());
    let promise = tracking_updates::advance_shipments(record, &rules.tracking, now);
    let returns_at = returns::advance_returns(record, rules, now);
    let case = case::time::advance_cases(record, rules, now);
    let (actions, action) = actions(&record.order, policy, &record.private, now);
    record.order.actions = actions;
    record.order.limits =
        Some(Limits { evidence_max_bytes: Some(rules.evidence.max_bytes), evidence_max_files: Some(rules.evidence.max_files) });
    [promise, returns_at, case, action].into_iter().flatten().min()
}
