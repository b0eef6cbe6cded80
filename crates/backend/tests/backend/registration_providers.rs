//! Tests of the choice of a provider, of each provider with its documented answers, and of configurations that cannot work.

use doorstep_backend::registration;
use serde_json::{Value, json};

use crate::provider_api::Scripted;
use crate::registration::{KEY, Shop, body};
use crate::support::Backend;

#[tokio::test]
async fn each_provider_is_asked_at_its_path_with_its_key_and_its_documented_answers_are_understood() {
    let meta = |code: u32| json!({ "meta": { "code": code }, "data": {} });
    let track = |accepted: Value, rejected: Value| json!({ "code": 0, "data": { "accepted": accepted, "rejected": rejected } });
    let rejected = json!([{ "number": "1Z42", "error": { "code": -18_010_012, "message": "as documented" } }]);
    let shipengine = json!({ "errors": [{ "error_code": "invalid_field_value", "field_name": "tracking_number" }] });
    for (provider, path, header, success, refusal) in [
        ("aftership", "/tracking/2026-01/trackings", "as-api-key", (201, meta(201)), (400, meta(4005))),
        (
            "easypost",
            "/v2/trackers",
            "authorization",
            (200, json!({ "id": "trk_1", "object": "Tracker", "tracking_code": "1Z42" })),
            (422, json!({ "error": { "code": "TRACKER.CARRIER_CODE_MISMATCH", "errors": [] } })),
        ),
        (
            "karrio",
            "/v1/trackers",
            "authorization",
            (201, json!({ "id": "trk_1", "tracking_number": "1Z42" })),
            (400, json!({ "errors": [{ "details": { "tracking_number": ["as documented"] } }] })),
        ),
        (
            "seventeentrack",
            "/track/v2.4/register",
            "17token",
            (200, track(json!([{ "number": "1Z42", "carrier": 100_002 }]), json!([]))),
            (200, track(json!([]), rejected)),
        ),
        (
            "shipengine",
            "/v1/tracking/start?carrier_code=ups&tracking_number=1Z42",
            "api-key",
            (204, Value::Null),
            (400, shipengine),
        ),
        (
            "shippo",
            "/tracks/",
            "authorization",
            (201, json!({ "carrier": "ups", "tracking_number": "1Z42" })),
            (400, json!({ "tracking_number": ["as documented"] })),
        ),
    ] {
        let answers = [success, refusal].map(|(status, body)| Scripted::Answer(status, None, body));
        let shop = Shop::with(&answers, &["--register-with", provider]).await;
        shop.create("a", "1Z 42").await;
        shop.create("b", "1Z 43").await;
        assert_eq!(shop.sends().await, 2);
        let heard = shop.api.heard().remove(0);
        assert_eq!(heard.path, path);
        assert!(!heard.headers[header].is_empty(), "{provider}");
        let (sent, dead) = (shop.listed("sent").await, shop.listed("dead").await);
        assert_eq!((&sent[0]["order_id"], &dead[0]["order_id"]), (&json!("a"), &json!("b")), "{provider}");
        assert_eq!(dead[0]["reason"], "invalid-number", "{provider}");
    }
}

#[tokio::test]
async fn the_operator_names_codes_of_carriers_and_a_provider_for_each() {
    let flags = ["--register-with", "shippo,ups=aftership,fedex=none", "--register-carrier", "hafenkurier=hafen_kurier"];
    let shop = Shop::with(&[], &flags).await;
    for (id, carrier) in [("a", "hafenkurier"), ("b", "ups"), ("c", "fedex")] {
        let mut new = body(id, &format!("N {id}"));
        new["shipments"][0]["carrier"] = json!({ "code": carrier, "name": carrier });
        assert_eq!(shop.backend.admin("POST", "/v1/admin/orders", &new).await.status, 201);
    }
    assert_eq!(shop.sends().await, 2);
    let heard = shop.api.heard();
    assert_eq!((heard[0].path.as_str(), &heard[0].body["carrier"]), ("/tracks/", &json!("hafen_kurier")));
    assert_eq!(heard[0].headers["authorization"], format!("ShippoToken {KEY}"));
    assert_eq!((heard[1].path.as_str(), &heard[1].body["slug"]), ("/tracking/2026-01/trackings", &json!("ups")));
}

#[tokio::test]
async fn a_configuration_that_cannot_work_is_refused_at_the_start() {
    let with = |flags: &[&'static str]| {
        let flags = [&["--register-with", "easypost"], flags].concat();
        async move { registration::sender(&Backend::start(&flags).await.app.config).err().unwrap() }
    };
    let key = "--easypost-api-key";
    for (flags, advice) in [
        (&[][..], "DOORSTEP_EASYPOST_API_KEY"),
        (&[key, " "], "DOORSTEP_EASYPOST_API_KEY"),
        (&[key, "a\nkey"], "no header value"),
        (&[key, KEY, "--registration-url", "easypost=https://10.0.0.1"], "--registration-allow-private"),
        (&[key, KEY, "--registration-url", "easypost=http://api.example"], "https://"),
        (&[key, KEY, "--registration-url", "easypost=https://api.example/?a=b"], "query"),
        (&[key, KEY, "--registration-url", "ups=https://api.example"], "write a provider"),
        (&[key, KEY, "--register-carrier", "ups"], "code"),
    ] {
        let why = with(flags).await;
        assert!(why.contains(advice), "{flags:?}: {why}");
    }
}
