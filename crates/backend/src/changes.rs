//! Who wants to know that an order has changed is told here, within this process. The change itself is read from the store.
//!
//! A listener that falls behind loses old notices, never the newest document: it reads that when it gets to it. Announced by the
//! service after the commit; heard by streams.

use tokio::sync::broadcast;

/// An order has a new version.
#[derive(Clone, Debug)]
pub struct Change {
    /// The order.
    pub order_id: std::sync::Arc<str>,
    /// Its version now.
    pub version: u64,
}

/// Announces changes to every listener.
#[derive(Clone)]
pub struct Changes(broadcast::Sender<Change>);

/// Notices kept for a slow listener; beyond that it is told only that it missed some.
const KEPT: usize = 256;

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::Sender::new(KEPT))
    }
}

impl Changes {
    /// Tells everybody.
    pub fn announce(&self, order_id: &str, version: u64) {
        // Nobody listening is no error.
        let _ = self.0.send(Change { order_id: order_id.into(), version });
    }

    /// Tells everybody who follows the order to look whether it is still theirs to see: it was erased, or its links were revoked.
    pub fn end(&self, order_id: &str) {
        self.announce(order_id, u64::MAX);
    }

    /// Listens from now on.
    pub fn listen(&self) -> Listener {
        Listener(self.0.subscribe())
    }
}

/// Hears changes.
pub struct Listener(broadcast::Receiver<Change>);

impl Listener {
    /// Waits until any order has changed.
    pub async fn anything(&mut self) {
        match self.0.recv().await {
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }

    /// Waits until the order may have a version above this one.
    pub async fn changed(&mut self, order_id: &str, above: u64) {
        loop {
            match self.0.recv().await {
                Ok(change) if *change.order_id == *order_id && change.version > above => return,
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => return,
                // The sender lives as long as the service; without it nothing will ever change.
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
