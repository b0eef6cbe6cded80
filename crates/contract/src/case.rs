//! A case: the shopper's request, its state, its timeline and its next step.

use super::action::{ActionKind, Outcome};
use super::id::{CaseId, ShipmentId};
use super::lenient::{document, vocabulary};
use super::shipment::{LineQuantity, Party};
use super::time::Timestamp;

vocabulary! {
    /// State of a case.
    pub enum CaseState {
        /// Received, and nobody has worked on it yet.
        Received = "received",
        /// Being worked on.
        InProgress = "in_progress",
        /// Waiting for the shopper.
        WaitingForShopper = "waiting_for_shopper",
        /// Waiting for the carrier.
        WaitingForCarrier = "waiting_for_carrier",
        /// Resolved.
        Resolved = "resolved",
        /// Declined.
        Declined = "declined",
    }
}

impl CaseState {
    /// Returns true unless the case is resolved or declined.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Resolved | Self::Declined)
    }
}

vocabulary! {
    /// Step in the timeline of a case.
    pub enum CaseStep {
        /// The case was opened.
        Opened = "opened",
        /// The shopper or the retailer wrote a message.
        Message = "message",
        /// The case was handed to a person.
        HandedOver = "handed_over",
        /// The carrier was asked about the parcel.
        CarrierAsked = "carrier_asked",
        /// The carrier answered.
        CarrierAnswered = "carrier_answered",
        /// The parcel was found.
        Found = "found",
        /// The delivery was rescheduled.
        Rescheduled = "rescheduled",
        /// The address was corrected.
        AddressChanged = "address_changed",
        /// The shopper's request was passed on to the carrier.
        PassedOn = "passed_on",
        /// The parcel was redirected.
        Redirected = "redirected",
        /// Order lines were cancelled.
        Cancelled = "cancelled",
        /// The shopper agreed to a later date.
        DelayAccepted = "delay_accepted",
        /// The shopper withdrew from the contract.
        Withdrawn = "withdrawn",
        /// The return was approved.
        ReturnApproved = "return_approved",
        /// The return label is ready.
        LabelReady = "label_ready",
        /// The return is on its way.
        ReturnInTransit = "return_in_transit",
        /// The return arrived.
        ReturnReceived = "return_received",
        /// The return was inspected.
        ReturnInspected = "return_inspected",
        /// A replacement was promised.
        ReplacementPromised = "replacement_promised",
        /// A replacement was sent.
        ReplacementSent = "replacement_sent",
        /// A refund was promised.
        RefundPromised = "refund_promised",
        /// A refund was sent.
        RefundSent = "refund_sent",
        /// A party was reminded because a date has passed.
        Reminded = "reminded",
        /// The case was resolved.
        Resolved = "resolved",
        /// The case was declined.
        Declined = "declined",
        /// The period for the case has expired.
        Expired = "expired",
    }
}

vocabulary! {
    /// Next step of a case. The party in `CaseNext::who` has to take it.
    pub enum NextStep {
        /// The party investigates what happened.
        LookInto = "look_into",
        /// The party writes an answer.
        Answer = "answer",
        /// The shopper hands over the return.
        SendBack = "send_back",
        /// The return is inspected.
        Inspect = "inspect",
        /// The replacement is sent.
        SendReplacement = "send_replacement",
        /// The refund arrives.
        Refund = "refund",
        /// The parcel is delivered.
        Deliver = "deliver",
        /// The parcel is collected at the pickup point.
        Collect = "collect",
    }
}

document! {
    /// Next step of a case, with its party and date.
    pub struct CaseNext {
        /// The step.
        pub what: NextStep,
        /// Party that has to act.
        pub who: Party,
        /// Time by which the step has to be done.
        pub by: Option<Timestamp>,
    }
}

document! {
    /// One entry in the timeline of a case.
    pub struct CaseEntry {
        requires {
            /// Time of the entry.
            pub at: Timestamp,
        }
        /// Party that took the step.
        pub who: Party,
        /// Step that was taken.
        pub what: CaseStep,
        /// Text that belongs to the step, such as a message.
        pub text: Option<String>,
    }
}

document! {
    /// Rating of a case's outcome by the shopper.
    pub struct Feedback {
        /// True if the shopper is asked for a rating.
        pub asked: bool,
        /// Rating from 1 to 5; absent if none was given.
        pub rating: Option<u32>,
    }
}

document! {
    /// One case of an order.
    pub struct Case {
        /// Id within the order.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub id: CaseId,
        /// Reference to quote, such as `DS-7K2M4`.
        pub reference: String,
        /// Kind of action that was requested.
        pub kind: ActionKind,
        /// Id of the shipment that the case is about.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        pub shipment_id: Option<ShipmentId>,
        /// Order lines that the case is about, with quantities.
        pub lines: Vec<LineQuantity>,
        /// State of the case.
        pub state: CaseState,
        /// Time at which the case was opened.
        pub opened_at: Option<Timestamp>,
        /// Next step.
        pub next: Option<CaseNext>,
        /// Outcome that was requested, or the actual outcome once the case is resolved.
        pub outcome: Option<Outcome>,
        /// Id of the return that belongs to the case.
        pub return_id: Option<String>,
        /// Id of the refund that belongs to the case.
        pub refund_id: Option<String>,
        /// Timeline of the steps so far.
        pub timeline: Vec<CaseEntry>,
        /// True if the shopper can add a message.
        pub can_reply: bool,
        /// True if the shopper can download an acknowledgement of the request.
        pub acknowledged: bool,
        /// Rating by the shopper.
        pub feedback: Option<Feedback>,
    }
}
