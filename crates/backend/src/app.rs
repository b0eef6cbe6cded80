//! What every handler can reach: the application without its routes.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Config;
use crate::limits::bodies::Bodies;
use crate::limits::connections::ConnectionCaps;
use crate::limits::rate::{LookupLimits, Rate};
use crate::limits::streams::StreamCaps;
use crate::limits::uploads::UploadCaps;
use crate::origins::Origins;
use crate::providers::Secrets;
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

/// The secrets as they are configured; an error says which file cannot be read.
fn secrets(config: &Config) -> Result<Secrets, String> {
    let keys = config.shipengine_jwks.as_ref().map(|file| {
        std::fs::read_to_string(file).map_err(|error| format!("cannot read ShipEngine's keys {}: {error}", file.display()))
    });
    Ok(Secrets {
        easypost: config.easypost_secret.clone(),
        aftership: config.aftership_secret.clone(),
        shippo: config.shippo_secret.clone(),
        shipengine: keys.transpose()?,
        seventeentrack: config.seventeentrack_key.clone(),
        karrio: config.karrio_secret.clone(),
        shopify: config.shopify_secret.clone(),
        carrier: config.carrier_secret.clone(),
    })
}
