//! Self-service actions as the backend's policy offers them: available, not yet, expired or unavailable.

use super::id::ShipmentId;
use super::lenient::{document, vocabulary};
use super::need::Needs;
use super::time::Timestamp;

vocabulary! {
    /// Kind of self-service action.
    pub enum ActionKind {
        /// Report that a parcel marked as delivered is not there.
        ReportNonReceipt = "report_non_receipt",
        /// Report that goods arrived damaged.
        ReportDamaged = "report_damaged",
        /// Report that a wrong item arrived.
        ReportWrongItem = "report_wrong_item",
        /// Report that an item is missing from the parcel.
        ReportMissingItem = "report_missing_item",
        /// Choose another delivery day.
        Reschedule = "reschedule",
        /// Correct the delivery address.
        ChangeAddress = "change_address",
        /// Give instructions to the driver.
        DeliveryInstructions = "delivery_instructions",
        /// Have the parcel left with a neighbour.
        LeaveWithNeighbour = "leave_with_neighbour",
        /// Have the parcel left in a safe place.
        LeaveInSafePlace = "leave_in_safe_place",
        /// Redirect the parcel to a pickup point.
        RedirectToPickup = "redirect_to_pickup",
        /// Cancel order lines that were not sent.
        Cancel = "cancel",
        /// Agree to a later date.
        AcceptDelay = "accept_delay",
        /// Start a return.
        StartReturn = "start_return",
        /// Withdraw from the contract.
        Withdraw = "withdraw",
        /// Ask about the state of a refund.
        RefundStatus = "refund_status",
        /// Contact a person.
        Contact = "contact",
    }
}

/// Family of a self-service action, for code that treats several kinds of action in the same manner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionFamily {
    /// Reports goods that are missing or faulty.
    Report,
    /// Changes the date, the place or the address of a delivery.
    Delivery,
    /// Cancels order lines before dispatch, or accepts a delay.
    Order,
    /// Sends goods back.
    Return,
    /// Asks about a refund.
    Refund,
    /// Contacts a person.
    Contact,
    /// Kinds that this version does not know.
    Unknown,
}

impl ActionKind {
    /// Returns the family of the action.
    pub fn family(&self) -> ActionFamily {
        match self {
            Self::ReportNonReceipt | Self::ReportDamaged | Self::ReportWrongItem | Self::ReportMissingItem => {
                ActionFamily::Report
            }
            Self::Reschedule
            | Self::ChangeAddress
            | Self::DeliveryInstructions
            | Self::LeaveWithNeighbour
            | Self::LeaveInSafePlace
            | Self::RedirectToPickup => ActionFamily::Delivery,
            Self::Cancel | Self::AcceptDelay => ActionFamily::Order,
            Self::StartReturn | Self::Withdraw => ActionFamily::Return,
            Self::RefundStatus => ActionFamily::Refund,
            Self::Contact => ActionFamily::Contact,
            Self::Unknown(_) => ActionFamily::Unknown,
        }
    }

    /// Returns true for actions that change a delivery, cancel order lines or accept a delay. The backend requires `If-Match` for
    /// these, so that a shopper who saw an outdated version of the order cannot request them.
    pub fn requires_if_match(&self) -> bool {
        matches!(self.family(), ActionFamily::Delivery | ActionFamily::Order)
    }

    /// Returns true if the action reports goods as missing, damaged or wrong.
    pub fn is_report(&self) -> bool {
        self.family() == ActionFamily::Report
    }
}

vocabulary! {
    /// Availability of an action.
    pub enum ActionState {
        /// Available now, and until `until` if that is given.
        Available = "available",
        /// Available from `from` on.
        NotYet = "not_yet",
        /// No longer available since `until`.
        Expired = "expired",
        /// Not available, for the reason in `reason`.
        Unavailable = "unavailable",
    }
}

vocabulary! {
    /// Outcome that the shopper can request.
    pub enum Outcome {
        /// A refund.
        Refund = "refund",
        /// A replacement with the same goods.
        Replacement = "replacement",
        /// An exchange for other goods.
        Exchange = "exchange",
        /// Store credit.
        StoreCredit = "store_credit",
        /// An investigation of what happened.
        Investigate = "investigate",
    }
}

vocabulary! {
    /// Reason why an action, or one line of an action, is not available.
    pub enum WhyNot {
        /// The shop does not offer the action for this order.
        NotOffered = "not_offered",
        /// The carrier does not offer the action for this shipment.
        CarrierDoesNotOffer = "carrier_does_not_offer",
        /// The shipment has not arrived yet.
        NotDelivered = "not_delivered",
        /// The shipment has passed the last stage at which a change is possible, or has had too many delivery attempts.
        TooLate = "too_late",
        /// The shipment has already left.
        Dispatched = "dispatched",
        /// The shipment has not left yet.
        NotDispatched = "not_dispatched",
        /// The shipment has already arrived.
        Delivered = "delivered",
        /// The period for the action is over.
        WindowClosed = "window_closed",
        /// It is too early: the parcel may still arrive.
        TooEarly = "too_early",
        /// The goods were sold without a right of return.
        FinalSale = "final_sale",
        /// The action was already requested for everything that it applies to.
        NothingLeft = "nothing_left",
        /// A case for the action is already open.
        CaseOpen = "case_open",
        /// There is no delivery slot or pickup point to choose from.
        NothingFree = "nothing_free",
        /// There is no refund.
        NoRefund = "no_refund",
        /// The order is cancelled or its shipment has ended.
        Ended = "ended",
    }
}

document! {
    /// Order line of an action, with its eligibility.
    pub struct ActionLine {
        /// Id of the order line.
        pub line_id: String,
        /// Id of the shipment that contains this part of the line.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        pub shipment_id: Option<ShipmentId>,
        /// Largest quantity for which the action can be requested.
        pub quantity: u32,
        /// True if the action can be requested for the line.
        pub eligible: bool,
        /// Reason why the action cannot be requested for the line.
        pub why_not: Option<WhyNot>,
        /// Time until which the action can be requested for the line.
        pub until: Option<Timestamp>,
    }
}

document! {
    /// Reason that the shopper can choose.
    pub struct ReasonChoice {
        /// Code of the reason, as used in a request.
        pub code: String,
        /// The shop's text for the reason. If it is absent, the widget shows its own text for a known code, else the code.
        pub text: Option<String>,
        /// Parts that a request with this reason must have, such as `photo` or `note`.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        pub needs: Needs,
    }
}

document! {
    /// Self-service action with its availability.
    pub struct Action {
        /// Kind of action.
        pub kind: ActionKind,
        /// Id of the shipment that the action is about; absent for an action on the whole order.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        pub shipment_id: Option<ShipmentId>,
        /// Availability now.
        pub state: ActionState,
        /// Time from which the action is available.
        pub from: Option<Timestamp>,
        /// Time until which the action is or was available.
        pub until: Option<Timestamp>,
        /// True if the law or the retailer requires the action to be shown prominently.
        pub prominent: bool,
        later {
            /// Reason why the action is not available.
            pub reason: Option<WhyNot>,
            /// The shop's text about the action.
            pub text: Option<String>,
            /// Order lines with their eligibility.
            pub lines: Vec<ActionLine>,
            /// Parts that the request must have, such as `photo`, `note` or `contact`.
            #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
            pub needs: Needs,
            /// Outcomes that the shopper can request.
            pub outcomes: Vec<Outcome>,
            /// Reasons that the shopper can choose from.
            pub reasons: Vec<ReasonChoice>,
        }
    }
}
