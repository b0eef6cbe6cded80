//! Tests of cross-origin requests: the pages that may call the API, and the headers that they may send and see.

use crate::support::{Backend, request};

const FLAGS: [&str; 4] = ["--cors-origin", "https://shop.example", "--cors-origin", "http://127.0.0.1:*"];

#[tokio::test]
async fn only_configured_origins_may_read_an_answer() {
    let backend = Backend::start(&FLAGS).await;
    for (origin, allowed) in [
        ("https://shop.example", true),
        ("http://127.0.0.1:8080", true),
        ("http://shop.example", false),
        ("https://evil.example", false),
        ("https://shop.example.evil.example", false),
        ("null", false),
    ] {
        // A problem must be as readable as an order; otherwise the widget could not show the reason.
        for path in ["/v1/openapi.json", "/v1/orders/x", "/v1/orders/x/stream"] {
            let answer = backend.get(path, &[("origin", origin)]).await;
            assert_eq!(answer.header("access-control-allow-origin"), if allowed { origin } else { "" }, "{origin} {path}");
            assert!(answer.header("vary").to_lowercase().contains("origin"));
            assert_eq!(answer.header("access-control-allow-credentials"), "");
            let exposed = answer.header("access-control-expose-headers");
            assert!(["etag", "retry-after", "date", "location"].iter().all(|name| exposed.contains(name)), "{exposed}");
        }
    }
}

#[tokio::test]
async fn a_preflight_allows_what_the_widget_sends_and_only_to_its_pages() {
    let backend = Backend::start(&FLAGS).await;
    for (origin, allowed) in [("https://shop.example", true), ("https://evil.example", false)] {
        let asked =
            [("origin", origin), ("access-control-request-method", "GET"), ("access-control-request-headers", "authorization")];
        let answer = backend.send(request("OPTIONS", "/v1/orders/x", &asked, "")).await;
        assert_eq!(answer.header("access-control-allow-origin"), if allowed { origin } else { "" });
        let headers = answer.header("access-control-allow-headers");
        for name in ["authorization", "content-type", "if-none-match", "if-match", "idempotency-key", "last-event-id"] {
            assert!(headers.contains(name), "{name}");
        }
        assert_eq!(answer.header("access-control-max-age"), "600");
    }
}

#[tokio::test]
async fn operations_are_no_business_of_any_page() {
    let backend = Backend::start(&FLAGS).await;
    for path in ["/healthz", "/readyz", "/metrics"] {
        let answer = backend.get(path, &[("origin", "https://shop.example")]).await;
        assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (200, ""));
    }
}
