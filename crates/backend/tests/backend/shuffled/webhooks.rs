//! Writes reports in each provider's own format.

use serde_json::{Value, json};

use super::life::{Kind, Scan, Telling};
use crate::signing::{Headers, Provider};

const EVENTS: &str = "fulfillment_events/create";

/// One webhook, not signed yet.
#[derive(Clone, Debug)]
pub(super) struct Webhook {
    pub(super) provider: Provider,
    pub(super) body: String,
    topic: Option<&'static str>,
}

impl Webhook {
    pub(super) fn headers(&self, at: i64, secret: &str) -> Headers {
        let mut headers = self.provider.proof(&self.body, at, secret);
        headers.extend(self.topic.map(|topic| ("x-shopify-topic", topic.to_owned())));
        headers
    }

    /// Returns true if the backend may not know the parcel yet, because the webhook names only a fulfilment, which may come
    /// later.
    pub(super) fn may_come_early(&self) -> bool {
        self.topic == Some(EVENTS)
    }

    /// Returns the webhook with scans that never happened and that would show in the order.
    pub(super) fn forged(&self) -> Self {
        Self { body: self.body.replace("2020-01-2", "2020-01-1"), ..self.clone() }
    }
}

/// Returns the webhooks with which a provider sends a report. Shopify sends no history, but one webhook about the fulfilment and
/// one about the newest scan.
pub(super) fn webhooks(provider: Provider, told: &Telling) -> Vec<Webhook> {
    let webhook = |topic, body: Value| Webhook { provider, topic, body: body.to_string() };
    match provider {
        Provider::EasyPost => vec![webhook(None, easypost(told))],
        Provider::AfterShip => vec![webhook(None, aftership(told))],
        Provider::Shippo => vec![webhook(None, shippo(told))],
        Provider::ShipEngine => vec![webhook(None, shipengine(told))],
        Provider::SeventeenTrack => vec![webhook(None, seventeentrack(told))],
        Provider::Karrio => vec![webhook(None, karrio(told))],
        Provider::Shopify => {
            vec![webhook(Some("fulfillments/update"), fulfillment(told)), webhook(Some(EVENTS), fulfillment_event(told))]
        }
        Provider::Carrier => vec![webhook(None, carrier(told))],
    }
}

/// Words for a kind of scan: word and detail for EasyPost, AfterShip, Shippo and ShipEngine; then for 17TRACK, Karrio, Shopify,
/// UPS.
type Words = ([(&'static str, &'static str); 4], [&'static str; 4]);

const fn words(kind: Kind) -> Words {
    match kind {
        Kind::Label => (
            [
                ("pre_transit", "label_created"),
                ("InfoReceived", "InfoReceived_001"),
                ("PRE_TRANSIT", "information_received"),
                ("NY", ""),
            ],
            ["InfoReceived", "pending", "label_printed", "3"],
        ),
        Kind::Collected => (
            [
                ("in_transit", "received_at_origin_facility"),
                ("InTransit", "InTransit_002"),
                ("TRANSIT", "package_accepted"),
                ("AC", "RECEIVED_BY_CARRIER"),
            ],
            ["InTransit_PickedUp", "picked_up", "carrier_picked_up", "160"],
        ),
        Kind::Moving => (
            [("in_transit", "arrived_at_facility"), ("InTransit", "InTransit_003"), ("TRANSIT", "package_departed"), ("IT", "")],
            ["InTransit_Departure", "in_transit", "in_transit", "5"],
        ),
        Kind::Delayed => (
            [("in_transit", "weather_delay"), ("Exception", "Exception_017"), ("TRANSIT", "delayed"), ("EX", "CARRIER_DELAYS")],
            ["Exception_Delayed", "delivery_delayed", "delayed", "52"],
        ),
        Kind::Customs => (
            [
                ("in_transit", "held"),
                ("Exception", "Exception_004"),
                ("TRANSIT", "package_held"),
                ("EX", "HELD_BY_IMPORT_CUSTOMS"),
            ],
            ["InTransit_CustomsProcessing", "on_hold", "in_transit", "12"],
        ),
        Kind::OnTheVan => (
            [
                ("out_for_delivery", "out_for_delivery"),
                ("OutForDelivery", "OutForDelivery_001"),
                ("TRANSIT", "out_for_delivery"),
                ("IT", "OUT_FOR_DELIVERY"),
            ],
            ["OutForDelivery_Other", "out_for_delivery", "out_for_delivery", "6"],
        ),
        Kind::NobodyHome => (
            [
                ("failure", "delivery_exception"),
                ("AttemptFail", "AttemptFail_002"),
                ("TRANSIT", "delivery_attempted"),
                ("AT", "CUSTOMER_CARDED"),
            ],
            ["DeliveryFailure_NoBody", "delivery_failed", "attempted_delivery", "22"],
        ),
        Kind::Waiting => (
            [
                ("available_for_pickup", "arrived_at_pickup_location"),
                ("AvailableForPickup", "AvailableForPickup_001"),
                ("TRANSIT", "pickup_available"),
                ("SP", ""),
            ],
            ["AvailableForPickup_Other", "ready_for_pickup", "ready_for_pickup", "40"],
        ),
        Kind::Delivered => (
            [("delivered", ""), ("Delivered", "Delivered_001"), ("DELIVERED", "delivered"), ("DE", "")],
            ["Delivered_Other", "delivered", "delivered", "11"],
        ),
    }
}

fn newest(told: &Telling) -> &Scan {
    told.scans.last().unwrap()
}

fn utc(at: chrono::DateTime<chrono::Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Returns the local clock reading of a scan. All scans of these tests are in UTC.
fn reading(scan: &Scan) -> String {
    scan.at.format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn each(told: &Telling, scan: fn(&Scan) -> Value) -> Value {
    told.scans.iter().map(scan).collect()
}

fn easypost(told: &Telling) -> Value {
    let detail = |scan: &Scan| {
        let (status, status_detail) = words(scan.kind).0[0];
        json!({"message": scan.words, "status": status, "status_detail": status_detail, "datetime": utc(scan.at),
            "tracking_location": {"city": scan.city, "country": scan.country}})
    };
    let (status, status_detail) = words(newest(told).kind).0[0];
    json!({"object": "Event", "description": "tracker.updated", "result": {"object": "Tracker", "tracking_code": told.number,
        "carrier": "UPS", "status": status, "status_detail": status_detail, "signed_by": told.signed_by,
        "est_delivery_date": told.expected.as_ref().map(|day| format!("{day}T00:00:00Z")), "updated_at": utc(told.reported_at),
        "tracking_details": each(told, detail)}})
}

fn aftership(told: &Telling) -> Value {
    let checkpoint = |scan: &Scan| {
        let (tag, subtag) = words(scan.kind).0[1];
        json!({"tag": tag, "subtag": subtag, "message": scan.words, "checkpoint_time": reading(scan), "city": scan.city,
            "country_iso3": match scan.country { "GB" => "GBR", "DE" => "DEU", "JP" => "JPN", _ => "USA" }})
    };
    let (tag, subtag) = words(newest(told).kind).0[1];
    let expected = told.expected.as_ref().map(|day| json!({"type": "specific", "source": "Carrier EDD", "datetime": day}));
    json!({"event": "tracking_update", "ts": told.reported_at.timestamp(), "msg": {"tracking_number": told.number, "slug": "ups", "tag": tag,
        "subtag": subtag, "signed_by": told.signed_by, "latest_estimated_delivery": expected, "checkpoints": each(told, checkpoint)}})
}

fn shippo(told: &Telling) -> Value {
    let scan = |scan: &Scan| {
        let (status, substatus) = words(scan.kind).0[2];
        json!({"status": status, "substatus": {"code": substatus, "text": "", "action_required": scan.kind == Kind::NobodyHome},
            "status_details": scan.words, "status_date": utc(scan.at), "location": {"city": scan.city, "country": scan.country}})
    };
    let mut now = scan(newest(told));
    now["object_updated"] = json!(utc(told.reported_at));
    json!({"event": "track_updated", "test": false, "data": {"carrier": "ups", "tracking_number": told.number,
        "eta": told.expected.as_ref().map(|day| format!("{day}T00:00:00Z")), "tracking_status": now, "tracking_history": each(told, scan)}})
}

fn shipengine(told: &Telling) -> Value {
    let scan = |scan: &Scan| {
        let (status, detail) = words(scan.kind).0[3];
        json!({"occurred_at": utc(scan.at), "carrier_occurred_at": reading(scan), "description": scan.words, "status_code": status,
            "status_detail_code": detail, "city_locality": scan.city, "country_code": scan.country})
    };
    let mut events = each(told, scan);
    let (status, detail) = words(newest(told).kind).0[3];
    events[told.scans.len() - 1]["signer"] = json!(told.signed_by);
    json!({"resource_type": "API_TRACK", "data": {"tracking_number": told.number, "carrier_code": "ups", "status_code": status,
        "status_detail_code": detail, "estimated_delivery_date": told.expected.as_ref().map(|day| format!("{day}T00:00:00")), "events": events}})
}

fn seventeentrack(told: &Telling) -> Value {
    let scan = |scan: &Scan| {
        let raw = json!({"date": scan.at.date_naive().to_string(), "time": scan.at.time().format("%H:%M:%S").to_string(), "timezone": null});
        json!({"time_raw": raw, "time_utc": utc(scan.at), "description": scan.words, "sub_status": words(scan.kind).1[0],
            "address": {"country": scan.country, "city": scan.city}})
    };
    let sub_status = words(newest(told).kind).1[0];
    let provider = json!({"provider": {"key": 100002, "name": "UPS"}, "latest_sync_time": utc(told.reported_at), "events": each(told, scan)});
    let expected = told.expected.as_ref().map(|day| json!({"source": "Official", "from": day, "to": day}));
    json!({"event": "TRACKING_UPDATED", "data": {"number": told.number, "carrier": 100002, "track_info": {
        "latest_status": {"status": sub_status.split('_').next(), "sub_status": sub_status},
        "time_metrics": {"estimated_delivery_date": expected}, "tracking": {"providers": [provider]}}}})
}

fn karrio(told: &Telling) -> Value {
    let scan = |scan: &Scan| {
        json!({"date": scan.at.date_naive().to_string(), "time": scan.at.time().format("%H:%M").to_string(), "timestamp": utc(scan.at),
            "status": words(scan.kind).1[1], "description": scan.words, "location": format!("{}, {}", scan.city, scan.country)})
    };
    // Karrio lists the newest scan first.
    let scans: Vec<Value> = told.scans.iter().rev().map(scan).collect();
    json!({"event": "tracker_updated", "data": {"object_type": "tracker", "tracking_number": told.number, "carrier_name": "ups",
        "status": words(newest(told).kind).1[1], "estimated_delivery": told.expected, "updated_at": utc(told.reported_at),
        "info": {"signed_by": told.signed_by}, "events": scans}})
}

/// Returns the identity of the fulfilment of a parcel, which the parcel's events name.
fn fulfillment_id(told: &Telling) -> u64 {
    told.number.bytes().fold(5_500, |id: u64, byte| (id * 31 + u64::from(byte)) % 1_000_000_007)
}

fn fulfillment(told: &Telling) -> Value {
    json!({"id": fulfillment_id(told), "order_id": 2, "status": "success", "shipment_status": words(newest(told).kind).1[2], "updated_at": utc(told.reported_at),
        "tracking_company": "UPS", "tracking_number": told.number, "tracking_numbers": [told.number]})
}

fn fulfillment_event(told: &Telling) -> Value {
    let scan = newest(told);
    json!({"id": scan.at.timestamp(), "fulfillment_id": fulfillment_id(told), "status": words(scan.kind).1[2], "message": scan.words,
        "happened_at": utc(scan.at), "city": scan.city, "country": scan.country, "updated_at": utc(told.reported_at),
        "estimated_delivery_at": told.expected.as_ref().map(|day| format!("{day}T00:00:00Z"))})
}

fn carrier(told: &Telling) -> Value {
    let scan = |scan: &Scan| {
        json!({"at": reading(scan), "group": "status", "code": words(scan.kind).1[3], "text": scan.words,
            "place": {"name": scan.city, "country": scan.country}})
    };
    let delivered = told.signed_by.map(|name| json!({"to": "recipient", "signed_by": name}));
    let expected = told.expected.as_ref().map(|day| json!({"from": day, "to": day}));
    json!({"tracking_number": told.number, "carrier": "ups", "told_at": utc(told.reported_at), "events": each(told, scan),
        "status": {"group": "status", "code": words(newest(told).kind).1[3]}, "expected": expected, "delivered": delivered})
}
