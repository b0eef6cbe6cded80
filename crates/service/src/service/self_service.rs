//! Self-service requests of shoppers and the decisions of the retailer's staff, inside a write transaction, and the options that
//! shoppers can choose from.

use doorstep_contract::{
    ActionKind, Case, CaseEntry, CaseMessage, CaseRating, CaseStep, Feedback, Order, Party, PickupPoint, PickupPoints,
    RefundState, ShopperRequest, Slot, Slots,
};

use super::stored::read;
use super::{Document, Service};
use crate::error::Error;
use crate::store::{AuditRow, CaseRow, Write};
use doorstep_domain::bounds::{NOTE, RATING};
use doorstep_domain::case::retailer::{CaseUpdate, update};
use doorstep_domain::case::{Occasion, acknowledgement, change};
use doorstep_domain::helpdesk_ticket;
use doorstep_domain::invalid::is_blank;
use doorstep_domain::policy::Rules;
use doorstep_domain::record::{Note, OrderAggregate, PrivateCase};
use doorstep_domain::request::{Refusal, carry_out, free_slots, pool, slots};

/// A case as it is answered, with the version of its order.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CaseDocument {
    /// Identity of the order.
    pub order_id: String,
    /// Current version of the order.
    pub version: u64,
    /// Case as JSON.
    pub json: String,
}

/// Versions of an order that a request may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// The request has no `If-Match`.
    Absent,
    /// Any version.
    Any,
    /// These versions.
    Versions(Vec<u64>),
}

/// New state of a refund.
#[derive(Clone, Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundUpdate {
    /// `sent`, `completed` or `failed`; `promised` again after a failure.
    pub state: RefundState,
    /// Reference of the payment.
    pub reference: Option<String>,
}

/// Number of random references that are tried before it is an internal error.
const TRIES: u32 = 16;

impl Service {
    /// Carries out a self-service request, or returns the reason for refusing it.
    pub(super) async fn request(
        &self,
        write: &mut Write,
        order_id: &str,
        request: ShopperRequest,
        if_match: &IfMatch,
        by: &str,
    ) -> Result<CaseDocument, Error> {
        let stored = write.order(order_id).await?.ok_or(Error::OrderNotFound)?;
        if *if_match == IfMatch::Absent && request.kind.changes_what_was_shown() {
            return Err(Error::IfMatchMissing);
        }
        if let IfMatch::Versions(versions) = if_match
            && !versions.contains(&stored.version)
        {
            return Err(Error::Stale { version: stored.version, document: stored.document });
        }
        let mut record = read(&stored)?;
        record.private.evidence = write.evidence_ids(order_id).await?;
        // Availability is decided at the current time, not at the last write of the order.
        self.recompute(&mut record);
        let rules = self.rules(&record.order);
        if let Some(wait) = record.wait_to_ask(rules.cases.max_per_day, self.now()) {
            return Err(Error::TooManyRequests(wait));
        }
        let all = slots(&record.order, rules, self.now());
        let pool = pool(&record.order);
        let shipment_id = request.shipment_id.clone().unwrap_or_default();
        let booked = write.booked(&pool, (order_id, &shipment_id)).await?;
        let free = free_slots(all.clone(), &booked);
        let ids: Vec<String> = free.iter().map(|slot| slot.id.clone()).collect();
        let occasion = self.occasion(write, rules, by).await?;
        let done = carry_out(&mut record, rules, request, &ids, &occasion).map_err(|refusal| refused(refusal, &free))?;
        if let Some((shipment_id, slot_id)) = &done.book {
            let capacity = all.iter().find(|(slot, _)| slot.id == *slot_id).map_or(0, |(_, capacity)| *capacity);
            if !write.book(&pool, slot_id, capacity, (order_id, shipment_id)).await? {
                return Err(Error::SlotTaken(free));
            }
        }
        if let Some((what, before, after)) = done.audit {
            let (before, after) = (before.to_string(), after.to_string());
            let entry = AuditRow { at: occasion.now.timestamp(), what: what.to_owned(), before, after, by: by.to_owned() };
            write.audit(order_id, &done.case_id, &entry).await?;
        }
        let evidence = record.private.cases.get(&done.case_id).map(|case| case.request.evidence.clone()).unwrap_or_default();
        self.take_evidence(write, order_id, &done.case_id, &evidence).await?;
        let handed_over = record.order.cases.iter().any(|case| case.id == done.case_id && case.kind == ActionKind::Contact);
        let occasion = if handed_over { helpdesk_ticket::Occasion::HandedOver } else { helpdesk_ticket::Occasion::Opened };
        let case = self.answer_case(write, record, &done.case_id).await?;
        self.hand_off(write, (order_id, &done.case_id), occasion, None).await?;
        Ok(case)
    }

    /// Adds a message of the shopper to a case.
    pub(super) async fn message(
        &self,
        write: &mut Write,
        (order_id, case_id): (&str, &str),
        message: CaseMessage,
    ) -> Result<CaseDocument, Error> {
        let mut record = self.with_case(write, order_id, case_id).await?;
        let rules = self.rules(&record.order);
        let length = message.text.chars().count();
        if is_blank(&message.text) {
            return Err(Error::field("/text", "empty"));
        }
        if length > NOTE {
            return Err(Error::field("/text", "too-long"));
        }
        if message.evidence.len() > usize::try_from(rules.evidence.max_files).unwrap_or(usize::MAX) {
            return Err(Error::field("/evidence", "too-many"));
        }
        record.private.evidence = write.evidence_ids(order_id).await?;
        if let Some(index) = message.evidence.iter().position(|id| !record.private.evidence.contains(id)) {
            return Err(Error::field(&format!("/evidence/{index}"), "unknown"));
        }
        let now = self.now();
        if let Some(wait) = record.wait_to_write(rules.cases.max_messages_per_day, now) {
            return Err(Error::TooManyRequests(wait));
        }
        let (words, photos) = (message.text.clone(), message.evidence.clone());
        let mut closed = false;
        change(&mut record, case_id, |case, private| {
            closed = !case.can_reply || !case.state.is_open();
            if closed {
                return;
            }
            let text = Some(message.text.clone());
            case.timeline.push(CaseEntry { at: now.into(), who: Party::Shopper, what: CaseStep::Message, text });
            private.notes.push(Note { at: now.into(), who: Party::Shopper, text: message.text, evidence: message.evidence });
            if case.state == doorstep_contract::CaseState::WaitingForShopper && case.return_id.is_none() {
                doorstep_domain::case::enter(case, private, rules, doorstep_contract::CaseState::InProgress, now);
                case.next = Some(doorstep_domain::case::answer_by(rules, &case.kind, now));
            }
        });
        if closed {
            return Err(Error::CaseClosed);
        }
        self.take_evidence(write, order_id, case_id, &photos).await?;
        let case = self.answer_case(write, record, case_id).await?;
        self.hand_off(write, (order_id, case_id), helpdesk_ticket::Occasion::Message, Some(&words)).await?;
        Ok(case)
    }

    /// Stores the shopper's rating of a case, once.
    pub(super) async fn rate(
        &self,
        write: &mut Write,
        (order_id, case_id): (&str, &str),
        rating: CaseRating,
    ) -> Result<CaseDocument, Error> {
        let mut record = self.with_case(write, order_id, case_id).await?;
        if !RATING.contains(&rating.rating) {
            return Err(Error::field("/rating", "out-of-range"));
        }
        if rating.comment.as_ref().is_some_and(|comment| comment.chars().count() > NOTE) {
            return Err(Error::field("/comment", "too-long"));
        }
        let mut asked = false;
        change(&mut record, case_id, |case, private| {
            asked = case.feedback.as_ref().is_some_and(|feedback| feedback.asked && feedback.rating.is_none());
            if asked {
                case.feedback = Some(Feedback { asked: false, rating: Some(rating.rating) });
                private.comment = rating.comment;
            }
        });
        if asked { self.answer_case(write, record, case_id).await } else { Err(Error::FeedbackNotAsked) }
    }

    /// Applies a decision of the retailer's staff about a case.
    pub(super) async fn update_case(
        &self,
        write: &mut Write,
        (order_id, case_id): (&str, &str),
        with: &CaseUpdate,
    ) -> Result<CaseDocument, Error> {
        let mut record = self.with_case(write, order_id, case_id).await?;
        let rules = self.rules(&record.order);
        update(&mut record, rules, case_id, with, self.now())?;
        self.answer_case(write, record, case_id).await
    }

    /// Applies a new state of a refund.
    pub(super) async fn update_refund(
        &self,
        write: &mut Write,
        (order_id, refund_id): (&str, &str),
        with: &RefundUpdate,
    ) -> Result<Document, Error> {
        let stored = write.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        let mut record = read(&stored)?;
        let now = self.now();
        let refund = record.order.refunds.iter_mut().find(|refund| refund.id == refund_id).ok_or(Error::UnknownRefund)?;
        let possible = match (&refund.state, &with.state) {
            (from, to) if from == to => true,
            (
                RefundState::Promised | RefundState::Unknown(_),
                RefundState::Sent | RefundState::Completed | RefundState::Failed,
            )
            | (RefundState::Sent, RefundState::Completed | RefundState::Failed)
            | (RefundState::Failed, RefundState::Promised | RefundState::Sent) => true,
            (_, _) => false,
        };
        if !possible {
            return Err(Error::field("/state", "not-possible-from-here"));
        }
        if with.state == RefundState::Sent && refund.state != RefundState::Sent {
            refund.sent_at = Some(now.into());
        }
        refund.state = with.state.clone();
        refund.reference = with.reference.clone().or(refund.reference.take());
        record.order.version += 1;
        self.write(write, record).await
    }

    /// Returns the free delivery slots for a shipment of the order.
    pub async fn slots(&self, order_id: &str, shipment_id: &str) -> Result<Slots, Error> {
        let order = self.order(order_id).await?.order()?;
        known(&order, shipment_id)?;
        let all = slots(&order, self.rules(&order), self.now());
        let booked = self.0.store.booked(&pool(&order), (&order.id, shipment_id)).await?;
        Ok(Slots { slots: free_slots(all, &booked) })
    }

    /// Returns the pickup points that a shipment of the order can be redirected to, the nearest first.
    pub async fn pickup_points(&self, order_id: &str, shipment_id: &str) -> Result<PickupPoints, Error> {
        let order = self.order(order_id).await?.order()?;
        known(&order, shipment_id)?;
        let country = order.destination.as_ref().and_then(|to| to.country.as_deref());
        let here = self.rules(&order).redirect.points.iter().filter(|point| Some(&*point.country) == country);
        let mut points: Vec<PickupPoint> = here
            .map(|point| PickupPoint {
                id: point.id.clone(),
                name: point.name.clone(),
                lines: point.lines.clone(),
                country: Some(point.country.clone()),
                distance_m: point.distance_m,
                hours: point.hours.clone(),
            })
            .collect();
        points.sort_by_key(|point| point.distance_m.unwrap_or(u32::MAX));
        Ok(PickupPoints { points })
    }

    /// Returns the acknowledgement of a case as text.
    pub async fn acknowledgement(&self, order_id: &str, case_id: &str) -> Result<String, Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::OrderNotFound)?;
        acknowledgement(&read(&stored)?, case_id).ok_or(Error::CaseNotFound)
    }

    /// Returns cases in one state or in all, the oldest first.
    pub async fn cases(&self, state: Option<&str>, limit: u32) -> Result<Vec<CaseRow>, Error> {
        Ok(self.0.store.cases(state, limit).await?)
    }

    /// Returns a case with its private part, its order and its audit entries.
    pub async fn case(&self, order_id: &str, case_id: &str) -> Result<(Case, PrivateCase, OrderAggregate, Vec<AuditRow>), Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        let record = read(&stored)?;
        let case = record.order.cases.iter().find(|case| case.id == case_id).cloned().ok_or(Error::CaseNotFound)?;
        let private = record.private.cases.get(case_id).cloned().unwrap_or_default();
        let audit = self.0.store.audit(order_id, case_id).await?;
        Ok((case, private, record, audit))
    }

    /// Returns the rules that apply to an order.
    pub(super) fn rules(&self, order: &Order) -> &Rules {
        self.0.policy.for_country(order.destination.as_ref().and_then(|to| to.country.as_deref()))
    }

    async fn with_case(&self, write: &mut Write, order_id: &str, case_id: &str) -> Result<OrderAggregate, Error> {
        let stored = write.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        let mut record = read(&stored)?;
        self.recompute(&mut record);
        let known = record.order.cases.iter().any(|case| case.id == case_id);
        if known { Ok(record) } else { Err(Error::CaseNotFound) }
    }

    async fn answer_case(&self, write: &mut Write, mut record: OrderAggregate, case_id: &str) -> Result<CaseDocument, Error> {
        record.order.version += 1;
        let document = self.write(write, record).await?;
        let order = document.order()?;
        let case = order.cases.iter().find(|case| case.id == case_id).ok_or(Error::CaseNotFound)?;
        Ok(CaseDocument { json: serde_json::to_string(case)?, order_id: document.id, version: document.version })
    }

    /// Returns the current time and the randomness for a reference that no other case has.
    async fn occasion(&self, write: &mut Write, rules: &Rules, by: &str) -> Result<Occasion, Error> {
        for _ in 0..TRIES {
            let mut random = [0; 8];
            getrandom::fill(&mut random).map_err(|error| Error::Internal(format!("random: {error}")))?;
            let occasion = Occasion { now: self.now(), seed: u64::from_be_bytes(random), by: by.to_owned() };
            if !write.has_reference(&occasion.reference(rules)).await? {
                return Ok(occasion);
            }
        }
        Err(Error::Internal("no reference is free".to_owned()))
    }
}

fn known(order: &Order, shipment_id: &str) -> Result<(), Error> {
    let known = order.shipments.iter().any(|shipment| shipment.id == shipment_id);
    if known { Ok(()) } else { Err(Error::ShipmentNotFound) }
}

fn refused(refusal: Refusal, free: &[Slot]) -> Error {
    match refusal {
        Refusal::Invalid(errors) => Error::Invalid(errors),
        Refusal::Unavailable(action) => Error::ActionUnavailable(action),
        Refusal::SlotTaken => Error::SlotTaken(free.to_vec()),
    }
}
