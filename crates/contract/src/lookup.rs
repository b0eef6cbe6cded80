//! The guest look-up: an order number together with one fact that only the shopper knows.

use super::id::OrderId;
use super::lenient::document;
use super::time::Timestamp;

/// Guest look-up of an order. The sender gives exactly one of `email` and `postcode`. Reading refuses an unknown field.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupRequest {
    /// Order number on the receipt.
    pub number: String,
    /// E-mail address of the order.
    pub email: Option<String>,
    /// Postcode of the delivery address.
    pub postcode: Option<String>,
}

impl LookupRequest {
    /// Returns the JSON name and the value of each field that is given.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let given = [("number", Some(&self.number)), ("email", self.email.as_ref()), ("postcode", self.postcode.as_ref())];
        given.into_iter().filter_map(|(name, value)| Some((name, value?.clone()))).collect()
    }
}

document! {
    /// Answer to a successful guest look-up: a token for one order.
    pub struct LookupAnswer {
        /// Id of the order.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub order_id: OrderId,
        /// Capability token.
        pub token: String,
        /// Time at which the token expires.
        pub expires_at: Option<Timestamp>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_what_a_backend_reads() {
        let request = LookupRequest { number: "1042".to_owned(), email: None, postcode: Some("N1 9GU".to_owned()) };
        let written: serde_json::Map<_, _> =
            request.fields().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        assert_eq!(serde_json::from_value::<LookupRequest>(written.into()).unwrap(), request);
    }
}
