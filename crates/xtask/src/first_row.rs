//! Bytes that a shopper's browser receives before the first row of the timeline: the loader, the stylesheet, and the response with
//! the order and its first page. The response is measured against a running backend.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::backend::Backend;
use crate::failure::Failure;
use crate::process::{self, cargo};
use crate::workspace::Workspace;

/// Time between two looks whether the backend listens.
const POLL: Duration = Duration::from_millis(50);

/// Returns the size in bytes of the response that carries the first order of the demo with its first page, with headers, as it
/// is sent to a browser that accepts brotli. Builds the backend if it is not built.
pub(crate) fn response_bytes(workspace: &Workspace) -> Result<usize, Failure> {
    let mut build = cargo(&workspace.root);
    build.args(["build", "--quiet", "--locked", "--package", "doorstep-backend"]);
    process::run(&mut build, "the first error above says what failed, in crates/backend/")?;
    let mut backend = Backend::start_in_memory(workspace)?;
    let address = loop {
        match backend.address()? {
            Some(address) => break address.trim_start_matches("http://").trim_end_matches('/').to_owned(),
            None => std::thread::sleep(POLL),
        }
    };
    let orders = exchange(&address, "GET /api/demo/orders", "")?;
    let order = first_order(&orders).ok_or_else(|| Failure::new("the demo lists no order", "look at /api/demo/orders"))?;
    let page = json!({"api": format!("http://{address}/api"), "language": "en", "heading_level": 2});
    let body = json!({"token": order.token, "first_page": page}).to_string();
    let response = exchange(&address, &format!("POST /api/v1/orders/{}/read", order.id), &body)?;
    match response.starts_with(b"HTTP/1.1 200") {
        true => Ok(response.len()),
        false => Err(Failure::new("the backend does not send a first page", "its response says why")),
    }
}

struct Order {
    id: String,
    token: String,
}

fn first_order(response: &[u8]) -> Option<Order> {
    let text = String::from_utf8_lossy(response);
    let list: Value = serde_json::from_str(text.get(text.find('[')?..=text.rfind(']')?)?).ok()?;
    let field = |name: &str| list.get(0)?.get(name)?.as_str().map(str::to_owned);
    Some(Order { id: field("id")?, token: field("token")? })
}

/// Sends a request and returns the whole response. Only a request with a body accepts compression.
fn exchange(address: &str, request: &str, body: &str) -> Result<Vec<u8>, Failure> {
    let encoding = if body.is_empty() { "identity" } else { "br" };
    let length = body.len();
    let send = || {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAccept-Encoding: {encoding}\r\n\
             Content-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        let mut response = Vec::new();
        stream.read_to_end(&mut response)?;
        Ok(response)
    };
    send().map_err(|error: std::io::Error| {
        Failure::new(format!("the backend does not answer: {error}"), "run `cargo run -p doorstep-backend -- --demo`")
    })
}
