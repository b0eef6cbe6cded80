//! Case notes for the helpdesk, posted in the transaction that they report.

use doorstep_contract::CaseState;

use super::Service;
use super::stored::read;
use crate::error::Error;
use crate::store::{Channel, Write};
use doorstep_domain::helpdesk_ticket::{Occasion, TicketContext, compose};
use doorstep_domain::record::OrderAggregate;

/// Returns the cases that wait for the carrier.
pub(super) fn waiting_for_carrier(record: &OrderAggregate) -> Vec<String> {
    let cases = record.order.cases.iter().filter(|case| case.state == CaseState::WaitingForCarrier);
    cases.map(|case| case.id.clone()).collect()
}

impl Service {
    /// Posts a case note about the state in this transaction; does nothing if no helpdesk is configured.
    pub(super) async fn hand_off(
        &self,
        write: &mut Write,
        (order_id, case_id): (&str, &str),
        occasion: Occasion,
        message: Option<&str>,
    ) -> Result<(), Error> {
        if !self.0.has_helpdesk {
            return Ok(());
        }
        let stored = write.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        let OrderAggregate { order, private } = read(&stored)?;
        let Some(case) = order.cases.iter().find(|case| case.id == case_id) else {
            return Ok(());
        };
        let evidence = write.evidence_of(order_id, case_id).await?;
        let helpdesk_ticket = compose(&TicketContext {
            occasion,
            order: &order,
            case,
            request: private.cases.get(case_id).map(|case| &case.request),
            message,
            evidence: &evidence,
            claims: &self.rules(&order).claims,
            public_url: self.0.public_url.trim_end_matches('/'),
            now: self.now(),
        });
        let payload = serde_json::to_string(&helpdesk_ticket)?;
        let message = self.message_of(Channel::Helpdesk, (order_id, case_id), occasion.as_str())?;
        Ok(write.post(&message.saying(payload)).await?)
    }

    /// Posts a case note for each case that waited for the carrier and now waits for a person because time has passed.
    pub(super) async fn hand_over(&self, write: &mut Write, waiting: &[String], record: &OrderAggregate) -> Result<(), Error> {
        let has_no_outcome = |id: &String| record.private.cases.get(id).is_some_and(|case| case.granted.is_none());
        for case in record.order.cases.iter().filter(|case| case.state == CaseState::InProgress && waiting.contains(&case.id)) {
            if has_no_outcome(&case.id) {
                self.hand_off(write, (&record.order.id, &case.id), Occasion::HandedOver, None).await?;
            }
        }
        Ok(())
    }

    /// Posts a case note about the current state of a case.
    pub async fn tell_helpdesk(&self, order_id: &str, case_id: &str, occasion: Occasion) -> Result<(), Error> {
        let mut write = self.0.store.begin().await?;
        self.hand_off(&mut write, (order_id, case_id), occasion, None).await?;
        write.commit().await?;
        self.0.posted.wake();
        Ok(())
    }
}
