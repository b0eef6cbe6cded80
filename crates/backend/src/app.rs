//! State that every handler can reach: the service, the configuration and the limits.

use std::sync::Arc;

use axum::http::HeaderValue;
use doorstep_providers::{Secrets, each_secret};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::limits::bodies::BodyMemory;
use crate::limits::connections::ConnectionCaps;
use crate::limits::lookup::LookupLimits;
use crate::limits::rate::Rate;
use crate::limits::streams::StreamCaps;
use crate::limits::uploads::UploadCaps;
use crate::origins::Origins;
use crate::page_policy::{form_page_policy, order_page_policy};
use doorstep_mail::Caught;
use doorstep_outbound::{ProviderSecrets, ReloadingKeys};
use doorstep_service::Service;
use doorstep_service::clock::Clock;
use doorstep_service::store::Store;

/// Application state of the handlers. Cloning it is cheap; all clones share one state.
#[derive(Clone)]
pub struct App {
    /// Service that carries out every command and query.
    pub service: Service,
    /// Configuration of the process.
    pub config: Arc<Config>,
    /// Limits of failed look-ups.
    pub lookup_limits: Arc<LookupLimits>,
    /// Limits of open streams.
    pub streams: StreamCaps,
    /// Limits of photo uploads in progress.
    pub uploads: UploadCaps,
    /// Limits of connections.
    pub connections: ConnectionCaps,
    /// Count of the bytes of bodies in memory.
    pub bodies: BodyMemory,
    /// Ends every stream when the process shuts down.
    pub shutdown: CancellationToken,
    /// Mails of the demo.
    pub caught_mails: Caught,
    pub(crate) origins: Arc<Origins>,
    /// Content security policy of the order page.
    pub(crate) order_page_policy: HeaderValue,
    /// Content security policy of pages with a form.
    pub(crate) form_page_policy: HeaderValue,
    pub(crate) provider_secrets: ProviderSecrets,
    pub(crate) shop_secrets: Arc<doorstep_shops::Secrets>,
}

impl App {
    /// Builds the application. If the configuration cannot be used, returns an error that describes the fault.
    pub fn new(config: Config, store: Store, clock: Clock) -> Result<Self, String> {
        let config = config.with_demo_defaults();
        let rate = |given: Option<Rate>, otherwise: &str| given.map_or_else(|| otherwise.parse(), Ok);
        Ok(Self {
            service: Service::new(config.service_settings()?, store, clock),
            lookup_limits: Arc::new(LookupLimits::new(
                rate(config.lookup_rate_order, "10/1h")?,
                rate(config.lookup_rate_address, "20/15m")?,
                rate(config.lookup_rate_total, "600/1m")?,
            )),
            streams: StreamCaps::new(config.streams_per_token, config.streams_per_address),
            uploads: UploadCaps::new(config.uploads_per_order, config.uploads_per_address),
            connections: ConnectionCaps::new(config.connections, config.connections_per_address, &config.trusted_proxy),
            bodies: BodyMemory::default(),
            shutdown: CancellationToken::new(),
            caught_mails: Caught::default(),
            origins: Arc::new(Origins::new(&config.cors_origin)?),
            order_page_policy: order_page_policy(&config)?,
            form_page_policy: form_page_policy()?,
            provider_secrets: provider_secrets(&config)?,
            shop_secrets: Arc::new(doorstep_shops::Secrets {
                shopify: each_secret(&config.shopify_secret),
                woocommerce: each_secret(&config.shop.woocommerce_secret),
                orders: each_secret(&config.shop.orders_secret),
            }),
            config: Arc::new(config),
        })
    }
}

/// Returns the configured secrets of the providers. If the configured location of ShipEngine's keys cannot be used, returns an
/// error.
fn provider_secrets(config: &Config) -> Result<ProviderSecrets, String> {
    let secrets = Secrets {
        easypost: each_secret(&config.easypost_secret),
        easypost_dated: config.easypost_dated,
        aftership: each_secret(&config.aftership_secret),
        shippo: each_secret(&config.shippo_secret),
        seventeentrack: each_secret(&config.seventeentrack_key),
        karrio: each_secret(&config.karrio_secret),
        shopify: each_secret(&config.shopify_secret),
        carrier: each_secret(&config.carrier_secret),
        ..Secrets::default()
    };
    Ok(ProviderSecrets::new(secrets, config.shipengine_jwks.as_deref().map(ReloadingKeys::at).transpose()?))
}
