//! Stores what a shop platform reports about its orders, and composes the orders from it. A webhook request is answered once its
//! records are stored; a worker composes the orders afterwards, so that the platform never waits for the rules of an order.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use doorstep_contract::OrderId;
use doorstep_domain::order::lookup::{Email, lookup_key};
use doorstep_domain::order::new_order::NewOrder;
use doorstep_domain::order::platform_order;
use doorstep_domain::tracking::new_event::NewEvent;
use doorstep_shops::{
    Change, Composed, ComposedEvent, Notice, PrivacyRequest, PrivacyTopic, Record, RecordContent, compose, supersedes,
};
use sha2::{Digest as _, Sha256};

use super::erasure::ErasedBy;
use super::{orders, tracking};
use crate::error::Error;
use crate::service::Service;
use crate::store::{ComposedState, DueShopOrder, PrivacyRequestRow, ShopContact, ShopOrderRef, ShopOrderState};
use crate::task::run_detached;
use crate::unit_of_work::UnitOfWork;

/// Number of records of a webhook request, by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RecordTally {
    /// Number of records that are new or newer than the stored ones.
    pub changed: u32,
    /// Number of records that were known already, or older than the stored ones.
    pub unchanged: u32,
    /// Number of records of orders that were erased, or whose id cannot be the id of an order. They are not stored.
    pub ignored: u32,
}

impl Service {
    /// Stores the records of a webhook request, either all or none, and wakes the worker that composes the orders.
    pub async fn receive_shop_notice(&self, shop: &'static str, notice: Notice) -> Result<RecordTally, Error> {
        let context = self.0.clone();
        run_detached(async move {
            let mut unit = UnitOfWork::begin(context.clone()).await?;
            let tally = store_changes(&mut unit, shop, notice.changes, notice.delivery_id.as_deref()).await?;
            unit.commit().await?;
            context.shop_orders_wait.notify_one();
            Ok(tally)
        })
        .await
    }

    /// Composes or erases each due order of a shop platform once. Returns their number. An order that fails does not block the next
    /// ones.
    pub async fn compose_shop_orders(&self) -> Result<usize, Error> {
        let mut done = 0;
        loop {
            let due = self.0.store.due_shop_orders(self.0.now_s()).await?;
            if due.is_empty() {
                return Ok(done);
            }
            for order in due {
                let reference = order.reference.clone();
                if let Err(error) = self.finish_shop_order(order).await {
                    let detail = error.internal_detail();
                    tracing::error!(shop = reference.shop, code = error.code(), detail, "an order of the shop waits");
                    metrics::counter!("doorstep_shop_orders_total", "shop" => reference.shop.clone(), "outcome" => "failed")
                        .increment(1);
                    let mut write = self.0.store.begin().await?;
                    write.postpone_shop_order(&reference, error.code(), self.0.now_s()).await?;
                    write.commit().await?;
                }
                done += 1;
            }
        }
    }

    async fn finish_shop_order(&self, order: DueShopOrder) -> Result<(), Error> {
        let (service, context) = (self.clone(), self.0.clone());
        run_detached(async move {
            if order.is_to_be_erased {
                return service.erase_shop_order(&order).await;
            }
            let mut unit = UnitOfWork::begin(context.clone()).await?;
            let result = compose_order(&mut unit, &order).await?;
            let shop = order.reference.shop.clone();
            metrics::counter!("doorstep_shop_orders_total", "shop" => shop, "outcome" => result.state.as_str()).increment(1);
            if let Some(problem) = &result.problem {
                tracing::warn!(
                    shop = order.reference.shop,
                    order = order.order_id.as_str(),
                    problem,
                    "an order cannot be composed"
                );
            }
            if result.remarks != NO_REMARKS {
                tracing::info!(order = order.order_id.as_str(), remarks = result.remarks, "an order was composed with remarks");
            }
            unit.write.set_shop_composed(&order.reference, &result).await?;
            unit.commit().await
        })
        .await
    }

    /// Erases an order at the request of the platform. An order that was never composed has only its records.
    async fn erase_shop_order(&self, order: &DueShopOrder) -> Result<(), Error> {
        match self.erase(&order.order_id, ErasedBy::Shop).await {
            Ok(()) | Err(Error::UnknownOrder) => {}
            Err(error) => return Err(error),
        }
        let (context, mut write) = (&self.0, self.0.store.begin().await?);
        write.delete_shop_order(&order.reference).await?;
        // An order that was never composed is remembered as erased, too, so that a late webhook does not bring it back.
        write
            .insert_erased_order(&context.hashes.erased_order(&order.order_id), ErasedBy::Shop.as_str(), context.now_s())
            .await?;
        write.commit().await?;
        context.wal_has_erased_data.store(true, Ordering::SeqCst);
        metrics::counter!("doorstep_shop_orders_total", "shop" => order.reference.shop.clone(), "outcome" => "erased")
            .increment(1);
        Ok(())
    }
}

const NO_REMARKS: &str = "[]";

/// Stores what a platform reports. `delivery_id` is the platform's identity of the delivery.
pub(super) async fn store_changes(
    unit: &mut UnitOfWork,
    shop: &'static str,
    changes: Vec<Change>,
    delivery_id: Option<&str>,
) -> Result<RecordTally, Error> {
    let mut tally = RecordTally::default();
    for change in changes {
        match change {
            Change::Record { order_ref, record } => {
                let of = ShopOrderRef { shop: shop.to_owned(), order_ref };
                store_record(unit, &of, record, &mut tally).await?;
            }
            Change::Privacy(request) => carry_out(unit, shop, &request, delivery_id).await?,
        }
    }
    Ok(tally)
}

/// Stores a record unless a newer one is stored. The e-mail address is not stored with it: only its keyed hash is.
async fn store_record(
    unit: &mut UnitOfWork,
    of: &ShopOrderRef,
    mut record: Record,
    tally: &mut RecordTally,
) -> Result<(), Error> {
    let Some(order_id) = doorstep_shops::order_id(&of.shop, &of.order_ref).map(OrderId::from) else {
        tally.ignored += 1;
        return Ok(());
    };
    // A time far in the future would make every later record an older one. A day is more than any clock is ahead.
    record.changed_at = record.changed_at.min(unit.context.now() + TimeDelta::days(1));
    let id_hash = unit.context.hashes.erased_order(&order_id);
    if unit.write.order(&order_id).await?.is_none() && unit.write.epoch_after_erasure(&id_hash).await?.is_some() {
        tally.ignored += 1;
        return Ok(());
    }
    let contact = match &mut record.content {
        RecordContent::Order(order) => Some(contact(unit, &order_id, order.email.take())?),
        RecordContent::Fulfillment(_) | RecordContent::Refund(_) | RecordContent::Deleted | RecordContent::Restored => None,
    };
    let known = unit.write.shop_record(of, &record.key).await?;
    let known: Option<Record> = known.as_deref().map(serde_json::from_str).transpose()?;
    if known.is_some_and(|known| !replaces(&of.shop, &record, &known)) {
        // An order that was refused is composed again: a new release or another setting may accept it.
        unit.write.retry_refused_shop_order(of, unit.context.now_s()).await?;
        tally.unchanged += 1;
        return Ok(());
    }
    unit.write.set_shop_order_pending(of, &order_id, unit.context.now_s()).await?;
    unit.write.put_shop_record(of, &record.key, &serde_json::to_string(&record)?).await?;
    if let Some(contact) = contact {
        unit.write.set_shop_contact(of, &contact).await?;
    }
    tally.changed += 1;
    Ok(())
}

/// Returns true if a record replaces the stored one. WooCommerce writes a body when it sends it, and does not move the time of the
/// last change for every change, so there the later delivery wins if the times are equal.
fn replaces(shop: &str, record: &Record, known: &Record) -> bool {
    let is_rewritten = shop == "woocommerce" && record.changed_at == known.changed_at && record.content != known.content;
    is_rewritten || supersedes(record, known)
}

/// Returns the keyed hash of an e-mail address, and the encrypted address if mails are sent about the orders of the platform.
fn contact(unit: &UnitOfWork, order_id: &OrderId, email: Option<String>) -> Result<ShopContact, Error> {
    let Some((form, email)) = email.and_then(|email| Some((Email::read(&email)?.form, email))) else {
        return Ok(ShopContact::default());
    };
    let context = &unit.context;
    let mails = context.mails.as_ref().filter(|_| context.notify_shop_orders);
    let sealed = mails.map(|mails| mails.cipher.seal(order_id, &email)).transpose()?;
    Ok(ShopContact { email_hash: Some(context.hashes.email(&form).to_vec()), sealed, mails_asked: false })
}

/// Composes an order from its records, and creates or replaces it. An order that would stay as it was composed last is left alone.
async fn compose_order(unit: &mut UnitOfWork, due: &DueShopOrder) -> Result<ComposedState, Error> {
    let records = unit.write.shop_records(&due.reference).await?;
    let records: Vec<Record> = records.iter().map(|record| serde_json::from_str(record)).collect::<Result<_, _>>()?;
    let settings = unit.context.shop.clone();
    let refused = |problem: String| ComposedState {
        state: ShopOrderState::Refused,
        problem: Some(problem),
        remarks: NO_REMARKS.to_owned(),
        composed: None,
    };
    let composed = match compose(&due.reference.shop, &due.reference.order_ref, &records, &settings) {
        Ok(Some(composed)) => composed,
        Ok(None) => return Ok(waiting()),
        Err(cannot) => return Ok(refused(cannot.to_string())),
    };
    let remarks: Vec<String> = composed.remarks.iter().map(ToString::to_string).collect();
    let (contact, last) = unit.write.shop_contact(&due.reference).await?;
    let fingerprint = fingerprint(&composed, &contact);
    if last.as_ref() != Some(&fingerprint) {
        let stored = create_or_replace(unit, due, composed.order, &contact).await;
        match stored {
            Ok(()) => add_events(unit, &due.order_id, &composed.events).await?,
            Err(Error::Invalid(fields)) => return Ok(refused(serde_json::to_string(&fields)?)),
            Err(error) => return Err(error),
        }
    }
    let remarks = serde_json::to_string(&remarks)?;
    Ok(ComposedState { state: ShopOrderState::Known, problem: None, remarks, composed: Some(fingerprint) })
}

fn waiting() -> ComposedState {
    ComposedState { state: ShopOrderState::Waiting, problem: None, remarks: NO_REMARKS.to_owned(), composed: None }
}

/// Creates the order, or replaces the retailer's part of it, with the hash of the e-mail address for the look-up.
async fn create_or_replace(
    unit: &mut UnitOfWork,
    DueShopOrder { reference: of, order_id, .. }: &DueShopOrder,
    mut order: NewOrder,
    contact: &ShopContact,
) -> Result<(), Error> {
    if let (Some(mails), Some(sealed)) = (&unit.context.mails, &contact.sealed) {
        order.email = mails.cipher.open(order_id, sealed);
    }
    // Mails are asked for once: later bodies neither subscribe a shopper again nor undo the retailer's refusal. They end with the address.
    order.notify = match (order.email.is_some(), contact.mails_asked) {
        (true, false) if unit.context.notify_shop_orders => Some(true),
        (false, true) if contact.email_hash.is_none() => Some(false),
        (true | false, true | false) => None,
    };
    if let Some(asked) = order.notify {
        unit.write.set_mails_asked(of, asked).await?;
    }
    let existing = unit.find(order_id).await?;
    let (number, mut hashes) = (order.number.clone(), unit.context.hashes.of_new_order(&order));
    if hashes.email.is_none() {
        hashes.email.clone_from(&contact.email_hash);
    }
    match existing {
        Some(existing) => {
            platform_order::complete(&mut order, &existing.aggregate.order);
            unit.put_back(existing);
            orders::replace(unit, order_id, order, None).await?
        }
        None => orders::create(unit, order).await?,
    };
    Ok(unit.write.set_lookup(order_id, &lookup_key(&number), &hashes).await?)
}

/// Adds the events of shipments that no carrier reports on. An event that is known changes nothing.
async fn add_events(unit: &mut UnitOfWork, order_id: &OrderId, events: &[ComposedEvent]) -> Result<(), Error> {
    for event in events {
        let local = event.at.format("%Y-%m-%dT%H:%M:%S").to_string();
        let stage = event.stage.as_str();
        let body = serde_json::json!({ "shipment_id": event.shipment_id, "id": format!("shop-{stage}"), "stage": stage,
            "at": { "local": local, "offset_min": 0 } });
        tracking::add_event(unit, order_id, serde_json::from_value::<NewEvent>(body)?).await?;
    }
    Ok(())
}

/// Returns a hash of an order and its contact, by which an order that was composed before is recognised.
fn fingerprint(composed: &Composed, contact: &ShopContact) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(format!("{:?}{:?}", composed.order, composed.events));
    hash.update(contact.email_hash.as_deref().unwrap_or_default());
    hash.update([u8::from(contact.sealed.is_some())]);
    hash.finalize().to_vec()
}

/// Returns true if a request comes from the shop whose orders are stored here. A secret can be that of several shops.
fn is_this_shop(unit: &UnitOfWork, request: &PrivacyRequest) -> bool {
    let own = unit.context.shop.shopify_domain.as_deref();
    own.is_some_and(|own| request.shop.as_deref().is_some_and(|shop| shop.eq_ignore_ascii_case(own)))
}

/// Stores a request about personal data, and marks the orders that it names for erasure. An export is the retailer's to hand over:
/// the log and the stored request name the orders, whose data the admin API exports.
async fn carry_out(unit: &mut UnitOfWork, shop: &str, request: &PrivacyRequest, delivery_id: Option<&str>) -> Result<(), Error> {
    let (now, delivery_id) = (unit.context.now_s(), delivery_id.unwrap_or_default());
    let row = PrivacyRequestRow { shop, topic: "export", delivery_id, order_id: "", orders: 1, received_at: now };
    let (topic, marked) = match request.topic {
        PrivacyTopic::Export => {
            for order_id in request.order_refs.iter().filter_map(|order_ref| doorstep_shops::order_id(shop, order_ref)) {
                unit.write.insert_privacy_request(&PrivacyRequestRow { order_id: &order_id, ..row }).await?;
                tracing::warn!(shop, order = order_id, "the shop platform asks for the data of an order's customer");
            }
            ("export", 0)
        }
        PrivacyTopic::EraseCustomer => {
            ("erase-customer", unit.write.set_shop_orders_to_erase(shop, Some(&request.order_refs), now).await?)
        }
        PrivacyTopic::EraseShop if is_this_shop(unit, request) => {
            ("erase-shop", unit.write.set_shop_orders_to_erase(shop, None, now).await?)
        }
        PrivacyTopic::EraseShop => {
            tracing::error!(
                shop,
                domain = request.shop,
                "another shop asks to erase its orders: set --shopify-domain if it is yours"
            );
            ("erase-other-shop", 0)
        }
    };
    if request.topic != PrivacyTopic::Export {
        let orders = i64::try_from(marked).unwrap_or(i64::MAX);
        unit.write.insert_privacy_request(&PrivacyRequestRow { topic, orders, ..row }).await?;
        tracing::warn!(shop, topic, marked, "the shop platform has orders erased");
    }
    metrics::counter!("doorstep_privacy_requests_total", "shop" => shop.to_owned(), "topic" => topic).increment(1);
    Ok(())
}
