//! Cases for the retailer's staff.

use doorstep_contract::Case;
use doorstep_domain::order::{OrderAggregate, PrivateCase};

use crate::error::Error;
use crate::refs::CaseRef;
use crate::service::Service;
use crate::store::{AuditRow, CaseRow};
use crate::stored_order::parse;

/// A case with everything that the retailer's staff may see of it.
#[derive(Clone, Debug)]
pub struct CaseDetails {
    /// The case as the shopper sees it.
    pub case: Case,
    /// Data of the case that is not shown to the shopper.
    pub private: PrivateCase,
    /// The order of the case.
    pub aggregate: OrderAggregate,
    /// Audit entries of the case, the oldest first.
    pub audit: Vec<AuditRow>,
}

impl Service {
    /// Returns cases, the oldest first. Without `state`, returns cases in every state.
    pub async fn cases(&self, state: Option<&str>, limit: u32) -> Result<Vec<CaseRow>, Error> {
        Ok(self.0.store.cases(state, limit).await?)
    }

    /// Returns a case with its order and its audit entries.
    pub async fn case(&self, of: &CaseRef) -> Result<CaseDetails, Error> {
        let stored = self.0.store.order(&of.order_id).await?.ok_or(Error::UnknownOrder)?;
        let aggregate = parse(&stored)?;
        let case = aggregate.order.cases.iter().find(|case| case.id == of.case_id).cloned().ok_or(Error::CaseNotFound)?;
        let private = aggregate.private.cases.get(&of.case_id).cloned().unwrap_or_default();
        let audit = self.0.store.audit_entries(of).await?;
        Ok(CaseDetails { case, private, aggregate, audit })
    }
}
