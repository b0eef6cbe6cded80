//! Number keys of orders and hashes of proofs, which a guest look-up compares with.

use doorstep_contract::OrderId;

use super::database::Store;
use super::transaction::Write;

/// Maximum number of orders with one number key that a look-up compares. Keys are equal if orders of different shops have equal
/// numbers, or if numbers differ only in their dashes.
const CANDIDATES: u32 = 16;

/// Hashes of the proofs with which a guest can open an order. A hash is None if the order has no such proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LookupHashes {
    /// Hash of the e-mail address.
    pub(crate) email: Option<Vec<u8>>,
    /// Hash of the postcode.
    pub(crate) postcode: Option<Vec<u8>>,
    /// Hash of the first half of the postcode. None if the half does not count as a proof.
    pub(crate) postcode_half: Option<Vec<u8>>,
}

/// An order whose hashes a look-up compares with the given proof.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Id of the order.
    pub(crate) order_id: OrderId,
    /// Order number on the receipt.
    pub(crate) number: String,
    /// Hashes of the order's proofs.
    pub(crate) hashes: LookupHashes,
    /// Epoch of the order's links.
    pub(crate) epoch: u32,
}

impl Store {
    /// Returns the orders with this number key. `earlier_key` is the key in the form of version 1, for orders that are still
    /// stored with it.
    pub(crate) async fn lookup_candidates(&self, key: &str, earlier_key: &str) -> Result<Vec<Candidate>, sqlx::Error> {
        type Row = (String, String, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, u32);
        let query = sqlx::query_as(
            "SELECT id, coalesce(json_extract(document, '$.number'), ''), email_hash, postcode_hash, postcode_half_hash, epoch \
             FROM orders WHERE number_key = ?1 OR (number_key = ?2 AND number_form < 2) LIMIT ?3",
        );
        let rows: Vec<Row> = query.bind(key).bind(earlier_key).bind(CANDIDATES).fetch_all(&self.reader).await?;
        let candidate = |(order_id, number, email, postcode, postcode_half, epoch): Row| Candidate {
            order_id: OrderId::from(order_id),
            number,
            hashes: LookupHashes { email, postcode, postcode_half },
            epoch,
        };
        Ok(rows.into_iter().map(candidate).collect())
    }

    /// Returns id and number of at most 1,000 orders whose number key is stored in an earlier form.
    pub(crate) async fn earlier_number_keys(&self) -> Result<Vec<(OrderId, String)>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT id, coalesce(json_extract(document, '$.number'), '') FROM orders WHERE number_form < 2 LIMIT 1000",
        );
        let rows: Vec<(String, String)> = query.fetch_all(&self.reader).await?;
        Ok(rows.into_iter().map(|(id, number)| (OrderId::from(id), number)).collect())
    }
}

impl Write {
    /// Writes the number key and the hashes that a look-up compares with.
    pub(crate) async fn set_lookup(&mut self, id: &OrderId, number_key: &str, hashes: &LookupHashes) -> Result<(), sqlx::Error> {
        self.set_number_key(id, number_key).await?;
        sqlx::query("UPDATE orders SET email_hash = ?, postcode_hash = ?, postcode_half_hash = ? WHERE id = ?")
            .bind(&hashes.email)
            .bind(&hashes.postcode)
            .bind(&hashes.postcode_half)
            .bind(id.as_str())
            .execute(&mut *self.0)
            .await
            .map(|_| ())
    }

    /// Writes the key of the order number, in the form of this version.
    pub(crate) async fn set_number_key(&mut self, id: &OrderId, number_key: &str) -> Result<(), sqlx::Error> {
        let query =
            sqlx::query("UPDATE orders SET number_key = ?, number_form = 2 WHERE id = ?").bind(number_key).bind(id.as_str());
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Sets the form in which the number key is stored.
    #[cfg(test)]
    pub(crate) async fn set_number_form(&mut self, id: &OrderId, form: u32) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE orders SET number_form = ? WHERE id = ?").bind(form).bind(id.as_str());
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Replaces the hashes of an order, unless they have changed since `read` was read.
    pub(crate) async fn renew_hashes(
        &mut self,
        id: &OrderId,
        read: &LookupHashes,
        renewed: &LookupHashes,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE orders SET email_hash = ?1, postcode_hash = ?2, postcode_half_hash = ?3 \
             WHERE id = ?4 AND email_hash IS ?5 AND postcode_hash IS ?6",
        )
        .bind(&renewed.email)
        .bind(&renewed.postcode)
        .bind(&renewed.postcode_half)
        .bind(id.as_str())
        .bind(&read.email)
        .bind(&read.postcode)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }
}
