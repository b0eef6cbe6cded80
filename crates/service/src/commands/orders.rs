//! Commands of the retailer's systems about a whole order: create, replace, mint a token, revoke the links.

use chrono::{DateTime, TimeDelta};
use doorstep_contract::OrderId;
use doorstep_domain::order::lookup;
use doorstep_domain::order::new_order::{self, NewOrder, final_sale};
use doorstep_domain::order::order_id::is_order_id;
use doorstep_domain::order::{InternalState, OrderAggregate};

use super::command::Answer;
use crate::documents::{Document, Minted};
use crate::error::Error;
use crate::random;
use crate::service::Service;
use crate::token::Scope;
use crate::unit_of_work::{ContactChange, LoadedOrder, UnitOfWork};

impl Service {
    /// Creates an order, without an idempotency key.
    pub async fn create_order(&self, order: NewOrder) -> Result<Document, Error> {
        let mut unit = UnitOfWork::begin(self.0.clone()).await?;
        let document = create(&mut unit, order).await?;
        unit.commit().await?;
        Ok(document)
    }

    /// Replaces the retailer's part of an order, without an idempotency key.
    pub async fn replace_order(&self, order_id: &OrderId, with: NewOrder) -> Result<Document, Error> {
        let mut unit = UnitOfWork::begin(self.0.clone()).await?;
        let document = replace(&mut unit, order_id, with, None).await?;
        unit.commit().await?;
        Ok(document)
    }

    /// Mints a token for an existing order. Nothing is stored.
    pub async fn mint_token(&self, order_id: &OrderId, scopes: &[Scope], ttl: TimeDelta) -> Result<Minted, Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        Ok(self.0.mint(order_id, scopes, self.0.expires_after(ttl)?, stored.epoch))
    }

    /// Returns the token that an [`Answer::Token`] describes; `expires_at` is in seconds since the Unix epoch.
    pub fn minted_again(&self, order_id: &OrderId, scopes: &[Scope], expires_at: i64, epoch: u32) -> Result<Minted, Error> {
        let expires_at = DateTime::from_timestamp(expires_at, 0);
        let expires_at = expires_at.ok_or_else(|| Error::Internal("a stored expiry is none".to_owned()))?;
        Ok(self.0.mint(order_id, scopes, expires_at, epoch))
    }
}

/// Creates an order and applies the tracking updates that came before it.
pub(super) async fn create(unit: &mut UnitOfWork, mut new: NewOrder) -> Result<Document, Error> {
    let id = match &new.id {
        Some(id) if is_order_id(id) => OrderId::from(id.as_str()),
        Some(_) => return Err(Error::field("/id", "invalid")),
        None => OrderId::from(random::id::<16>("ord_")?),
    };
    if unit.write.order(&id).await?.is_some() {
        return Err(Error::OrderExists);
    }
    let (hashes, contact) = (unit.context.hashes.of_new_order(&new), ContactChange::of_new_order(&new));
    let (final_sale, delivery_cost) = (final_sale(&mut new), new.delivery_cost());
    let order = new.into_order(id, unit.context.now())?;
    let private = InternalState { final_sale, delivery_cost, ..InternalState::default() };
    let mut order = LoadedOrder::new(OrderAggregate { order, private });
    order.set_contact(contact);
    unit.apply_unmatched(&mut order).await?;
    unit.create(order, &hashes).await
}

/// Replaces the retailer's part of an order. `if_match` lists the versions that may be replaced; None allows any version. Returns
/// `Error::Stale` if the order has another version.
pub(super) async fn replace(
    unit: &mut UnitOfWork,
    order_id: &OrderId,
    mut with: NewOrder,
    if_match: Option<&[u64]>,
) -> Result<Document, Error> {
    let mut order = unit.load(order_id).await?;
    if if_match.is_some_and(|versions| !versions.contains(&order.version())) {
        return Err(order.into_stale());
    }
    if with.id.as_deref().is_some_and(|given| *order_id != given) {
        return Err(Error::field("/id", "differs-from-path"));
    }
    let (hashes, now) = (unit.context.hashes.of_new_order(&with), unit.context.now());
    order.set_contact(ContactChange::of_new_order(&with));
    order.aggregate.private.final_sale = final_sale(&mut with);
    order.aggregate.private.delivery_cost = with.delivery_cost();
    let replaced = new_order::replace(&order.aggregate.order, with, now)?;
    order.aggregate.replace_order(replaced, now);
    unit.apply_unmatched(&mut order).await?;
    unit.write.set_lookup(order_id, &lookup::lookup_key(&order.aggregate.order.number), &hashes).await?;
    unit.save(order).await
}

/// Returns the contents of a token for an existing order.
pub(super) async fn mint(unit: &mut UnitOfWork, order_id: OrderId, scopes: Vec<Scope>, ttl: TimeDelta) -> Result<Answer, Error> {
    let epoch = unit.write.order(&order_id).await?.ok_or(Error::UnknownOrder)?.epoch;
    Ok(Answer::Token { order_id, scopes, expires_at: unit.context.expires_after(ttl)?.timestamp(), epoch })
}

/// Revokes every existing token of the order. Tokens that are minted later are valid.
pub(super) async fn revoke_links(unit: &mut UnitOfWork, order_id: OrderId) -> Result<Answer, Error> {
    unit.write.order(&order_id).await?.ok_or(Error::UnknownOrder)?;
    let epoch = unit.write.set_epoch(&order_id, None).await?;
    unit.end_access(&order_id);
    Ok(Answer::Revoked { order_id, epoch })
}
