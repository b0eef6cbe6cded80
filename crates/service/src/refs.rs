//! Names of the parts of an order: the id of the order and the id of the part within it.

use doorstep_contract::{CaseId, OrderId, ShipmentId};

/// A case of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRef {
    /// Id of the order.
    pub order_id: OrderId,
    /// Id of the case within the order.
    pub case_id: CaseId,
}

/// A shipment of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShipmentRef {
    /// Id of the order.
    pub order_id: OrderId,
    /// Id of the shipment within the order.
    pub shipment_id: ShipmentId,
}

/// A return of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRef {
    /// Id of the order.
    pub order_id: OrderId,
    /// Id of the return within the order.
    pub return_id: String,
}

/// A refund of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRef {
    /// Id of the order.
    pub order_id: OrderId,
    /// Id of the refund within the order.
    pub refund_id: String,
}
