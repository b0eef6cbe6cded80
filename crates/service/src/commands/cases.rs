//! Commands about a case: messages and the rating of the shopper, decisions of the retailer's staff.

use doorstep_contract::{CaseMessage, CaseRating};
use doorstep_documents::helpdesk_ticket::Occasion;
use doorstep_domain::self_service::case::retailer::{CaseUpdate, update};
use doorstep_domain::self_service::case_rating::{self, RatingRefusal};
use doorstep_domain::self_service::shopper_message::{self, MessageRefusal, NewMessage};

use crate::documents::CaseDocument;
use crate::error::Error;
use crate::refs::CaseRef;
use crate::service::Service;
use crate::unit_of_work::{CaseNote, LoadedOrder, UnitOfWork};

impl Service {
    /// Applies a decision of the retailer's staff about a case, without an idempotency key.
    pub async fn decide(&self, case: &CaseRef, update: &CaseUpdate) -> Result<CaseDocument, Error> {
        let mut unit = UnitOfWork::begin(self.0.clone()).await?;
        let document = decide(&mut unit, case, update).await?;
        unit.commit().await?;
        Ok(document)
    }

    /// Puts a case note about the current state of a case into the outbox. Does nothing if no helpdesk is configured or the order
    /// has no such case.
    pub async fn post_case_note(&self, case: &CaseRef, occasion: Occasion) -> Result<(), Error> {
        let mut unit = UnitOfWork::begin(self.0.clone()).await?;
        let mut order = unit.load(&case.order_id).await?;
        order.add_case_note(CaseNote { case_id: case.case_id.clone(), occasion, message: None });
        unit.post_case_notes(&order).await?;
        unit.wake_senders();
        unit.commit().await
    }
}

/// Adds a message of the shopper to a case.
pub(super) async fn add_message(unit: &mut UnitOfWork, case: &CaseRef, message: &CaseMessage) -> Result<CaseDocument, Error> {
    let mut order = load_with_case(unit, case).await?;
    order.aggregate.private.evidence = unit.write.photo_ids(&case.order_id).await?;
    let rules = unit.context.rules(&order.aggregate.order);
    let new = NewMessage { case_id: &case.case_id, message, now: unit.context.now() };
    shopper_message::add_message(&mut order.aggregate, rules, &new).map_err(|refusal| match refusal {
        MessageRefusal::Invalid(field) => Error::Invalid(vec![field]),
        MessageRefusal::TooMany(wait) => Error::TooManyRequests(wait),
        MessageRefusal::Closed => Error::CaseClosed,
    })?;
    for photo_id in &message.evidence {
        unit.write.assign_photo(photo_id, case).await?;
    }
    let message = Some(message.text.clone());
    order.add_case_note(CaseNote { case_id: case.case_id.clone(), occasion: Occasion::Message, message });
    unit.save_case(order, &case.case_id).await
}

/// Stores the shopper's rating of a case. Returns `Error::FeedbackNotAsked` if no rating was asked for, or if one is stored
/// already.
pub(super) async fn rate(unit: &mut UnitOfWork, case: &CaseRef, rating: &CaseRating) -> Result<CaseDocument, Error> {
    let mut order = load_with_case(unit, case).await?;
    case_rating::rate(&mut order.aggregate, &case.case_id, rating).map_err(|refusal| match refusal {
        RatingRefusal::Invalid(field) => Error::Invalid(vec![field]),
        RatingRefusal::NotAsked => Error::FeedbackNotAsked,
    })?;
    unit.save_case(order, &case.case_id).await
}

/// Applies a decision of the retailer's staff about a case.
pub(super) async fn decide(unit: &mut UnitOfWork, case: &CaseRef, decision: &CaseUpdate) -> Result<CaseDocument, Error> {
    let mut order = load_with_case(unit, case).await?;
    let rules = unit.context.rules(&order.aggregate.order);
    update(&mut order.aggregate, rules, &case.case_id, decision, unit.context.now())?;
    unit.save_case(order, &case.case_id).await
}

/// Loads the order of a case and recomputes it. Returns `Error::CaseNotFound` if the order has no such case.
async fn load_with_case(unit: &mut UnitOfWork, case: &CaseRef) -> Result<LoadedOrder, Error> {
    let mut order = unit.load(&case.order_id).await?;
    order.recompute(&unit.context);
    if order.case(&case.case_id).is_some() { Ok(order) } else { Err(Error::CaseNotFound) }
}
