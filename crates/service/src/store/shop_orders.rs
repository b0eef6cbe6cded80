//! Orders that a shop platform reports: their records, and the state of composing them.

use doorstep_contract::OrderId;

use super::database::Store;
use super::transaction::Write;

/// Time for which the records of an order that cannot be composed are kept, in seconds.
const WAITING_KEPT_S: i64 = 30 * 86_400;
/// Maximum number of orders that one pass of the worker composes, and that a list contains.
const BATCH: u32 = 100;

/// State of an order of a shop platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ShopOrderState {
    /// A record has changed, and the order has to be composed again.
    Pending,
    /// The order was composed from all its records.
    Known,
    /// Parts of the order were reported, but not the order itself.
    Waiting,
    /// The order cannot be composed.
    Refused,
    /// The order has to be erased.
    Erase,
}

impl ShopOrderState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Known, Self::Waiting, Self::Refused, Self::Erase];

    /// Returns the name of the state as it is stored and transmitted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Known => "known",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
            Self::Erase => "erase",
        }
    }

    /// Returns the state with this name, or None if no state has this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// Identity of an order at a shop platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShopOrderRef {
    /// Name of the platform.
    pub(crate) shop: String,
    /// The platform's own id of the order.
    pub(crate) order_ref: String,
}

/// An order of a shop platform that has to be composed or erased.
#[derive(Clone, Debug)]
pub(crate) struct DueShopOrder {
    /// Identity at the platform.
    pub(crate) reference: ShopOrderRef,
    /// Id of the order.
    pub(crate) order_id: OrderId,
    /// True if the order has to be erased.
    pub(crate) is_to_be_erased: bool,
}

/// The part of a shop order that its records do not contain.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShopContact {
    /// Hash of the e-mail address, for the look-up.
    pub(crate) email_hash: Option<Vec<u8>>,
    /// E-mail address, encrypted.
    pub(crate) sealed: Option<Vec<u8>>,
    /// True if mails were asked for with the order.
    pub(crate) mails_asked: bool,
}

/// Result of composing an order.
#[derive(Clone, Debug)]
pub(crate) struct ComposedState {
    /// State of the order from now on.
    pub(crate) state: ShopOrderState,
    /// Reason for which the order cannot be composed.
    pub(crate) problem: Option<String>,
    /// Remarks as a JSON array of texts.
    pub(crate) remarks: String,
    /// Hash of the composed order, or None if the order was not composed.
    pub(crate) composed: Option<Vec<u8>>,
}

/// An order of a shop platform as it is listed for the operator.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ShopOrderRow {
    /// Name of the platform.
    pub shop: String,
    /// The platform's own id of the order.
    pub order_ref: String,
    /// Id of the order.
    pub order_id: String,
    /// State as it is stored.
    pub state: String,
    /// Reason for which the order cannot be composed.
    pub problem: Option<String>,
    /// Remarks as a JSON array of texts.
    pub remarks: String,
    /// Time of the last change in seconds.
    pub changed_at: i64,
}

/// A request of a shop platform about personal data.
#[derive(Clone, Copy)]
pub(crate) struct PrivacyRequestRow<'a> {
    /// Name of the platform.
    pub(crate) shop: &'a str,
    /// Kind of the request.
    pub(crate) topic: &'a str,
    /// The platform's identity of the delivery; empty if there was none.
    pub(crate) delivery_id: &'a str,
    /// Id of the order; empty for a request to erase, of which nothing that names the order stays.
    pub(crate) order_id: &'a str,
    /// Number of orders that the request is about.
    pub(crate) orders: i64,
    /// Time of the request in seconds.
    pub(crate) received_at: i64,
}

impl Write {
    /// Returns the stored record with this key, as JSON.
    pub(crate) async fn shop_record(&mut self, of: &ShopOrderRef, key: &str) -> Result<Option<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT record FROM shop_records WHERE shop = ? AND order_ref = ? AND key = ?");
        query.bind(&of.shop).bind(&of.order_ref).bind(key).fetch_optional(&mut *self.0).await
    }

    /// Returns every record of an order, as JSON, in the order of the keys.
    pub(crate) async fn shop_records(&mut self, of: &ShopOrderRef) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT record FROM shop_records WHERE shop = ? AND order_ref = ? ORDER BY key");
        query.bind(&of.shop).bind(&of.order_ref).fetch_all(&mut *self.0).await
    }

    /// Marks an order as pending, due at once. Inserts it if it is not known. `now` is in seconds.
    pub(crate) async fn set_shop_order_pending(
        &mut self,
        of: &ShopOrderRef,
        order_id: &OrderId,
        now: i64,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO shop_orders (shop, order_ref, order_id, state, next_at, changed_at) VALUES (?1, ?2, ?3, 'pending', ?4, ?4) \
             ON CONFLICT (shop, order_ref) DO UPDATE SET state = 'pending', attempts = 0, next_at = ?4, changed_at = ?4 \
             WHERE state <> 'erase'",
        )
        .bind(&of.shop)
        .bind(&of.order_ref)
        .bind(order_id.as_str())
        .bind(now)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }

    /// Inserts or replaces a record of an order that is known.
    pub(crate) async fn put_shop_record(&mut self, of: &ShopOrderRef, key: &str, record: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::query("INSERT OR REPLACE INTO shop_records (shop, order_ref, key, record) VALUES (?, ?, ?, ?)");
        query.bind(&of.shop).bind(&of.order_ref).bind(key).bind(record).execute(&mut *self.0).await.map(|_| ())
    }

    /// Stores the contact of an order that is known. Without an encrypted address, the stored one of the same address is kept.
    pub(crate) async fn set_shop_contact(&mut self, of: &ShopOrderRef, contact: &ShopContact) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE shop_orders SET contact = CASE WHEN email_hash IS ?1 THEN coalesce(?2, contact) ELSE ?2 END, email_hash = ?1 \
             WHERE shop = ?3 AND order_ref = ?4",
        )
        .bind(&contact.email_hash)
        .bind(&contact.sealed)
        .bind(&of.shop)
        .bind(&of.order_ref)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }

    /// Returns the contact of an order, and the hash of the order that was composed last.
    pub(crate) async fn shop_contact(&mut self, of: &ShopOrderRef) -> Result<(ShopContact, Option<Vec<u8>>), sqlx::Error> {
        type Row = (Option<Vec<u8>>, Option<Vec<u8>>, bool, Option<Vec<u8>>);
        let query =
            sqlx::query_as("SELECT email_hash, contact, mails_asked, composed FROM shop_orders WHERE shop = ? AND order_ref = ?");
        let row: Option<Row> = query.bind(&of.shop).bind(&of.order_ref).fetch_optional(&mut *self.0).await?;
        let (email_hash, sealed, mails_asked, composed) = row.unwrap_or_default();
        Ok((ShopContact { email_hash, sealed, mails_asked }, composed))
    }

    /// Remembers whether mails were asked for with an order.
    pub(crate) async fn set_mails_asked(&mut self, of: &ShopOrderRef, asked: bool) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE shop_orders SET mails_asked = ? WHERE shop = ? AND order_ref = ?");
        query.bind(asked).bind(&of.shop).bind(&of.order_ref).execute(&mut *self.0).await.map(|_| ())
    }

    /// Stores the result of composing an order.
    pub(crate) async fn set_shop_composed(&mut self, of: &ShopOrderRef, result: &ComposedState) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE shop_orders SET state = ?, problem = ?, remarks = ?, composed = coalesce(?, composed) \
             WHERE shop = ? AND order_ref = ? AND state = 'pending'",
        )
        .bind(result.state.as_str())
        .bind(&result.problem)
        .bind(&result.remarks)
        .bind(&result.composed)
        .bind(&of.shop)
        .bind(&of.order_ref)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }

    /// Postpones an order that could not be composed or erased because of an internal error. `now` is in seconds.
    pub(crate) async fn postpone_shop_order(&mut self, of: &ShopOrderRef, problem: &str, now: i64) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE shop_orders SET attempts = attempts + 1, next_at = ?1 + min(3600, 10 * (attempts + 1) * (attempts + 1)), \
             problem = ?2 WHERE shop = ?3 AND order_ref = ?4",
        )
        .bind(now)
        .bind(problem)
        .bind(&of.shop)
        .bind(&of.order_ref)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }

    /// Marks orders of a platform for erasure: those with these ids of the platform, or all if None. Returns their number. `now` is
    /// in seconds.
    pub(crate) async fn set_shop_orders_to_erase(
        &mut self,
        shop: &str,
        order_refs: Option<&[String]>,
        now: i64,
    ) -> Result<u64, sqlx::Error> {
        let update = "UPDATE shop_orders SET state = 'erase', attempts = 0, next_at = ?1, changed_at = ?1 WHERE shop = ?2";
        let Some(order_refs) = order_refs else {
            return Ok(sqlx::query(update).bind(now).bind(shop).execute(&mut *self.0).await?.rows_affected());
        };
        let one = format!("{update} AND order_ref = ?3");
        let mut marked = 0;
        for order_ref in order_refs {
            let query = sqlx::query(sqlx::AssertSqlSafe(one.as_str())).bind(now).bind(shop).bind(order_ref);
            marked += query.execute(&mut *self.0).await?.rows_affected();
        }
        Ok(marked)
    }

    /// Deletes an order of a platform with its records.
    pub(crate) async fn delete_shop_order(&mut self, of: &ShopOrderRef) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM shop_orders WHERE shop = ? AND order_ref = ?").bind(&of.shop).bind(&of.order_ref);
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Marks an order that was refused as pending. `now` is in seconds.
    pub(crate) async fn retry_refused_shop_order(&mut self, of: &ShopOrderRef, now: i64) -> Result<(), sqlx::Error> {
        let update = "UPDATE shop_orders SET state = 'pending', attempts = 0, next_at = ? WHERE shop = ? AND order_ref = ? AND state = 'refused'";
        let query = sqlx::query(update).bind(now).bind(&of.shop).bind(&of.order_ref);
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Deletes orders that could not be composed within `WAITING_KEPT_S`: their own record did not come, or was refused. `now` is in
    /// seconds.
    pub(crate) async fn delete_waiting_shop_orders(&mut self, now: i64) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM shop_orders WHERE state IN ('waiting', 'refused') AND changed_at < ?")
            .bind(now - WAITING_KEPT_S);
        query.execute(&mut *self.0).await.map(|_| ())
    }

    /// Stores a request about personal data, unless it is stored already.
    pub(crate) async fn insert_privacy_request(&mut self, request: &PrivacyRequestRow<'_>) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT OR IGNORE INTO privacy_requests (shop, topic, delivery_id, order_id, orders, received_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(request.shop)
        .bind(request.topic)
        .bind(request.delivery_id)
        .bind(request.order_id)
        .bind(request.orders)
        .bind(request.received_at)
        .execute(&mut *self.0)
        .await
        .map(|_| ())
    }
}

impl Store {
    /// Returns at most `BATCH` orders that are due at this second, the oldest first.
    pub(crate) async fn due_shop_orders(&self, now: i64) -> Result<Vec<DueShopOrder>, sqlx::Error> {
        let query = sqlx::query_as(
            "SELECT shop, order_ref, order_id, state FROM shop_orders WHERE state IN ('pending', 'erase') AND next_at <= ? \
             ORDER BY next_at LIMIT ?",
        );
        let rows: Vec<(String, String, String, String)> = query.bind(now).bind(BATCH).fetch_all(&self.reader).await?;
        let due = |(shop, order_ref, order_id, state): (String, String, String, String)| DueShopOrder {
            reference: ShopOrderRef { shop, order_ref },
            order_id: OrderId::from(order_id),
            is_to_be_erased: state == ShopOrderState::Erase.as_str(),
        };
        Ok(rows.into_iter().map(due).collect())
    }

    /// Returns the orders in this state, the newest first, at most `BATCH`. Without a state, returns those with a problem or a remark, the problems first.
    pub(crate) async fn shop_orders(&self, state: Option<ShopOrderState>) -> Result<Vec<ShopOrderRow>, sqlx::Error> {
        let columns = "SELECT shop, order_ref, order_id, state, problem, remarks, changed_at FROM shop_orders";
        let wanted = match state {
            Some(_) => "WHERE state = ?1",
            None => "WHERE ?1 IS NULL AND (problem IS NOT NULL OR remarks <> '[]')",
        };
        let query = format!("{columns} {wanted} ORDER BY problem IS NULL, changed_at DESC LIMIT ?2");
        let query = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(state.map(ShopOrderState::as_str)).bind(BATCH);
        query.fetch_all(&self.reader).await
    }
}
