//! Transit times of delivered parcels, by carrier.

use super::database::Store;
use super::transaction::Write;
use doorstep_contract::{OrderId, ShipmentId};
use doorstep_domain::tracking::TransitSample;

/// Maximum number of samples of each carrier that are used. The newest are used.
const MAX_SAMPLES: u32 = 500;

impl Write {
    /// Stores the transit time of a delivered parcel.
    pub(crate) async fn insert_transit_sample(
        &mut self,
        order_id: &OrderId,
        shipment_id: &ShipmentId,
        sample: &TransitSample,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT OR REPLACE INTO passages (order_id, shipment_id, carrier, gap_h, transit_h, ended_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(order_id.as_str())
        .bind(shipment_id.as_str())
        .bind(&sample.carrier)
        .bind(sample.gap_h)
        .bind(sample.transit_h)
        .bind(sample.ended_at.timestamp())
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }
}

impl Store {
    /// Returns the newest samples of every carrier: code of the carrier, longest gap between scans in hours, and total time in
    /// hours.
    pub(crate) async fn transit_samples(&self) -> Result<Vec<(String, u32, u32)>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT carrier, gap_h, transit_h FROM (SELECT *, row_number() OVER \
             (PARTITION BY carrier ORDER BY ended_at DESC, order_id, shipment_id) AS place FROM passages) WHERE place <= ?",
        );
        query.bind(MAX_SAMPLES).fetch_all(&self.reader).await
    }
}
