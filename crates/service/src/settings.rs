//! Values that the operator sets and the service needs. The backend reads them from flags and the environment.

use chrono::TimeDelta;
use doorstep_documents::news::NewsKind;
use doorstep_domain::policy::Policy;
use doorstep_providers::registration::Routes;
use doorstep_shops::ShopSettings;

use crate::contact_cipher::CONTACT_KEY_BYTES;

/// Minimum length in bytes of the secret that capability tokens are signed with.
pub const MIN_SECRET_BYTES: usize = 32;

/// Settings of the service.
#[derive(Clone)]
pub struct Settings {
    /// Secret that capability tokens are signed with, at least [`MIN_SECRET_BYTES`] long.
    pub secret: Vec<u8>,
    /// Secret that e-mail addresses and postcodes are hashed with; derived from `secret` if absent.
    pub lookup_pepper: Option<Vec<u8>>,
    /// Address of the page that shows an order; links of tokens lead to it.
    pub order_page_url: String,
    /// Lifetime of a token that a look-up returns.
    pub lookup_token_ttl: TimeDelta,
    /// Self-service policy.
    pub policy: Policy,
    /// True if case notes are sent to a helpdesk.
    pub has_helpdesk: bool,
    /// True if order webhooks are sent to the retailer's systems.
    pub has_order_webhook: bool,
    /// Tracking providers that tracking numbers are registered with; none if empty.
    pub registration_routes: Routes,
    /// Public address of the API; links in helpdesk tickets begin with it.
    pub public_url: String,
    /// Retention time of finished orders; they are kept for ever if absent.
    pub retain: Option<TimeDelta>,
    /// Settings of the shop, for the orders that its platform reports.
    pub shop: ShopSettings,
    /// True if mails are sent about the orders that a shop platform reports, provided that mails are sent at all.
    pub notify_shop_orders: bool,
    /// Mails to shoppers; none are sent if absent.
    pub mails: Option<MailSettings>,
}

/// Settings of the mails to shoppers.
#[derive(Clone)]
pub struct MailSettings {
    /// Key that e-mail addresses are encrypted with.
    pub contact_key: [u8; CONTACT_KEY_BYTES],
    /// Kinds of news that are sent. Those that the law requires are always sent.
    pub kinds: Vec<NewsKind>,
    /// Time for which the news of a dispatch waits for further parcels of the order.
    pub hold: TimeDelta,
    /// Lifetime of the link in a mail.
    pub link_ttl: TimeDelta,
}

impl Settings {
    /// Creates settings with this secret and this policy. The defaults for everything else: the order page is `/`, tokens of a
    /// look-up are valid for a day, no message is sent, and orders are kept for ever.
    pub fn new(secret: &[u8], policy: Policy) -> Self {
        Self {
            secret: secret.to_vec(),
            lookup_pepper: None,
            order_page_url: "/".to_owned(),
            lookup_token_ttl: TimeDelta::days(1),
            policy,
            has_helpdesk: false,
            has_order_webhook: false,
            registration_routes: Routes::default(),
            public_url: String::new(),
            retain: None,
            shop: ShopSettings { time_zone: chrono_tz::UTC, shop_url: None, shopify_domain: None },
            notify_shop_orders: false,
            mails: None,
        }
    }
}
