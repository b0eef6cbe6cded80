//! Configuration: command-line flags, and environment variables of the same names with the prefix `DOORSTEP_`. Read once, by the
//! binary.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use clap::{Parser, ValueEnum};

use crate::addresses::{api_base, embed_url, web_address};
use crate::limits::network::Network;
use crate::limits::rate::{Rate, duration};
use crate::mail_flags::{MailFlags, MailSurroundings};
use crate::registration_flags::RegistrationFlags;
use crate::shop_flags::ShopFlags;
use doorstep_documents::helpdesk_ticket::Format;
use doorstep_domain::policy::{Flaw, Policy};
use doorstep_providers::registration::Routes;
use doorstep_service::{MIN_SECRET_BYTES, Settings};

/// Text after the flags.
const AFTER_HELP: &str = "\
To read the existing orders of a shop instead of serving: doorstep-backend import shopify|woocommerce --since 2026-09-01, described by \
doorstep-backend import --help";

/// The reference backend of Doorstep: orders, live updates, look-up, provider webhooks and the retailer's own API.
///
/// Every flag can be given as an environment variable; secrets should be, because other users of the machine can see flags.
#[derive(Clone, Parser)]
#[command(name = "doorstep-backend", version, max_term_width = 120, after_help = AFTER_HELP)]
pub struct Config {
    /// Address to listen on
    #[arg(long, env = "DOORSTEP_BIND", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// Port to listen on; 0 takes a free one, which the first line of output names
    #[arg(long, env = "DOORSTEP_PORT", default_value_t = 8080)]
    pub port: u16,
    /// SQLite file, created if it does not exist [default: doorstep.db; with --demo in memory]
    #[arg(long, env = "DOORSTEP_DATABASE", value_name = "FILE")]
    pub database: Option<PathBuf>,
    /// Path before the routes of the API, such as /api for /api/v1/orders/…
    #[arg(long, env = "DOORSTEP_API_BASE", default_value = "", value_name = "PATH", value_parser = api_base)]
    pub api_base: String,
    /// Directory with a site to serve beside the API: index.html, embed/ and other static files
    #[arg(long, env = "DOORSTEP_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Address of the directory embed/ as browsers see it, for pages that the backend renders
    #[arg(long, env = "DOORSTEP_EMBED_URL", default_value = "/embed", value_name = "URL", value_parser = embed_url)]
    pub embed_url: String,
    /// Page that shows an order; links to it carry the token in the fragment
    #[arg(long, env = "DOORSTEP_ORDER_PAGE_URL", default_value = "/", value_name = "URL")]
    pub order_page_url: String,
    /// Name of the shop, for the order page of the backend
    #[arg(long, env = "DOORSTEP_SHOP_NAME", default_value = "", value_name = "NAME", help_heading = "Order page")]
    pub shop_name: String,
    /// Address of the shop's own site, to which its name on the order page leads
    #[arg(long, env = "DOORSTEP_SHOP_URL", value_name = "URL", value_parser = web_address, help_heading = "Order page")]
    pub shop_url: Option<String>,
    /// Origin whose pages may show the order page in a frame, such as `https://shop.example`; repeatable; none without it
    #[arg(long, env = "DOORSTEP_FRAME_ANCESTOR", value_delimiter = ',', value_name = "ORIGIN", help_heading = "Order page")]
    pub frame_ancestor: Vec<String>,
    /// File with the self-service policy; its settings override the default policy
    #[arg(long, env = "DOORSTEP_POLICY", value_name = "FILE")]
    pub policy: Option<PathBuf>,

    /// Secret that capability tokens are signed with, at least 32 bytes
    #[arg(long, env = "DOORSTEP_SECRET", hide_env_values = true, help_heading = "Secrets")]
    pub secret: Option<String>,
    /// Secret that e-mail addresses and postcodes are hashed with [default: derived from --secret; must not change afterwards]
    #[arg(long, env = "DOORSTEP_LOOKUP_PEPPER", hide_env_values = true, value_name = "SECRET", help_heading = "Secrets")]
    pub lookup_pepper: Option<String>,
    /// Key of the retailer's systems; without one the admin API refuses every request
    #[arg(long, env = "DOORSTEP_ADMIN_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Secrets")]
    pub admin_key: Option<String>,
    /// Webhook secret that is set at EasyPost; repeatable for rotation
    #[arg(long, env = "DOORSTEP_EASYPOST_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Secrets")]
    pub easypost_secret: Vec<String>,
    /// Webhook secret shown in the settings of AfterShip; repeatable
    #[arg(long, env = "DOORSTEP_AFTERSHIP_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Secrets")]
    pub aftership_secret: Vec<String>,
    /// Secret that Shippo signs its webhooks with; repeatable
    #[arg(long, env = "DOORSTEP_SHIPPO_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Secrets")]
    pub shippo_secret: Vec<String>,
    /// Security key of the 17TRACK account; repeatable
    #[arg(long, env = "DOORSTEP_SEVENTEENTRACK_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Secrets")]
    pub seventeentrack_key: Vec<String>,
    /// Secret of the webhook that is registered at Karrio; repeatable
    #[arg(long, env = "DOORSTEP_KARRIO_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Secrets")]
    pub karrio_secret: Vec<String>,
    /// Client secret of the Shopify app that sends its webhooks here; repeatable
    #[arg(long, env = "DOORSTEP_SHOPIFY_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Secrets")]
    pub shopify_secret: Vec<String>,
    /// Secret with which directly connected carriers sign their webhooks; repeatable
    #[arg(long, env = "DOORSTEP_CARRIER_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Secrets")]
    pub carrier_secret: Vec<String>,
    /// Refuse EasyPost webhooks that carry only the older signature, which has no date
    #[arg(long, env = "DOORSTEP_EASYPOST_DATED", value_parser = clap::builder::BoolishValueParser::new(), help_heading = "Secrets")]
    pub easypost_dated: bool,
    /// Location of the JSON Web Key Set with ShipEngine's public keys: a file or an https address; read again when the keys change
    #[arg(long, env = "DOORSTEP_SHIPENGINE_JWKS", value_name = "FILE|URL", help_heading = "Secrets")]
    pub shipengine_jwks: Option<String>,

    /// Origin whose pages may call the API, such as `https://shop.example`; repeatable; `:*` at the end allows every port
    #[arg(long, env = "DOORSTEP_CORS_ORIGIN", value_delimiter = ',', value_name = "ORIGIN", help_heading = "Browsers")]
    pub cors_origin: Vec<String>,
    /// Lifetime of a token that the retailer's systems mint without giving one
    #[arg(long, env = "DOORSTEP_TOKEN_TTL", default_value = "30d", value_name = "TIME", value_parser = duration, help_heading = "Browsers")]
    pub token_ttl: Duration,
    /// Lifetime of a token that a look-up returns
    #[arg(long, env = "DOORSTEP_LOOKUP_TOKEN_TTL", default_value = "1d", value_name = "TIME", value_parser = duration, help_heading = "Browsers")]
    pub lookup_token_ttl: Duration,

    /// Address of the helpdesk's API that receives case notes; none are sent without one
    #[arg(long, env = "DOORSTEP_HELPDESK_URL", value_name = "URL", help_heading = "Helpdesk")]
    pub helpdesk_url: Option<String>,
    /// Format of the messages to the helpdesk
    #[arg(long, env = "DOORSTEP_HELPDESK_FORMAT", default_value = "generic", value_enum, help_heading = "Helpdesk")]
    pub helpdesk_format: Format,
    /// Secret that messages to the helpdesk are signed with
    #[arg(long, env = "DOORSTEP_HELPDESK_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Helpdesk")]
    pub helpdesk_secret: Option<String>,
    /// Authorization header for the helpdesk, such as `Bearer …` or `Basic …`
    #[arg(
        long,
        env = "DOORSTEP_HELPDESK_AUTHORIZATION",
        hide_env_values = true,
        value_name = "VALUE",
        help_heading = "Helpdesk"
    )]
    pub helpdesk_authorization: Option<String>,
    /// Allow the helpdesk to be inside your network and without TLS
    #[arg(long, env = "DOORSTEP_HELPDESK_ALLOW_PRIVATE", value_parser = clap::builder::BoolishValueParser::new(), help_heading = "Helpdesk")]
    pub helpdesk_allow_private: bool,
    /// Public address of the API, with its base; links in case notes and pictures in rendered orders begin with it
    #[arg(long, env = "DOORSTEP_PUBLIC_URL", default_value = "", value_name = "URL", help_heading = "Helpdesk")]
    pub public_url: String,

    /// Address of the retailer's systems that receives every order update; none are sent without one
    #[arg(long, env = "DOORSTEP_WEBHOOK_URL", value_name = "URL", help_heading = "Order updates")]
    pub webhook_url: Option<String>,
    /// Secret that order updates are signed with; needed with --webhook-url
    #[arg(long, env = "DOORSTEP_WEBHOOK_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Order updates")]
    pub webhook_secret: Option<String>,
    /// Allow that address to be inside your network and without TLS
    #[arg(long, env = "DOORSTEP_WEBHOOK_ALLOW_PRIVATE", value_parser = clap::builder::BoolishValueParser::new(), help_heading = "Order updates")]
    pub webhook_allow_private: bool,

    /// Registration of tracking numbers at tracking providers.
    #[command(flatten)]
    pub registration: RegistrationFlags,

    /// Flags of the mails to shoppers
    #[command(flatten)]
    pub mail: MailFlags,

    /// Proxy whose X-Forwarded-For is trusted: an address or a network such as 10.0.0.0/8; repeatable
    #[arg(long, env = "DOORSTEP_TRUSTED_PROXY", value_delimiter = ',', value_name = "NETWORK", help_heading = "Limits")]
    pub trusted_proxy: Vec<Network>,
    /// Failed look-ups of one order number by postcode; half as many from one network by either proof [default: 10/1h; with --demo 1000/1m]
    #[arg(long, env = "DOORSTEP_LOOKUP_RATE_ORDER", value_name = "N/TIME", help_heading = "Limits")]
    pub lookup_rate_order: Option<Rate>,
    /// Failed look-ups from one network: an IPv4 address or an IPv6 /64; twice as many from its /56, four times from its /48 [default: 20/15m; with --demo 1000/1m]
    #[arg(long, env = "DOORSTEP_LOOKUP_RATE_ADDRESS", value_name = "N/TIME", help_heading = "Limits")]
    pub lookup_rate_address: Option<Rate>,
    /// Failed look-ups in total, counted separately by postcode and by e-mail address [default: 600/1m; with --demo 10000/1m]
    #[arg(long, env = "DOORSTEP_LOOKUP_RATE_TOTAL", value_name = "N/TIME", help_heading = "Limits")]
    pub lookup_rate_total: Option<Rate>,
    /// Maximum number of open streams of one token
    #[arg(long, env = "DOORSTEP_STREAMS_PER_TOKEN", default_value_t = 8, value_name = "N", help_heading = "Limits")]
    pub streams_per_token: usize,
    /// Maximum number of open streams from one address
    #[arg(long, env = "DOORSTEP_STREAMS_PER_ADDRESS", default_value_t = 64, value_name = "N", help_heading = "Limits")]
    pub streams_per_address: usize,
    /// Maximum number of simultaneous photo uploads of one order
    #[arg(long, env = "DOORSTEP_UPLOADS_PER_ORDER", default_value_t = 6, value_name = "N", help_heading = "Limits")]
    pub uploads_per_order: usize,
    /// Maximum number of simultaneous photo uploads from one address
    #[arg(long, env = "DOORSTEP_UPLOADS_PER_ADDRESS", default_value_t = 48, value_name = "N", help_heading = "Limits")]
    pub uploads_per_address: usize,
    /// Maximum number of connections in total; each needs a file descriptor
    #[arg(long, env = "DOORSTEP_CONNECTIONS", default_value_t = 4_096, value_name = "N", help_heading = "Limits")]
    pub connections: usize,
    /// Maximum number of connections from one address that is not a trusted proxy
    #[arg(long, env = "DOORSTEP_CONNECTIONS_PER_ADDRESS", default_value_t = 512, value_name = "N", help_heading = "Limits")]
    pub connections_per_address: usize,
    /// Time without events on a stream after which a comment is sent
    #[arg(long, env = "DOORSTEP_STREAM_KEEP_ALIVE", default_value = "15s", value_name = "TIME", value_parser = duration, help_heading = "Limits")]
    pub stream_keep_alive: Duration,
    /// Maximum lifetime of one stream, after which the reader has to connect again
    #[arg(long, env = "DOORSTEP_STREAM_MAX_LIFE", default_value = "20m", value_name = "TIME", value_parser = duration, help_heading = "Limits")]
    pub stream_max_life: Duration,

    /// Time that finished orders are kept before they are erased with all their data, such as 180d; without it they are kept for ever
    #[arg(long, env = "DOORSTEP_RETAIN", value_name = "TIME", value_parser = duration, help_heading = "Personal data")]
    pub retain: Option<Duration>,

    /// Flags about the shop platform.
    #[command(flatten)]
    pub shop: ShopFlags,

    /// Format of the logs on standard error
    #[arg(long, env = "DOORSTEP_LOG_FORMAT", default_value = "text", value_enum, help_heading = "Logs")]
    pub log_format: LogFormat,
    /// Filter of the logs, such as info or doorstep_backend=debug
    #[arg(long, env = "DOORSTEP_LOG", default_value = "info", value_name = "FILTER", help_heading = "Logs")]
    pub log: String,

    /// Run the demo: known keys, moving demo orders, generous limits; never expose it to the internet
    #[arg(long, env = "DOORSTEP_DEMO", value_parser = clap::builder::BoolishValueParser::new())]
    pub demo: bool,
}

/// Format of the logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text for people.
    Text,
    /// One JSON object for each line.
    Json,
}

impl Config {
    /// Fills in the defaults of the demo; changes nothing without `--demo`.
    pub fn with_demo_defaults(mut self) -> Self {
        if !self.demo {
            return self;
        }
        self.secret.get_or_insert_with(|| "the demo's own secret, worth nothing anywhere else".to_owned());
        self.admin_key.get_or_insert_with(|| "demo-admin-key".to_owned());
        for (secrets, provider) in [
            (&mut self.easypost_secret, "easypost"),
            (&mut self.aftership_secret, "aftership"),
            (&mut self.shippo_secret, "shippo"),
            (&mut self.seventeentrack_key, "seventeentrack"),
            (&mut self.karrio_secret, "karrio"),
            (&mut self.shopify_secret, "shopify"),
            (&mut self.carrier_secret, "carrier"),
            (&mut self.shop.woocommerce_secret, "woocommerce"),
            (&mut self.shop.orders_secret, "orders"),
        ] {
            if secrets.is_empty() {
                secrets.push(format!("demo-{provider}-secret"));
            }
        }
        if self.cors_origin.is_empty() {
            self.cors_origin = vec!["http://127.0.0.1:*".to_owned(), "http://localhost:*".to_owned()];
        }
        let generous = Rate { burst: std::num::NonZeroU32::MIN.saturating_add(999), per: Duration::from_secs(60) };
        self.lookup_rate_order.get_or_insert(generous);
        self.lookup_rate_address.get_or_insert(generous);
        self.lookup_rate_total.get_or_insert(Rate { burst: generous.burst.saturating_mul(generous.burst.min(TEN)), ..generous });
        self.streams_per_token = self.streams_per_token.max(64);
        self.streams_per_address = self.streams_per_address.max(1_024);
        self.connections_per_address = self.connections;
        self
    }

    /// Returns the settings of the service; an error describes what is wrong with the secret, the policy, a time
    /// or a provider of registrations.
    pub fn service_settings(&self) -> Result<Settings, String> {
        let time = |time: Duration| TimeDelta::from_std(time).map_err(|error| error.to_string());
        Ok(Settings {
            secret: self.checked_secret()?.to_vec(),
            lookup_pepper: self.lookup_pepper.as_deref().map(|pepper| pepper.as_bytes().to_vec()),
            order_page_url: self.order_page_url.clone(),
            lookup_token_ttl: time(self.lookup_token_ttl)?,
            policy: self.checked_policy()?,
            has_helpdesk: self.helpdesk_url.is_some(),
            has_order_webhook: self.webhook_url.is_some(),
            registration_routes: Routes::read(&self.registration.register_with)?,
            public_url: self.public_url.clone(),
            retain: self.retain.map(time).transpose()?,
            shop: self.shop.settings(self.shop_url.as_deref()),
            notify_shop_orders: self.shop.notify_shop_orders,
            mails: self.mail.settings(&self.mail_surroundings())?,
        })
    }

    /// Returns the flags that the mails depend on.
    pub(crate) fn mail_surroundings(&self) -> MailSurroundings<'_> {
        MailSurroundings {
            is_demo: self.demo,
            public_url: &self.public_url,
            order_page_url: &self.order_page_url,
            token_ttl: self.token_ttl,
        }
    }

    /// Returns the secret of tokens; an error if it is missing or shorter than 32 bytes, with instructions for creating one.
    pub fn checked_secret(&self) -> Result<&[u8], String> {
        match self.secret.as_deref().map(str::as_bytes) {
            Some(secret) if secret.len() >= MIN_SECRET_BYTES => Ok(secret),
            Some(secret) => {
                Err(format!("the secret has {} bytes, it needs at least {MIN_SECRET_BYTES}.\n{SECRET_HELP}", secret.len()))
            }
            None => Err(format!("there is no secret to sign links with.\n{SECRET_HELP}")),
        }
    }
}

impl Config {
    /// Returns the policy, or an error that lists every flaw of its file.
    pub fn checked_policy(&self) -> Result<Policy, String> {
        let describe_flaws = |name: &str, flaws: Vec<Flaw>| {
            let lines: Vec<String> = flaws.iter().map(|flaw| format!("  {name}, {flaw}")).collect();
            format!("the policy cannot be used.\n{}\n{POLICY_HELP}", lines.join("\n"))
        };
        let Some(file) = &self.policy else {
            let text = if self.demo { doorstep_demo::POLICY } else { "" };
            return Policy::read(text).map_err(|flaws| describe_flaws("the policy that is built in", flaws));
        };
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| format!("cannot read the policy {name}: {error}"))?;
        Policy::read(&text).map_err(|flaws| describe_flaws(&name, flaws))
    }
}

const POLICY_HELP: &str = "Nothing was started. Every setting is described in docs/policy.md.";

const TEN: std::num::NonZeroU32 = std::num::NonZeroU32::MIN.saturating_add(9);

const SECRET_HELP: &str = "\
Make one once and keep it: links that were sent stop working when it changes.

    export DOORSTEP_SECRET=\"$(openssl rand -base64 32)\"

To look around without one, run with --demo.";

#[cfg(test)]
mod tests {
    use super::*;

    fn config(arguments: &[&str]) -> Config {
        Config::try_parse_from([&["doorstep-backend"], arguments].concat()).unwrap()
    }

    #[test]
    fn the_flags_are_consistent() {
        <Config as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn a_missing_or_short_secret_is_refused_with_advice() {
        for arguments in [&[][..], &["--secret", "short"]] {
            let advice = config(arguments).with_demo_defaults().checked_secret().unwrap_err();
            assert!(advice.contains("export DOORSTEP_SECRET"), "{advice}");
        }
        assert!(config(&["--demo"]).with_demo_defaults().checked_secret().is_ok());
    }

    #[test]
    fn the_api_base_is_a_path() {
        assert_eq!(config(&["--api-base", "/api/"]).api_base, "/api");
        assert!(Config::try_parse_from(["doorstep-backend", "--api-base", "api"]).is_err());
        assert!(Config::try_parse_from(["doorstep-backend", "--api-base", "/{x}"]).is_err());
    }
}
