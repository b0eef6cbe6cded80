//! HTTP requests that the backend makes. `sender` sends the messages of one channel from the service's outbox, and `registration`
//! gives tracking numbers to tracking providers. `orders_api` reads the existing orders of
//! a shop. `provider_keys` loads the public keys of a provider. All use the HTTP client of
//! `connection`, which connects only to public IP addresses unless private addresses are allowed. The backend configures all of
//! them.

mod connection;
mod orders_api;
mod provider_keys;
mod registration;
mod sender;

pub use orders_api::{OrdersAnswer, OrdersApi, ShopAccount};
pub use provider_keys::{ProviderSecrets, ReloadingKeys};
pub use registration::{ProviderAccount, RegistrationSender};
pub use sender::{Sender, Target, Writer};
