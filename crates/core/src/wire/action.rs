//! What the shopper can do, as the backend's policy says: available, not yet, expired or unavailable.

use super::lenient::{document, vocabulary};
use super::time::Timestamp;

vocabulary! {
    /// A self-service action.
    pub enum ActionKind {
        /// It says delivered, but it is not there.
        ReportNonReceipt = "report_non_receipt",
        /// It arrived damaged.
        ReportDamaged = "report_damaged",
        /// It is not what was bought.
        ReportWrongItem = "report_wrong_item",
        /// Something is not in the parcel.
        ReportMissingItem = "report_missing_item",
        /// Another day.
        Reschedule = "reschedule",
        /// Another address.
        ChangeAddress = "change_address",
        /// Words for the driver.
        DeliveryInstructions = "delivery_instructions",
        /// Leave it with a neighbour.
        LeaveWithNeighbour = "leave_with_neighbour",
        /// Leave it in a safe place.
        LeaveInSafePlace = "leave_in_safe_place",
        /// Send it to a pickup point.
        RedirectToPickup = "redirect_to_pickup",
        /// Cancel lines that were not sent.
        Cancel = "cancel",
        /// Agree to a later date.
        AcceptDelay = "accept_delay",
        /// Send something back.
        StartReturn = "start_return",
        /// Withdraw from the contract.
        Withdraw = "withdraw",
        /// Where the refund is.
        RefundStatus = "refund_status",
        /// Talk to a person.
        Contact = "contact",
    }
}

impl ActionKind {
    /// Whether it changes what was shown about a delivery or an order, so that it is taken only from somebody who has seen the order as
    /// it is (`If-Match`).
    pub fn changes_what_was_shown(&self) -> bool {
        matches!(
            self,
            Self::Reschedule
                | Self::ChangeAddress
                | Self::DeliveryInstructions
                | Self::LeaveWithNeighbour
                | Self::LeaveInSafePlace
                | Self::RedirectToPickup
                | Self::Cancel
                | Self::AcceptDelay
        )
    }

    /// Whether it says that goods are missing or not as they should be.
    pub fn is_report(&self) -> bool {
        matches!(self, Self::ReportNonReceipt | Self::ReportDamaged | Self::ReportWrongItem | Self::ReportMissingItem)
    }
}

vocabulary! {
    /// Whether it can be done now.
    pub enum ActionState {
        /// Now, until `until`.
        Available = "available",
        /// From `from`.
        NotYet = "not_yet",
        /// Since `until`.
        Expired = "expired",
        /// Not at all, for `reason`.
        Unavailable = "unavailable",
    }
}

vocabulary! {
    /// What the shopper can ask for.
    pub enum Outcome {
        /// Money back.
        Refund = "refund",
        /// The same again.
        Replacement = "replacement",
        /// Something else.
        Exchange = "exchange",
        /// Credit in the shop.
        StoreCredit = "store_credit",
        /// Find out what happened.
        Investigate = "investigate",
    }
}

vocabulary! {
    /// Why something cannot be done.
    pub enum WhyNot {
        /// The shop does not offer it for this order.
        NotOffered = "not_offered",
        /// The carrier does not offer it for this shipment.
        CarrierDoesNotOffer = "carrier_does_not_offer",
        /// It has not arrived yet.
        NotDelivered = "not_delivered",
        /// It is being delivered today, or was.
        TooLate = "too_late",
        /// It has left already.
        Dispatched = "dispatched",
        /// It has not left yet.
        NotDispatched = "not_dispatched",
        /// It has arrived already.
        Delivered = "delivered",
        /// The time for it is over.
        WindowClosed = "window_closed",
        /// It is too early: the parcel may still come.
        TooEarly = "too_early",
        /// It was sold without a right to send it back.
        FinalSale = "final_sale",
        /// All of it was asked for already.
        NothingLeft = "nothing_left",
        /// A case about it is open.
        CaseOpen = "case_open",
        /// There is no slot or place to choose from.
        NothingFree = "nothing_free",
        /// There is no refund.
        NoRefund = "no_refund",
        /// The order is cancelled or its parcel has come to an end.
        Ended = "ended",
    }
}

document! {
    /// Whether one order line can take part.
    pub struct ActionLine {
        /// The order line.
        pub line_id: String,
        /// The shipment that this part of it travels in.
        pub shipment_id: Option<String>,
        /// How many of it at most.
        pub quantity: u32,
        /// Whether it can take part.
        pub eligible: bool,
        /// Why not.
        pub why_not: Option<WhyNot>,
        /// Until when it can take part.
        pub until: Option<Timestamp>,
    }
}

document! {
    /// A reason to choose from.
    pub struct ReasonChoice {
        /// Its code, as a request names it.
        pub code: String,
        /// The shop's words for it, where the code is the shop's own.
        pub text: Option<String>,
        /// What has to be sent along with it, such as `photo` or `note`.
        pub needs: Vec<String>,
    }
}

document! {
    /// One action and whether it can be done.
    pub struct Action {
        /// Which.
        pub kind: ActionKind,
        /// For one shipment, or for the order.
        pub shipment_id: Option<String>,
        /// Whether it can be done now.
        pub state: ActionState,
        /// From when.
        pub from: Option<Timestamp>,
        /// Until when.
        pub until: Option<Timestamp>,
        /// Whether the law or the retailer wants it seen.
        pub prominent: bool,
        later {
            /// Why not.
            pub reason: Option<WhyNot>,
            /// What the shop wants said about it, in its own words.
            pub text: Option<String>,
            /// Which lines can take part.
            pub lines: Vec<ActionLine>,
            /// What has to be sent along, such as `photo` or `note`.
            pub needs: Vec<String>,
            /// What can be asked for.
            pub outcomes: Vec<Outcome>,
            /// The reasons to choose from.
            pub reasons: Vec<ReasonChoice>,
        }
    }
}
