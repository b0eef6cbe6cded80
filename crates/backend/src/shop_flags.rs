//! Flags about the shop platform that reports its orders.

use chrono_tz::Tz;
use clap::Args;
use doorstep_shops::ShopSettings;

/// Flags about the shop platform. Shopify signs all its webhooks with `--shopify-secret`, which belongs to the secrets of providers.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Orders of the shop")]
pub struct ShopFlags {
    /// Secret of the WooCommerce webhooks that are sent here; repeatable
    #[arg(long, env = "DOORSTEP_WOOCOMMERCE_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub woocommerce_secret: Vec<String>,
    /// Secret with which any other shop signs its order webhooks; repeatable
    #[arg(long, env = "DOORSTEP_ORDERS_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub orders_secret: Vec<String>,
    /// Zone of the shop, used where the zone of a delivery address is not known, such as Europe/London
    #[arg(long, env = "DOORSTEP_SHOP_TIME_ZONE", default_value = "UTC", value_name = "ZONE")]
    pub shop_time_zone: Tz,
    /// Domain of the Shopify shop, such as example.myshopify.com; only this shop may have all its orders erased
    #[arg(long, env = "DOORSTEP_SHOPIFY_DOMAIN", value_name = "DOMAIN")]
    pub shopify_domain: Option<String>,
    /// Send mails to shoppers about the orders that the shop platform reports; needs --smtp-url
    #[arg(long, env = "DOORSTEP_NOTIFY_SHOP_ORDERS", value_parser = clap::builder::BoolishValueParser::new())]
    pub notify_shop_orders: bool,
}

impl ShopFlags {
    /// Returns the settings of the shop. `url` is the address of the shop's own site.
    pub(crate) fn settings(&self, url: Option<&str>) -> ShopSettings {
        ShopSettings {
            time_zone: self.shop_time_zone,
            shop_url: url.map(str::to_owned),
            shopify_domain: self.shopify_domain.clone(),
        }
    }
}
