//! Tests of an order that the backend renders as HTML, and of the order page that it hosts.

use std::fs;

use crate::support::{Answer, Backend, request};

/// Creates a site with the files of a release that a page refers to.
fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let manifest = r#"{"files": [{"role": "loader", "name": "doorstep.js", "integrity": "sha384-L"},
        {"role": "css", "name": "widget-1.css", "integrity": "sha384-C"}]}"#;
    let directory = site.path().join("embed").join(env!("CARGO_PKG_VERSION"));
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("manifest.json"), manifest).unwrap();
    site
}

async fn html(backend: &Backend, id: &str, token: &str, query: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    backend.get(&format!("/v1/orders/{id}/html{query}"), &[("authorization", &bearer)]).await
}

#[tokio::test]
async fn an_order_is_rendered_for_the_holder_of_its_token() {
    let site = site();
    let flags = ["--site", site.path().to_str().unwrap(), "--embed-url", "https://widgets.example/embed"];
    let backend = Backend::start(&flags).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    let answer = html(&backend, &id, &token, "?language=de-AT&heading_level=3&theme=dark").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert!(answer.header("content-security-policy").contains("sandbox"));
    let sheet =
        format!("href=\"https://widgets.example/embed/{}/widget-1.css\" integrity=\"sha384-C\"", env!("CARGO_PKG_VERSION"));
    for part in ["<template shadowrootmode=\"open\">", "<h3 ", "lang=\"de-AT\"", "data-theme=\"dark\"", &sheet] {
        assert!(answer.body.contains(part), "{part}\n{}", answer.body);
    }
    // Without a release beside it, the backend cannot name a stylesheet.
    let bare = Backend::start(&[]).await;
    let id = bare.create("1042").await;
    let token = bare.token(&id, &["read"]).await;
    let answer = html(&bare, &id, &token, "").await;
    assert!(answer.body.contains("<h2 ") && !answer.body.contains("<link"), "{}", answer.body);
    for secret in ["Ada", "ada@example.org", "9gu", "9GU", &token] {
        assert!(!answer.body.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_rendering_has_the_refusals_of_the_read() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let other = backend.create("1043").await;
    let token = backend.token(&id, &["read"]).await;
    let foreign = backend.token(&other, &["read"]).await;
    for (id, token) in [(&*id, &*foreign), (&id, ""), ("ord_nobody", &token)] {
        let refused = html(&backend, id, token, "").await;
        assert_eq!(refused.body_but_for_request_id(), backend.read(id, token).await.body_but_for_request_id());
    }
    for query in [
        "?heading_level=7",
        "?heading_level=0",
        "?heading_level=two",
        "?theme=blue",
        &format!("?token={token}"),
        &format!("?language={}", "a".repeat(36)),
    ] {
        assert_eq!(html(&backend, &id, &token, query).await.problem(), (422, "invalid-body".to_owned()), "{query}");
    }
}

#[tokio::test]
async fn the_order_page_has_a_strict_policy_and_no_frame_but_the_configured_ones() {
    let site = site();
    let path = site.path().to_str().unwrap();
    let backend = Backend::start(&["--api-base", "/api", "--site", path, "--shop-name", "Fieldhouse"]).await;
    let page = backend.get("/order", &[("accept-language", "de-AT,de;q=0.9,en;q=0.5")]).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.body.contains("<html lang=\"de-AT\">") && page.body.contains("api=\"/api\""), "{}", page.body);
    let policy = page.header("content-security-policy");
    for directive in ["default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "form-action 'self'"]
    {
        assert!(policy.contains(directive), "{policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(backend.get("/order?lang=en-GB", &[("accept-language", "de")]).await.body.contains("<html lang=\"en-GB\">"));
    for language in ["", "*", "tlh", "\"><script>"] {
        let page = backend.get("/order", &[("accept-language", language)]).await;
        assert!(page.body.contains("<html lang=\"en\">"), "{language}");
    }
    let framed = ["--site", path, "--frame-ancestor", "https://shop.example", "--frame-ancestor", "https://www.shop.example"];
    let policy = Backend::start(&framed).await.get("/order", &[]).await.header("content-security-policy").to_owned();
    assert!(policy.contains("frame-ancestors https://shop.example https://www.shop.example;"), "{policy}");
    let without_site = Backend::start(&[]).await;
    assert_eq!(without_site.get("/order", &[]).await.problem(), (404, "not-found".to_owned()));
}

#[tokio::test]
async fn without_script_the_order_page_looks_an_order_up_and_shows_it() {
    let site = site();
    let backend = Backend::start(&["--site", site.path().to_str().unwrap()]).await;
    backend.create("1042").await;
    let send = async |body: &str| {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "en-GB")];
        backend.send(request("POST", "/order", &headers, body)).await
    };
    let found = send("number=%231042&proof=ada%40example.org").await;
    assert_eq!((found.status.as_u16(), found.header("cache-control")), (200, "no-store"));
    assert!(found.body.contains("<template shadowrootmode=\"open\">") && found.body.contains("<h1 "), "{}", found.body);
    assert!(!found.body.contains("<script"), "a page with an order and no token needs no script");
    for (body, status, text) in [
        ("number=1042&proof=eve%40example.org", 404, "No order matches"),
        ("number=&proof=ada%40example.org", 422, "Enter the order number"),
        ("number=1042&proof=", 422, "Enter the e-mail"),
        ("", 422, "Enter the order number"),
        ("%ff=%ff&number=1&number=2", 422, "Enter the order number"),
    ] {
        let answer = send(body).await;
        assert_eq!(answer.status, status, "{body}");
        assert!(answer.body.contains(text) && answer.body.contains("<form"), "{body}\n{}", answer.body);
    }
    assert!(send("number=1042&proof=").await.body.contains("aria-describedby=\"hint error\" aria-invalid=\"true\""));
    assert!(found.body.contains("<title>Order #1042</title>"), "{}", found.body);
    let kept = send("number=%22%3E1042&proof=N1%209zz").await;
    assert!(kept.body.contains("value=\"&quot;&gt;1042\"") && kept.body.contains("value=\"N1 9zz\""), "{}", kept.body);
    assert_eq!(send(&format!("number={}", "1".repeat(5_000))).await.status, 413);
}

#[tokio::test]
async fn look_ups_on_the_order_page_have_the_limits_of_the_other_look_ups() {
    let site = site();
    let backend = Backend::start(&["--site", site.path().to_str().unwrap(), "--lookup-rate-address", "2/15m"]).await;
    let send = async || backend.send(request("POST", "/order", &[], "number=1042&proof=eve%40example.org")).await;
    assert_eq!([send().await.status, send().await.status], [404, 404]);
    let limited = send().await;
    assert_eq!(limited.status, 429);
    assert!(limited.header("retry-after").parse::<u32>().is_ok());
    assert!(limited.body.contains("Too many attempts. Try again in"), "{}", limited.body);
}

#[tokio::test]
async fn the_form_of_another_site_looks_nothing_up_and_uses_up_no_look_up() {
    let site = site();
    let backend = Backend::start(&["--site", site.path().to_str().unwrap(), "--lookup-rate-address", "2/15m"]).await;
    backend.create("1042").await;
    let send = async |site: &str, proof: &str| {
        let headers = [("sec-fetch-site", site), ("accept-language", "de")];
        backend.send(request("POST", "/order?lang=en", &headers, &format!("number=1042&proof={proof}"))).await
    };
    for foreign in ["cross-site", "same-site", "cross-site", "anything else"] {
        let refused = send(foreign, "ada%40example.org").await;
        assert_eq!(refused.status, 403, "{foreign}");
        assert!(!refused.body.contains("<template"), "{foreign}");
    }
    for own in ["same-origin", "none"] {
        let found = send(own, "ada%40example.org").await;
        assert_eq!(found.status, 200, "{own}");
        assert!(found.body.contains("<html lang=\"en\">"));
    }
}
