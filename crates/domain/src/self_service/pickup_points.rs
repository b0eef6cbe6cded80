//! The pickup points to which a shipment of an order can be redirected. Pure.

use doorstep_contract::{Order, PickupPoint};

use crate::policy::Rules;

/// Returns the pickup points in the country of the destination, the nearest first.
pub fn pickup_points(order: &Order, rules: &Rules) -> Vec<PickupPoint> {
    let country = order.destination.as_ref().and_then(|to| to.country.as_deref());
    let in_country = rules.redirect.points.iter().filter(|point| Some(&*point.country) == country);
    let mut points: Vec<PickupPoint> = in_country
        .map(|point| PickupPoint {
            id: point.id.clone(),
            name: point.name.clone(),
            lines: point.lines.clone(),
            country: Some(point.country.clone()),
            distance_m: point.distance_m,
            hours: point.hours.clone(),
        })
        .collect();
    points.sort_by_key(|point| point.distance_m.unwrap_or(u32::MAX));
    points
}
