//! Ids of an order, of a shipment and of a case. Each has its own type, so that one cannot be passed in the place of another.
//!
//! In JSON and in stored files an id is a string. A field with an id has the attribute `value_type = String`, so that the OpenAPI
//! document shows a string there. Without the attribute it would show a reference to a schema.
//!
//! In WebAssembly the three ids are aliases of `String`, because three types add half a kilobyte to the widget. The compiler
//! still finds a mixed-up id when it compiles the core for its tests, because the three types differ there.

#[cfg(target_arch = "wasm32")]
pub use plain::{CaseId, OrderId, ShipmentId};
#[cfg(not(target_arch = "wasm32"))]
pub use typed::{CaseId, OrderId, ShipmentId};

#[cfg(target_arch = "wasm32")]
mod plain {
    /// Public id of an order; never the number on the receipt.
    pub type OrderId = String;
    /// Id of a shipment within its order.
    pub type ShipmentId = String;
    /// Id of a case within its order.
    pub type CaseId = String;
}

#[cfg(not(target_arch = "wasm32"))]
mod typed {
    use crate::json::Value;
    use crate::lenient::{Field, Lenient};

    macro_rules! id {
        ($(#[$meta:meta])* $name:ident) => {
            #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
            #[serde(transparent)]
            $(#[$meta])*
            pub struct $name(String);

            impl $name {
                /// Returns the id as text.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl std::ops::Deref for $name {
                type Target = str;

                fn deref(&self) -> &str {
                    &self.0
                }
            }

            impl std::borrow::Borrow<str> for $name {
                fn borrow(&self) -> &str {
                    &self.0
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    out.write_str(&self.0)
                }
            }

            impl From<&str> for $name {
                fn from(id: &str) -> Self {
                    Self(id.to_owned())
                }
            }

            impl From<String> for $name {
                fn from(id: String) -> Self {
                    Self(id)
                }
            }

            impl From<$name> for String {
                fn from(id: $name) -> Self {
                    id.0
                }
            }

            impl PartialEq<str> for $name {
                fn eq(&self, other: &str) -> bool {
                    self.0 == other
                }
            }

            impl PartialEq<&str> for $name {
                fn eq(&self, other: &&str) -> bool {
                    self.0 == *other
                }
            }

            impl Lenient for $name {
                fn read(json: &Value) -> Option<Self> {
                    String::read(json).map(Self)
                }
            }

            impl Field for $name {
                fn take(json: Option<&Value>) -> Self {
                    Self(String::take(json))
                }
            }
        };
    }

    id!(
        /// Public id of an order; never the number on the receipt.
        OrderId
    );
    id!(
        /// Id of a shipment within its order.
        ShipmentId
    );
    id!(
        /// Id of a case within its order.
        CaseId
    );
}

/// Returns the text of an id, without a copy.
pub fn id_text(id: impl Into<String>) -> String {
    id.into()
}
