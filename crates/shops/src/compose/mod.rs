//! Composes the retailer's part of an order from the newest records of it. [`known`] chooses the records, [`quantities`] decides how many pieces of a line were
//! sent, cancelled or are left, [`shipments`] makes shipments of fulfilments, [`lines`] makes the lines.

mod known;
mod lines;
mod quantities;
mod shipments;
#[cfg(test)]
mod tests;

use doorstep_contract::Timestamp;
use doorstep_domain::order::lookup::is_address;
use doorstep_domain::order::new_order::{NewDestination, NewOrder, NewUnshipped};

use crate::composed::{CannotCompose, Composed, Contact, ShopSettings};
use crate::record::Record;
use crate::remark::Remark;
use crate::shop_order::{OrderState, ShopOrder};
use crate::{is_known, zone};
use known::Known;
use quantities::Quantities;

/// Composes the retailer's part of an order from the newest records of it, in any order of arrival. Several records of one key are
/// allowed: the newest counts ([`crate::supersedes`]). Returns None while the order itself is not known, or is not an order yet.
pub fn compose(
    shop: &str,
    order_ref: &str,
    records: &[Record],
    settings: &ShopSettings,
) -> Result<Option<Composed>, CannotCompose> {
    if !is_known(shop) {
        return Err(CannotCompose::UnknownShop);
    }
    let id = crate::order_id(shop, order_ref).ok_or(CannotCompose::InvalidId)?;
    let Some(known) = Known::of(records).filter(|known| known.order.state != OrderState::Draft) else {
        return Ok(None);
    };
    let order = known.order;
    let mut remarks = order.remarks.clone();
    if known.is_deleted {
        remarks.push(Remark::DeletedInShop);
    }
    let mut quantities = Quantities::of(&known);
    let mut shipments = shipments::shipments(&known, &mut quantities, &mut remarks);
    let lines = lines::lines(order, &quantities, settings);
    if lines.is_empty() {
        return Err(CannotCompose::NoLines);
    }
    if shipments.is_empty() && known.is_ended() {
        let ordered = lines.iter().map(|line| (line.id.clone().unwrap_or_default(), line.quantity));
        shipments.push(shipments::cancelled(&ordered.collect::<Vec<_>>()));
    }
    let events = shipments::events(&known, &shipments);
    let unshipped = quantities.unshipped(&known).into_iter();
    let unshipped = unshipped
        .map(|(line_id, quantity)| NewUnshipped { line_id, quantity, expected_dispatch: None, promised_dispatch: None })
        .collect();
    let email = email(order, &mut remarks);
    let composed = NewOrder {
        id: Some(id),
        number: number(order, order_ref, &mut remarks),
        placed_at: placed_at(&known, &mut remarks),
        time_zone: time_zone(order, settings, &mut remarks),
        destination: destination(order),
        lang: order.lang.as_deref().and_then(language),
        email: email.clone(),
        notify: None,
        postcode: order.postcode.clone(),
        lines,
        delivery_cost: order.delivery_cost.as_ref().map(lines::money),
        shipments,
        unshipped,
        support: Vec::new(),
    };
    remarks.sort();
    remarks.dedup();
    let contact = email.map(|email| Contact { email, lang: order.lang.as_deref().and_then(language) });
    if composed.shipments.is_empty() && composed.unshipped.is_empty() {
        return Err(CannotCompose::NothingToSend);
    }
    Ok(Some(Composed { order: composed, events, remarks, contact }))
}

fn number(order: &ShopOrder, order_ref: &str, remarks: &mut Vec<Remark>) -> String {
    if order.number.trim().is_empty() {
        remarks.push(Remark::NumberAssumed);
        return order_ref.to_owned();
    }
    order.number.clone()
}

fn placed_at(known: &Known<'_>, remarks: &mut Vec<Remark>) -> Timestamp {
    known.order.placed_at.unwrap_or_else(|| {
        remarks.push(Remark::PlacedAtAssumed);
        Timestamp::from(known.changed_at)
    })
}

fn email(order: &ShopOrder, remarks: &mut Vec<Remark>) -> Option<String> {
    let email = order.email.clone()?;
    if is_address(&email) {
        return Some(email);
    }
    remarks.push(Remark::EmailUnusable);
    None
}

fn time_zone(order: &ShopOrder, settings: &ShopSettings, remarks: &mut Vec<Remark>) -> String {
    if let Some(stated) = order.time_zone.as_deref().filter(|zone| zone.parse::<chrono_tz::Tz>().is_ok()) {
        return stated.to_owned();
    }
    let address = &order.address;
    let country = address.country.as_deref().unwrap_or_default();
    let found = zone::of_address(country, address.region.as_deref(), order.postcode.as_deref());
    let zone = found.unwrap_or_else(|| {
        // The beginning of the postcode is enough to find the gap in the table.
        let postcode = order.postcode.as_deref().map(|postcode| postcode.chars().take(3).collect::<String>());
        let parts = [Some(country.to_owned()).filter(|code| !code.is_empty()), address.region.clone(), postcode];
        remarks.push(Remark::ZoneAssumed { place: parts.into_iter().flatten().collect::<Vec<_>>().join(" ") });
        settings.time_zone
    });
    zone.name().to_owned()
}

fn destination(order: &ShopOrder) -> Option<NewDestination> {
    let address = &order.address;
    let is_empty = address.lines.is_empty() && address.country.is_none();
    (!is_empty).then(|| NewDestination { lines: address.lines.clone(), country: address.country.clone() })
}

/// Returns a language tag as BCP 47 writes it, from `de_DE` or `de-DE`. Returns None if it does not begin with a language of two or
/// three letters.
fn language(tag: &str) -> Option<String> {
    let tag = tag.replace('_', "-");
    let language = tag.split('-').next().unwrap_or_default();
    let is_tag = tag.len() <= 35
        && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_tag && is_language).then_some(tag)
}
