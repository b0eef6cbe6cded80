//! What goes back to the retailer, and the money that comes back to the shopper.

use super::action::Outcome;
use super::lenient::{document, vocabulary};
use super::money::Money;
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

vocabulary! {
    /// How a return goes back.
    pub enum ReturnMethodKind {
        /// Handed over at a counter or a locker.
        DropOff = "drop_off",
        /// Collected at the door.
        Collection = "collection",
        /// Brought to a shop.
        Store = "store",
        /// Not at all: the shopper keeps it.
        Keep = "keep",
    }
}

document! {
    /// How the return can be handed over.
    pub struct Label {
        /// Media types of the printable label.
        pub formats: Vec<String>,
        /// The text of the code to show at the counter.
        pub qr_text: Option<String>,
        /// That code's modules, row by row: `1` is dark.
        pub qr_rows: Vec<String>,
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
        /// How it goes back.
        pub method: Option<ReturnMethodKind>,
        /// What it is worth to the shopper, as estimated.
        pub estimate: Option<Money>,
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
        /// The return that it is for.
        pub return_id: Option<String>,
        /// The case that it comes from.
        pub case_id: Option<String>,
    }
}

vocabulary! {
    /// A part of a refund.
    pub enum QuotePartKind {
        /// What was paid for the goods.
        Goods = "goods",
        /// What was paid for their delivery.
        Delivery = "delivery",
        /// Taken off for restocking.
        Restocking = "restocking",
        /// Taken off for the way back.
        ReturnFee = "return_fee",
        /// Added for choosing store credit.
        Bonus = "bonus",
    }
}

document! {
    /// One part of an estimate; what is taken off is negative.
    pub struct QuotePart {
        /// Which part.
        pub kind: QuotePartKind,
        /// How much.
        pub amount: Option<Money>,
    }
}

document! {
    /// A way to send something back.
    pub struct ReturnMethod {
        /// Identity, as a request names it.
        pub id: String,
        /// What kind of way.
        pub kind: ReturnMethodKind,
        /// Its name, such as the carrier's.
        pub name: String,
        /// What it costs the shopper.
        pub fee: Option<Money>,
        /// The refund with this way.
        pub amount: Option<Money>,
        /// Whether a label has to be printed.
        pub printer: bool,
    }
}

document! {
    /// What a return would come to.
    pub struct Quote {
        /// The refund before the way back is paid; absent where prices are unknown.
        pub amount: Option<Money>,
        /// How it comes about.
        pub parts: Vec<QuotePart>,
        /// The ways back to choose from.
        pub methods: Vec<ReturnMethod>,
        /// The last moment to hand it over.
        pub drop_off_by: Option<Timestamp>,
        /// Days after its arrival in which the refund is sent.
        pub refund_days: Option<u32>,
    }
}
