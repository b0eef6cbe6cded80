//! A case: what the shopper asked for, how far it is and what happens next.

use super::action::{ActionKind, Outcome};
use super::lenient::{document, vocabulary};
use super::shipment::{LineQuantity, Party};
use super::time::Timestamp;

vocabulary! {
    /// How far it is.
    pub enum CaseState {
        /// Received, nobody has looked yet.
        Received = "received",
        /// Being worked on.
        InProgress = "in_progress",
        /// Waiting for the shopper.
        WaitingForShopper = "waiting_for_shopper",
        /// Waiting for the carrier.
        WaitingForCarrier = "waiting_for_carrier",
        /// Done.
        Resolved = "resolved",
        /// Refused.
        Declined = "declined",
    }
}

impl CaseState {
    /// Whether it still goes on.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Resolved | Self::Declined)
    }
}

vocabulary! {
    /// What happened in a case.
    pub enum CaseStep {
        /// It was opened.
        Opened = "opened",
        /// Somebody wrote something.
        Message = "message",
        /// A person was asked to take over.
        HandedOver = "handed_over",
        /// The carrier was asked.
        CarrierAsked = "carrier_asked",
        /// The carrier answered.
        CarrierAnswered = "carrier_answered",
        /// The parcel turned up.
        Found = "found",
        /// The delivery was moved.
        Rescheduled = "rescheduled",
        /// The address was corrected.
        AddressChanged = "address_changed",
        /// The wish was passed on to the carrier.
        PassedOn = "passed_on",
        /// The parcel was redirected.
        Redirected = "redirected",
        /// Lines were cancelled.
        Cancelled = "cancelled",
        /// A later date was agreed to.
        DelayAccepted = "delay_accepted",
        /// The contract was withdrawn from.
        Withdrawn = "withdrawn",
        /// The return was allowed.
        ReturnApproved = "return_approved",
        /// The return's label is there.
        LabelReady = "label_ready",
        /// The return is on its way.
        ReturnInTransit = "return_in_transit",
        /// The return arrived.
        ReturnReceived = "return_received",
        /// The return was looked at.
        ReturnInspected = "return_inspected",
        /// A replacement was promised.
        ReplacementPromised = "replacement_promised",
        /// A replacement was sent.
        ReplacementSent = "replacement_sent",
        /// A refund was promised.
        RefundPromised = "refund_promised",
        /// A refund was sent.
        RefundSent = "refund_sent",
        /// Somebody was reminded, because a date has passed.
        Reminded = "reminded",
        /// It is done.
        Resolved = "resolved",
        /// It was refused.
        Declined = "declined",
        /// The time for it ran out.
        Expired = "expired",
    }
}

vocabulary! {
    /// What happens next in a case.
    pub enum NextStep {
        /// It is looked into.
        LookInto = "look_into",
        /// An answer is written.
        Answer = "answer",
        /// The return is handed over.
        SendBack = "send_back",
        /// The return is looked at.
        Inspect = "inspect",
        /// The replacement leaves.
        SendReplacement = "send_replacement",
        /// The money arrives.
        Refund = "refund",
        /// The parcel is delivered.
        Deliver = "deliver",
        /// It is collected at the pickup point.
        Collect = "collect",
    }
}

document! {
    /// What happens next.
    pub struct CaseNext {
        /// What.
        pub what: NextStep,
        /// By whom.
        pub who: Party,
        /// By when.
        pub by: Option<Timestamp>,
    }
}

document! {
    /// One entry of a case's timeline.
    pub struct CaseEntry {
        requires {
            /// When.
            pub at: Timestamp,
        }
        /// Who.
        pub who: Party,
        /// What happened.
        pub what: CaseStep,
        /// What was said.
        pub text: Option<String>,
    }
}

document! {
    /// How the shopper rated the outcome.
    pub struct Feedback {
        /// Whether a rating is asked for.
        pub asked: bool,
        /// The rating given, 1 to 5.
        pub rating: Option<u32>,
    }
}

document! {
    /// One case.
    pub struct Case {
        /// Identity within the order.
        pub id: String,
        /// The reference to quote, such as `DS-7K2M4`.
        pub reference: String,
        /// What was asked for.
        pub kind: ActionKind,
        /// About which shipment.
        pub shipment_id: Option<String>,
        /// About which lines.
        pub lines: Vec<LineQuantity>,
        /// How far it is.
        pub state: CaseState,
        /// Since when.
        pub opened_at: Option<Timestamp>,
        /// What happens next.
        pub next: Option<CaseNext>,
        /// What was asked for, or what came of it once it is resolved.
        pub outcome: Option<Outcome>,
        /// The return that belongs to it.
        pub return_id: Option<String>,
        /// The refund that belongs to it.
        pub refund_id: Option<String>,
        /// What happened so far.
        pub timeline: Vec<CaseEntry>,
        /// Whether the shopper can add to it.
        pub can_reply: bool,
        /// Whether there is an acknowledgement to keep.
        pub acknowledged: bool,
        /// How it was rated.
        pub feedback: Option<Feedback>,
    }
}
