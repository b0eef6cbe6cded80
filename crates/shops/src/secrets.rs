//! Secrets of all shop platforms, as the operator configures them. The backend reads the configuration.

/// Secrets that signatures are checked with. A platform without a secret refuses every request. All secrets of a platform are valid
/// at the same time, so that a secret can be replaced without an interruption.
#[derive(Clone, Default)]
pub struct Secrets {
    /// Client secrets of the Shopify app, or the signing secret of the shop's own webhooks.
    pub shopify: Vec<String>,
    /// Secrets of the WooCommerce webhooks.
    pub woocommerce: Vec<String>,
    /// Secrets of the generic order webhook.
    pub orders: Vec<String>,
}
