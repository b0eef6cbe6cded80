//! Tests that each provider gets the request that it documents.

use serde_json::{Value, json};

use super::carriers::KnownCarrier;
use super::*;

fn number(provider: RegistrationProvider, carrier: Option<&str>) -> NewNumber {
    NewNumber {
        provider,
        shipment_id: "s1".to_owned(),
        tracking_number: "1Z 0000 0042".to_owned(),
        carrier_code: carrier.map(str::to_owned),
        carrier_name: None,
        country: Some("GB".to_owned()),
    }
}

fn sent(provider: RegistrationProvider, carrier: Option<&str>) -> Result<ApiRequest, Obstacle> {
    provider.request(&number(provider, carrier), "key_of_the_tests", &CarrierCodes::default())
}

fn body(request: &ApiRequest) -> Value {
    request.body.as_deref().map_or(Value::Null, |body| serde_json::from_str(body).unwrap())
}

#[test]
fn each_provider_gets_the_request_that_it_documents() {
    use RegistrationProvider as P;
    for (provider, path, header, value, wanted) in [
        (
            P::Aftership,
            "/tracking/2026-01/trackings",
            "as-api-key",
            "key_of_the_tests",
            json!({ "tracking_number": "1Z00000042", "slug": "ups", "destination_country_region": "GBR" }),
        ),
        (
            P::Easypost,
            "/v2/trackers",
            "authorization",
            "Basic a2V5X29mX3RoZV90ZXN0czo=",
            json!({ "tracker": { "tracking_code": "1Z00000042", "carrier": "UPS" } }),
        ),
        (
            P::Karrio,
            "/v1/trackers",
            "authorization",
            "Token key_of_the_tests",
            json!({ "tracking_number": "1Z00000042", "carrier_name": "ups" }),
        ),
        (
            P::Seventeentrack,
            "/track/v2.4/register",
            "17token",
            "key_of_the_tests",
            json!([{ "number": "1Z00000042", "carrier": 100_002 }]),
        ),
        (
            P::Shipengine,
            "/v1/tracking/start?carrier_code=ups&tracking_number=1Z00000042",
            "api-key",
            "key_of_the_tests",
            Value::Null,
        ),
        (
            P::Shippo,
            "/tracks/",
            "authorization",
            "ShippoToken key_of_the_tests",
            json!({ "carrier": "ups", "tracking_number": "1Z00000042" }),
        ),
    ] {
        let request = sent(provider, Some("ups")).unwrap();
        assert_eq!(request.path, path);
        assert_eq!(request.key_header, (header, value.to_owned()), "{provider:?}");
        assert_eq!(body(&request), wanted, "{provider:?}");
    }
}

#[test]
fn a_carrier_that_is_unknown_is_left_out_where_the_provider_detects_it_and_refused_elsewhere() {
    use RegistrationProvider as P;
    for carrier in [Some("hafenkurier"), Some("dhl"), None] {
        for provider in [P::Aftership, P::Easypost, P::Seventeentrack] {
            let request = sent(provider, carrier).unwrap();
            let body = body(&request).to_string();
            assert!(!body.contains("slug") && !body.contains("carrier"), "{provider:?}: {body}");
        }
        for provider in [P::Shipengine, P::Shippo] {
            assert_eq!(sent(provider, carrier), Err(Obstacle::UnknownCarrier), "{provider:?}");
        }
    }
    assert_eq!(sent(P::Karrio, Some("hafenkurier")), Err(Obstacle::UnknownCarrier));
}

#[test]
fn a_carrier_is_known_by_each_spelling_of_its_code_and_else_by_its_name() {
    let provider = RegistrationProvider::Shippo;
    for code in ["royal-mail", "royal_mail", "Royal Mail", "ROYALMAIL"] {
        assert_eq!(body(&sent(provider, Some(code)).unwrap())["carrier"], "royal_mail", "{code}");
    }
    let named = NewNumber { carrier_name: Some("Evri".to_owned()), ..number(provider, Some("carrier-7")) };
    let request = provider.request(&named, "key", &CarrierCodes::default()).unwrap();
    assert_eq!(body(&request)["carrier"], "hermes_uk");
}

#[test]
fn codes_of_the_operator_replace_those_of_the_tables() {
    use RegistrationProvider as P;
    let settings = ["Hafen Kurier=hafen_kurier", "ups=ups_mail"].map(str::to_owned);
    let codes = CarrierCodes::read(&settings).unwrap();
    for (carrier, code) in [("hafenkurier", "hafen_kurier"), ("UPS", "ups_mail"), ("usps", "usps")] {
        let request = P::Shippo.request(&number(P::Shippo, Some(carrier)), "key", &codes).unwrap();
        assert_eq!(body(&request)["carrier"], code);
    }
    let refused = P::Seventeentrack.request(&number(P::Seventeentrack, Some("ups")), "key", &codes);
    assert_eq!(refused, Err(Obstacle::UnknownCarrier), "17TRACK's codes are numbers");
    for wrong in [&["ups"][..], &["=ups"], &["ups="], &["ups=a", "UPS=b"]] {
        let wrong: Vec<String> = wrong.iter().map(|text| (*text).to_owned()).collect();
        assert!(CarrierCodes::read(&wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_number_is_sent_without_spaces_and_without_what_a_barcode_adds() {
    let provider = RegistrationProvider::Seventeentrack;
    for (written, sent) in [
        ("1z 999 aa1", "1z999aa1"),
        ("123-4567 8901", "123-45678901"),
        ("420 11217 9261 2909 9017 8241 5041 78", "9261290990178241504178"),
        ("№ ü", "№ü"),
    ] {
        let number = NewNumber { tracking_number: written.to_owned(), ..number(provider, None) };
        let request = provider.request(&number, "key", &CarrierCodes::default()).unwrap();
        assert_eq!(body(&request)[0]["number"], sent);
    }
    let hostile = NewNumber {
        tracking_number: "1&carrier_code=x\"\r\n".to_owned(),
        ..number(RegistrationProvider::Shipengine, Some("ups"))
    };
    let request = RegistrationProvider::Shipengine.request(&hostile, "key", &CarrierCodes::default()).unwrap();
    assert_eq!(request.path, "/v1/tracking/start?carrier_code=ups&tracking_number=1%26carrier_code%3Dx%22");
}

#[test]
fn codes_of_17track_are_numbers_and_no_carrier_has_a_code_with_spaces() {
    for carrier in KnownCarrier::ALL {
        assert!(RegistrationProvider::Seventeentrack.carrier_code(carrier).is_none_or(|code| code.parse::<u32>().is_ok()));
        for provider in RegistrationProvider::ALL {
            let code = provider.carrier_code(carrier).unwrap_or("x");
            assert!(!code.is_empty() && code.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)));
        }
    }
    for carrier in [KnownCarrier::Ups, KnownCarrier::Usps, KnownCarrier::FedEx, KnownCarrier::RoyalMail, KnownCarrier::DhlExpress]
    {
        for provider in RegistrationProvider::ALL {
            assert!(provider.carrier_code(carrier).is_some(), "{provider:?} {carrier:?}");
        }
    }
}

#[test]
fn a_number_goes_to_the_provider_of_its_carrier_or_else_to_the_one_of_all() {
    use RegistrationProvider as P;
    let read = |settings: &[&str]| Routes::read(&settings.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    let routes = read(&["easypost", "royal-mail=aftership", "hafenkurier=none"]).unwrap();
    for (carrier, provider) in [
        (Some("ups"), Some(P::Easypost)),
        (Some("Royal Mail"), Some(P::Aftership)),
        (Some("hafenkurier"), None),
        (None, Some(P::Easypost)),
    ] {
        assert_eq!(routes.provider(carrier), provider, "{carrier:?}");
    }
    assert_eq!(routes.providers().into_iter().collect::<Vec<_>>(), [P::Aftership, P::Easypost]);
    assert_eq!(read(&["ups=shippo"]).unwrap().provider(Some("fedex")), None);
    assert!(Routes::default().providers().is_empty());
    for wrong in [&["shopify"][..], &["easypost", "shippo"], &["ups=shippo", "UPS=easypost"], &["=shippo"], &["ups="]] {
        assert!(read(wrong).is_err(), "{wrong:?}");
    }
}
