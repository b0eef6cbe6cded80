//! Requests to the REST API of a shop for its existing orders. `doorstep_shops::import` names the pages and reads the answers.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderName, HeaderValue, Request, StatusCode};

use super::connection::{Body, Connection};

/// Maximum duration of one request. Small WordPress servers take long for a full page.
const TIMEOUT: Duration = Duration::from_secs(120);
/// Maximum number of bytes of a page. One with 250 orders has a few megabytes.
const MAX_PAGE_BYTES: usize = 64 * 1_024 * 1_024;
/// Maximum wait that is taken from an answer, in seconds.
const MAX_WAIT_S: f64 = 300.0;

/// Account at the API of a shop.
pub enum ShopAccount<'a> {
    /// Access token of a Shopify app.
    Shopify {
        /// Access token.
        access_token: &'a str,
    },
    /// REST API key of a WooCommerce shop.
    WooCommerce {
        /// Consumer key.
        key: &'a str,
        /// Consumer secret.
        secret: &'a str,
    },
}

/// API of a shop.
pub struct OrdersApi {
    connection: Connection,
    /// Address without a slash at its end.
    url: String,
    credential: (HeaderName, HeaderValue),
}

/// Answer of the API.
pub struct OrdersAnswer {
    /// Status.
    pub status: StatusCode,
    /// Time to wait that the answer names. None if it names none.
    pub retry_after: Option<Duration>,
    /// Used and allowed number of requests, from `X-Shopify-Shop-Api-Call-Limit`.
    pub call_limit: Option<(u32, u32)>,
    /// Value of `Link`.
    pub link: Option<String>,
    /// Value of `X-WP-TotalPages`.
    pub total_pages: Option<String>,
    /// Body.
    pub body: Vec<u8>,
}

impl OrdersApi {
    /// Creates a client for the shop at this address. If `allow_private` is true, the address may be private and without TLS. Returns
    /// an error text if the address or the account cannot be used.
    pub fn new(url: &str, account: &ShopAccount<'_>, allow_private: bool) -> Result<Self, String> {
        let (name, value) = match account {
            ShopAccount::Shopify { access_token } => {
                (HeaderName::from_static("x-shopify-access-token"), (*access_token).to_owned())
            }
            ShopAccount::WooCommerce { key, secret } => {
                (http::header::AUTHORIZATION, format!("Basic {}", STANDARD.encode(format!("{key}:{secret}"))))
            }
        };
        let mut value = HeaderValue::from_str(&value).map_err(|_| "the access token is no header value".to_owned())?;
        value.set_sensitive(true);
        let url = url.trim_end_matches('/').to_owned();
        Ok(Self { connection: Connection::to("import", &url, allow_private)?, url, credential: (name, value) })
    }

    /// Asks for a page. `path` has the query. Returns the failure as text if no answer comes.
    pub async fn page(&self, path: &str) -> Result<OrdersAnswer, String> {
        let (name, value) = &self.credential;
        let request = Request::get(format!("{}{path}", self.url))
            .header("accept", "application/json")
            .header("user-agent", concat!("doorstep/", env!("CARGO_PKG_VERSION")))
            .header(name, value)
            .body(Body::default())
            .map_err(|error| error.to_string())?;
        let (head, body) = self.connection.ask_for(request, MAX_PAGE_BYTES, TIMEOUT).await?.into_parts();
        let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        Ok(OrdersAnswer {
            status: head.status,
            retry_after: text("retry-after").and_then(wait),
            call_limit: text("x-shopify-shop-api-call-limit").and_then(call_limit),
            link: text("link").map(str::to_owned),
            total_pages: text("x-wp-totalpages").map(str::to_owned),
            body,
        })
    }
}

/// Reads a number of seconds, which Shopify writes with a fraction.
fn wait(text: &str) -> Option<Duration> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0)?;
    Some(Duration::from_secs_f64(seconds.min(MAX_WAIT_S)))
}

/// Reads `32/40`: 32 of 40 requests are used.
fn call_limit(text: &str) -> Option<(u32, u32)> {
    let (used, allowed) = text.split_once('/')?;
    Some((used.trim().parse().ok()?, allowed.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_has_fractions_and_an_end() {
        for (text, read) in [("2.0", Some(2_000)), ("0", Some(0)), ("0.5", Some(500)), ("1e9", Some(300_000))] {
            assert_eq!(wait(text).map(|wait| wait.as_millis()), read, "{text}");
        }
        for text in ["-1", "NaN", "Wed, 21 Oct 2026 07:28:00 GMT", ""] {
            assert_eq!(wait(text), None, "{text}");
        }
    }

    #[test]
    fn the_call_limit_is_a_pair_of_numbers() {
        assert_eq!(call_limit("32/40"), Some((32, 40)));
        assert_eq!(call_limit("32"), None);
    }

    #[test]
    fn a_shop_without_tls_or_in_a_private_network_is_refused_with_advice() {
        let open = |url, allow_private| OrdersApi::new(url, &ShopAccount::Shopify { access_token: "t" }, allow_private).err();
        assert_eq!(open("https://example.myshopify.com", false), None);
        assert!(open("http://shop.example", false).expect("an error").contains("https://"));
        assert!(open("https://10.0.0.7", false).expect("an error").contains("--import-allow-private"));
        assert_eq!(open("http://10.0.0.7/shop/", true), None);
    }
}
