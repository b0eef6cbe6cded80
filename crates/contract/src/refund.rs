//! Returns of goods to the retailer, and refunds to the shopper.

use super::action::Outcome;
use super::id::{CaseId, ShipmentId};
use super::lenient::{document, vocabulary};
use super::money::Money;
use super::shipment::LineQuantity;
use super::time::Timestamp;

vocabulary! {
    /// State of a return.
    pub enum ReturnState {
        /// Requested.
        Requested = "requested",
        /// Approved.
        Approved = "approved",
        /// The label can be printed or shown.
        LabelReady = "label_ready",
        /// On its way to the retailer.
        InTransit = "in_transit",
        /// Received by the retailer.
        Received = "received",
        /// Inspected.
        Inspected = "inspected",
        /// Completed.
        Completed = "completed",
        /// Rejected.
        Rejected = "rejected",
        /// Expired, because it was never sent.
        Expired = "expired",
    }
}

vocabulary! {
    /// State of a refund.
    pub enum RefundState {
        /// Promised.
        Promised = "promised",
        /// On its way.
        Sent = "sent",
        /// Arrived.
        Completed = "completed",
        /// Failed.
        Failed = "failed",
    }
}

vocabulary! {
    /// Destination of a refund.
    pub enum RefundTo {
        /// The original payment method.
        OriginalPayment = "original_payment",
        /// Store credit.
        StoreCredit = "store_credit",
    }
}

vocabulary! {
    /// Kind of return method.
    pub enum ReturnMethodKind {
        /// Handed over at a counter or a locker.
        DropOff = "drop_off",
        /// Collected at the door.
        Collection = "collection",
        /// Brought to a shop.
        Store = "store",
        /// Not sent back: the shopper keeps the goods.
        Keep = "keep",
    }
}

document! {
    /// Label of a return, as a document to print or a code to show.
    pub struct Label {
        /// Media types in which the backend offers the label as a file.
        pub formats: Vec<String>,
        /// Text of the QR code to show at the counter.
        pub qr_text: Option<String>,
        /// Modules of the QR code, row by row; `1` is dark.
        pub qr_rows: Vec<String>,
    }
}

document! {
    /// One return of an order.
    pub struct Return {
        /// Id within the order.
        pub id: String,
        /// Id of the case that it belongs to.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        pub case_id: Option<CaseId>,
        /// State of the return.
        pub state: ReturnState,
        /// Order lines that go back, with quantities.
        pub lines: Vec<LineQuantity>,
        /// Outcome for the shopper.
        pub outcome: Option<Outcome>,
        /// Kind of return method.
        pub method: Option<ReturnMethodKind>,
        /// Estimated amount that the shopper gets back.
        pub estimate: Option<Money>,
        /// Label with which the return is handed over.
        pub label: Option<Label>,
        /// Latest time for handing the return over.
        pub drop_off_by: Option<Timestamp>,
        /// Id of the shipment that carries the goods back.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        pub shipment_id: Option<ShipmentId>,
        /// Id of the refund that follows.
        pub refund_id: Option<String>,
    }
}

document! {
    /// One refund of an order.
    pub struct Refund {
        /// Id within the order.
        pub id: String,
        /// Amount of the refund.
        pub amount: Option<Money>,
        /// State of the refund.
        pub state: RefundState,
        /// Destination of the refund.
        pub to: RefundTo,
        /// Time by which the refund must arrive.
        pub due_by: Option<Timestamp>,
        /// Time at which it was sent.
        pub sent_at: Option<Timestamp>,
        /// Reference of the payment.
        pub reference: Option<String>,
        /// Id of the return that it is for.
        pub return_id: Option<String>,
        /// Id of the case that it comes from.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        pub case_id: Option<CaseId>,
    }
}

vocabulary! {
    /// Kind of amount that an estimate consists of.
    pub enum QuotePartKind {
        /// Price paid for the goods.
        Goods = "goods",
        /// Price paid for their delivery.
        Delivery = "delivery",
        /// Deduction for restocking.
        Restocking = "restocking",
        /// Deduction for the cost of the return.
        ReturnFee = "return_fee",
        /// Addition for choosing store credit.
        Bonus = "bonus",
    }
}

document! {
    /// One part of an estimate. A deduction is negative.
    pub struct QuotePart {
        /// Kind of part.
        pub kind: QuotePartKind,
        /// Amount of the part.
        pub amount: Option<Money>,
    }
}

document! {
    /// Return method that the shopper can choose.
    pub struct ReturnMethod {
        /// Id of the method, as used in a request.
        pub id: String,
        /// Kind of return method.
        pub kind: ReturnMethodKind,
        /// Name to show, such as the carrier's.
        pub name: String,
        /// Cost for the shopper.
        pub fee: Option<Money>,
        /// Amount of the refund if this method is chosen.
        pub amount: Option<Money>,
        /// True if a label has to be printed.
        pub printer: bool,
    }
}

document! {
    /// Estimate of the refund for a return.
    pub struct Quote {
        /// Refund before the cost of the return method; absent if prices are unknown.
        pub amount: Option<Money>,
        /// Parts that make up the amount.
        pub parts: Vec<QuotePart>,
        /// Return methods to choose from.
        pub methods: Vec<ReturnMethod>,
        /// Latest time for handing the return over.
        pub drop_off_by: Option<Timestamp>,
        /// Days after the arrival of the return within which the refund is sent.
        pub refund_days: Option<u32>,
    }
}
