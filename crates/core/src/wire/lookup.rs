//! The guest look-up: an order number and one thing that only the shopper knows.

use super::lenient::document;
use super::time::Timestamp;

/// Who asks for which order. Exactly one of e-mail and postcode is given. Read strictly: an unknown field is refused.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupRequest {
    /// The number on the receipt.
    pub number: String,
    /// The e-mail address of the order.
    pub email: Option<String>,
    /// The postcode it goes to.
    pub postcode: Option<String>,
}

document! {
    /// The proof was right: a token for one order.
    pub struct LookupAnswer {
        /// The order.
        pub order_id: String,
        /// The capability token.
        pub token: String,
        /// When it ends.
        pub expires_at: Option<Timestamp>,
    }
}
