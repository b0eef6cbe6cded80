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

document! {
    /// Whether one order line can take part.
    pub struct ActionLine {
        /// The order line.
        pub line_id: String,
        /// How many of it at most.
        pub quantity: u32,
        /// Whether it can take part.
        pub eligible: bool,
        /// Why not.
        pub why_not: Option<String>,
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
        /// Why not, in the backend's words.
        pub reason: Option<String>,
        /// Which lines can take part.
        pub lines: Vec<ActionLine>,
        /// What has to be sent along, such as `photo` or `note`.
        pub needs: Vec<String>,
        /// What can be asked for.
        pub outcomes: Vec<Outcome>,
        /// Whether the law or the retailer wants it seen.
        pub prominent: bool,
    }
}
