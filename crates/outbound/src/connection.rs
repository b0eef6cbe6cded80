//! HTTP client for one URL: the receiver of messages, the API of a tracking provider or of a shop, or the keys of a provider. Uses TLS, follows no redirects, and connects
//! only to public IP addresses. If private addresses are allowed, private IP addresses and plain HTTP are accepted too. The
//! resolved IP address is checked and then used for the connection, so that the host name cannot resolve to another address in
//! between.

use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response, StatusCode, Uri, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use hyper_util::rt::TokioExecutor;
use tower::Service;

use doorstep_documents::plain_text::{ends_line, is_hidden, one_line};
use doorstep_service::outbox::{Failure, Reason};
use doorstep_service::store::Channel;

/// Maximum duration of one request.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Maximum number of characters of a receiver's answer that are kept with a failed message. The answer may repeat the message, so
/// it is never logged.
const ANSWER_CHARACTERS: usize = 300;

/// Maximum number of bytes of an answer that are read.
const MAX_ANSWER_BYTES: usize = 64 * 1_024;

/// Body of a request.
pub(super) type Body = Full<Bytes>;

/// HTTP client for one URL.
pub(crate) struct Connection {
    uri: Uri,
    client: Client<HttpsConnector<HttpConnector<FilteringResolver>>, Body>,
}

impl Connection {
    pub(super) fn new(channel: Channel, url: &str, allow_private: bool) -> Result<Self, String> {
        Self::to(channel.as_str(), url, allow_private)
    }

    /// Creates a client for this URL. Returns an error if the URL cannot be used. `channel` names the receiver in error texts.
    pub(crate) fn to(channel: &str, url: &str, allow_private: bool) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|_| format!("`{url}` is no address for the {channel}"))?;
        let host =
            uri.host().filter(|host| !host.is_empty()).ok_or_else(|| format!("`{url}` names no host for the {channel}"))?;
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if allow_private => {}
            _ => return Err(format!("`{url}`: the address of the {channel} must begin with https://")),
        }
        // A literal IP address is never resolved, so it is checked here.
        if let Ok(address) = host.trim_matches(['[', ']']).parse::<IpAddr>()
            && !allow_private
            && !is_public(address)
        {
            return Err(format!("`{url}` is inside your network: set --{channel}-allow-private if that is meant"));
        }
        let mut http = HttpConnector::new_with_resolver(FilteringResolver { resolver: GaiResolver::new(), allow_private });
        http.enforce_http(false);
        http.set_connect_timeout(Some(Duration::from_secs(10)));
        let builder = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|error| format!("the certificates of this machine cannot be read: {error}"))?;
        let https = builder.https_or_http().enable_http1().wrap_connector(http);
        Ok(Self { uri, client: Client::builder(TokioExecutor::new()).pool_max_idle_per_host(1).build(https) })
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Fetches the content of the URL. Returns the failure as text if the status is not 200, the content has more than
    /// `max_bytes` bytes, or the request takes longer than `TIMEOUT`.
    pub(crate) async fn get(&self, max_bytes: usize) -> Result<Vec<u8>, String> {
        let fetched = async {
            let request = Request::get(self.uri.clone()).body(Body::default()).map_err(|error| error.to_string())?;
            let response = self.client.request(request).await.map_err(|error| with_causes(&error))?;
            if response.status() != StatusCode::OK {
                return Err(response.status().to_string());
            }
            let body = Limited::new(response.into_body(), max_bytes).collect().await.map_err(|error| error.to_string())?;
            Ok(body.to_bytes().to_vec())
        };
        let in_time = tokio::time::timeout(TIMEOUT, fetched).await;
        in_time.unwrap_or_else(|_| Err(format!("no answer within {} seconds", TIMEOUT.as_secs())))
    }

    /// Sends a message. Any status of success means that the receiver has accepted it.
    pub(super) async fn send(&self, request: Request<Body>) -> Result<(), Failure> {
        let answer = self.ask(request).await;
        let answer = answer.map_err(|why| Failure::Retryable { reason: why.into(), retry_after_s: None })?;
        if answer.status.is_success() {
            return Ok(());
        }
        let reason = Reason { sender: answer.status.to_string(), receiver: answer.excerpt(), code: None };
        let retry_after_s = answer.retry_after_s;
        Err(if is_final(answer.status) { Failure::Permanent(reason) } else { Failure::Retryable { reason, retry_after_s } })
    }

    /// Sends a request and returns the answer, whatever its status is. Returns the failure as text if there is no answer within
    /// `TIMEOUT`.
    pub(super) async fn ask(&self, request: Request<Body>) -> Result<Answer, String> {
        let in_time = tokio::time::timeout(TIMEOUT, self.exchange(request)).await;
        in_time.unwrap_or_else(|_| Err(format!("no answer within {} seconds", TIMEOUT.as_secs())))
    }

    /// Sends a request and returns the whole answer with its headers, whatever its status is. Returns the failure as text if the
    /// answer has more than `max_bytes` bytes, or is not complete within `timeout`.
    pub(super) async fn ask_for(
        &self,
        request: Request<Body>,
        max_bytes: usize,
        timeout: Duration,
    ) -> Result<Response<Vec<u8>>, String> {
        let answered = async {
            let response = self.client.request(request).await.map_err(|error| with_causes(&error))?;
            let (head, body) = response.into_parts();
            let body = Limited::new(body, max_bytes).collect().await.map_err(|error| error.to_string())?;
            Ok(Response::from_parts(head, body.to_bytes().to_vec()))
        };
        let in_time = tokio::time::timeout(timeout, answered).await;
        in_time.unwrap_or_else(|_| Err(format!("no answer within {} seconds", timeout.as_secs())))
    }

    async fn exchange(&self, request: Request<Body>) -> Result<Answer, String> {
        let response = self.client.request(request).await.map_err(|error| with_causes(&error))?;
        let status = response.status();
        let retry_after_s =
            response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect().await;
        Ok(Answer { status, retry_after_s, body: body.map(|body| body.to_bytes().to_vec()).unwrap_or_default() })
    }
}

/// Answer of a receiver.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Value of `Retry-After` in seconds. None if it is missing or no number.
    pub(super) retry_after_s: Option<i64>,
    /// Body; empty if it has more than `MAX_ANSWER_BYTES`, or breaks off.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// Returns the beginning of the body on one line, as it is kept with a failed message.
    pub(super) fn excerpt(&self) -> String {
        let answer = String::from_utf8_lossy(&self.body);
        answer.chars().filter(|letter| !ends_line(*letter) && !is_hidden(*letter)).take(ANSWER_CHARACTERS).collect()
    }
}

/// Returns true for a status after which repeating the same request cannot succeed.
fn is_final(status: StatusCode) -> bool {
    use StatusCode as S;
    [S::BAD_REQUEST, S::UNAUTHORIZED, S::FORBIDDEN, S::NOT_FOUND, S::GONE, S::PAYLOAD_TOO_LARGE, S::UNPROCESSABLE_ENTITY]
        .contains(&status)
}

/// Returns the texts of an error and its causes on one line. They never contain the value of the `Authorization` header.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    one_line(&text)
}

/// Resolves host names to IP addresses. Leaves out private addresses unless they are allowed.
#[derive(Clone)]
struct FilteringResolver {
    resolver: GaiResolver,
    allow_private: bool,
}

impl Service<Name> for FilteringResolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, io::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Service::poll_ready(&mut self.resolver, context)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (found, allow_private) = (Service::call(&mut self.resolver, name), self.allow_private);
        Box::pin(async move {
            let usable: Vec<SocketAddr> = found.await?.filter(|address| allow_private || is_public(address.ip())).collect();
            match usable.is_empty() {
                true => Err(io::Error::other("the name leads nowhere outside this network")),
                false => Ok(usable.into_iter()),
            }
        })
    }
}

/// Returns true for a public IP address.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => is_public_v4(address),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = match (a, b, c) {
        // Reserved ranges: this network (0/8), carrier-grade NAT, protocol assignments, benchmarks, and all addresses from
        // 224.0.0.0 on (multicast and later).
        (0, ..) | (100, 64..=127, _) | (192, 0, 0) | (198, 18..=19, _) | (224..=255, ..) => true,
        _ => address.is_documentation(),
    };
    !(reserved || address.is_private() || address.is_loopback() || address.is_link_local())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Global unicast addresses (2000::/3) are public, with three exceptions: documentation addresses (2001:db8::/32), and Teredo
    // and 6to4 addresses, which can embed any IPv4 address.
    (0x2000..0x4000).contains(&first) && !(first == 0x2001 && (second == 0xdb8 || second == 0)) && first != 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_outside() {
        for (address, public) in [
            ("1.1.1.1", true),
            ("2606:4700::1111", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.31.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.100.0.1", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("198.51.100.7", false),
            ("::1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:1.1.1.1", true),
            ("fe80::1", false),
            ("fd00::1", false),
            ("2002:a00:1::", false),
            ("64:ff9b::a00:1", false),
        ] {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }

    #[tokio::test]
    async fn what_a_receiver_answers_is_kept_and_not_logged() {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let receiver = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let _ = connection.read(&mut [0; 4_096]).await;
            let answer =
                b"HTTP/1.1 422 Unprocessable Entity\r\ncontent-length: 44\r\n\r\nno requester ada@example.org,\n12 Main Street";
            connection.write_all(answer).await.unwrap();
        });
        let connection = Connection::new(Channel::Helpdesk, &url, true).unwrap();
        let failure = connection.send(Request::post(connection.uri()).body(Body::default()).unwrap()).await.unwrap_err();
        receiver.await.unwrap();
        assert_eq!(failure.to_string(), "422 Unprocessable Entity", "this is what is logged");
        assert_eq!(failure.stored_text(), "422 Unprocessable Entity: no requester ada@example.org,12 Main Street");
    }

    #[test]
    fn an_address_that_cannot_be_meant_is_refused_at_the_start() {
        for (url, allow_private, fine) in [
            ("https://shop.zendesk.com/api/v2/tickets", false, true),
            ("http://shop.zendesk.com/api/v2/tickets", false, false),
            ("http://127.0.0.1:9/", true, true),
            ("https://127.0.0.1/", false, false),
            ("https://[::1]/", false, false),
            ("https://", false, false),
            ("tickets", true, false),
            ("ftp://shop.example/", true, false),
        ] {
            assert_eq!(Connection::new(Channel::Helpdesk, url, allow_private).is_ok(), fine, "{url}");
        }
    }
}
