//! Tests that no visitor can take resources from the others: a real process with limits on memory, connections and uploads, and clients
//! that are slow, many or hostile.

use std::io::{Cursor, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::durability::{Process, exchange, write};
use crate::support::{Backend, order};

const PATIENCE: Duration = Duration::from_secs(180);
/// Address space of the process in KiB. Threads and libraries reserve more of it than they use.
const ADDRESS_SPACE_KIB: u64 = 1_500_000;

/// An order with a link that may act.
struct Link {
    id: String,
    token: String,
}

impl Link {
    fn to(address: &str, id: &str) -> Self {
        let mut body = order(id);
        body["id"] = json!(id);
        write(address, "/v1/admin/orders", &format!("create-{id}"), &body).unwrap();
        let path = format!("/v1/admin/orders/{id}/token");
        let (_, token) = write(address, &path, &format!("link-{id}"), &json!({ "scopes": ["read", "act"] })).unwrap();
        let token: Value = serde_json::from_str(&token).unwrap();
        Self { id: id.to_owned(), token: token["token"].as_str().unwrap().to_owned() }
    }

    fn head(&self, key: &str, length: usize) -> String {
        let Self { id, token } = self;
        format!(
            "POST /v1/orders/{id}/evidence HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\
             authorization: Bearer {token}\r\nidempotency-key: {key}\r\ncontent-type: image/jpeg\r\n\r\n"
        )
    }

    fn sends(&self, address: &str, key: &str, photo: &[u8]) -> u16 {
        let mut connection = connected(address);
        // A photo that is refused early is not read to its end, so the write may fail.
        let _ = connection.write_all(&[self.head(key, photo.len()).as_bytes(), photo].concat());
        status(&mut connection)
    }

    fn reads(&self, address: &str) -> u16 {
        let bearer = format!("authorization: Bearer {}\r\n", self.token);
        exchange(address, "GET", &format!("/v1/orders/{}", self.id), &bearer, "").map_or(0, |(status, _)| status)
    }
}

fn connected(address: &str) -> TcpStream {
    let connection = TcpStream::connect(address).unwrap();
    connection.set_read_timeout(Some(PATIENCE)).unwrap();
    connection
}

/// Returns the status of a response; 0 if none comes.
fn status(connection: &mut TcpStream) -> u16 {
    let mut head = [0; 12];
    match connection.read_exact(&mut head) {
        Ok(()) => String::from_utf8_lossy(&head[9..]).parse().unwrap_or_default(),
        Err(_) => 0,
    }
}

fn shade(number: u32) -> u8 {
    u8::try_from(number % 256).unwrap()
}

fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([shade(x / 3), shade(y / 5), shade(x ^ y)]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Returns small files that claim to have, or to decompress to, more data than there is.
fn claims() -> Vec<(&'static str, Vec<u8>)> {
    let huge = (u32::MAX - 1).to_le_bytes();
    let extended = [&b"VP8X\x0a\0\0\0\xff\0\0\0"[..], &[15, 0, 0, 15, 0, 0]].concat();
    let riff = |body: &[u8]| [b"RIFF", &(u32::try_from(body.len()).unwrap() + 4).to_le_bytes()[..], b"WEBP", body].concat();
    let mut files = Vec::new();
    for kind in [b"ICCP", b"EXIF", b"XMP ", b"ALPH", b"ANIM", b"ANMF", b"VP8 ", b"VP8L"] {
        files.push(("a chunk of WebP", riff(&[&extended[..], kind, &huge, &[0; 16]].concat())));
    }
    let plain = photo(16, 16, ImageFormat::Png);
    for kind in [b"iCCP", b"zTXt", b"iTXt", b"eXIf", b"IDAT"] {
        files.push(("a chunk of PNG", [&plain[..33], &u32::MAX.to_be_bytes(), kind, &[0; 8], &plain[33..]].concat()));
    }
    for (width, height) in [(60_000_u32, 60_000_u32), (1, 4_000_000_000)] {
        let mut wall = plain.clone();
        wall[16..20].copy_from_slice(&width.to_be_bytes());
        wall[20..24].copy_from_slice(&height.to_be_bytes());
        files.push(("a wall", wall));
    }
    for marker in [0xe1, 0xe2, 0xc0, 0xc4, 0xda] {
        files.push(("a segment of JPEG", [&[0xff, 0xd8, 0xff, marker, 0xff, 0xff][..], &[0xff; 60]].concat()));
    }
    files
}

/// A writer of bits in the order of a lossless WebP.
#[derive(Default)]
struct Bits(Vec<u8>, u32);

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.1 == 0 {
                self.0.push(0);
            }
            *self.0.last_mut().unwrap() |= u8::from(value >> bit & 1 == 1) << self.1;
            self.1 = (self.1 + 1) % 8;
        }
    }
}

/// Returns a lossless WebP of a few megabytes in a valid container. Its 65,536 groups of tables take more than a gigabyte when
/// they are decoded.
fn tables_without_end() -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0x2f, 8);
    bits.put(63, 14);
    bits.put(63, 14);
    bits.put(0, 4);
    // No transform, no colour cache; groups by blocks of four pixels a side, all of which name the last group.
    [(0, 1), (0, 1), (1, 1), (0, 3), (0, 1)].into_iter().for_each(|(value, count)| bits.put(value, count));
    for symbol in [255, 255, 0, 0] {
        [(1, 1), (0, 1), (1, 1), (symbol, 8)].into_iter().for_each(|(value, count)| bits.put(value, count));
    }
    bits.put(1, 4);
    for _ in 0..65_536 {
        for _ in 0..4 {
            // Lengths 1, 2, 3 and then 128 times 10: a table of 1,024 entries. The code of these lengths comes first.
            [(0, 1), (10, 4)].into_iter().for_each(|(value, count)| bits.put(value, count));
            for length in [0, 0, 0, 2, 3, 3, 0, 0, 0, 0, 0, 0, 0, 1] {
                bits.put(length, 3);
            }
            [(1, 1), (3, 3), (129, 8), (0b01, 2), (0b011, 3), (0b111, 3)]
                .into_iter()
                .for_each(|(value, count)| bits.put(value, count));
            (0..128).for_each(|_| bits.put(0, 1));
        }
        bits.put(1, 4);
    }
    bits.0.resize(bits.0.len().next_multiple_of(2), 0);
    let length = u32::try_from(bits.0.len()).unwrap();
    [&b"RIFF"[..], &(length + 12).to_le_bytes(), b"WEBPVP8L", &length.to_le_bytes(), &bits.0].concat()
}

fn under_a_limit(file: &Path) -> Process {
    let limit = format!("ulimit -v {ADDRESS_SPACE_KIB}; exec \"$0\" \"$@\"");
    Process::start_through(&["sh", "-c", &limit], file, &[])
}

#[test]
fn no_photo_ends_a_process_whose_memory_is_limited() {
    let directory = tempfile::tempdir().unwrap();
    let process = under_a_limit(&directory.path().join("orders.db"));
    let address = &process.address;
    let link = Link::to(address, "ord_1");
    for (number, (name, file)) in claims().into_iter().enumerate() {
        let status = link.sends(address, &format!("claim-{number}"), &file);
        assert_eq!((status, link.reads(address)), (422, 200), "{name} {number}");
    }
    let bomb = tables_without_end();
    assert!(bomb.len() < 8_000_000);
    for status in at_once(&link, address, &bomb) {
        // A photo that waited too long for its turn is refused with 503, and can be sent again.
        assert!(matches!(status, 422 | 503), "{status}");
    }
    assert_eq!(link.reads(address), 200);
    // The process still accepts the largest photo that is allowed, as many at a time as are decoded.
    assert_eq!(at_once(&link, address, &photo(4_080, 3_060, ImageFormat::Jpeg)), [201, 201]);
    assert_eq!(link.reads(address), 200);
}

/// Sends a photo twice at the same time. Returns both statuses.
fn at_once(link: &Link, address: &str, photo: &[u8]) -> [u16; 2] {
    std::thread::scope(|scope| {
        let sent = ["a", "b"].map(|key| scope.spawn(move || link.sends(address, &format!("{key}-{}", photo.len()), photo)));
        sent.map(|sent| sent.join().unwrap())
    })
}

#[test]
fn thirty_two_slow_uploads_close_nothing_for_others() {
    let directory = tempfile::tempdir().unwrap();
    let process = Process::start_with(&directory.path().join("orders.db"), &[]);
    let address = &process.address;
    let (slow, other) = (Link::to(address, "ord_slow"), Link::to(address, "ord_other"));
    let mut slow_ones: Vec<TcpStream> = (0..32)
        .map(|number| {
            let mut connection = connected(address);
            connection.write_all(slow.head(&format!("slow-{number}"), 1_000_000).as_bytes()).unwrap();
            connection.write_all(&[0xff, 0xd8]).unwrap();
            connection
        })
        .collect();
    let began = Instant::now();
    assert_eq!(other.sends(address, "good", &photo(640, 480, ImageFormat::Jpeg)), 201);
    for _ in 0..10 {
        assert_eq!((other.reads(address), slow.reads(address)), (200, 200));
    }
    assert!(began.elapsed() < Duration::from_secs(8), "nobody waited for the slow ones: {:?}", began.elapsed());
    // Six uploads of one order may be in progress at a time. The others are refused with 429 at once, and the slow ones end with 408.
    let mut told: Vec<u16> = slow_ones.iter_mut().map(status).collect();
    told.sort_unstable();
    assert_eq!((&told[..6], &told[6..]), (&[408; 6][..], &[429; 26][..]));
    assert_eq!(slow.sends(address, "good", &photo(640, 480, ImageFormat::Jpeg)), 201);
}

#[test]
fn connections_of_one_address_and_of_all_are_counted_and_come_back() {
    let directory = tempfile::tempdir().unwrap();
    let flags = ["--connections", "12", "--connections-per-address", "8"];
    let process = Process::start_with(&directory.path().join("orders.db"), &flags);
    let answers = || {
        let mut connection = connected(&process.address);
        let _ = connection.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        status(&mut connection) == 200
    };
    let idle: Vec<TcpStream> = (0..8).map(|_| connected(&process.address)).collect();
    assert!(!answers(), "the ninth is closed unheard");
    drop(idle);
    let deadline = Instant::now() + PATIENCE;
    while !answers() {
        assert!(Instant::now() < deadline, "places come back");
    }
}

fn silent_body() -> Body {
    Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>())
}

#[tokio::test]
async fn a_webhook_for_a_provider_that_does_not_exist_is_refused_before_its_body_is_read() {
    let backend = Backend::start(&[]).await;
    let request = Request::post("/v1/webhooks/nobody").header("content-type", "application/json");
    let answer = backend.send(request.body(silent_body()).unwrap()).await;
    assert_eq!(answer.problem(), (404, "unknown-provider".to_owned()));
}

#[tokio::test]
async fn a_photo_that_there_is_no_room_for_is_refused_before_it_is_read_and_one_that_was_kept_is_answered_again() {
    let backend = Backend::with_policy("[evidence]\nmax_files = 2\nmax_per_order = 2\n").await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    let upload = |key: &str, body: Body| {
        let request = Request::post(format!("/v1/orders/{id}/evidence")).header("authorization", format!("Bearer {token}"));
        request.header("idempotency-key", key).header("content-type", "image/png").body(body).unwrap()
    };
    let picture = photo(8, 8, ImageFormat::Png);
    let first = backend.send(upload("k1", picture.clone().into())).await;
    assert_eq!(first.status.as_u16(), 201, "{first:?}");
    assert_eq!(backend.send(upload("k2", picture.clone().into())).await.status.as_u16(), 201);
    assert_eq!(backend.send(upload("k3", silent_body())).await.problem(), (409, "evidence-quota".to_owned()));
    assert_eq!(backend.send(upload("k1", picture.into())).await.body, first.body);
}
