//! The order document, the whole of what the widget knows.

use super::action::Action;
use super::case::Case;
use super::json::Value;
use super::lenient::{document, vocabulary};
use super::money::Money;
use super::promise::Window;
use super::refund::{Refund, Return};
use super::shipment::Shipment;
use super::time::Timestamp;

vocabulary! {
    /// How much the holder of the token may see.
    pub enum Access {
        /// Everything.
        Full = "full",
        /// Nothing personal, until the shopper has proved who they are.
        Limited = "limited",
    }
}

vocabulary! {
    /// How the whole order goes, in one word.
    pub enum Tone {
        /// As it should.
        Good = "good",
        /// Worth a look.
        Attention = "attention",
        /// Something went wrong.
        Problem = "problem",
        /// Nothing to say.
        Quiet = "quiet",
    }
}

document! {
    /// Where it goes, as far as it may be shown; masked by the backend.
    pub struct Destination {
        /// The address, line by line.
        pub lines: Vec<String>,
        /// ISO 3166-1 alpha-2.
        pub country: Option<String>,
    }
}

document! {
    /// One line of the order.
    pub struct Line {
        /// Identity within the order.
        pub id: String,
        /// What was bought.
        pub title: String,
        /// Which variant of it.
        pub variant: Option<String>,
        /// How many.
        pub quantity: u32,
        /// The price of one.
        pub unit_price: Option<Money>,
        /// What was paid for all of it, after discounts; refunds split it to the minor unit.
        pub total: Option<Money>,
        /// A picture, `https:` only.
        pub image_url: Option<String>,
        /// The shop's page of it.
        pub url: Option<String>,
    }
}

document! {
    /// How many of a line are not in any shipment yet.
    pub struct Unshipped {
        /// The order line.
        pub line_id: String,
        /// How many of it.
        pub quantity: u32,
        /// When they are expected to leave.
        pub expected_dispatch: Option<Window>,
        /// When they were first promised to leave; never overwritten.
        pub promised_dispatch: Option<Window>,
    }
}

document! {
    /// A way to reach a person.
    pub struct Support {
        /// The channel, such as `chat`, `email` or `phone`.
        pub kind: String,
        /// The words on the link.
        pub label: String,
        /// Where it leads: `https:`, `mailto:` or `tel:`.
        pub url: String,
        /// When somebody answers.
        pub hours: Option<String>,
    }
}

document! {
    /// Limits for what the shopper may send.
    pub struct Limits {
        /// Bytes of one piece of evidence.
        pub evidence_max_bytes: Option<u64>,
        /// Pieces of evidence a request.
        pub evidence_max_files: Option<u32>,
    }
}

document! {
    /// A headline made by the backend in the language asked for.
    pub struct Summary {
        /// BCP 47.
        pub lang: String,
        /// One sentence.
        pub headline: String,
        /// One more.
        pub detail: Option<String>,
        /// How the order goes.
        pub tone: Tone,
    }
}

document! {
    /// One order with everything that belongs to it.
    pub struct Order {
        /// Identity; never the number on the receipt.
        pub id: String,
        /// The number on the receipt.
        pub number: String,
        /// When it was placed.
        pub placed_at: Option<Timestamp>,
        /// Grows with every change; a document with a lower one is older.
        pub version: u64,
        /// When the backend last learned anything.
        pub as_of: Option<Timestamp>,
        /// The IANA zone of the delivery address.
        pub time_zone: Option<String>,
        /// How much of it this is.
        pub access: Access,
        /// Where it goes.
        pub destination: Option<Destination>,
        /// What was bought.
        pub lines: Vec<Line>,
        /// What has not been sent.
        pub unshipped: Vec<Unshipped>,
        /// What has been sent.
        pub shipments: Vec<Shipment>,
        /// How to reach a person.
        pub support: Vec<Support>,
        /// A headline made by the backend.
        pub summary: Option<Summary>,
        /// Whether there is a stream of changes.
        pub stream: bool,
        /// Seconds to wait between two polls, where there is none.
        pub poll_after_s: Option<u32>,
        later {
            /// What the shopper can do.
            pub actions: Vec<Action>,
            /// What the shopper asked for.
            pub cases: Vec<Case>,
            /// What goes back.
            pub returns: Vec<Return>,
            /// What is paid back.
            pub refunds: Vec<Refund>,
            /// Limits for what may be sent.
            pub limits: Option<Limits>,
        }
    }
}

impl Order {
    /// Reads what the page shows before anything is pressed: everything but what only requests and their cards need.
    pub fn read_for_page(json: &Value) -> Option<Self> {
        let mut order = Self::read_first(json)?;
        let actions = json.get("actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for action in actions.iter().take(super::lenient::MAX_LIST) {
            order.actions.extend(Action::read_first(action));
        }
        Some(order)
    }

    /// Whether the order has anything that the shopper asked for.
    pub fn has_requests(json: &Value) -> bool {
        let some = |name| json.get(name).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
        some("cases") || some("returns") || some("refunds")
    }

    /// Reads an order document from the text of a body.
    pub fn from_json(body: &str) -> Result<Self, super::lenient::Unreadable> {
        super::lenient::read_document(body)
    }
}
