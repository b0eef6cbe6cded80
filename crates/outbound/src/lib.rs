//! HTTP requests that the backend makes. `sender` delivers the messages of one channel for the service's outbox, `provider_keys` loads
//! the public keys of a tracking provider, and both use the client of `connection`, which reaches only public addresses unless private
//! ones are allowed. The backend configures them.

mod connection;
mod provider_keys;
mod sender;

pub use provider_keys::{ProviderSecrets, ReloadingKeys};
pub use sender::{Sender, Target, Writer};
