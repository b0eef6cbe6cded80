//! Tests that the answers of each provider, in the documented formats, have the right outcome.

use RegistrationProvider as P;

use super::*;

fn outcome(provider: RegistrationProvider, status: u16, body: &str) -> Outcome {
    provider.outcome(&Response { status, body: body.as_bytes() })
}

#[test]
fn a_number_that_is_new_or_known_is_registered() {
    for (provider, status, body) in [
        (P::Aftership, 201, r#"{"meta":{"code":201},"data":{"id":"trk1","tracking_number":"1Z42","slug":"ups"}}"#),
        (P::Easypost, 201, r#"{"id":"trk_1","object":"Tracker","tracking_code":"1Z42","status":"unknown","carrier":"UPS"}"#),
        (P::Easypost, 200, r#"{"id":"trk_1","object":"Tracker","tracking_code":"1Z42","status":"delivered"}"#),
        (P::Karrio, 200, r#"{"id":"trk_1","carrier_name":"ups","tracking_number":"1Z42","status":"pending","events":[]}"#),
        (P::Karrio, 202, r#"{"id":"trk_1","tracking_number":"1Z42"}"#),
        (
            P::Seventeentrack,
            200,
            r#"{"code":0,"data":{"accepted":[{"origin":1,"number":"1Z42","carrier":100002}],"rejected":[]}}"#,
        ),
        (P::Shipengine, 204, ""),
        (P::Shippo, 201, r#"{"carrier":"ups","tracking_number":"1Z42","tracking_status":null,"tracking_history":[]}"#),
    ] {
        assert_eq!(outcome(provider, status, body), Outcome::Registered, "{provider:?} {body}");
    }
    for (provider, status, body) in [
        (P::Aftership, 400, r#"{"meta":{"code":4003,"message":"Tracking already exists.","type":"BadRequest"},"data":{}}"#),
        (
            P::Seventeentrack,
            200,
            r#"{"code":0,"data":{"accepted":[],"rejected":[{"number":"1Z42","error":{"code":-18019901,"message":"registered"}}]}}"#,
        ),
    ] {
        assert_eq!(outcome(provider, status, body), Outcome::AlreadyRegistered, "{provider:?}");
    }
}

#[test]
fn a_refusal_has_the_reason_that_the_provider_gives() {
    use Obstacle as O;
    let meta = |code: u32| format!(r#"{{"meta":{{"code":{code},"type":"BadRequest"}},"data":{{}}}}"#);
    let easypost = |code: &str| format!(r#"{{"error":{{"code":"{code}","message":"…","errors":[]}}}}"#);
    let rejected = |code: i64| {
        format!(r#"{{"code":0,"data":{{"accepted":[],"rejected":[{{"number":"1","error":{{"code":{code},"message":"…"}}}}]}}}}"#)
    };
    let shipengine = |code: &str, field: &str| {
        format!(
            r#"{{"request_id":"r","errors":[{{"error_source":"shipengine","error_type":"validation","error_code":"{code}","field_name":"{field}"}}]}}"#
        )
    };
    for (provider, status, body, obstacle) in [
        (P::Aftership, 400, meta(4005), O::InvalidNumber),
        (P::Aftership, 400, meta(4017), O::InvalidNumber),
        (P::Aftership, 400, meta(4010), O::UnknownCarrier),
        (P::Aftership, 400, meta(4012), O::UnknownCarrier),
        (P::Aftership, 400, meta(4009), O::RequestRefused),
        (P::Aftership, 422, "no JSON".to_owned(), O::RequestRefused),
        (P::Easypost, 422, easypost("TRACKER.UNSUPPORTED_CARRIER"), O::UnknownCarrier),
        (P::Easypost, 422, easypost("TRACKER.NO_CARRIER_FOR_CODE"), O::UnknownCarrier),
        (P::Easypost, 400, easypost("TRACKER.NO_CARRIER_ACCOUNT"), O::CarrierNotConnected),
        (P::Easypost, 422, easypost("TRACKER.CARRIER_CODE_MISMATCH"), O::InvalidNumber),
        (P::Easypost, 422, easypost("TRACKER.CREATE.ERROR"), O::RequestRefused),
        (
            P::Karrio,
            400,
            r#"{"errors":[{"code":"validation","details":{"carrier_name":["unknown"]}}]}"#.to_owned(),
            O::UnknownCarrier,
        ),
        (
            P::Karrio,
            400,
            r#"{"errors":[{"code":"validation","details":{"tracking_number":["bad"]}}]}"#.to_owned(),
            O::InvalidNumber,
        ),
        (
            P::Karrio,
            404,
            r#"{"errors":[{"code":"not_found","message":"no active connection"}]}"#.to_owned(),
            O::CarrierNotConnected,
        ),
        (P::Karrio, 404, "<html>".to_owned(), O::WrongAddress),
        (P::Karrio, 424, r#"{"messages":[{"carrier_name":"ups"}]}"#.to_owned(), O::Unavailable),
        (P::Seventeentrack, 200, rejected(-18_019_903), O::UnknownCarrier),
        (P::Seventeentrack, 200, rejected(-18_010_012), O::InvalidNumber),
        (P::Seventeentrack, 200, rejected(-18_019_907), O::PlanLimit),
        (P::Seventeentrack, 200, rejected(-18_019_908), O::PlanLimit),
        (P::Seventeentrack, 200, rejected(-18_019_910), O::RequestRefused),
        (P::Seventeentrack, 200, r#"{"code":-18010002,"data":{}}"#.to_owned(), O::KeyRefused),
        (P::Seventeentrack, 200, r#"{"code":-18010010,"data":{"errors":[{"code":-18010002}]}}"#.to_owned(), O::KeyRefused),
        (P::Seventeentrack, 200, r#"{"code":0,"data":{"accepted":[],"rejected":[]}}"#.to_owned(), O::Unavailable),
        (P::Seventeentrack, 200, "<html>".to_owned(), O::Unavailable),
        (P::Seventeentrack, 400, String::new(), O::RequestRefused),
        (P::Shipengine, 400, shipengine("carrier_not_supported", "carrier_code"), O::UnknownCarrier),
        (P::Shipengine, 400, shipengine("carrier_not_connected", ""), O::CarrierNotConnected),
        (P::Shipengine, 400, shipengine("invalid_field_value", "tracking_number"), O::InvalidNumber),
        (P::Shipengine, 400, shipengine("invalid_field_value", "carrier_code"), O::UnknownCarrier),
        (P::Shipengine, 400, shipengine("subscription_inactive", ""), O::PlanLimit),
        (P::Shipengine, 400, shipengine("unspecified", ""), O::RequestRefused),
        (P::Shippo, 400, r#"{"carrier":["Invalid carrier."]}"#.to_owned(), O::UnknownCarrier),
        (P::Shippo, 422, r#"{"tracking_number":["Invalid."]}"#.to_owned(), O::InvalidNumber),
        (P::Shippo, 400, r#"{"detail":"…"}"#.to_owned(), O::RequestRefused),
    ] {
        assert_eq!(outcome(provider, status, &body), Outcome::Failed(obstacle), "{provider:?} {status} {body}");
    }
}

#[test]
fn what_concerns_the_account_or_the_moment_is_never_the_fault_of_a_number() {
    use Obstacle as O;
    for provider in RegistrationProvider::ALL {
        for (status, obstacle) in [
            (401, O::KeyRefused),
            (403, O::KeyRefused),
            (402, O::PlanLimit),
            (404, O::WrongAddress),
            (409, O::Unavailable),
            (429, O::RateLimited),
            (301, O::Unavailable),
            (500, O::Unavailable),
            (503, O::Unavailable),
        ] {
            assert_eq!(outcome(provider, status, "{}"), Outcome::Failed(obstacle), "{provider:?} {status}");
            assert_ne!(obstacle.consequence(), Consequence::Refused);
        }
    }
}

#[test]
fn no_answer_makes_the_reader_fail() {
    let nested = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    for provider in RegistrationProvider::ALL {
        for body in ["", "null", "[]", "{\"meta\":7}", "{\"data\":{\"rejected\":{}}}", "{\"errors\":[]}", "\u{0}", &nested] {
            for status in [100, 200, 204, 302, 400, 404, 422, 500, 999] {
                outcome(provider, status, body);
            }
        }
    }
}

#[test]
fn each_obstacle_has_a_code_of_its_own_and_advice() {
    for obstacle in Obstacle::ALL {
        assert_eq!(Obstacle::named(obstacle.as_str()), Some(obstacle));
        assert!(obstacle.what_to_do().ends_with('.'));
    }
    assert_eq!(Obstacle::named("late"), None);
}
