//! The handle through which the backend, the demo and the workers use the service. Each file of `commands`, `queries` and
//! `workers` adds the methods of its subject. A method begins a unit of work or reads from the store; the steps inside are free
//! functions.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::changes::Listener;
use crate::clock::Clock;
use crate::context::Context;
use crate::error::Error;
use crate::photo::PhotoProcess;
use crate::settings::Settings;
use crate::store::{Kind, Store};

/// The service of the application. Cloning it is cheap; all clones share one state.
#[derive(Clone)]
pub struct Service(pub(crate) Arc<Context>);

impl Service {
    /// Creates the service with these settings on this store.
    pub fn new(settings: Settings, store: Store, clock: Clock) -> Self {
        Self(Arc::new(Context::new(settings, store, clock)))
    }

    /// Returns the current time of the service's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }

    /// Returns a listener for changes from now on.
    pub fn listen(&self) -> Listener {
        self.0.changes.listen()
    }

    /// Decodes photos in child processes from now on. Later calls have no effect.
    pub fn decode_photos_in(&self, process: PhotoProcess) {
        self.0.photo_pipeline.decode_in(process);
    }

    /// Returns true if demo orders may be put into the store.
    pub fn is_for_demo(&self) -> bool {
        self.0.store.kind() == Kind::Demo
    }

    /// Returns an error if the store does not answer.
    pub async fn ready(&self) -> Result<(), Error> {
        self.0.store.ping().await.map_err(|error| {
            tracing::error!(%error, "the store does not answer");
            Error::NotReady
        })
    }

    /// Waits for running writes and closes the store.
    pub async fn close(&self) {
        self.0.store.close().await;
    }
}
