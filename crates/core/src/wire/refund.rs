//! What goes back to the retailer, and the money that comes back to the shopper.

use super::action::Outcome;
use super::lenient::{document, vocabulary};
use super::order::Money;
use super::shipment::LineQuantity;
use super::time::Timestamp;

vocabulary! {
    /// How far a return is.
    pub enum ReturnState {
        /// Asked for.
        Requested = "requested",
        /// Allowed.
        Approved = "approved",
        /// The label can be printed or shown.
        LabelReady = "label_ready",
        /// On its way back.
        InTransit = "in_transit",
        /// Arrived.
        Received = "received",
        /// Looked at.
        Inspected = "inspected",
        /// Done.
        Completed = "completed",
        /// Refused.
        Rejected = "rejected",
        /// Never sent.
        Expired = "expired",
    }
}

vocabulary! {
    /// How far a refund is.
    pub enum RefundState {
        /// Promised.
        Promised = "promised",
        /// On its way.
        Sent = "sent",
        /// Arrived.
        Completed = "completed",
        /// It did not work.
        Failed = "failed",
    }
}

vocabulary! {
    /// Where the money goes.
    pub enum RefundTo {
        /// Back the way it came.
        OriginalPayment = "original_payment",
        /// Credit in the shop.
        StoreCredit = "store_credit",
    }
}

document! {
    /// How the return can be handed over.
    pub struct Label {
        /// Media types of the printable label.
        pub formats: Vec<String>,
        /// The text of the code to show at the counter.
        pub qr_text: Option<String>,
    }
}

document! {
    /// One return.
    pub struct Return {
        /// Identity within the order.
        pub id: String,
        /// The case it belongs to.
        pub case_id: Option<String>,
        /// How far it is.
        pub state: ReturnState,
        /// What goes back.
        pub lines: Vec<LineQuantity>,
        /// What the shopper gets for it.
        pub outcome: Option<Outcome>,
        /// How it goes back, such as `drop_off`.
        pub method: Option<String>,
        /// The label.
        pub label: Option<Label>,
        /// The last moment to hand it over.
        pub drop_off_by: Option<Timestamp>,
        /// The shipment it travels in.
        pub shipment_id: Option<String>,
        /// The refund that follows.
        pub refund_id: Option<String>,
    }
}

document! {
    /// One refund.
    pub struct Refund {
        /// Identity within the order.
        pub id: String,
        /// How much.
        pub amount: Option<Money>,
        /// How far it is.
        pub state: RefundState,
        /// Where it goes.
        pub to: RefundTo,
        /// By when it must be there.
        pub due_by: Option<Timestamp>,
        /// When it was sent.
        pub sent_at: Option<Timestamp>,
        /// The reference of the payment.
        pub reference: Option<String>,
    }
}
