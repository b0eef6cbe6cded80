//! Answers of the service: documents of orders and cases, serialized once, and tokens.

use chrono::{DateTime, Utc};
use doorstep_contract::{Access, Order, OrderId, Timestamp};

use crate::error::Error;
use crate::store::StoredOrder;

/// An order document, serialized for a response.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Document {
    /// Id of the order.
    pub id: OrderId,
    /// Version of the order.
    pub version: u64,
    /// Document as JSON on one line.
    pub json: String,
}

impl Document {
    /// Returns the document of a stored order.
    pub(crate) fn of_stored(id: &OrderId, stored: StoredOrder) -> Self {
        Self { id: id.to_owned(), version: stored.version, json: stored.document }
    }

    /// Parses the document.
    pub fn order(&self) -> Result<Order, Error> {
        Ok(serde_json::from_str(&self.json)?)
    }
}

/// A case, serialized for a response, with the version of its order.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CaseDocument {
    /// Id of the order.
    pub order_id: OrderId,
    /// Current version of the order.
    pub version: u64,
    /// Case as JSON.
    pub json: String,
}

/// An order as the holder of a token may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedOrder {
    /// Document, limited if the token is limited.
    pub document: Document,
    /// Extent of the document: full or limited.
    pub access: Access,
    /// Time at which the token expires.
    pub ends_at: DateTime<Utc>,
}

impl OpenedOrder {
    /// Returns the tag that identifies exactly this document: its version, with a suffix if it is limited.
    pub fn tag(&self) -> String {
        let version = self.document.version;
        if self.access == Access::Full { version.to_string() } else { format!("{version}-limited") }
    }
}

/// A capability token with the data that the shopper needs to use it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Minted {
    /// Token for `Authorization: Bearer`.
    pub token: String,
    /// Time at which the token expires.
    pub expires_at: Timestamp,
    /// Address of the page that shows the order, with the token in the fragment.
    pub url: String,
}
