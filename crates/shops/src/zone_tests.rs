use std::collections::BTreeSet;

use super::*;

#[test]
fn an_address_has_the_zone_of_its_country_region_or_postcode() {
    for (country, region, postcode, zone) in [
        ("GB", "", "EC1R 1UR", "Europe/London"),
        ("DE", "BY", "80331", "Europe/Berlin"),
        ("US", "NY", "11217", "America/New_York"),
        ("US", "FL", "33101", "America/New_York"),
        ("US", "FL", "32501", "America/Chicago"),
        ("US", "FL", "32401-1234", "America/Chicago"),
        ("US", "FL", "32456", "America/New_York"),
        ("US", "TX", "79901", "America/Denver"),
        ("US", "TX", "77001", "America/Chicago"),
        ("US", "TN", "37201", "America/Chicago"),
        ("US", "TN", "37402", "America/New_York"),
        ("US", "KY", "40202", "America/New_York"),
        ("US", "KY", "42101", "America/Chicago"),
        ("US", "IN", "46204", "America/New_York"),
        ("US", "IN", "46402", "America/Chicago"),
        ("US", "KS", "66101", "America/Chicago"),
        ("US", "KS", "67735", "America/Denver"),
        ("US", "NE", "69361", "America/Denver"),
        ("US", "NE", "68102", "America/Chicago"),
        ("US", "ND", "58601", "America/Denver"),
        ("US", "SD", "57701", "America/Denver"),
        ("US", "SD", "57104", "America/Chicago"),
        ("US", "OR", "97201", "America/Los_Angeles"),
        ("US", "OR", "97914", "America/Boise"),
        ("US", "ID", "83702", "America/Boise"),
        ("US", "ID", "83814", "America/Los_Angeles"),
        ("US", "MI", "48201", "America/New_York"),
        ("US", "MI", "49801", "America/Chicago"),
        ("US", "AZ", "85001", "America/Phoenix"),
        ("US", "AK", "99501", "America/Anchorage"),
        ("US", "AK", "99546", "America/Adak"),
        ("US", "NV", "89101", "America/Los_Angeles"),
        ("CA", "ON", "M5V 3L9", "America/Toronto"),
        ("CA", "ON", "P9N 1A1", "America/Winnipeg"),
        ("CA", "QC", "H2X 1Y4", "America/Toronto"),
        ("CA", "QC", "G4T 1A1", "America/Halifax"),
        ("CA", "BC", "V6B 1A1", "America/Vancouver"),
        ("CA", "BC", "V1C 1A1", "America/Edmonton"),
        ("CA", "BC", "v1g1a1", "America/Dawson_Creek"),
        ("CA", "SK", "S7K 1A1", "America/Regina"),
        ("CA", "NL", "A1C 5S7", "America/St_Johns"),
        ("CA", "NL", "A0P 1C0", "America/Goose_Bay"),
        ("ES", "M", "28001", "Europe/Madrid"),
        ("ES", "GC", "35001", "Atlantic/Canary"),
        ("ES", "", "38001", "Atlantic/Canary"),
        ("PT", "", "1100-048", "Europe/Lisbon"),
        ("PT", "", "9500-150", "Atlantic/Azores"),
        ("PT", "PT-30", "", "Atlantic/Madeira"),
        ("AU", "NSW", "2000", "Australia/Sydney"),
        ("AU", "NSW", "2880", "Australia/Broken_Hill"),
        ("AU", "WA", "6000", "Australia/Perth"),
        ("AU", "VIC", "", "Australia/Melbourne"),
        ("AU", "", "0800", "Australia/Darwin"),
        ("BR", "SP", "", "America/Sao_Paulo"),
        ("BR", "PE", "50010-000", "America/Recife"),
        ("BR", "PE", "53990-000", "America/Noronha"),
        ("BR", "AM", "69005-000", "America/Manaus"),
        ("MX", "JA", "", "America/Mexico_City"),
        ("MX", "Q ROO", "", "America/Cancun"),
        ("MX", "BC", "", "America/Tijuana"),
        ("MX", "BCS", "", "America/Mazatlan"),
        ("MX", "NL", "64000", "America/Monterrey"),
        ("MX", "CHIH", "31000", "America/Chihuahua"),
        ("MX", "CHIH", "32000", "America/Ciudad_Juarez"),
        ("MX", "TAMPS", "87300", "America/Matamoros"),
        ("RU", "MOW", "101000", "Europe/Moscow"),
        ("RU", "RU-SVE", "620000", "Asia/Yekaterinburg"),
        ("ID", "BA", "80111", "Asia/Makassar"),
        ("CL", "CL-MA", "", "America/Punta_Arenas"),
        ("CL", "RM", "", "America/Santiago"),
        ("NZ", "AUK", "1010", "Pacific/Auckland"),
        ("NZ", "", "8016", "Pacific/Chatham"),
        ("KZ", "", "", "Asia/Almaty"),
    ] {
        let found =
            of_address(country, Some(region).filter(|text| !text.is_empty()), Some(postcode).filter(|text| !text.is_empty()));
        let found = found.map(|zone| zone.name());
        // Kansas City, Detroit and Louisville keep the same time as their neighbours.
        assert_eq!(found, Some(zone), "{country} {region} {postcode}");
    }
}

#[test]
fn nobody_guesses_the_zone_of_an_address_that_may_lie_in_several() {
    for (country, region, postcode) in [
        ("US", "TX", ""),
        ("US", "", ""),
        ("CA", "BC", "V0B 1A0"),
        ("CA", "ON", "P0T 1A0"),
        ("AU", "WA", "6443"),
        ("RU", "SA", ""),
        ("RU", "Московская область", ""),
        ("NZ", "", ""),
        ("MX", "CHH", ""),
        ("BR", "AM", "69640-000"),
        ("XX", "", "1"),
        ("", "", ""),
    ] {
        let found = of_address(country, Some(region), Some(postcode).filter(|text| !text.is_empty()));
        assert_eq!(found, None, "{country} {region} {postcode}");
    }
}

#[test]
fn every_entry_stands_here_once() {
    let zips = ZIP_CODES.iter().map(|(country, _, beginnings)| (*country, *beginnings));
    let mut seen = BTreeSet::new();
    for (country, beginnings) in zips.chain(POSTCODES.iter().map(|(country, _, beginnings)| (*country, *beginnings))) {
        for beginning in beginnings.split_whitespace() {
            assert!(seen.insert((country, beginning)), "{country} {beginning}");
        }
    }
    let mut seen = BTreeSet::new();
    for (country, _, regions) in REGIONS {
        for region in regions.split_whitespace() {
            assert!(seen.insert((country, region)), "{country} {region}");
        }
    }
}
