//! Tables that find an order by the numbers of its shipments, by the references of providers, and by its cases. The rows of an
//! order are rewritten whenever the order is written.

use doorstep_contract::{Carrier, Order, Shipment};
use doorstep_domain::order::OrderAggregate;
use doorstep_domain::tracking::tracking_key;
use sqlx::AssertSqlSafe;

use super::transaction::Write;

impl Write {
    /// Writes the numbers, references and cases of an order into these tables.
    pub(super) async fn index(&mut self, aggregate: &OrderAggregate) -> Result<(), sqlx::Error> {
        let order = &aggregate.order;
        self.index_numbers("shipments", order, main_number).await?;
        self.index_numbers("last_miles", order, last_mile_number).await?;
        self.index_references(aggregate).await?;
        self.index_cases(order).await
    }

    async fn index_references(&mut self, aggregate: &OrderAggregate) -> Result<(), sqlx::Error> {
        let id = &aggregate.order.id;
        sqlx::query("DELETE FROM shipment_references WHERE order_id = ?").bind(id.as_str()).execute(&mut *self.0).await?;
        for (shipment_id, reference) in aggregate.references() {
            sqlx::query("INSERT OR IGNORE INTO shipment_references (order_id, shipment_id, reference_key) VALUES (?, ?, ?)")
                .bind(id.as_str())
                .bind(shipment_id.as_str())
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
        sqlx::query(AssertSqlSafe(delete)).bind(order.id.as_str()).execute(&mut *self.0).await?;
        for shipment in &order.shipments {
            let (carrier, Some(number)) = number(shipment) else { continue };
            let insert =
                format!("INSERT OR REPLACE INTO {table} (order_id, shipment_id, carrier, tracking_key) VALUES (?, ?, ?, ?)");
            sqlx::query(AssertSqlSafe(insert))
                .bind(order.id.as_str())
                .bind(shipment.id.as_str())
                .bind(carrier.map(|carrier| carrier.code.to_lowercase()))
                .bind(tracking_key(number))
                .execute(&mut *self.0)
                .await?;
        }
        Ok(())
    }

    async fn index_cases(&mut self, order: &Order) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM cases WHERE order_id = ?").bind(order.id.as_str()).execute(&mut *self.0).await?;
        for case in &order.cases {
            sqlx::query("INSERT INTO cases (order_id, case_id, reference, kind, state, opened_at) VALUES (?, ?, ?, ?, ?, ?)")
                .bind(order.id.as_str())
                .bind(case.id.as_str())
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

/// Carrier of a shipment, and the tracking number that this carrier uses.
type Number<'a> = (Option<&'a Carrier>, Option<&'a String>);

fn main_number(shipment: &Shipment) -> Number<'_> {
    (shipment.carrier.as_ref(), shipment.tracking_number.as_ref())
}

fn last_mile_number(shipment: &Shipment) -> Number<'_> {
    (shipment.last_mile_carrier.as_ref(), shipment.last_mile_tracking_number.as_ref())
}
