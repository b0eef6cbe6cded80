//! Registrations of tracking numbers at tracking providers, posted to the outbox in the transaction of the change that brought the
//! number. Each number is given to a provider once under one carrier, whichever orders have it.

use doorstep_contract::{Direction, Order, OrderId, Shipment, ShipmentId};
use doorstep_domain::order::registration::registrable;
use doorstep_domain::tracking::tracking_key;
use doorstep_providers::registration::{NewNumber, normal_code};

use super::unit::UnitOfWork;
use crate::context::Context;
use crate::error::Error;
use crate::outbox::{MessageSubject, new_message};
use crate::store::{Channel, RegisteredNumber, Write};

/// Puts a registration into the outbox for each number of the order that was not registered yet. Does nothing for carriers without
/// a configured provider. Returns true if a message was added.
pub(super) async fn post(context: &Context, write: &mut Write, order: &Order) -> Result<bool, Error> {
    let mut has_posted = false;
    for shipment in registrable(order) {
        let Some(number) = new_number(context, order, shipment) else { continue };
        // An earlier number of the shipment, or the number under another carrier, need not be registered any more.
        withdraw(context, write, &order.id, Some((&shipment.id, &number))).await?;
        if !mark(context, write, &number).await? {
            continue;
        }
        let event = format!("register.{}", number.provider.as_str());
        let subject = MessageSubject { order_id: &order.id, case_id: None, event: &event };
        let message = new_message(Channel::Registration, subject, context.now_s())?;
        write.insert_message(&message.with_payload(serde_json::to_string(&number)?)).await?;
        has_posted = true;
    }
    Ok(has_posted)
}

impl UnitOfWork {
    /// Removes the registrations of an order that is being erased, and all that is stored about its numbers. What another order
    /// has as well is kept for that order.
    pub(crate) async fn erase_registrations(&mut self, order_id: &OrderId) -> Result<(), Error> {
        withdraw(&self.context, &mut self.write, order_id, None).await?;
        for key in self.write.tracking_keys(order_id).await? {
            let tracked = self.write.shipments_with_number(&key).await?;
            if tracked.iter().all(|tracked| tracked.shipment.order_id == *order_id) {
                let hash = self.context.hashes.registered_tracking_key(&tracking_key(&key));
                self.write.delete_registered_number_everywhere(&hash).await?;
            }
        }
        Ok(())
    }
}

/// Removes the registrations of an order that were not sent. With `replaced`, removes those of one of its shipments, except the one
/// of the present number. A number that another order has as well is registered for that order. Any other number is registered
/// anew if it comes back.
async fn withdraw(
    context: &Context,
    write: &mut Write,
    order_id: &OrderId,
    replaced: Option<(&ShipmentId, &NewNumber)>,
) -> Result<(), Error> {
    let present = replaced.map(|(_, number)| (identity(context, number), number.provider));
    for (id, payload) in write.unsent_registrations(order_id, replaced.map(|(shipment_id, _)| shipment_id)).await? {
        let number: NewNumber = serde_json::from_str(&payload)?;
        if present.as_ref().is_some_and(|present| *present == (identity(context, &number), number.provider)) {
            continue;
        }
        let tracked = write.shipments_with_number(&number.tracking_number).await?;
        match tracked.into_iter().find(|tracked| tracked.shipment.order_id != *order_id) {
            Some(other) => {
                let shipment_id = other.shipment.shipment_id.to_string();
                let payload = serde_json::to_string(&NewNumber { shipment_id, ..number })?;
                write.move_message(&id, &other.shipment.order_id, &payload).await?;
            }
            None => {
                write.delete_message(&id).await?;
                let (hash, carrier) = identity(context, &number);
                write.delete_registered_number(&registered(&hash, &number, &carrier)).await?;
            }
        }
    }
    Ok(())
}

/// Stores that the number is given to its provider. Returns false if it was given before.
async fn mark(context: &Context, write: &mut Write, number: &NewNumber) -> Result<bool, Error> {
    let (hash, carrier) = identity(context, number);
    Ok(write.insert_registered_number(&registered(&hash, number, &carrier), context.now_s()).await?)
}

/// Returns the keyed hash of a number, and the normal form of the carrier's code.
fn identity(context: &Context, number: &NewNumber) -> ([u8; 32], String) {
    let hash = context.hashes.registered_tracking_key(&tracking_key(&number.tracking_number));
    (hash, normal_code(number.carrier_code.as_deref().unwrap_or_default()))
}

fn registered<'a>(number_hash: &'a [u8], number: &NewNumber, carrier: &'a str) -> RegisteredNumber<'a> {
    RegisteredNumber { number_hash, provider: number.provider.as_str(), carrier }
}

/// Returns the number of a shipment with the provider of its carrier. Returns None if the carrier has no provider, or if the number
/// has no letters and digits.
fn new_number(context: &Context, order: &Order, shipment: &Shipment) -> Option<NewNumber> {
    let carrier = shipment.carrier.as_ref();
    let provider = context.registration_routes.provider(carrier.map(|carrier| carrier.code.as_str()))?;
    let tracking_number = shipment.tracking_number.clone().filter(|number| !tracking_key(number).is_empty())?;
    let destination = order.destination.as_ref().filter(|_| shipment.direction != Direction::Return);
    Some(NewNumber {
        provider,
        shipment_id: shipment.id.to_string(),
        tracking_number,
        carrier_code: carrier.map(|carrier| carrier.code.clone()),
        carrier_name: carrier.map(|carrier| carrier.name.clone()),
        country: destination.and_then(|to| to.country.clone()),
    })
}
