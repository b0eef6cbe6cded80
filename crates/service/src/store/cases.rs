//! Lists of cases, and the audit entries of each case.

use doorstep_contract::{CaseId, OrderId};

use super::database::Store;
use super::transaction::Write;
use crate::refs::CaseRef;

/// One case in a list of cases.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CaseRow {
    /// Id of the order.
    #[sqlx(try_from = "String")]
    pub order_id: OrderId,
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Reference that the shopper quotes.
    pub reference: String,
    /// Kind of the self-service action that was requested.
    pub kind: String,
    /// State of the case.
    pub state: String,
    /// Time at which the case was opened, in seconds.
    pub opened_at: i64,
}

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Time of the change in seconds.
    pub at: i64,
    /// Name of the changed field or part.
    pub what: String,
    /// State before the change, as JSON.
    pub before: String,
    /// State after the change, as JSON.
    pub after: String,
    /// Fingerprint of the token that was used.
    pub by: String,
}

impl Store {
    /// Returns cases, the oldest first. Without `state`, returns cases in every state.
    pub(crate) async fn cases(&self, state: Option<&str>, limit: u32) -> Result<Vec<CaseRow>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT order_id, case_id, reference, kind, state, opened_at FROM cases \
             WHERE (?1 IS NULL OR state = ?1) ORDER BY opened_at, reference LIMIT ?2",
        );
        query.bind(state).bind(limit).fetch_all(&self.reader).await
    }

    /// Returns the audit entries of a case, the oldest first.
    pub(crate) async fn audit_entries(&self, case: &CaseRef) -> Result<Vec<AuditRow>, sqlx::Error> {
        let query =
            sqlx::query_as("SELECT at, what, before, after, by FROM audit WHERE order_id = ? AND case_id = ? ORDER BY id");
        query.bind(case.order_id.as_str()).bind(case.case_id.as_str()).fetch_all(&self.reader).await
    }
}

impl Write {
    /// Returns true if a case has this reference.
    pub(crate) async fn has_case_reference(&mut self, reference: &str) -> Result<bool, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT count(*) FROM cases WHERE reference = ?").bind(reference);
        let count: i64 = query.fetch_one(&mut *self.0).await?;
        Ok(count > 0)
    }

    /// Adds an audit entry, which is kept as long as the order.
    pub(crate) async fn insert_audit_entry(&mut self, case: &CaseRef, entry: &AuditRow) -> Result<(), sqlx::Error> {
        sqlx::query("INSERT INTO audit (order_id, case_id, at, what, before, after, by) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(case.order_id.as_str())
            .bind(case.case_id.as_str())
            .bind(entry.at)
            .bind(&entry.what)
            .bind(&entry.before)
            .bind(&entry.after)
            .bind(&entry.by)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }
}
