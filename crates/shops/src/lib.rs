//! Shop platforms: checks the authenticity of their webhook requests, turns them into records, and composes the retailer's part of
//! an order from the newest records of it. Each platform has a folder; this file only selects the folder.
//!
//! A platform reports an order in pieces, such as the order, its fulfilments and its refunds, in any order and repeatedly. Each
//! piece is a [`Record`] with a key and the time of its last change. The service keeps the newest record of each key ([`supersedes`])
//! and calls [`compose()`] with all of them, so that the result depends neither on the order of arrival nor on repetitions.
//!
//! [`import`] reads orders from the REST APIs of the platforms, page after page, with the same readers.
//!
//! Names and streets are masked when a request is read (`address.rs`), so that no record contains them.

mod address;
mod carrier;
mod compose;
mod composed;
mod decimal;
mod fields;
pub mod import;
mod orders;
mod record;
mod remark;
mod secrets;
mod shop_order;
mod shopify;
#[cfg(test)]
mod testing;
mod woocommerce;
mod zone;

use doorstep_providers::{Refusal, Request};

pub use self::compose::compose;
pub use self::composed::{CannotCompose, Composed, ComposedEvent, Contact, ShopSettings};
pub use self::record::{Change, Notice, PrivacyRequest, PrivacyTopic, Record, RecordContent, supersedes};
pub use self::remark::Remark;
pub use self::secrets::Secrets;
pub use self::shop_order::{
    Amount, Contents, LineState, OrderState, Parcel, RefundedPart, Restock, ShopAddress, ShopFulfillment, ShopLine, ShopOrder,
    ShopPart, ShopRefund,
};

/// Names of all shop platforms, as they appear in the URL of a webhook. `orders` is the documented format for any other platform.
pub const NAMES: [&str; 3] = ["shopify", "woocommerce", "orders"];

/// Returns true if there is a shop platform of this name.
pub fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

/// Checks the authenticity of a webhook request and reads it. Returns a notice without changes if the request is authentic but
/// does not concern orders.
pub fn verify_and_parse(shop: &str, request: &Request<'_>, secrets: &Secrets) -> Result<Notice, Refusal> {
    match shop {
        "shopify" => shopify::verify_and_parse(request, &secrets.shopify),
        "woocommerce" => woocommerce::verify_and_parse(request, &secrets.woocommerce),
        "orders" => orders::verify_and_parse(request, &secrets.orders),
        _ => Err(Refusal::UnknownProvider),
    }
}

/// Returns the id of an order in Doorstep for the platform's own id. Returns None if there is no such shop or the id cannot be part
/// of an URL.
pub fn order_id(shop: &str, order_ref: &str) -> Option<String> {
    let id = match shop {
        "shopify" | "woocommerce" => format!("{shop}-{order_ref}"),
        "orders" => order_ref.to_owned(),
        _ => return None,
    };
    doorstep_domain::order::order_id::is_order_id(&id).then_some(id)
}
