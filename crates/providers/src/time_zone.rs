//! Time zone of a place, if the place lies in one zone only. A country with several zones needs its region; without one, the zone is
//! unknown.

mod countries;
mod regions;

use chrono_tz::Tz;

use countries::COUNTRIES;
use regions::REGIONS;

/// Returns the zone of a country (ISO 3166-1 alpha-2) or of one of its regions, as carriers abbreviate them. Returns None if the zone is
/// not unique.
pub fn of_place(country: &str, region: Option<&str>) -> Option<Tz> {
    let by_country = COUNTRIES.iter().find(|(code, _)| code.eq_ignore_ascii_case(country)).map(|(_, zone)| *zone);
    by_country.or_else(|| of_region(country, region?.trim()))
}

fn of_region(country: &str, region: &str) -> Option<Tz> {
    let is_it = |code: &&str| code.eq_ignore_ascii_case(region);
    let found = REGIONS.iter().find(|(code, regions, _)| code.eq_ignore_ascii_case(country) && regions.iter().any(is_it));
    found.map(|(_, _, zone)| *zone)
}

#[cfg(test)]
mod tests {
    use chrono::{Offset as _, TimeDelta, TimeZone as _};

    use super::*;

    /// Returns true if two zones have the same offset at every hour of the three years from 2025.
    fn agree(one: Tz, other: Tz) -> bool {
        let start = "2025-01-01T00:00:00".parse::<chrono::NaiveDateTime>().expect("a moment");
        (0..3 * 366 * 24).all(|hour| {
            let at = start + TimeDelta::hours(hour);
            one.offset_from_utc_datetime(&at).fix() == other.offset_from_utc_datetime(&at).fix()
        })
    }

    #[test]
    fn every_country_and_every_region_stands_here_once() {
        assert!(COUNTRIES.is_sorted_by(|(one, _), (next, _)| one < next));
        let mut regions: Vec<_> =
            REGIONS.iter().flat_map(|(country, regions, _)| regions.iter().map(move |region| (country, region))).collect();
        let all = regions.len();
        regions.sort();
        regions.dedup();
        assert_eq!((regions.len(), COUNTRIES.len()), (all, 226));
        let codes = COUNTRIES.iter().map(|(code, _)| code).chain(REGIONS.iter().map(|(code, ..)| code));
        assert!(codes.into_iter().all(|code| code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase())));
        assert!(REGIONS.iter().all(|(country, ..)| of_place(country, None).is_none()));
    }

    #[test]
    fn a_place_in_one_zone_has_that_zone() {
        for (country, region, zone) in [
            ("GB", None, Tz::Europe__London),
            ("DE", None, Tz::Europe__Berlin),
            ("JP", None, Tz::Asia__Tokyo),
            ("IN", None, Tz::Asia__Kolkata),
            ("CH", None, Tz::Europe__Zurich),
            ("PR", None, Tz::America__Puerto_Rico),
            ("VI", None, Tz::America__St_Thomas),
            ("HK", None, Tz::Asia__Hong_Kong),
            ("DE", Some("BY"), Tz::Europe__Berlin),
            ("us", Some("ca"), Tz::America__Los_Angeles),
            ("US", Some(" NY "), Tz::America__New_York),
            ("US", Some("VI"), Tz::America__St_Thomas),
            ("CA", Some("AB"), Tz::America__Edmonton),
            ("AU", Some("VIC"), Tz::Australia__Melbourne),
            ("BR", Some("SP"), Tz::America__Sao_Paulo),
            ("MX", Some("JAL"), Tz::America__Mexico_City),
        ] {
            assert_eq!(of_place(country, region), Some(zone), "{country} {region:?}");
        }
    }

    #[test]
    fn nobody_guesses_the_zone_of_a_place_that_may_lie_in_several() {
        for country in ["US", "CA", "AU", "BR", "MX", "RU", "ES", "PT", "CL", "EC", "NZ", "ID", "CD", "MN", "UM", "XX", ""] {
            assert_eq!(of_place(country, None), None, "{country}");
        }
        for (country, region) in [
            ("US", "TX"),
            ("US", "FL"),
            ("US", "AZ"),
            ("US", "ID"),
            ("CA", "ON"),
            ("CA", "BC"),
            ("AU", "NSW"),
            ("AU", "WA"),
            ("BR", "AM"),
            ("MX", "CHH"),
            ("US", "Texas"),
            ("ES", "MD"),
            ("US", ""),
        ] {
            assert_eq!(of_place(country, Some(region)), None, "{country} {region}");
        }
    }

    #[test]
    fn zones_that_are_taken_for_one_show_the_same() {
        for (country, region, others) in [
            ("AR", None, vec![Tz::America__Argentina__Salta, Tz::America__Argentina__Ushuaia, Tz::America__Argentina__San_Luis]),
            ("CY", None, vec![Tz::Asia__Famagusta]),
            ("DE", None, vec![Tz::Europe__Busingen]),
            ("KZ", None, vec![Tz::Asia__Qyzylorda, Tz::Asia__Qostanay, Tz::Asia__Aqtobe, Tz::Asia__Aqtau, Tz::Asia__Oral]),
            ("MH", None, vec![Tz::Pacific__Kwajalein]),
            ("MY", None, vec![Tz::Asia__Kuching]),
            ("PS", None, vec![Tz::Asia__Gaza]),
            ("UZ", None, vec![Tz::Asia__Samarkand]),
            ("AU", Some("QLD"), vec![Tz::Australia__Lindeman]),
            ("AU", Some("TAS"), vec![Tz::Antarctica__Macquarie]),
            ("BR", Some("PA"), vec![Tz::America__Santarem]),
            ("CA", Some("NS"), vec![Tz::America__Glace_Bay]),
            ("CA", Some("NT"), vec![Tz::America__Inuvik, Tz::America__Yellowknife]),
            ("CA", Some("YT"), vec![Tz::America__Dawson]),
        ] {
            let zone = of_place(country, region).expect(country);
            assert!(others.iter().all(|other| agree(zone, *other)), "{country} {region:?}");
        }
    }
}
