//! Time zone of a delivery address: from its country, else its region, else its postcode. An address in a place whose clocks differ
//! has no zone here; the caller then uses the shop's zone and says so.

mod regions;
mod united_states;

use chrono_tz::Tz;
use doorstep_providers::time_zone::of_place;

use regions::{MEXICO, POSTCODES, REGIONS};
use united_states::ZIP_CODES;

/// Returns the zone of an address, or None if it is not unique. `region` is a code as the platform writes it, with or without the
/// country before it.
pub(crate) fn of_address(country: &str, region: Option<&str>, postcode: Option<&str>) -> Option<Tz> {
    let region = region.map(|region| region_code(country, region));
    let by_region = || {
        let region = region.as_deref()?;
        let is_it =
            |(code, _, regions): &&(&str, Tz, &str)| *code == country && regions.split_whitespace().any(|one| one == region);
        REGIONS.iter().find(is_it).map(|(_, zone, _)| *zone)
    };
    let by_postcode = || of_postcode(country, postcode?);
    of_place(country, region.as_deref()).or_else(by_region).or_else(by_postcode)
}

/// Returns the code of a region as ISO 3166-2 has it, without the country.
fn region_code(country: &str, region: &str) -> String {
    let region = region.trim().to_ascii_uppercase();
    let bare = region.strip_prefix(country).and_then(|rest| rest.strip_prefix('-')).unwrap_or(&region).replace(' ', "-");
    let is_alias = |(_, others): &&(&str, &str)| others.split_whitespace().any(|other| other == bare);
    let alias = MEXICO.iter().find(is_alias).filter(|_| country == "MX");
    alias.map_or(bare.clone(), |(code, _)| (*code).to_owned())
}

fn of_postcode(country: &str, postcode: &str) -> Option<Tz> {
    let compact: String =
        postcode.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    let american = ZIP_CODES.iter().map(|(code, zone, beginnings)| (*code, Some(*zone), *beginnings));
    let all = american.chain(POSTCODES.iter().copied()).filter(|(code, ..)| *code == country);
    let entries = all.flat_map(|(_, zone, beginnings)| beginnings.split_whitespace().map(move |beginning| (beginning, zone)));
    let length = |beginning: &str| if beginning == "*" { 0 } else { beginning.len() };
    let fitting = entries.filter(|(beginning, _)| *beginning == "*" || compact.starts_with(beginning));
    fitting.filter(|_| !compact.is_empty()).max_by_key(|(beginning, _)| length(beginning)).and_then(|(_, zone)| zone)
}

#[cfg(test)]
#[path = "zone_tests.rs"]
mod tests;
