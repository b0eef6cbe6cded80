//! The order document, from which the widget shows everything.

use super::action::Action;
use super::case::Case;
use super::id::OrderId;
use super::json::Value;
use super::lenient::{document, vocabulary};
use super::money::Money;
use super::promise::Window;
use super::refund::{Refund, Return};
use super::shipment::Shipment;
use super::time::Timestamp;

vocabulary! {
    /// Access that the token gives to the order.
    pub enum Access {
        /// Every part of the document.
        Full = "full",
        /// No personal data, until the shopper has proved their identity.
        Limited = "limited",
    }
}

vocabulary! {
    /// Tone of the order: the seriousness of its state.
    pub enum Tone {
        /// The order goes as expected.
        Good = "good",
        /// The order needs attention.
        Attention = "attention",
        /// Something went wrong.
        Problem = "problem",
        /// Nothing to report.
        Quiet = "quiet",
    }
}

document! {
    /// Delivery address. The backend masks or leaves out the parts that must not be shown.
    pub struct Destination {
        /// Address, line by line.
        pub lines: Vec<String>,
        /// ISO 3166-1 alpha-2 country code.
        pub country: Option<String>,
    }
}

document! {
    /// One line of the order.
    pub struct Line {
        /// Id within the order.
        pub id: String,
        /// Title of the product.
        pub title: String,
        /// Variant of the product.
        pub variant: Option<String>,
        /// Quantity ordered.
        pub quantity: u32,
        /// Price of one unit.
        pub unit_price: Option<Money>,
        /// Amount paid for all units of the line, after discounts. A refund for some units is a part of this amount. The parts of
        /// all units add up to exactly this amount.
        pub total: Option<Money>,
        /// Address of a picture: an `https:` URL, or a path on the origin of the backend.
        pub image_url: Option<String>,
        /// Address of the shop's page for the product.
        pub url: Option<String>,
    }
}

document! {
    /// Quantity of an order line that is not in any shipment yet.
    pub struct Unshipped {
        /// Id of the order line.
        pub line_id: String,
        /// Quantity that is not shipped.
        pub quantity: u32,
        /// Expected time of dispatch.
        pub expected_dispatch: Option<Window>,
        /// First promised time of dispatch; never overwritten.
        pub promised_dispatch: Option<Window>,
    }
}

document! {
    /// Channel for contacting a person.
    pub struct Support {
        /// Channel, such as `chat`, `email` or `phone`.
        pub kind: String,
        /// Text of the link.
        pub label: String,
        /// Target of the link: `https:`, `mailto:` or `tel:`.
        pub url: String,
        /// Hours in which the channel is staffed.
        pub hours: Option<String>,
    }
}

document! {
    /// Limits for what the shopper may upload.
    pub struct Limits {
        /// Largest size of one piece of evidence, in bytes.
        pub evidence_max_bytes: Option<u64>,
        /// Largest number of pieces of evidence per request.
        pub evidence_max_files: Option<u32>,
    }
}

document! {
    /// Headline written by the backend in the requested language.
    pub struct Summary {
        /// BCP 47 language tag.
        pub lang: String,
        /// Headline as one sentence.
        pub headline: String,
        /// One further sentence.
        pub detail: Option<String>,
        /// Tone of the order.
        pub tone: Tone,
    }
}

document! {
    /// One order with everything that belongs to it.
    pub struct Order {
        /// Public id of the order; never the number on the receipt.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub id: OrderId,
        /// Order number on the receipt.
        pub number: String,
        /// Time at which the order was placed.
        pub placed_at: Option<Timestamp>,
        /// Version of the document. It grows with every change; a document with a lower version is older.
        pub version: u64,
        /// Time at which the backend last received an update.
        pub as_of: Option<Timestamp>,
        /// IANA time zone of the delivery address.
        pub time_zone: Option<String>,
        /// `full`, or `limited` if the document lacks personal data.
        pub access: Access,
        /// Delivery address.
        pub destination: Option<Destination>,
        /// Order lines.
        pub lines: Vec<Line>,
        /// Quantities that are not shipped yet.
        pub unshipped: Vec<Unshipped>,
        /// Shipments of the order.
        pub shipments: Vec<Shipment>,
        /// Channels for contacting a person.
        pub support: Vec<Support>,
        /// Headline written by the backend.
        pub summary: Option<Summary>,
        /// True if the backend offers a stream of changes.
        pub stream: bool,
        /// Seconds between two polls, if there is no stream.
        pub poll_after_s: Option<u32>,
        later {
            /// Self-service actions for the shopper.
            pub actions: Vec<Action>,
            /// Cases that the shopper opened.
            pub cases: Vec<Case>,
            /// Returns of the order.
            pub returns: Vec<Return>,
            /// Refunds of the order.
            pub refunds: Vec<Refund>,
            /// Limits for what the shopper may upload.
            pub limits: Option<Limits>,
        }
    }
}

impl Order {
    /// Reads the fields that the widget shows at first. Leaves out the fields under `later` in `Order`, except `actions`. Also
    /// leaves out the fields under `later` in each `Action`. Only the dialogs and cards of self-service need these fields.
    /// Returns None if the value is not an object.
    pub fn read_for_page(json: &Value) -> Option<Self> {
        let mut order = Self::read_first(json)?;
        let actions = json.get("actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for action in actions.iter().take(super::lenient::MAX_LIST) {
            order.actions.extend(Action::read_first(action));
        }
        Some(order)
    }

    /// Returns true if the JSON of an order has a list of cases, returns or refunds that is not empty.
    pub fn has_requests(json: &Value) -> bool {
        let some = |name| json.get(name).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
        some("cases") || some("returns") || some("refunds")
    }

    /// Reads an order document from the text of a body. Returns an error if the body is not a JSON object.
    pub fn from_json(body: &str) -> Result<Self, super::lenient::Unreadable> {
        super::lenient::read_document(body)
    }
}
