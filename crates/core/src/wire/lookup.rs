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

impl LookupRequest {
    /// The fields as they travel.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let given = [("number", Some(&self.number)), ("email", self.email.as_ref()), ("postcode", self.postcode.as_ref())];
        given.into_iter().filter_map(|(name, value)| Some((name, value?.clone()))).collect()
    }
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
