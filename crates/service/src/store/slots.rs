//! Bookings of delivery slots. Each booking of a slot has a different seat number below the capacity, so that no slot is booked
//! beyond its capacity.

use std::collections::BTreeMap;

use doorstep_contract::OrderId;

use super::database::Store;
use super::transaction::Write;
use crate::refs::ShipmentRef;

const BOOKED: &str =
    "SELECT slot_id, count(*) FROM slot_bookings WHERE pool = ? AND NOT (order_id = ? AND shipment_id = ?) GROUP BY slot_id";

impl Store {
    /// Returns the number of bookings of each slot of a pool. The bookings of the shipment `but` are not counted.
    pub(crate) async fn booked_slots(&self, pool: &str, but: &ShipmentRef) -> Result<BTreeMap<String, u32>, sqlx::Error> {
        let query = sqlx::query_as(BOOKED).bind(pool).bind(but.order_id.as_str()).bind(but.shipment_id.as_str());
        Ok(query.fetch_all(&self.reader).await?.into_iter().collect())
    }
}

impl Write {
    /// Returns the number of bookings of each slot of a pool. The bookings of the shipment `but` are not counted.
    pub(crate) async fn booked_slots(&mut self, pool: &str, but: &ShipmentRef) -> Result<BTreeMap<String, u32>, sqlx::Error> {
        let query = sqlx::query_as(BOOKED).bind(pool).bind(but.order_id.as_str()).bind(but.shipment_id.as_str());
        Ok(query.fetch_all(&mut *self.0).await?.into_iter().collect())
    }

    /// Books a slot for a shipment in place of its previous slot. Returns false if the slot is full.
    pub(crate) async fn book_slot(
        &mut self,
        pool: &str,
        slot_id: &str,
        capacity: u32,
        shipment: &ShipmentRef,
    ) -> Result<bool, sqlx::Error> {
        sqlx::query("DELETE FROM slot_bookings WHERE order_id = ? AND shipment_id = ?")
            .bind(shipment.order_id.as_str())
            .bind(shipment.shipment_id.as_str())
            .execute(&mut *self.0)
            .await?;
        let query = sqlx::query_scalar("SELECT seat FROM slot_bookings WHERE pool = ? AND slot_id = ?").bind(pool).bind(slot_id);
        let taken: Vec<i64> = query.fetch_all(&mut *self.0).await?;
        let Some(seat) = (0..i64::from(capacity)).find(|seat| !taken.contains(seat)) else { return Ok(false) };
        sqlx::query("INSERT INTO slot_bookings (pool, slot_id, seat, order_id, shipment_id) VALUES (?, ?, ?, ?, ?)")
            .bind(pool)
            .bind(slot_id)
            .bind(seat)
            .bind(shipment.order_id.as_str())
            .bind(shipment.shipment_id.as_str())
            .execute(&mut *self.0)
            .await?;
        Ok(true)
    }

    /// Deletes the bookings of an order.
    pub(crate) async fn delete_bookings(&mut self, order_id: &OrderId) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM slot_bookings WHERE order_id = ?").bind(order_id.as_str());
        query.execute(&mut *self.0).await.map(|_| ())
    }
}
