//! Tests of photos over HTTP: which files are kept as photos, who may see them, and that nothing else is stored.

use std::io::Cursor;

use axum::body::Body;
use axum::http::Request;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::support::{ADMIN_KEY, Answer, Backend, request};

/// Returns a JPEG as a telephone writes it, with a segment that contains the place where it was taken.
fn phone_photo() -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(40, 30, Rgb([200, 120, 40])));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let plain = bytes.into_inner();
    let segment = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0GPS 51.5376N 0.1220W";
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, segment, &plain[2..]].concat()
}

fn upload(id: &str, token: &str, key: &str, content_type: &str, photo: Vec<u8>) -> Request<Body> {
    let request = Request::builder().method("POST").uri(format!("/v1/orders/{id}/evidence"));
    let request = request.header("authorization", format!("Bearer {token}")).header("idempotency-key", key);
    request.header("content-type", content_type).body(Body::from(photo)).unwrap()
}

struct Shopper {
    backend: Backend,
    id: String,
    token: String,
}

impl Shopper {
    async fn start() -> Self {
        let backend = Backend::start(&[]).await;
        let id = backend.create("1042").await;
        let token = backend.token(&id, &["read", "act"]).await;
        Self { backend, id, token }
    }

    async fn sends(&self, key: &str, content_type: &str, photo: Vec<u8>) -> Answer {
        self.backend.send(upload(&self.id, &self.token, key, content_type, photo)).await
    }

    fn path(&self, evidence_id: &str) -> String {
        format!("/v1/orders/{}/evidence/{evidence_id}", self.id)
    }

    /// Returns the photo. If the shopper may not see it or it does not exist, returns None.
    async fn sees(&self, evidence_id: &str) -> Option<Vec<u8>> {
        let bearer = format!("Bearer {}", self.token);
        let get = request("GET", &self.path(evidence_id), &[("authorization", &bearer)], "");
        let (status, _, photo) = self.backend.send_for_bytes(get).await;
        (status == 200).then_some(photo)
    }
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[tokio::test]
async fn a_photo_is_kept_without_its_metadata_and_shown_as_a_file() {
    let shopper = Shopper::start().await;
    let photo = phone_photo();
    assert!(contains(&photo, b"GPS"));
    let answer = shopper.sends("k", "image/jpeg", photo).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let id = answer.text("id");
    assert!(id.starts_with("ph_") && id.len() == 35, "{id}");
    let bearer = format!("Bearer {}", shopper.token);
    let get = request("GET", &shopper.path(&id), &[("authorization", &bearer)], "");
    let (status, headers, kept) = shopper.backend.send_for_bytes(get).await;
    assert_eq!(status, 200);
    assert!(!contains(&kept, b"GPS") && !contains(&kept, b"Exif"));
    assert_eq!(image::load_from_memory(&kept).unwrap().width(), 40);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("content-disposition", "attachment; filename=\"photo.jpg\""),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-store"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(headers.get(name).unwrap(), value);
    }
}

#[tokio::test]
async fn only_who_may_see_the_order_sees_its_photos() {
    let shopper = Shopper::start().await;
    let id = shopper.sends("k", "image/jpeg", phone_photo()).await.text("id");
    let other = shopper.backend.create("1043").await;
    let others = shopper.backend.token(&other, &["read", "act"]).await;
    for token in [&*others, "", "garbage", ADMIN_KEY] {
        let answer = shopper.backend.get(&shopper.path(&id), &[("authorization", &format!("Bearer {token}"))]).await;
        assert_eq!(answer.problem(), (404, "order-not-found".to_owned()));
    }
    let theirs = format!("/v1/orders/{other}/evidence/{id}");
    let answer = shopper.backend.get(&theirs, &[("authorization", &format!("Bearer {others}"))]).await;
    assert_eq!(answer.problem(), (404, "evidence-not-found".to_owned()));
    let admin = format!("/v1/admin/orders/{}/evidence/{id}", shopper.id);
    let bearer = format!("Bearer {ADMIN_KEY}");
    let (status, ..) = shopper.backend.send_for_bytes(request("GET", &admin, &[("authorization", &bearer)], "")).await;
    assert_eq!(status, 200);
    let bearer = format!("Bearer {}", shopper.token);
    let answer = shopper.backend.get(&admin, &[("authorization", &bearer)]).await;
    assert_eq!(answer.problem(), (401, "unauthorized".to_owned()));
}

#[tokio::test]
async fn a_link_that_only_shows_the_order_sends_no_photo() {
    let shopper = Shopper::start().await;
    let read = shopper.backend.token(&shopper.id, &["read"]).await;
    let answer = shopper.backend.send(upload(&shopper.id, &read, "k", "image/jpeg", phone_photo())).await;
    assert_eq!(answer.problem(), (403, "act-not-allowed".to_owned()));
}

#[tokio::test]
async fn a_photo_that_is_sent_again_is_kept_once() {
    let shopper = Shopper::start().await;
    let first = shopper.sends("k", "image/jpeg", phone_photo()).await;
    let again = shopper.sends("k", "image/jpeg", phone_photo()).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    let other = shopper.sends("k", "image/jpeg", [phone_photo(), b"x".to_vec()].concat()).await;
    assert_eq!(other.problem(), (422, "idempotency-key-reused".to_owned()));
    assert_eq!(shopper.sends("", "image/jpeg", phone_photo()).await.problem(), (400, "idempotency-key-missing".to_owned()));
    // Another order's shopper may use the same key.
    let other = shopper.backend.create("1043").await;
    let token = shopper.backend.token(&other, &["act"]).await;
    assert_eq!(shopper.backend.send(upload(&other, &token, "k", "image/jpeg", phone_photo())).await.status, 201);
}

#[tokio::test]
async fn what_is_no_photo_is_refused_and_its_key_stays_free() {
    let shopper = Shopper::start().await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let truncated = phone_photo()[..120].to_vec();
    for (content_type, body, status, code) in [
        ("image/svg+xml", svg.clone(), 415, "evidence-type"),
        ("image/png", svg, 415, "evidence-type"),
        ("image/jpeg", b"GIF89a\x01\0\x01\0".to_vec(), 415, "evidence-type"),
        ("image/heic", phone_photo(), 415, "evidence-type"),
        ("text/plain", phone_photo(), 415, "evidence-type"),
        ("application/json", b"{}".to_vec(), 415, "evidence-type"),
        ("image/jpeg", truncated, 422, "evidence-unreadable"),
        ("image/png", wall(), 422, "evidence-too-many-pixels"),
        ("image/jpeg", Vec::new(), 415, "evidence-type"),
    ] {
        let answer = shopper.sends("k", content_type, body).await;
        assert_eq!(answer.problem(), (status, code.to_owned()), "{content_type}");
    }
    assert_eq!(shopper.sends("k", "image/jpeg", phone_photo()).await.status, 201);
}

/// Returns a PNG of a few bytes whose header claims 60,000 by 60,000 pixels.
fn wall() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    let head = [&60_000_u32.to_be_bytes()[..], &60_000_u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    png.extend(&head);
    let checked = [&b"IHDR"[..], &head].concat();
    let crc = !checked.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    });
    png.extend(crc.to_be_bytes());
    png.extend(b"\0\0\0\x08IDAT\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
    png
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_whether_or_not_it_says_so() {
    let shopper = Shopper::start().await;
    let mut large = phone_photo();
    large.resize(30_000_000, 0);
    assert_eq!(shopper.sends("k", "image/jpeg", large.clone()).await.problem(), (413, "evidence-too-large".to_owned()));
    let pieces: Vec<Result<Vec<u8>, std::io::Error>> = large.chunks(1_000_000).map(|piece| Ok(piece.to_vec())).collect();
    let mut silent = upload(&shopper.id, &shopper.token, "k", "image/jpeg", Vec::new());
    *silent.body_mut() = Body::from_stream(futures_util::stream::iter(pieces));
    assert_eq!(shopper.backend.send(silent).await.problem(), (413, "evidence-too-large".to_owned()));
}

#[tokio::test]
async fn an_order_has_room_for_so_many_photos_and_those_that_nobody_uses_make_room() {
    let shopper = Shopper::start().await;
    let mut ids = Vec::new();
    for number in 0..40 {
        ids.push(shopper.sends(&format!("k{number}"), "image/jpeg", phone_photo()).await.text("id"));
    }
    let full = shopper.sends("one more", "image/jpeg", phone_photo()).await;
    assert_eq!((full.problem(), full.header("retry-after")), ((409, "evidence-quota".to_owned()), ""));
    shopper.backend.pass(23 * 3_600);
    assert_eq!(shopper.backend.app.service.delete_unused_photos().await.unwrap(), 0);
    shopper.backend.pass(2 * 3_600);
    assert_eq!(shopper.backend.app.service.delete_unused_photos().await.unwrap(), 40);
    let token = shopper.backend.token(&shopper.id, &["read", "act"]).await;
    let shopper = Shopper { token, ..shopper };
    assert_eq!(shopper.sees(&ids[0]).await, None);
    assert_eq!(shopper.sends("one more", "image/jpeg", phone_photo()).await.status, 201);
}
