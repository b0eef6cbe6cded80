//! Case notes for the helpdesk, posted to the outbox in the transaction of the change that they report.

use doorstep_contract::CaseId;
use doorstep_documents::helpdesk_ticket::{Occasion, TicketContext, compose};
use doorstep_domain::order::OrderAggregate;

use crate::context::Context;
use crate::error::Error;
use crate::outbox::{MessageSubject, new_message};
use crate::refs::CaseRef;
use crate::store::{Channel, Write};

/// A case note that is put into the outbox when the order of the case is saved.
#[derive(Clone, Debug)]
pub(crate) struct CaseNote {
    /// Id of the case.
    pub(crate) case_id: CaseId,
    /// Event that the note reports.
    pub(crate) occasion: Occasion,
    /// Message that the shopper has just added. None if the note reports another event.
    pub(crate) message: Option<String>,
}

/// Puts a helpdesk ticket about the current state of the case into the outbox. Does nothing if no helpdesk is configured, or if
/// the order has no such case.
pub(super) async fn post(context: &Context, write: &mut Write, aggregate: &OrderAggregate, note: &CaseNote) -> Result<(), Error> {
    let OrderAggregate { order, private } = aggregate;
    let Some(case) = order.cases.iter().find(|case| case.id == note.case_id).filter(|_| context.has_helpdesk) else {
        return Ok(());
    };
    let case_ref = CaseRef { order_id: order.id.clone(), case_id: case.id.clone() };
    let evidence = write.photo_ids_of_case(&case_ref).await?;
    let ticket = compose(&TicketContext {
        occasion: note.occasion,
        order,
        case,
        request: private.cases.get(&case.id).map(|case| &case.request),
        message: note.message.as_deref(),
        evidence: &evidence,
        claims: &context.rules(order).claims,
        public_url: &context.public_url,
        now: context.now(),
    });
    let subject = MessageSubject { order_id: &order.id, case_id: Some(&case.id), event: note.occasion.as_str() };
    let message = new_message(Channel::Helpdesk, subject, context.now_s())?;
    Ok(write.insert_message(&message.with_payload(serde_json::to_string(&ticket)?)).await?)
}
