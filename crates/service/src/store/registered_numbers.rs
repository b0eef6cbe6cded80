//! Tracking numbers that were given to a tracking provider, and the messages that give them.

use doorstep_contract::{OrderId, ShipmentId};

use super::transaction::Write;

/// Time after which it is forgotten that a number was given to a provider, in seconds. Carriers use numbers again, and no parcel
/// travels for so long.
const KEPT_S: i64 = 400 * 86_400;

/// A tracking number at a provider.
pub(crate) struct RegisteredNumber<'a> {
    /// Keyed hash of the normal form of the number.
    pub(crate) number_hash: &'a [u8],
    /// Name of the provider.
    pub(crate) provider: &'a str,
    /// Normal form of the carrier's code; empty if the shipment has no carrier.
    pub(crate) carrier: &'a str,
}

/// A registration that was not sent: id and payload of its message.
pub(crate) type UnsentRegistration = (String, String);

impl Write {
    /// Stores that a number is given to a provider; `now` in seconds. Returns false if this was stored before.
    pub(crate) async fn insert_registered_number(
        &mut self,
        number: &RegisteredNumber<'_>,
        now: i64,
    ) -> Result<bool, sqlx::Error> {
        let query = sqlx::query("DELETE FROM registered_numbers WHERE made_at < ?").bind(now - KEPT_S);
        query.execute(&mut *self.0).await?;
        let query =
            sqlx::query("INSERT OR IGNORE INTO registered_numbers (number_hash, provider, carrier, made_at) VALUES (?, ?, ?, ?)");
        let query = query.bind(number.number_hash).bind(number.provider).bind(number.carrier).bind(now);
        Ok(query.execute(&mut *self.0).await?.rows_affected() == 1)
    }

    /// Deletes what `insert_registered_number` has stored.
    pub(crate) async fn delete_registered_number(&mut self, number: &RegisteredNumber<'_>) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM registered_numbers WHERE number_hash = ? AND provider = ? AND carrier = ?");
        let query = query.bind(number.number_hash).bind(number.provider).bind(number.carrier);
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Deletes everything that is stored about a number under its keyed hash, at all providers.
    pub(crate) async fn delete_registered_number_everywhere(&mut self, number_hash: &[u8]) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM registered_numbers WHERE number_hash = ?").bind(number_hash);
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Returns the waiting and the dead registrations of an order. With `shipment_id`, returns those of this shipment only.
    pub(crate) async fn unsent_registrations(
        &mut self,
        order_id: &OrderId,
        shipment_id: Option<&ShipmentId>,
    ) -> Result<Vec<UnsentRegistration>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT id, payload FROM outbox WHERE channel = 'registration' AND state <> 'sent' AND order_id = ?1 \
             AND (?2 IS NULL OR json_extract(payload, '$.shipment_id') = ?2) ORDER BY seq",
        );
        query.bind(order_id.as_str()).bind(shipment_id.map(|id| id.as_str())).fetch_all(&mut *self.0).await
    }

    /// Gives a message to another order, with another payload.
    pub(crate) async fn move_message(&mut self, id: &str, order_id: &OrderId, payload: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE outbox SET order_id = ?, payload = ? WHERE id = ?");
        query.bind(order_id.as_str()).bind(payload).bind(id).execute(&mut *self.0).await.map(|_| ())
    }

    /// Deletes a message.
    pub(crate) async fn delete_message(&mut self, id: &str) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM outbox WHERE id = ?").bind(id).execute(&mut *self.0).await.map(|_| ())
    }
}
