//! A tracking number that is to be registered, as it is stored in the outbox.

use doorstep_domain::tracking::{plain_key, tracking_key};
use serde::{Deserialize, Serialize};

use super::provider::RegistrationProvider;

/// A tracking number that is to be registered. It contains no address, no name and no order number: providers do not need them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewNumber {
    /// Provider that the number is registered with.
    pub provider: RegistrationProvider,
    /// Id of the shipment within its order.
    pub shipment_id: String,
    /// Tracking number as the shop wrote it.
    pub tracking_number: String,
    /// Shop's code of the carrier.
    pub carrier_code: Option<String>,
    /// Name of the carrier.
    pub carrier_name: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country of the destination. None if it is unknown, or if the shipment goes back.
    pub country: Option<String>,
}

impl NewNumber {
    /// Returns the number as it is sent: without spaces, and without the additions of a barcode. Hyphens are kept, because some
    /// carriers use them.
    pub(super) fn sent_number(&self) -> String {
        let key = tracking_key(&self.tracking_number);
        if !key.is_empty() && key != plain_key(&self.tracking_number) {
            return key;
        }
        self.tracking_number.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect()
    }
}
