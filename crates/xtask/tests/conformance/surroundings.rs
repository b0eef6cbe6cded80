//! Faults around the order that `conformance` must find: tokens, refusals, the look-up, origins, webhooks.

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;
use serde_json::json;

use crate::breaking::{Asked, change_request, change_response, change_response_body, with};
use crate::shop::{NUMBER, Shop};

#[tokio::test]
async fn errors_as_plain_json_fail() {
    let shop = Shop::start(change_response(|_, response| {
        if response.status().is_client_error() { with(response, "content-type", "application/json") } else { response }
    }));
    let report = shop.await.checked().await;
    report.fails(&["problem.content-type"], "application/problem+json");
    report.says("problem.content-type", "without a token: 404, application/json");
}

#[tokio::test]
async fn errors_as_pages_fail_and_so_does_what_is_read_from_them() {
    let page = |status: StatusCode| (status, [(header::CONTENT_TYPE, "text/html")], "<h1>Oops</h1>").into_response();
    let shop = Shop::start(change_response(move |_, response| match response.status() {
        status if status.is_client_error() => page(status),
        _ => response,
    }));
    let report = shop.await.checked().await;
    let of_codes = ["token.code", "lookup.fails"];
    let of_fields = ["requests.kind", "requests.field", "requests.stale", "act.stale", "act.field"];
    let of_problems = ["problem.content-type", "problem.shape"];
    report.fails(&[&of_codes[..], &of_fields, &of_problems].concat(), "\"code\": \"order-not-found\"");
}

#[tokio::test]
async fn a_refusal_that_tells_a_wrong_token_from_a_missing_order_fails() {
    for status in [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN] {
        let shop = Shop::start(change_response(move |asked, mut response| {
            if asked.is_order() && asked.authorization.is_empty() && response.status() == 404 {
                *response.status_mut() = status;
            }
            response
        }));
        let report = shop.await.checked().await;
        // The body still says 404, so it does not agree with the status.
        report.fails(&["token.refused", "problem.shape"], "404, never 401 or 403");
        report.says("token.refused", &format!("without a token: {}", status.as_u16()));
    }
}

#[tokio::test]
async fn a_refusal_that_says_more_about_some_orders_fails() {
    let some = |asked: &Asked, response: &axum::response::Response| asked.is_order() && response.status() == 404;
    let shop = Shop::start(change_response_body(some, |problem| problem["detail"] = json!("This link has ended."))).await;
    shop.checked().await.fails(&["token.alike"], "one problem for all");
}

#[tokio::test]
async fn a_token_in_the_address_that_opens_the_order_fails() {
    let shop = Shop::start(change_request(|request| {
        let token = request.uri().query().and_then(|query| query.strip_prefix("access_token=")).map(str::to_owned);
        if let Some(token) = token {
            let value = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
    }));
    let report = shop.await.checked().await;
    report.fails(&["token.query"], "`Authorization` only");
    report.says("token.query", "200 for `?access_token=…`");
}

#[tokio::test]
async fn a_look_up_that_tells_which_numbers_exist_fails() {
    let shop = Shop::start(known_numbers).await;
    shop.checked().await.fails(&["lookup.alike"], "one refusal for both");
}

/// Changes the response for a wrong proof if the number exists, so that it reveals the number.
fn known_numbers(router: Router) -> Router {
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::middleware::{Next, from_fn};
    router.layer(from_fn(async |request: Request, next: Next| {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let known = String::from_utf8_lossy(&body).contains(NUMBER);
        let response = next.run(Request::from_parts(head, Body::from(body))).await;
        if !known || response.status() != 404 {
            return response;
        }
        let problem = json!({
            "type": "about:blank", "title": "Wrong proof", "status": 404, "code": "wrong-proof",
            "request_id": response.headers()["x-request-id"].to_str().unwrap(),
        });
        let (head, _) = response.into_parts();
        axum::response::Response::from_parts(head, Body::from(problem.to_string()))
    }))
}

#[tokio::test]
async fn an_origin_that_nobody_allowed_fails() {
    let shop = Shop::start(change_response(|asked, mut response| {
        if let Some(origin) = &asked.origin {
            response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
        response
    }));
    let report = shop.await.checked().await;
    report.fails(&["cors.others"], "a list of your own");
    report.says("cors.others", "https://doorstep-conformance.invalid");
}

#[tokio::test]
async fn cookies_for_other_origins_fail() {
    let shop = Shop::start(change_response(|_, response| with(response, "access-control-allow-credentials", "true"))).await;
    shop.checked().await.fails(&["cors.credentials"], "leave the header out");
}

#[tokio::test]
async fn headers_that_pages_cannot_see_are_a_warning() {
    let shop = Shop::start(change_response(|_, mut response| {
        response.headers_mut().remove(header::ACCESS_CONTROL_EXPOSE_HEADERS);
        response
    }));
    shop.await.checked().await.warns("cors.exposed", "`etag` is missing");
}

#[tokio::test]
async fn a_delivery_that_nobody_signed_and_is_taken_fails() {
    let shop = Shop::start(change_response(|asked, response| {
        if asked.path == "/v1/webhooks/easypost" { StatusCode::OK.into_response() } else { response }
    }));
    shop.await.checked().await.fails(&["webhooks.unsigned"], "over the body as it came");
}

#[tokio::test]
async fn a_refusal_that_looks_like_a_wrong_address_fails() {
    let of_orders = |asked: &Asked, response: &axum::response::Response| {
        asked.method == "GET" && asked.path.starts_with("/v1/orders/") && response.status() == 404
    };
    let shop = Shop::start(change_response_body(of_orders, |problem| problem["code"] = json!("not-found"))).await;
    shop.checked().await.fails(&["token.code"], "wrong base address");
}

#[tokio::test]
async fn a_problem_without_a_stable_code_fails() {
    let of_webhooks = |asked: &Asked, response: &axum::response::Response| {
        asked.path.starts_with("/v1/webhooks/") && response.status().is_client_error()
    };
    let shop = Shop::start(change_response_body(of_webhooks, |problem| problem["code"] = json!("Bad Signature"))).await;
    let report = shop.checked().await;
    report.fails(&["problem.shape"], "`code` names the kind of problem");
    report.says("problem.shape", "a webhook of easypost: 401, `Bad Signature`, missing or wrong: code");
}

#[tokio::test]
async fn a_page_that_may_not_send_the_key_fails() {
    let shop = Shop::start(change_response(|asked, response| {
        if asked.method == "OPTIONS" {
            with(response, "access-control-allow-headers", "authorization,content-type")
        } else {
            response
        }
    }));
    let report = shop.await.checked().await;
    report.fails(&["cors.preflight"], "idempotency-key");
    report.says("cors.preflight", "`if-match` is missing");
}

#[tokio::test]
async fn a_stream_that_opens_for_everybody_fails() {
    let shop = Shop::unchanged().await;
    let right = HeaderValue::from_str(&format!("Bearer {}", shop.token)).unwrap();
    let open = Shop::start(change_request(move |request| {
        if request.uri().path().ends_with("/stream") {
            request.headers_mut().insert(header::AUTHORIZATION, right.clone());
        }
    }));
    let report = open.await.checked().await;
    assert_eq!(report.of("failed"), ["stream.refused"]);
}
