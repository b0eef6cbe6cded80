//! HTTP requests that the backend makes. `sender` sends the messages of one channel from the service's outbox. `provider_keys`
//! loads the public keys of a tracking provider. Both use the HTTP client of `connection`, which connects only to public IP
//! addresses unless private addresses are allowed. The backend configures all of them.

mod connection;
mod provider_keys;
mod sender;

pub use provider_keys::{ProviderSecrets, ReloadingKeys};
pub use sender::{Sender, Target, Writer};
