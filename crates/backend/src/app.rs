//! What every handler can reach: the application without its routes.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Config;
use crate::limits::bodies::Bodies;
use crate::limits::connections::ConnectionCaps;
use crate::limits::lookup::LookupLimits;
use crate::limits::rate::Rate;
use crate::limits::streams::StreamCaps;
use crate::limits::uploads::UploadCaps;
use crate::origins::Origins;
use crate::providers::{Keys, Secrets, each_secret};
use crate::service::Service;
use crate::store::Store;

/// What every handler can reach. Cloning it is cheap; every clone is the same.
#[derive(Clone)]
pub struct App {
    /// What the backend does.
    pub service: Service,
    /// How it is configured.
    pub config: Arc<Config>,
    /// Limits of the look-up.
    pub lookup_limits: Arc<LookupLimits>,
    /// Caps on open streams.
    pub streams: StreamCaps,
    /// Caps on photos on their way.
    pub uploads: UploadCaps,
    /// Caps on connections.
    pub connections: ConnectionCaps,
    /// Bytes of bodies in memory.
    pub bodies: Bodies,
    /// Ends every stream when the process is asked to stop.
    pub shutdown: CancellationToken,
    pub(crate) origins: Arc<Origins>,
    pub(crate) secrets: Arc<Secrets>,
}

impl App {
    /// The application; an error says what is wrong with the configuration.
    pub fn new(config: Config, store: Store, clock: Clock) -> Result<Self, String> {
        let config = config.with_demo_defaults();
        let rate = |given: Option<Rate>, otherwise: &str| given.map_or_else(|| otherwise.parse(), Ok);
        Ok(Self {
            service: Service::new(&config, store, clock)?,
            lookup_limits: Arc::new(LookupLimits::new(
                rate(config.lookup_rate_order, "10/1h")?,
                rate(config.lookup_rate_address, "20/15m")?,
                rate(config.lookup_rate_total, "600/1m")?,
            )),
            streams: StreamCaps::new(config.streams_per_token, config.streams_per_address),
            uploads: UploadCaps::new(config.uploads_per_order, config.uploads_per_address),
            connections: ConnectionCaps::new(config.connections, config.connections_per_address, &config.trusted_proxy),
            bodies: Bodies::default(),
            shutdown: CancellationToken::new(),
            origins: Arc::new(Origins::new(&config.cors_origin)?),
            secrets: Arc::new(secrets(&config)?),
            config: Arc::new(config),
        })
    }
}

/// The secrets as they are configured; an error says what is wrong with ShipEngine's keys.
fn secrets(config: &Config) -> Result<Secrets, String> {
    Ok(Secrets {
        easypost: each_secret(&config.easypost_secret),
        easypost_dated: config.easypost_dated,
        aftership: each_secret(&config.aftership_secret),
        shippo: each_secret(&config.shippo_secret),
        shipengine: config.shipengine_jwks.as_deref().map(Keys::at).transpose()?,
        seventeentrack: each_secret(&config.seventeentrack_key),
        karrio: each_secret(&config.karrio_secret),
        shopify: each_secret(&config.shopify_secret),
        carrier: each_secret(&config.carrier_secret),
    })
}
