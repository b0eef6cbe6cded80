//! One write transaction: reads a document, writes it back, stores an answer. It has no effect if it is dropped without a commit.

use std::collections::BTreeMap;

use doorstep_contract::{Carrier, Order, Shipment};
use sqlx::{AssertSqlSafe, Sqlite, Transaction};

use super::{AuditRow, Stored};
use doorstep_domain::record::OrderAggregate;
use doorstep_domain::tracking::{plain_key, tracking_key};

/// Hashes of the proofs of a look-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hashes {
    /// Hash of the e-mail address.
    pub email: Option<Vec<u8>>,
    /// Hash of the postcode.
    pub postcode: Option<Vec<u8>>,
    /// Hash of the first half of the postcode, if that is a valid proof.
    pub postcode_half: Option<Vec<u8>>,
}

/// A settled order with the values that are stored beside it.
pub struct Settled<'a> {
    /// Order with its private part.
    pub record: &'a OrderAggregate,
    /// Time at which it has to be settled again, in seconds.
    pub recompute_at: Option<i64>,
    /// Hash of the policy that it was settled with.
    pub policy_hash: &'a str,
    /// Time at which the order was finished, in seconds.
    pub finished_at: Option<i64>,
    /// Current time in seconds.
    pub now: i64,
}

/// A write transaction.
pub struct Write(pub(super) Transaction<'static, Sqlite>);

/// Time for which the answer to an idempotency key is kept, in seconds.
const ANSWERS_KEPT_S: i64 = 48 * 3_600;

impl Write {
    pub(super) fn new(transaction: Transaction<'static, Sqlite>) -> Self {
        Self(transaction)
    }

    /// Returns the order of this identity.
    pub async fn order(&mut self, id: &str) -> Result<Option<Stored>, sqlx::Error> {
        let row: Option<super::Row> = sqlx::query_as(super::ORDER).bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row.map(Stored::from))
    }

    /// Writes a new order.
    pub async fn insert(&mut self, row: &Settled<'_>, number_key: &str, hashes: &Hashes) -> Result<Stored, sqlx::Error> {
        let stored = stored(row, 0)?;
        sqlx::query(
            "INSERT INTO orders (id, number_key, number_form, version, document, email_hash, postcode_hash, postcode_half_hash, private, \
             due_at, policy_hash, schema, updated_at, finished_at) VALUES (?, ?, 2, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&row.record.order.id)
        .bind(number_key)
        .bind(stored.version.cast_signed())
        .bind(&stored.document)
        .bind(&hashes.email)
        .bind(&hashes.postcode)
        .bind(&hashes.postcode_half)
        .bind(&stored.private)
        .bind(stored.recompute_at)
        .bind(&stored.policy_hash)
        .bind(stored.schema)
        .bind(row.now)
        .bind(row.finished_at)
        .execute(&mut *self.0)
        .await?;
        self.index(row.record).await?;
        Ok(stored)
    }

    /// Writes the number key and the hashes that a look-up compares with.
    pub async fn set_lookup(&mut self, id: &str, number_key: &str, hashes: &Hashes) -> Result<(), sqlx::Error> {
        self.set_number_key(id, number_key).await?;
        sqlx::query("UPDATE orders SET email_hash = ?, postcode_hash = ?, postcode_half_hash = ? WHERE id = ?")
            .bind(&hashes.email)
            .bind(&hashes.postcode)
            .bind(&hashes.postcode_half)
            .bind(id)
            .execute(&mut *self.0)
            .await
            .map(|_| ())
    }

    /// Writes the key of the order number.
    pub async fn set_number_key(&mut self, id: &str, number_key: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE orders SET number_key = ?, number_form = 2 WHERE id = ?").bind(number_key).bind(id);
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Sets the form in which the number key is stored.
    #[cfg(test)]
    pub async fn set_number_form(&mut self, id: &str, form: u32) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE orders SET number_form = ? WHERE id = ?").bind(form).bind(id);
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Replaces hashes, unless they have changed since `read`.
    pub async fn renew_hashes(&mut self, id: &str, read: &Hashes, renewed: &Hashes) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE orders SET email_hash = ?1, postcode_hash = ?2, postcode_half_hash = ?3 \
             WHERE id = ?4 AND email_hash IS ?5 AND postcode_hash IS ?6",
        )
        .bind(&renewed.email)
        .bind(&renewed.postcode)
        .bind(&renewed.postcode_half)
        .bind(id)
        .bind(&read.email)
        .bind(&read.postcode)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }

    /// Writes an existing order.
    pub async fn update(&mut self, row: &Settled<'_>) -> Result<Stored, sqlx::Error> {
        let mut stored = stored(row, 0)?;
        let query = sqlx::query_scalar(
            "UPDATE orders SET updated_at = CASE version WHEN ?1 THEN updated_at ELSE ?6 END, version = ?1, document = ?2, private = ?3, \
             due_at = ?4, policy_hash = ?5, finished_at = ?7, schema = ?9 WHERE id = ?8 RETURNING epoch",
        );
        stored.epoch = query
            .bind(stored.version.cast_signed())
            .bind(&stored.document)
            .bind(&stored.private)
            .bind(stored.recompute_at)
            .bind(&stored.policy_hash)
            .bind(row.now)
            .bind(row.finished_at)
            .bind(&row.record.order.id)
            .bind(stored.schema)
            .fetch_one(&mut *self.0)
            .await?;
        self.index(row.record).await?;
        Ok(stored)
    }

    /// Returns true if a case has this reference.
    pub async fn has_reference(&mut self, reference: &str) -> Result<bool, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT count(*) FROM cases WHERE reference = ?").bind(reference);
        let count: i64 = query.fetch_one(&mut *self.0).await?;
        Ok(count > 0)
    }

    /// Returns the number of bookings of each slot of a pool, without those of one shipment.
    pub async fn booked(&mut self, pool: &str, but: (&str, &str)) -> Result<BTreeMap<String, u32>, sqlx::Error> {
        let query = sqlx::query_as(super::BOOKED).bind(pool).bind(but.0).bind(but.1);
        Ok(query.fetch_all(&mut *self.0).await?.into_iter().collect())
    }

    /// Books a slot for a shipment in place of its previous slot; returns false if the slot is full.
    pub async fn book(&mut self, pool: &str, slot_id: &str, capacity: u32, of: (&str, &str)) -> Result<bool, sqlx::Error> {
        sqlx::query("DELETE FROM slot_bookings WHERE order_id = ? AND shipment_id = ?")
            .bind(of.0)
            .bind(of.1)
            .execute(&mut *self.0)
            .await?;
        let query = sqlx::query_scalar("SELECT seat FROM slot_bookings WHERE pool = ? AND slot_id = ?").bind(pool).bind(slot_id);
        let taken: Vec<i64> = query.fetch_all(&mut *self.0).await?;
        let Some(seat) = (0..i64::from(capacity)).find(|seat| !taken.contains(seat)) else { return Ok(false) };
        sqlx::query("INSERT INTO slot_bookings (pool, slot_id, seat, order_id, shipment_id) VALUES (?, ?, ?, ?, ?)")
            .bind(pool)
            .bind(slot_id)
            .bind(seat)
            .bind(of.0)
            .bind(of.1)
            .execute(&mut *self.0)
            .await?;
        Ok(true)
    }

    /// Deletes the bookings of a shipment, or of the whole order if None.
    pub async fn free(&mut self, order_id: &str, shipment_id: Option<&str>) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM slot_bookings WHERE order_id = ?1 AND (?2 IS NULL OR shipment_id = ?2)")
            .bind(order_id)
            .bind(shipment_id)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Adds an audit entry, which is kept as long as the order.
    pub async fn audit(&mut self, order_id: &str, case_id: &str, entry: &AuditRow) -> Result<(), sqlx::Error> {
        sqlx::query("INSERT INTO audit (order_id, case_id, at, what, before, after, by) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(order_id)
            .bind(case_id)
            .bind(entry.at)
            .bind(&entry.what)
            .bind(&entry.before)
            .bind(&entry.after)
            .bind(&entry.by)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Returns the shipments with this tracking number, last-mile tracking number or provider reference: order, shipment,
    /// carrier.
    pub async fn tracked(&mut self, tracking_number: &str) -> Result<Vec<(String, String, Option<String>)>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT order_id, shipment_id, carrier FROM shipments WHERE tracking_key IN (?1, ?2) \
             UNION SELECT order_id, shipment_id, carrier FROM last_miles WHERE tracking_key IN (?1, ?2) \
             UNION SELECT order_id, shipment_id, NULL FROM shipment_references WHERE reference_key IN (?1, ?2) ORDER BY 1, 2",
        );
        let (key, earlier) = (tracking_key(tracking_number), plain_key(tracking_number));
        // A text without letters and digits has an empty key, which must not match others without one.
        if key.is_empty() {
            return Ok(Vec::new());
        }
        query.bind(key).bind(earlier).fetch_all(&mut *self.0).await
    }

    /// Returns the fingerprint and the answer of the first request with this idempotency key.
    pub async fn answer(&mut self, key: &str) -> Result<Option<(Vec<u8>, String)>, sqlx::Error> {
        let query = sqlx::query_as("SELECT fingerprint, answer FROM answers WHERE key = ?");
        query.bind(key).fetch_optional(&mut *self.0).await
    }

    /// Stores the answer about an order in the transaction of its effect, and deletes expired answers; `now` in seconds.
    pub async fn keep_answer(
        &mut self,
        (key, order_id): (&str, Option<&str>),
        fingerprint: &[u8],
        answer: &str,
        now: i64,
    ) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM answers WHERE made_at < ?").bind(now - ANSWERS_KEPT_S).execute(&mut *self.0).await?;
        sqlx::query("INSERT INTO answers (key, fingerprint, answer, made_at, order_id) VALUES (?, ?, ?, ?, ?)")
            .bind(key)
            .bind(fingerprint)
            .bind(answer)
            .bind(now)
            .bind(order_id)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Commits the transaction. Its effects then survive a crash or a loss of power.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }

    async fn index(&mut self, record: &OrderAggregate) -> Result<(), sqlx::Error> {
        let order = &record.order;
        self.index_numbers("shipments", order, own_number).await?;
        self.index_numbers("last_miles", order, partners_number).await?;
        self.index_references(record).await?;
        self.index_cases(order).await
    }

    async fn index_references(&mut self, record: &OrderAggregate) -> Result<(), sqlx::Error> {
        let id = &record.order.id;
        sqlx::query("DELETE FROM shipment_references WHERE order_id = ?").bind(id).execute(&mut *self.0).await?;
        for (shipment_id, reference) in record.references() {
            sqlx::query("INSERT OR IGNORE INTO shipment_references (order_id, shipment_id, reference_key) VALUES (?, ?, ?)")
                .bind(id)
                .bind(shipment_id)
                .bind(tracking_key(reference))
                .execute(&mut *self.0)
                .await?;
        }
        Ok(())
    }

    async fn index_numbers(
        &mut self,
        table: &'static str,
        order: &Order,
        number: fn(&Shipment) -> Number<'_>,
    ) -> Result<(), sqlx::Error> {
        let delete = format!("DELETE FROM {table} WHERE order_id = ?");
        sqlx::query(AssertSqlSafe(delete)).bind(&order.id).execute(&mut *self.0).await?;
        for shipment in &order.shipments {
            let (carrier, Some(number)) = number(shipment) else { continue };
            let insert =
                format!("INSERT OR REPLACE INTO {table} (order_id, shipment_id, carrier, tracking_key) VALUES (?, ?, ?, ?)");
            sqlx::query(AssertSqlSafe(insert))
                .bind(&order.id)
                .bind(&shipment.id)
                .bind(carrier.map(|carrier| carrier.code.to_lowercase()))
                .bind(tracking_key(number))
                .execute(&mut *self.0)
                .await?;
        }
        Ok(())
    }

    async fn index_cases(&mut self, order: &Order) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM cases WHERE order_id = ?").bind(&order.id).execute(&mut *self.0).await?;
        for case in &order.cases {
            sqlx::query("INSERT INTO cases (order_id, case_id, reference, kind, state, opened_at) VALUES (?, ?, ?, ?, ?, ?)")
                .bind(&order.id)
                .bind(&case.id)
                .bind(&case.reference)
                .bind(case.kind.as_str())
                .bind(case.state.as_str())
                .bind(case.opened_at.map_or(0, |at| at.utc().timestamp()))
                .execute(&mut *self.0)
                .await?;
        }
        Ok(())
    }
}

fn stored(row: &Settled<'_>, epoch: u32) -> Result<Stored, sqlx::Error> {
    let failed = |error: serde_json::Error| sqlx::Error::Encode(error.into());
    Ok(Stored {
        version: row.record.order.version,
        document: serde_json::to_string(&row.record.order).map_err(failed)?,
        private: serde_json::to_string(&row.record.private).map_err(failed)?,
        recompute_at: row.recompute_at,
        policy_hash: row.policy_hash.to_owned(),
        schema: super::SCHEMA,
        epoch,
    })
}

/// Carrier of a shipment, and its number there.
type Number<'a> = (Option<&'a Carrier>, Option<&'a String>);

fn own_number(shipment: &Shipment) -> Number<'_> {
    (shipment.carrier.as_ref(), shipment.tracking_number.as_ref())
}

fn partners_number(shipment: &Shipment) -> Number<'_> {
    (shipment.last_mile_carrier.as_ref(), shipment.last_mile_tracking_number.as_ref())
}
