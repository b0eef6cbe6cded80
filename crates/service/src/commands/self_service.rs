//! Self-service requests of shoppers.

use doorstep_contract::{ActionKind, Slot};
use doorstep_documents::helpdesk_ticket;
use doorstep_domain::policy::Rules;
use doorstep_domain::self_service::case::Occasion;
use doorstep_domain::self_service::if_match::IfMatchFailed;
use doorstep_domain::self_service::request::{Refusal, RequestOutcome, carry_out, free_slots, pool, slots};

use super::command::SelfServiceRequest;
use crate::documents::CaseDocument;
use crate::error::Error;
use crate::random;
use crate::refs::{CaseRef, ShipmentRef};
use crate::store::AuditRow;
use crate::unit_of_work::{CaseNote, LoadedOrder, UnitOfWork};

/// Maximum number of random references that are tried for a case. After that, the request fails with an internal error.
const MAX_REFERENCES: u32 = 16;

/// Data that the decision about a request depends on.
struct Circumstances {
    /// All slots of the shipment with the capacity of each.
    slots: Vec<(Slot, u32)>,
    /// Slots that are free.
    free: Vec<Slot>,
    /// Time, originator, and randomness for the reference of the case.
    occasion: Occasion,
}

/// Carries out a self-service request, or returns the reason for refusing it.
pub(super) async fn request(unit: &mut UnitOfWork, command: SelfServiceRequest) -> Result<CaseDocument, Error> {
    let SelfServiceRequest { order_id, request, if_match, by } = command;
    let mut order = unit.find(&order_id).await?.ok_or(Error::OrderNotFound)?;
    match if_match.check(&request.kind, order.version()) {
        Ok(()) => {}
        Err(IfMatchFailed::Missing) => return Err(Error::IfMatchMissing),
        Err(IfMatchFailed::Stale) => return Err(order.into_stale()),
    }
    order.aggregate.private.evidence = unit.write.photo_ids(&order_id).await?;
    // Availability is decided at the current time, not at the last write of the order.
    order.recompute(&unit.context);
    let context = unit.context.clone();
    let rules = context.rules(&order.aggregate.order);
    if let Some(wait) = order.aggregate.request_wait_s(rules.cases.max_per_day, context.now()) {
        return Err(Error::TooManyRequests(wait));
    }
    let shipment = ShipmentRef { order_id, shipment_id: request.shipment_id.clone().unwrap_or_default() };
    let circumstances = circumstances(unit, &order, &shipment, by).await?;
    let free_ids: Vec<String> = circumstances.free.iter().map(|slot| slot.id.clone()).collect();
    let outcome = carry_out(&mut order.aggregate, rules, request, &free_ids, &circumstances.occasion);
    let outcome = outcome.map_err(|refusal| refused(refusal, &circumstances.free))?;
    store_outcome(unit, &order, &outcome, &circumstances).await?;
    let is_handed_over = order.case(&outcome.case_id).is_some_and(|case| case.kind == ActionKind::Contact);
    order.add_case_note(CaseNote {
        case_id: outcome.case_id.clone(),
        occasion: if is_handed_over { helpdesk_ticket::Occasion::HandedOver } else { helpdesk_ticket::Occasion::Opened },
        message: None,
    });
    unit.save_case(order, &outcome.case_id).await
}

async fn circumstances(
    unit: &mut UnitOfWork,
    order: &LoadedOrder,
    shipment: &ShipmentRef,
    by: String,
) -> Result<Circumstances, Error> {
    let (context, order) = (unit.context.clone(), &order.aggregate.order);
    let rules = context.rules(order);
    let slots = slots(order, rules, context.now());
    let booked = unit.write.booked_slots(&pool(order), shipment).await?;
    let free = free_slots(slots.clone(), &booked);
    Ok(Circumstances { slots, free, occasion: occasion(unit, rules, by).await? })
}

/// Stores the results of a request that are not part of the order: the booking of a slot, the audit entry, and the photos' case.
async fn store_outcome(
    unit: &mut UnitOfWork,
    order: &LoadedOrder,
    outcome: &RequestOutcome,
    circumstances: &Circumstances,
) -> Result<(), Error> {
    let Circumstances { slots, free, occasion } = circumstances;
    let case = CaseRef { order_id: order.id().to_owned(), case_id: outcome.case_id.clone() };
    if let Some((shipment_id, slot_id)) = &outcome.slot_to_book {
        let capacity = slots.iter().find(|(slot, _)| slot.id == *slot_id).map_or(0, |(_, capacity)| *capacity);
        let shipment = ShipmentRef { order_id: case.order_id.clone(), shipment_id: shipment_id.clone() };
        if !unit.write.book_slot(&pool(&order.aggregate.order), slot_id, capacity, &shipment).await? {
            return Err(Error::SlotTaken(free.clone()));
        }
    }
    if let Some((what, before, after)) = &outcome.audit {
        let (what, before, after, by) = ((*what).to_owned(), before.to_string(), after.to_string(), occasion.by.clone());
        let entry = AuditRow { at: occasion.now.timestamp(), what, before, after, by };
        unit.write.insert_audit_entry(&case, &entry).await?;
    }
    let photos = order.aggregate.private.cases.get(&case.case_id).map(|case| case.request.evidence.as_slice());
    for photo_id in photos.unwrap_or_default() {
        unit.write.assign_photo(photo_id, &case).await?;
    }
    Ok(())
}

/// Returns the occasion of a request. Chooses the randomness so that no other case has the resulting reference.
async fn occasion(unit: &mut UnitOfWork, rules: &Rules, by: String) -> Result<Occasion, Error> {
    let mut occasion = Occasion { now: unit.context.now(), seed: 0, by };
    for _ in 0..MAX_REFERENCES {
        occasion.seed = u64::from_be_bytes(random::bytes()?);
        if !unit.write.has_case_reference(&occasion.reference(rules)).await? {
            return Ok(occasion);
        }
    }
    Err(Error::Internal("no reference is free".to_owned()))
}

fn refused(refusal: Refusal, free: &[Slot]) -> Error {
    match refusal {
        Refusal::Invalid(errors) => Error::Invalid(errors),
        Refusal::Unavailable(action) => Error::ActionUnavailable(action),
        Refusal::SlotTaken => Error::SlotTaken(free.to_vec()),
    }
}
