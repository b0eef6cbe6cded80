//! Notices of changed orders within this process. A notice contains only the version; listeners read the change from the store.
//!
//! A listener that falls behind loses old notices. It loses no data, because it then reads the newest document from the store.
//! The service sends a notice after the commit. Streams and the senders of the outbox receive it.

use doorstep_contract::OrderId;
use tokio::sync::broadcast;

/// Notice that an order has a new version.
#[derive(Clone, Debug)]
pub struct Change {
    /// Id of the order.
    pub order_id: std::sync::Arc<str>,
    /// New version of the order.
    pub version: u64,
}

/// Sends notices of changes to every listener.
#[derive(Clone)]
pub struct Changes(broadcast::Sender<Change>);

/// Maximum number of notices that are kept for a slow listener. A listener with more unread notices learns only that some were
/// lost.
const CHANNEL_CAPACITY: usize = 256;

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::Sender::new(CHANNEL_CAPACITY))
    }
}

impl Changes {
    /// Sends a notice to every listener.
    pub fn announce(&self, order_id: &OrderId, version: u64) {
        // The error means that nobody listens, which is normal.
        let _ = self.0.send(Change { order_id: order_id.as_str().into(), version });
    }

    /// Makes every listener of the order check its access again, after the order was erased or its links were revoked.
    pub fn end(&self, order_id: &OrderId) {
        self.announce(order_id, u64::MAX);
    }

    /// Returns a listener for all notices from now on.
    pub fn listen(&self) -> Listener {
        Listener(self.0.subscribe())
    }
}

/// Receives notices of changes.
pub struct Listener(broadcast::Receiver<Change>);

impl Listener {
    /// Waits until any order has changed. Also returns if notices were lost.
    pub async fn any(&mut self) {
        match self.0.recv().await {
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }

    /// Waits until the order may have a version above `above`. Also returns if notices were lost.
    pub async fn changed(&mut self, order_id: &OrderId, above: u64) {
        loop {
            match self.0.recv().await {
                Ok(change) if *change.order_id == **order_id && change.version > above => return,
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => return,
                // The sender lives as long as the service. Without it there are no further changes.
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
