//! Places of scans, from the parts of an address that a provider sends. Called by the readers of the providers.

use doorstep_contract::Place;
use serde_json::Value;

use crate::carrier_text;

/// Returns a place: city and region as its name, and the country if it is a two-letter code. Returns None if name and country are
/// unknown.
pub(super) fn place_of(city: Option<&str>, region: Option<&str>, country: Option<&str>) -> Option<Place> {
    let city = city.and_then(carrier_text::proper_name);
    let name = [city, region.and_then(carrier_text::plain)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let country = country.filter(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let (name, country) = ((!name.is_empty()).then_some(name), country.map(str::to_ascii_uppercase));
    (name.is_some() || country.is_some()).then_some(Place { name, country, lat: None, lon: None })
}

/// Adds latitude and longitude, in degrees, to a place if both are given and within range.
pub(super) fn with_coordinates(place: Place, json: Option<&Value>) -> Place {
    let degrees = |name, most: f64| json?.get(name)?.as_f64().filter(|degrees| degrees.abs() <= most);
    match (degrees("latitude", 90.0), degrees("longitude", 180.0)) {
        (Some(lat), Some(lon)) => Place { lat: Some(lat), lon: Some(lon), ..place },
        (Some(_) | None, _) => place,
    }
}
