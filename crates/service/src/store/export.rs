//! Stored data of an order apart from the order itself, for its export.

use doorstep_contract::OrderId;

use super::cases::AuditRow;
use super::database::Store;
use super::outbox::{self, Message};

/// A photo without its content.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct PhotoRow {
    /// Id of the photo.
    pub(crate) id: String,
    /// Id of the case that the photo belongs to. None if no self-service request has used the photo.
    pub(crate) case_id: Option<String>,
    /// Time of the upload in seconds.
    pub(crate) made_at: i64,
    /// Size in bytes.
    pub(crate) bytes: i64,
}

/// Stored data of an order apart from the order itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExportRows {
    /// Audit entries, each with the id of its case.
    pub(crate) audit: Vec<(String, AuditRow)>,
    /// Photos of the order.
    pub(crate) photos: Vec<PhotoRow>,
    /// Messages to the helpdesk and to the retailer's systems, and the news of mails.
    pub(crate) messages: Vec<Message>,
    /// True if a hash of the e-mail address is stored.
    pub(crate) has_email: bool,
    /// True if a hash of the postcode is stored.
    pub(crate) has_postcode: bool,
}

impl Store {
    /// Returns the stored data of an order apart from the order itself.
    pub(crate) async fn export_rows(&self, order_id: &OrderId) -> Result<ExportRows, sqlx::Error> {
        type Row = (String, i64, String, String, String, String);
        let audit = sqlx::query_as("SELECT case_id, at, what, before, after, by FROM audit WHERE order_id = ? ORDER BY id");
        let audit: Vec<Row> = audit.bind(order_id.as_str()).fetch_all(&self.reader).await?;
        let audit = audit
            .into_iter()
            .map(|(case_id, at, what, before, after, by)| (case_id, AuditRow { at, what, before, after, by }))
            .collect();
        let photos = sqlx::query_as(
            "SELECT id, case_id, made_at, length(picture) AS bytes FROM evidence WHERE order_id = ? ORDER BY made_at, rowid",
        );
        let proofs = sqlx::query_as("SELECT email_hash IS NOT NULL, postcode_hash IS NOT NULL FROM orders WHERE id = ?");
        let proofs: Option<(bool, bool)> = proofs.bind(order_id.as_str()).fetch_optional(&self.reader).await?;
        let (has_email, has_postcode) = proofs.unwrap_or_default();
        Ok(ExportRows {
            audit,
            photos: photos.bind(order_id.as_str()).fetch_all(&self.reader).await?,
            messages: outbox::of_order(&self.reader, order_id).await?,
            has_email,
            has_postcode,
        })
    }
}
