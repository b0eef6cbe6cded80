//! One page of an import: asks the shop for it, waits and repeats where that can help, and explains a refusal.

use std::time::Duration;

use doorstep_outbound::{OrdersAnswer, OrdersApi};
use doorstep_shops::import::Platform;
use http::StatusCode;

/// Maximum number of attempts for one page. The waits between them add up to about three minutes if the shop names none.
const ATTEMPTS: u32 = 9;
/// Maximum wait before the next attempt if the shop names none.
const MAX_WAIT: Duration = Duration::from_secs(60);
/// Number of requests that are left to the other programs of the shop. Shopify allows further ones by two a second.
const LEFT_TO_OTHERS: u32 = 4;
/// Wait after a page if the allowed requests are nearly used.
const PAUSE: Duration = Duration::from_secs(1);

/// Reason for which a page was not read.
pub(super) enum Refused {
    /// The shop has forgotten its name of the page.
    Expired,
    /// Any other reason, as a text for the operator.
    Because(String),
}

/// Asks for a page until it comes. Repeats the request after 429, a status of 500 or above, and without an answer.
pub(super) async fn page(api: &OrdersApi, platform: Platform, path: &str) -> Result<OrdersAnswer, Refused> {
    let mut wait = Duration::from_secs(1);
    for attempt in 1.. {
        let (reason, named) = match api.page(path).await {
            Ok(answer) if answer.status == StatusCode::OK => {
                if answer.call_limit.is_some_and(|(used, allowed)| used.saturating_add(LEFT_TO_OTHERS) >= allowed) {
                    tokio::time::sleep(PAUSE).await;
                }
                return Ok(answer);
            }
            Ok(answer) if may_pass(answer.status) => (format!("the shop answers {}", answer.status), answer.retry_after),
            Ok(answer) if answer.status == StatusCode::BAD_REQUEST && path.contains("page_info=") => {
                return Err(Refused::Expired);
            }
            Ok(answer) => return Err(Refused::Because(explain(platform, answer.status))),
            Err(reason) => (reason, None),
        };
        if attempt >= ATTEMPTS {
            let reason = format!("{reason}, also at attempt {attempt}. Run the command again later: it continues here.");
            return Err(Refused::Because(reason));
        }
        let seconds = named.unwrap_or(wait);
        eprintln!("{reason}; next attempt in {} s", seconds.as_secs_f64().ceil());
        tokio::time::sleep(seconds).await;
        wait = wait.saturating_mul(2).min(MAX_WAIT);
    }
    Err(Refused::Because("the page was not asked for".to_owned()))
}

/// Returns true for a status after which the same request can succeed.
fn may_pass(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::REQUEST_TIMEOUT
}

/// Returns what the operator has to correct after this status.
fn explain(platform: Platform, status: StatusCode) -> String {
    let advice = match (platform, status.as_u16()) {
        (Platform::Shopify, 401) => {
            "Shopify does not know the access token: set DOORSTEP_SHOPIFY_ACCESS_TOKEN to the Admin API access token of an app of this shop"
        }
        (Platform::Shopify, 403) => {
            "the app may not read orders: it needs the scope read_orders and access to protected customer data, and read_all_orders for \
             orders of more than 60 days ago"
        }
        (Platform::Shopify, 404) => {
            "there is no such shop: set DOORSTEP_SHOPIFY_SHOP to its domain, such as example.myshopify.com"
        }
        (Platform::WooCommerce, 401 | 403) => {
            "the REST API key may not read orders: it needs the permission Read and a user who may read orders, and the web server has to \
             pass the header Authorization on"
        }
        (Platform::WooCommerce, 404) => {
            "there is no WooCommerce REST API at this address: set DOORSTEP_WOOCOMMERCE_URL to the address of the WordPress site, and use \
             permalinks other than Plain"
        }
        (_, 300..=399) => "the shop is at another address, which is not followed: give the address to which this one leads",
        _ => "this is not expected; nothing of this page was stored",
    };
    format!("the shop answers {status}: {advice}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_missing_permission_or_the_wrong_address() {
        for (platform, status, named) in [
            (Platform::Shopify, StatusCode::UNAUTHORIZED, "DOORSTEP_SHOPIFY_ACCESS_TOKEN"),
            (Platform::Shopify, StatusCode::FORBIDDEN, "read_orders"),
            (Platform::Shopify, StatusCode::NOT_FOUND, "DOORSTEP_SHOPIFY_SHOP"),
            (Platform::WooCommerce, StatusCode::UNAUTHORIZED, "permission Read"),
            (Platform::WooCommerce, StatusCode::FORBIDDEN, "permission Read"),
            (Platform::WooCommerce, StatusCode::NOT_FOUND, "DOORSTEP_WOOCOMMERCE_URL"),
            (Platform::WooCommerce, StatusCode::MOVED_PERMANENTLY, "another address"),
            (Platform::Shopify, StatusCode::LOCKED, "423"),
        ] {
            assert!(!may_pass(status));
            assert!(explain(platform, status).contains(named), "{status}");
        }
    }
}
