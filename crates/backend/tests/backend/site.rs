//! Tests of the site that is served beside the API: media types, caching and content security policies.

use std::fs;

use crate::support::{Backend, request};

#[tokio::test]
async fn pages_are_strict_and_embedded_files_are_for_everybody() {
    let site = tempfile::tempdir().unwrap();
    for (file, content) in [
        ("index.html", "<!doctype html>"),
        ("style.css", "a{}"),
        ("embed/v1/loader.js", "1"),
        ("embed/v1/loader.js.br", "br"),
        ("embed/v1/loader.js.gz", "gz"),
        ("embed/0.1.0/doorstep.wasm", "wasm"),
    ] {
        let file = site.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
    let backend = Backend::start(&["--api-base", "/api", "--site", site.path().to_str().unwrap()]).await;
    for (path, content_type, caching, embedded) in [
        ("/", "text/html", "no-cache", false),
        ("/style.css", "text/css", "no-cache", false),
        ("/embed/v1/loader.js", "text/javascript", "public, max-age=300", true),
        ("/embed/0.1.0/doorstep.wasm", "application/wasm", "public, max-age=31536000, immutable", true),
    ] {
        let answer = backend.get(path, &[("origin", "https://shop.example")]).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, content_type), "{path}");
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), if embedded { "*" } else { "" }, "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), if embedded { "cross-origin" } else { "" }, "{path}");
        assert_eq!(answer.header("content-security-policy").contains("require-trusted-types-for 'script'"), !embedded, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    for (encoding, content) in [("br", "br"), ("gzip", "gz"), ("identity", "1")] {
        let answer = backend.get("/embed/v1/loader.js", &[("accept-encoding", encoding)]).await;
        assert_eq!((answer.body.as_str(), answer.header("content-type")), (content, "text/javascript"));
    }
    for path in
        ["/nothing", "/embed/v1/nothing.js", "/embed/0.1.0/../../../etc/passwd", "/..%2f..%2fetc/passwd", "/api/index.html"]
    {
        let answer = backend.get(path, &[]).await;
        assert_eq!(answer.problem(), (404, "not-found".to_owned()), "{path}");
        assert!(!answer.header("cache-control").contains("max-age"), "{path}");
    }
    assert_eq!(backend.send(request("POST", "/", &[], "")).await.problem().0, 404);
}

#[tokio::test]
async fn the_demo_has_its_loader_asked_for_anew_and_everything_else_cached_as_ever() {
    let site = tempfile::tempdir().unwrap();
    for file in ["embed/v1/doorstep.js", "embed/0.1.0/doorstep.wasm"] {
        let file = site.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "1").unwrap();
    }
    let backend = Backend::start(&["--demo", "--api-base", "/api", "--site", site.path().to_str().unwrap()]).await;
    for (path, caching) in
        [("/embed/v1/doorstep.js", "no-cache"), ("/embed/0.1.0/doorstep.wasm", "public, max-age=31536000, immutable")]
    {
        assert_eq!(backend.get(path, &[]).await.header("cache-control"), caching, "{path}");
    }
}
