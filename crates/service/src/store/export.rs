//! Stored data of an order apart from the order itself, for its export.

use super::{AuditRow, Message, Store, outbox};

/// A photo without its content.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PhotoRow {
    /// Identity of the photo.
    pub id: String,
    /// Case that the photo belongs to.
    pub case_id: Option<String>,
    /// Time of the upload in seconds.
    pub made_at: i64,
    /// Size in bytes.
    pub bytes: i64,
}

/// Stored data of an order apart from the order itself.
#[derive(Clone, Debug, Default)]
pub struct KeptOfOrder {
    /// Audit entries with the case of each.
    pub audit: Vec<(String, AuditRow)>,
    /// Photos of the order.
    pub photos: Vec<PhotoRow>,
    /// Messages to the helpdesk and to the retailer's systems.
    pub messages: Vec<Message>,
    /// True if a hash of the e-mail address is stored.
    pub has_email: bool,
    /// True if a hash of the postcode is stored.
    pub has_postcode: bool,
}

impl Store {
    /// Returns the stored data of an order apart from the order itself.
    pub async fn kept_of(&self, order_id: &str) -> Result<KeptOfOrder, sqlx::Error> {
        type Row = (String, i64, String, String, String, String);
        let audit = sqlx::query_as("SELECT case_id, at, what, before, after, by FROM audit WHERE order_id = ? ORDER BY id");
        let audit: Vec<Row> = audit.bind(order_id).fetch_all(&self.reader).await?;
        let audit = audit
            .into_iter()
            .map(|(case_id, at, what, before, after, by)| (case_id, AuditRow { at, what, before, after, by }))
            .collect();
        let photos = sqlx::query_as(
            "SELECT id, case_id, made_at, length(picture) AS bytes FROM evidence WHERE order_id = ? ORDER BY made_at, rowid",
        );
        let proofs = sqlx::query_as("SELECT email_hash IS NOT NULL, postcode_hash IS NOT NULL FROM orders WHERE id = ?");
        let proofs: Option<(bool, bool)> = proofs.bind(order_id).fetch_optional(&self.reader).await?;
        let (has_email, has_postcode) = proofs.unwrap_or_default();
        Ok(KeptOfOrder {
            audit,
            photos: photos.bind(order_id).fetch_all(&self.reader).await?,
            messages: outbox::of_order(&self.reader, order_id).await?,
            has_email,
            has_postcode,
        })
    }
}
