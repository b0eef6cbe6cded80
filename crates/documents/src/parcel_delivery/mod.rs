//! Describes the parcels of an order in the vocabulary of schema.org, for assistants and mail programs. The description contains
//! only data of the order document, no personal data if the document is limited, and no empty fields. Pure.

mod schema;
mod status;
#[cfg(test)]
mod tests;

use doorstep_contract::links::link;
use doorstep_contract::{Access, Carrier, DeliveredTo, Destination, Order, Pickup, Shipment, Stage, StagePhase, Window};

use crate::plain_text::{is_hidden, is_separator};

pub use self::schema::{
    Context, DeliveryEvent, DeliveryMethod, Kind, Organization, ParcelDelivery, PartOfOrder, PostalAddress, Product,
};
pub use self::status::OrderStatus;

/// Returns the parcels that go to the shopper, in the sequence of the order document. Leaves out return shipments.
pub fn parcel_deliveries(order: &Order) -> Vec<ParcelDelivery> {
    let part_of_order = PartOfOrder {
        kind: Kind::Order,
        order_number: known(&order.number),
        order_date: order.placed_at,
        order_status: status::of_order(order),
    };
    status::to_the_shopper(order).map(|shipment| parcel(order, shipment, part_of_order.clone())).collect()
}

/// Returns the parcels as JSON that is safe to embed in a page or mail: no character in it can end the surrounding element.
pub fn json(order: &Order) -> serde_json::Result<String> {
    let json = serde_json::to_string(&parcel_deliveries(order))?;
    // These characters occur only in JSON strings, so the JSON stays valid.
    let json: String =
        json.chars().filter(|letter| !is_hidden(*letter)).map(|letter| if is_separator(letter) { ' ' } else { letter }).collect();
    Ok(json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

fn parcel(order: &Order, shipment: &Shipment, part_of_order: PartOfOrder) -> ParcelDelivery {
    let window = arrival(shipment);
    // Personal data requires full access. The holder of a token with an unknown access level may not have proved to be the
    // shopper.
    let full = order.access == Access::Full;
    let personal = full.then_some(shipment);
    ParcelDelivery {
        context: Context::Schema,
        kind: Kind::ParcelDelivery,
        delivery_address: personal.and_then(|shipment| address(order.destination.as_ref(), shipment.pickup.as_ref())),
        provider: shipment.carrier.as_ref().and_then(organization),
        expected_arrival_from: window.as_ref().map(|(from, _)| from.clone()),
        expected_arrival_until: window.map(|(_, until)| until),
        item_shipped: personal.map(|shipment| items(order, shipment)).unwrap_or_default(),
        part_of_order,
        tracking_number: personal.and_then(|shipment| known(shipment.tracking_number.as_deref()?)),
        tracking_url: personal.and_then(|shipment| page(shipment.tracking_url.as_deref()?)),
        delivery_status: personal.and_then(event),
        has_delivery_method: method(shipment),
    }
}

/// Returns the first and last date or time of the expected arrival. Returns None if the parcel has arrived or will not arrive, or
/// if no arrival is promised or expected.
fn arrival(shipment: &Shipment) -> Option<(String, String)> {
    let awaited = match shipment.stage.phase() {
        StagePhase::BeforeHandOver | StagePhase::OnTheWay | StagePhase::Unknown => true,
        StagePhase::AtDestination | StagePhase::BackToSender | StagePhase::Ended => false,
    };
    let promise = shipment.promise.as_ref().filter(|_| awaited)?;
    Some(match promise.expected.or(promise.promised)? {
        Window::Days { from, to } => (from.text(), to.text()),
        Window::Times { from, to } => (from.text(), to.text()),
    })
}

/// Returns the address of the pickup point. For a parcel without a pickup point, returns the delivery address as the order
/// document shows it. Returns None if the address is unknown or empty.
fn address(destination: Option<&Destination>, pickup: Option<&Pickup>) -> Option<PostalAddress> {
    let (name, lines, country) = match (pickup, destination) {
        (Some(pickup), _) => (known(&pickup.name), &pickup.lines, &pickup.country),
        (None, Some(destination)) => (None, &destination.lines, &destination.country),
        (None, None) => return None,
    };
    let lines: Vec<String> = lines.iter().filter_map(|line| known(line)).collect();
    let street_address = known(&lines.join(", "));
    let address_country = known(country.as_deref().unwrap_or_default());
    let some = name.is_some() || street_address.is_some() || address_country.is_some();
    some.then_some(PostalAddress { kind: Kind::PostalAddress, name, street_address, address_country })
}

fn organization(carrier: &Carrier) -> Option<Organization> {
    let url = carrier.url.as_deref().and_then(page);
    Some(Organization { kind: Kind::Organization, name: known(&carrier.name)?, url })
}

fn items(order: &Order, shipment: &Shipment) -> Vec<Product> {
    let lines = shipment.lines.iter().filter_map(|part| order.lines.iter().find(|line| line.id == part.line_id));
    let product = |line: &doorstep_contract::Line| {
        let variant = line.variant.as_deref().and_then(known).map(|variant| format!(", {variant}"));
        Some(Product {
            kind: Kind::Product,
            name: known(&line.title)? + &variant.unwrap_or_default(),
            image: line.image_url.as_deref().and_then(page),
            url: line.url.as_deref().and_then(page),
        })
    };
    lines.filter_map(product).collect()
}

/// Returns the last day for collection while the parcel waits at a pickup point, or the time of the delivery once the parcel is
/// delivered. Returns None if the day or the time is unknown, and at every other stage. Never contains the code of a locker.
fn event(shipment: &Shipment) -> Option<DeliveryEvent> {
    let waits = shipment.stage == Stage::ReadyForPickup;
    let available_through = shipment.pickup.as_ref().filter(|_| waits).and_then(|pickup| pickup.collect_by);
    let arrived = shipment.stage == Stage::Delivered;
    let start_date = shipment.delivered.as_ref().filter(|_| arrived).and_then(|delivered| delivered.at);
    let some = available_through.is_some() || start_date.is_some();
    some.then_some(DeliveryEvent { kind: Kind::DeliveryEvent, start_date, available_through })
}

fn method(shipment: &Shipment) -> Option<DeliveryMethod> {
    let delivered_to = shipment.delivered.as_ref().map(|delivered| &delivered.to);
    if delivered_to == Some(&DeliveredTo::Locker) {
        return Some(DeliveryMethod::LockerDelivery);
    }
    let collected =
        shipment.pickup.is_some() || shipment.stage == Stage::ReadyForPickup || delivered_to == Some(&DeliveredTo::PickupPoint);
    let carried = shipment.carrier.is_some().then_some(DeliveryMethod::ParcelService);
    if collected { Some(DeliveryMethod::OnSitePickup) } else { carried }
}

/// Returns the trimmed text. Returns None if the text is empty.
fn known(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Returns the URL if its scheme is `https:`. Returns None for other schemes. Also returns None for relative paths, because they
/// would point elsewhere from another page.
fn page(url: &str) -> Option<String> {
    link(url).filter(|url| url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://")))
}
