//! Shipments by the numbers that providers use for them.

use doorstep_contract::{OrderId, ShipmentId};
use doorstep_domain::tracking::{plain_key, tracking_key};

use super::transaction::Write;
use crate::refs::ShipmentRef;

/// A shipment that was found by a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TrackedShipment {
    /// The shipment.
    pub(crate) shipment: ShipmentRef,
    /// Code of its carrier in lower case. None if it has no carrier, or was found by a provider's reference.
    pub(crate) carrier: Option<String>,
}

impl Write {
    /// Returns the shipments with this tracking number, last-mile tracking number or provider reference.
    pub(crate) async fn shipments_with_number(&mut self, tracking_number: &str) -> Result<Vec<TrackedShipment>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT order_id, shipment_id, carrier FROM shipments WHERE tracking_key IN (?1, ?2) \
             UNION SELECT order_id, shipment_id, carrier FROM last_miles WHERE tracking_key IN (?1, ?2) \
             UNION SELECT order_id, shipment_id, NULL FROM shipment_references WHERE reference_key IN (?1, ?2) ORDER BY 1, 2",
        );
        let (key, earlier) = (tracking_key(tracking_number), plain_key(tracking_number));
        // A text without letters and digits has an empty key, which must not match other empty keys.
        if key.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(String, String, Option<String>)> = query.bind(key).bind(earlier).fetch_all(&mut *self.0).await?;
        let tracked = |(order_id, shipment_id, carrier)| TrackedShipment {
            shipment: ShipmentRef { order_id: OrderId::from(order_id), shipment_id: ShipmentId::from(shipment_id) },
            carrier,
        };
        Ok(rows.into_iter().map(tracked).collect())
    }
}
