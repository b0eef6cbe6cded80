//! Search for orders, for the retailer's staff and systems.

use super::database::Store;
use doorstep_contract::OrderId;
use doorstep_domain::tracking::{plain_key, tracking_key};

/// Conditions of a search for orders. All given conditions must hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrderFilter {
    /// Keys of the order number in the form of this version and of the previous one.
    pub(crate) number_keys: Option<[String; 2]>,
    /// Hashes under which the e-mail address may be stored. If the list is empty, no order matches.
    pub(crate) email_hashes: Option<Vec<Vec<u8>>>,
    /// Tracking number, in any spelling.
    pub(crate) tracking_number: Option<String>,
    /// Only orders that changed at this second or later.
    pub(crate) updated_since: i64,
    /// Only orders after this position: time of the last change in seconds, and id.
    pub(crate) after: (i64, String),
    /// Maximum number of orders.
    pub(crate) limit: u32,
}

/// One order in the result of a search.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OrderRow {
    /// Id of the order.
    #[sqlx(try_from = "String")]
    pub id: OrderId,
    /// Order number on the receipt.
    pub number: String,
    /// Version of the order.
    pub version: i64,
    /// Time of the last change in seconds.
    pub updated_at: i64,
    /// Time at which the order was finished, in seconds. None if the order is not finished.
    pub finished_at: Option<i64>,
}

impl Store {
    /// Returns the orders that match, by the time of their last change, the oldest first.
    pub(crate) async fn find_orders(&self, filter: &OrderFilter) -> Result<Vec<OrderRow>, sqlx::Error> {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT id, coalesce(json_extract(document, '$.number'), '') AS number, version, updated_at, \
             nullif(finished_at, -1) AS finished_at FROM orders WHERE (updated_at, id) > (",
        );
        query.push_bind(filter.after.0).push(", ").push_bind(&filter.after.1).push(") AND updated_at >= ");
        query.push_bind(filter.updated_since);
        if let Some([key, earlier]) = &filter.number_keys {
            query
                .push(" AND (number_key = ")
                .push_bind(key)
                .push(" OR (number_key = ")
                .push_bind(earlier)
                .push(" AND number_form < 2))");
        }
        if let Some(hashes) = &filter.email_hashes {
            query.push(" AND email_hash IN (NULL");
            for hash in hashes {
                query.push(", ").push_bind(hash);
            }
            query.push(")");
        }
        if let Some(number) = &filter.tracking_number {
            for (index, table) in
                ["shipments WHERE tracking_key", "last_miles WHERE tracking_key", "shipment_references WHERE reference_key"]
                    .into_iter()
                    .enumerate()
            {
                query
                    .push(if index == 0 { " AND id IN (" } else { " UNION " })
                    .push("SELECT order_id FROM ")
                    .push(table)
                    .push(" IN (");
                query.push_bind(tracking_key(number)).push(", ").push_bind(plain_key(number)).push(")");
            }
            query.push(")");
        }
        query.push(" ORDER BY updated_at, id LIMIT ").push_bind(filter.limit);
        query.build_query_as().fetch_all(&self.reader).await
    }
}
