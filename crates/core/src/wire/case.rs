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

document! {
    /// What happens next.
    pub struct CaseNext {
        /// What.
        pub what: String,
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
        /// What happened, in one word.
        pub what: String,
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
        /// What came of it.
        pub outcome: Option<Outcome>,
        /// What happened so far.
        pub timeline: Vec<CaseEntry>,
        /// Whether the shopper can add to it.
        pub can_reply: bool,
        /// How it was rated.
        pub feedback: Option<Feedback>,
    }
}
