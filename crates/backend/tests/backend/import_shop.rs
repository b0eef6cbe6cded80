//! A stand-in for the API of a shop: it serves lists of orders in the documented shapes, and records the requests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, Uri};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// One answer: status, headers and body. A status of 0 means that the shop does not answer at all.
pub(crate) type Scripted = (u16, Vec<(&'static str, String)>, String);

/// The shop. It answers with the next scripted answer, and with 404 after the last one.
#[derive(Clone, Default)]
pub(crate) struct Shop {
    answers: Arc<Mutex<VecDeque<Scripted>>>,
    asked: Arc<Mutex<Vec<(Uri, HeaderMap)>>>,
    silence: Arc<Notify>,
}

impl Shop {
    /// Listens on this machine. Returns the shop and its address.
    pub(crate) async fn open(answers: Vec<Scripted>) -> (Self, String) {
        let shop = Self { answers: Arc::new(Mutex::new(answers.into())), ..Self::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(shop.clone());
        tokio::spawn(doorstep_backend::server::serve(listener, router, tokio_util::sync::CancellationToken::new()));
        (shop, url)
    }

    /// Replaces the answers that are left.
    pub(crate) fn answer_with(&self, answers: Vec<Scripted>) {
        *self.answers.lock().unwrap() = answers.into();
        self.asked.lock().unwrap().clear();
    }

    /// Returns the path and the query of every request.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|(uri, _)| uri.to_string()).collect()
    }

    /// Returns this header of every request.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|(_, headers)| headers[name].to_str().unwrap().to_owned()).collect()
    }

    /// Waits until a request came that is not answered.
    pub(crate) async fn is_silent(&self) {
        self.silence.notified().await;
    }
}

async fn answer(State(shop): State<Shop>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    shop.asked.lock().unwrap().push((uri, headers));
    let scripted = shop.answers.lock().unwrap().pop_front();
    let (status, headers, body) = scripted.unwrap_or((404, Vec::new(), "{}".to_owned()));
    if status == 0 {
        shop.silence.notify_one();
        std::future::pending::<()>().await;
    }
    let mut response = Response::builder().status(status).header("content-type", "application/json");
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(body.into()).unwrap()
}

/// Returns an order of Shopify with one parcel.
pub(crate) fn shopify_order(id: u64, updated_at: &str) -> Value {
    json!({
        "id": id, "name": format!("#{id}"), "test": false, "currency": "EUR", "created_at": "2020-01-20T10:00:00+01:00",
        "updated_at": updated_at, "processed_at": "2020-01-20T10:00:00+01:00", "email": "robin@mail.example", "taxes_included": true,
        "cancelled_at": null, "shipping_address": {"first_name": "Robin", "last_name": "Beispiel", "address1": "Musterweg 12",
            "city": "Berlin", "zip": "10961", "country_code": "DE"},
        "line_items": [{"id": 11, "title": "Wool socks", "quantity": 1, "requires_shipping": true, "price": "9.00",
            "discount_allocations": [], "tax_lines": []}],
        "shipping_lines": [], "refunds": [],
        "fulfillments": [{"id": id + 1, "order_id": id, "status": "success", "name": format!("#{id}.1"), "updated_at": updated_at,
            "created_at": updated_at, "tracking_company": "UPS", "tracking_numbers": [format!("1Z{id}")], "tracking_urls": [],
            "line_items": [{"id": 11, "quantity": 1}]}],
    })
}

/// Returns an order of WooCommerce.
pub(crate) fn woocommerce_order(id: u64, modified: &str) -> Value {
    json!({
        "id": id, "number": id.to_string(), "status": "processing", "currency": "EUR", "date_created_gmt": "2020-01-20T09:00:00",
        "date_modified_gmt": modified, "date_completed_gmt": null, "shipping_total": "0.00", "shipping_tax": "0.00",
        "billing": {"email": "robin@mail.example", "first_name": "Robin", "last_name": "Beispiel", "country": "DE", "postcode": "10961"},
        "shipping": {"address_1": "Musterweg 12", "city": "Berlin", "country": "DE", "postcode": "10961"}, "meta_data": [],
        "shipping_lines": [], "refunds": [],
        "line_items": [{"id": 7, "name": "Wool socks", "quantity": 1, "product_id": 3, "variation_id": 0, "total": "9.00",
            "total_tax": "0.00", "meta_data": []}],
    })
}
