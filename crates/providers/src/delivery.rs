//! Result of reading a webhook request: one value per tracking number. Produced by the folders of the providers, used by the backend.

use doorstep_domain::tracking::TrackingUpdate;

/// Content of one webhook request that concerns one tracking number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delivery {
    /// The carrier's tracking number. Carriers reuse numbers, so it may belong to more than one order. Where the provider sends no tracking
    /// number, this is the provider's own identifier of the shipment, as in [`TrackingUpdate::reference`].
    pub tracking_number: String,
    /// Carrier, as the provider names it. None if the provider names no carrier.
    pub carrier: Option<String>,
    /// The new tracking events and facts.
    pub update: TrackingUpdate,
    /// Status codes of the provider without an entry in the tables, for the operator.
    pub unknown: Vec<String>,
}
