//! The wire format between a backend and the widget: JSON of contract version 1.
//!
//! Reading is lenient (see `lenient.rs`): unknown fields are ignored, unknown enum values keep their text, and a part that cannot
//! be read is left out. Reading a body fails only if the body is not a JSON object or lacks a required field. Writing includes
//! every field, except an optional field without a value. This crate depends on no other crate of the project.
//!
//! A backend reads request bodies strictly instead. The feature `strict` adds two modules for this: `strict` refuses values that
//! the lenient reader would drop, and `invalid` collects the errors of a body. `bounds` has the limits on requests.

mod action;
pub mod bounds;
mod case;
mod concat;
mod digits;
mod event;
mod id;
#[cfg(feature = "strict")]
pub mod invalid;
mod json;
mod lenient;
#[cfg(test)]
mod lenient_tests;
pub mod links;
mod lookup;
mod money;
mod need;
mod order;
mod problem;
mod promise;
mod refund;
mod request;
mod shipment;
#[cfg(feature = "strict")]
pub mod strict;
mod time;
mod vocabulary;

pub use action::{Action, ActionFamily, ActionKind, ActionLine, ActionState, Outcome, ReasonChoice, WhyNot};
pub use case::{Case, CaseEntry, CaseNext, CaseState, CaseStep, Feedback, NextStep};
pub use concat::concat;
pub use digits::text as digits;
pub use event::{Event, EventTime, Place, Raw, Source, Zone};
pub use id::{CaseId, OrderId, ShipmentId, id_text};
pub use json::{Map, Value};
pub use lenient::{Lenient, MAX_LIST, MAX_TEXT_BYTES, Unreadable, cut, read_document};
pub use lookup::{LookupAnswer, LookupRequest};
pub use money::{Money, decimals};
pub use need::{Need, Needs};
pub use order::{Access, Destination, Limits, Line, Order, Summary, Support, Tone, Unshipped};
pub use problem::{FieldProblem, Problem};
pub use promise::{Confidence, Promise, PromiseSource, Revision, Verdict, Window, WindowKind};
pub use refund::{
    Label, Quote, QuotePart, QuotePartKind, Refund, RefundState, RefundTo, Return, ReturnMethod, ReturnMethodKind, ReturnState,
};
pub use request::{
    CaseMessage, CaseRating, Evidence, NewAddress, PickupPoint, PickupPoints, QuoteRequest, RequestLine, ShopperRequest, Slot,
    Slots,
};
pub use shipment::{
    ActionRequired, Carrier, Delivered, Direction, LineQuantity, Party, Pickup, Position, Shipment, TrackingLevel,
};
pub use time::{Date, LocalTime, Timestamp};
pub use vocabulary::{Condition, ConditionState, DeliveredTo, Reason, Responsibility, Stage, StagePhase};
