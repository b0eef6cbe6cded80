//! Layers around the router of a backend. Each changes requests or responses, so that the backend breaks one rule.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use serde_json::Value;

use crate::shop::ORDER;

/// Changes every request.
pub(crate) fn change_request(change: impl Fn(&mut Request) + Clone + Send + Sync + 'static) -> impl FnOnce(Router) -> Router {
    move |router| {
        router.layer(from_fn(move |mut request: Request, next: Next| {
            change(&mut request);
            next.run(request)
        }))
    }
}

/// Changes every response, given its request.
pub(crate) fn change_response(
    change: impl Fn(&Asked, Response) -> Response + Clone + Send + Sync + 'static,
) -> impl FnOnce(Router) -> Router {
    move |router| {
        router.layer(from_fn(move |request: Request, next: Next| {
            let (asked, change) = (Asked::of(&request), change.clone());
            async move { change(&asked, next.run(request).await) }
        }))
    }
}

/// Changes the JSON bodies of the requests for which `about` is true.
pub(crate) fn change_request_body(
    about: fn(&Asked) -> bool,
    change: impl Fn(&mut Value) + Clone + Send + Sync + 'static,
) -> impl FnOnce(Router) -> Router {
    move |router| {
        router.layer(from_fn(move |request: Request, next: Next| {
            let (asked, change) = (Asked::of(&request), change.clone());
            async move {
                let request = if about(&asked) { rewritten_request(request, &change).await } else { request };
                next.run(request).await
            }
        }))
    }
}

/// Changes the JSON bodies of the responses for which `about` is true.
pub(crate) fn change_response_body(
    about: fn(&Asked, &Response) -> bool,
    change: impl Fn(&mut Value) + Clone + Send + Sync + 'static,
) -> impl FnOnce(Router) -> Router {
    move |router| {
        router.layer(from_fn(move |request: Request, next: Next| {
            let (asked, change) = (Asked::of(&request), change.clone());
            async move {
                let response = next.run(request).await;
                if about(&asked, &response) { rewritten_response(response, &change).await } else { response }
            }
        }))
    }
}

/// Replaces the value at a JSON pointer of the order document. A limited document may have no value there.
pub(crate) fn order_with(pointer: &'static str, value: Value) -> impl FnOnce(Router) -> Router {
    order_changed(move |order| match order.pointer_mut(pointer) {
        Some(place) => *place = value.clone(),
        None => assert_eq!(order["access"], "limited", "nothing at {pointer}"),
    })
}

/// Changes the order document.
pub(crate) fn order_changed(change: impl Fn(&mut Value) + Clone + Send + Sync + 'static) -> impl FnOnce(Router) -> Router {
    change_response_body(|asked, response| asked.is_order() && response.status() == 200, change)
}

/// Parts of a request from which a test decides if its response is changed.
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) origin: Option<HeaderValue>,
    pub(crate) known: bool,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let headers = request.headers();
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            authorization: headers.get(header::AUTHORIZATION).map_or("", |value| value.to_str().unwrap()).to_owned(),
            origin: headers.get(header::ORIGIN).cloned(),
            known: headers.contains_key(header::IF_NONE_MATCH),
        }
    }

    /// Returns true for a request of the order document.
    pub(crate) fn is_order(&self) -> bool {
        self.method == Method::GET && self.path == format!("/v1/orders/{ORDER}")
    }

    /// Returns true for a request of the order's stream.
    pub(crate) fn is_stream(&self) -> bool {
        self.path.ends_with("/stream")
    }

    /// Returns true for a self-service request of a shopper.
    pub(crate) fn is_request(&self) -> bool {
        self.path.ends_with("/requests")
    }
}

/// Sets a header of a response.
pub(crate) fn with(mut response: Response, name: &'static str, value: &'static str) -> Response {
    response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    response
}

async fn rewritten_request(request: Request, change: &impl Fn(&mut Value)) -> Request {
    let (mut head, body) = request.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    Request::from_parts(head, rewritten(body, change).await)
}

async fn rewritten_response(response: Response, change: &impl Fn(&mut Value)) -> Response {
    let (mut head, body) = response.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, rewritten(body, change).await)
}

/// Changes a JSON body; leaves any other body as it is.
async fn rewritten(body: Body, change: &impl Fn(&mut Value)) -> Body {
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    match serde_json::from_slice::<Value>(&bytes) {
        Ok(mut json) => {
            change(&mut json);
            Body::from(json.to_string())
        }
        Err(_) => Body::from(bytes),
    }
}
