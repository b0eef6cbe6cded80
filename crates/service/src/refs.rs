//! Names of the parts of an order: the id of the order and the id of the part within it.

/// A case of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRef {
    /// Id of the order.
    pub order_id: String,
    /// Id of the case within the order.
    pub case_id: String,
}

/// A shipment of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShipmentRef {
    /// Id of the order.
    pub order_id: String,
    /// Id of the shipment within the order.
    pub shipment_id: String,
}

/// A return of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRef {
    /// Id of the order.
    pub order_id: String,
    /// Id of the return within the order.
    pub return_id: String,
}

/// A refund of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRef {
    /// Id of the order.
    pub order_id: String,
    /// Id of the refund within the order.
    pub refund_id: String,
}
