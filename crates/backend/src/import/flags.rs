//! Flags of the command `import`. The flags of the backend are accepted too: the database and the secrets have to be the same.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand};

use crate::addresses::web_address;
use crate::config::Config;

/// Reads the existing orders of a shop into the database.
#[derive(Clone, Parser)]
#[command(name = "doorstep-backend import", bin_name = "doorstep-backend import", max_term_width = 120)]
pub struct ImportCommand {
    /// Platform of the shop.
    #[command(subcommand)]
    pub from: ImportFrom,
}

/// Platform of the shop, with its account.
#[derive(Clone, Subcommand)]
pub enum ImportFrom {
    /// Reads the orders of a Shopify shop through its Admin REST API
    Shopify(Box<ShopifyImport>),
    /// Reads the orders of a WooCommerce shop through its REST API
    Woocommerce(Box<WooCommerceImport>),
}

/// Flags of an import from Shopify.
#[derive(Args, Clone)]
pub struct ShopifyImport {
    /// Domain of the shop at Shopify, such as example.myshopify.com
    #[arg(long, env = "DOORSTEP_SHOPIFY_SHOP", value_name = "DOMAIN", value_parser = domain, help_heading = "Import")]
    pub shopify_shop: String,
    /// Access token of an app of the shop with the scope `read_orders`
    #[arg(long, env = "DOORSTEP_SHOPIFY_ACCESS_TOKEN", hide_env_values = true, value_name = "TOKEN", help_heading = "Import")]
    pub shopify_access_token: String,
    /// For tests only: address of a stand-in that is asked instead of the shop
    #[arg(long, env = "DOORSTEP_SHOPIFY_API_URL", value_name = "URL", value_parser = web_address, help_heading = "Import")]
    pub shopify_api_url: Option<String>,
    /// Flags of every import.
    #[command(flatten)]
    pub flags: ImportFlags,
}

/// Flags of an import from WooCommerce.
#[derive(Args, Clone)]
pub struct WooCommerceImport {
    /// Address of the WordPress site, such as `https://shop.example`
    #[arg(long, env = "DOORSTEP_WOOCOMMERCE_URL", value_name = "URL", value_parser = web_address, help_heading = "Import")]
    pub woocommerce_url: String,
    /// Consumer key of a REST API key with the permission Read
    #[arg(long, env = "DOORSTEP_WOOCOMMERCE_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Import")]
    pub woocommerce_key: String,
    /// Consumer secret of that key
    #[arg(
        long,
        env = "DOORSTEP_WOOCOMMERCE_CONSUMER_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        help_heading = "Import"
    )]
    pub woocommerce_consumer_secret: String,
    /// Flags of every import.
    #[command(flatten)]
    pub flags: ImportFlags,
}

/// Flags of every import.
#[derive(Args, Clone)]
pub struct ImportFlags {
    /// Earliest time of the last change of an order: a date, which begins at midnight in UTC, or a date-time of RFC 3339
    #[arg(long, env = "DOORSTEP_SINCE", value_name = "TIME", value_parser = since, help_heading = "Import")]
    pub since: DateTime<Utc>,
    /// Begin anew instead of continuing an import that was interrupted
    #[arg(long, env = "DOORSTEP_RESTART", value_parser = BoolishValueParser::new(), help_heading = "Import")]
    pub restart: bool,
    /// Allow the shop to be inside your network and without TLS
    #[arg(long, env = "DOORSTEP_IMPORT_ALLOW_PRIVATE", value_parser = BoolishValueParser::new(), help_heading = "Import")]
    pub import_allow_private: bool,
    /// Flags of the backend.
    #[command(flatten)]
    pub config: Config,
}

/// Reads the domain of a shop. A scheme and a slash at the end are removed.
fn domain(text: &str) -> Result<String, String> {
    let domain = text.trim().trim_start_matches("https://").trim_end_matches('/').to_ascii_lowercase();
    let is_domain = domain.contains('.') && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    if is_domain { Ok(domain) } else { Err("it is no domain such as example.myshopify.com".to_owned()) }
}

/// Reads a date or a date-time.
fn since(text: &str) -> Result<DateTime<Utc>, String> {
    let date = || text.parse::<NaiveDate>().ok().map(|date| date.and_time(NaiveTime::MIN).and_utc());
    let time = DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc());
    time.or_else(date).ok_or_else(|| "it is neither a date such as 2026-09-01 nor a date-time of RFC 3339".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_consistent_and_need_a_time_and_an_account() {
        <ImportCommand as clap::CommandFactory>::command().debug_assert();
        let parsed = |arguments: &[&str]| ImportCommand::try_parse_from([&["import"], arguments].concat());
        let account = ["shopify", "--shopify-shop", "https://Example.myshopify.com/", "--shopify-access-token", "t"];
        assert!(parsed(&account).is_err());
        assert!(parsed(&["shopify", "--since", "2026-09-01"]).is_err());
        let command = parsed(&[&account[..], &["--since", "2026-09-01", "--database", "orders.db"]].concat()).unwrap();
        let ImportFrom::Shopify(import) = command.from else { panic!("another platform") };
        assert_eq!(import.shopify_shop, "example.myshopify.com");
        assert_eq!(import.flags.config.database, Some("orders.db".into()));
    }

    #[test]
    fn a_time_is_a_date_in_utc_or_has_an_offset() {
        for (text, read) in [
            ("2026-09-01", Some("2026-09-01T00:00:00Z")),
            ("2026-09-01T10:00:00+02:00", Some("2026-09-01T08:00:00Z")),
            ("2026-09-01T10:00:00", None),
            ("yesterday", None),
        ] {
            assert_eq!(since(text).ok(), read.map(|read| read.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn a_shop_is_named_by_its_domain() {
        for wrong in ["example", "", "example.myshopify.com/admin", "user@example.com"] {
            assert!(domain(wrong).is_err(), "{wrong}");
        }
    }
}
