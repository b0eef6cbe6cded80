//! What the retailer's own systems are told of an order: that it is there, or what changed about it, with the order as it is then.
//! Pure. Only what such a system would act on is told; how fresh the data is, where the vehicle is and what can be done are not.

use doorstep_core::wire::{Case, Order, Refund, Return, Shipment, Timestamp};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// What changed. The words travel, so they are never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Where a shipment is; alone where the shipment itself is new, or gone.
    ShipmentStage,
    /// How it goes.
    ShipmentCondition,
    /// Why it goes so.
    ShipmentReason,
    /// When it is expected.
    ShipmentExpected,
    /// The expectation held against the promise.
    ShipmentVerdict,
    /// Where it was left, and the proof.
    ShipmentDelivered,
    /// Where it can be collected.
    ShipmentPickup,
    /// Who has to do something before it goes on.
    ShipmentActionRequired,
    /// Failed delivery attempts.
    ShipmentAttempts,
    /// How far a case is.
    CaseState,
    /// How far a return is.
    ReturnState,
    /// How far a refund is.
    RefundState,
}

impl What {
    /// Every word, in the order in which changes are told.
    pub const ALL: [Self; 12] = [
        Self::ShipmentStage,
        Self::ShipmentCondition,
        Self::ShipmentReason,
        Self::ShipmentExpected,
        Self::ShipmentVerdict,
        Self::ShipmentDelivered,
        Self::ShipmentPickup,
        Self::ShipmentActionRequired,
        Self::ShipmentAttempts,
        Self::CaseState,
        Self::ReturnState,
        Self::RefundState,
    ];

    /// The word as it travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ShipmentStage => "shipment.stage",
            Self::ShipmentCondition => "shipment.condition",
            Self::ShipmentReason => "shipment.reason",
            Self::ShipmentExpected => "shipment.expected",
            Self::ShipmentVerdict => "shipment.verdict",
            Self::ShipmentDelivered => "shipment.delivered",
            Self::ShipmentPickup => "shipment.pickup",
            Self::ShipmentActionRequired => "shipment.action_required",
            Self::ShipmentAttempts => "shipment.attempts",
            Self::CaseState => "case.state",
            Self::ReturnState => "return.state",
            Self::RefundState => "refund.state",
        }
    }
}

impl Serialize for What {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        sink.serialize_str(self.as_str())
    }
}

/// What a change is about, by its identity within the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A shipment.
    ShipmentId(String),
    /// A case.
    CaseId(String),
    /// A return.
    ReturnId(String),
    /// A refund.
    RefundId(String),
}

/// One change; `from` and `to` are written as the order document has them, `null` where there is nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What changed.
    pub what: What,
    /// Of what.
    #[serde(flatten)]
    pub of: Subject,
    /// What it was.
    pub from: Value,
    /// What it is.
    pub to: Value,
}

/// Why somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum News {
    /// The order is new.
    #[serde(rename = "order.created")]
    Created,
    /// Something about it changed.
    #[serde(rename = "order.updated")]
    Updated,
}

impl News {
    /// The word as it travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "order.created",
            Self::Updated => "order.updated",
        }
    }
}

/// The whole message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Announcement<'a> {
    /// Its identity, the same for every attempt to send it.
    pub id: &'a str,
    /// Why it is sent.
    #[serde(rename = "type")]
    pub news: News,
    /// When that happened.
    pub at: Timestamp,
    /// The order.
    pub order_id: &'a str,
    /// The number on the receipt.
    pub number: &'a str,
    /// The version of the order that it tells of.
    pub version: u64,
    /// What changed; nothing where the order is new.
    pub changes: &'a [Change],
    /// The order as it is at that version.
    pub order: &'a Order,
}

/// What is to be told of an order that was like this and is now like that; `None` where it is nothing.
pub fn news(before: Option<&Order>, after: &Order) -> Option<(News, Vec<Change>)> {
    let Some(before) = before else {
        return Some((News::Created, Vec::new()));
    };
    let changes = changes(before, after);
    (!changes.is_empty()).then_some((News::Updated, changes))
}

/// What changed between two states of an order.
pub fn changes(before: &Order, after: &Order) -> Vec<Change> {
    let mut found = Vec::new();
    compare(&mut found, (&before.shipments, &after.shipments), |shipment| Subject::ShipmentId(shipment.id.clone()), of_shipment);
    compare(&mut found, (&before.cases, &after.cases), |case| Subject::CaseId(case.id.clone()), of_case);
    compare(&mut found, (&before.returns, &after.returns), |back| Subject::ReturnId(back.id.clone()), of_return);
    compare(&mut found, (&before.refunds, &after.refunds), |refund| Subject::RefundId(refund.id.clone()), of_refund);
    found
}

/// Facts in an order that is always the same; the first stands for all where there is nothing to compare with.
type Facts = Vec<(What, Value)>;

fn compare<T>(found: &mut Vec<Change>, (before, after): (&[T], &[T]), subject: fn(&T) -> Subject, facts: fn(&T) -> Facts) {
    for now in after {
        let of = subject(now);
        match before.iter().find(|then| subject(then) == of) {
            Some(then) => found.extend(differences(&of, facts(then), facts(now))),
            None => found.extend(facts(now).into_iter().take(1).map(|(what, to)| Change {
                what,
                of: of.clone(),
                from: Value::Null,
                to,
            })),
        }
    }
    for then in before {
        let of = subject(then);
        if after.iter().all(|now| subject(now) != of) {
            found.extend(facts(then).into_iter().take(1).map(|(what, from)| Change {
                what,
                of: of.clone(),
                from,
                to: Value::Null,
            }));
        }
    }
}

fn differences(of: &Subject, before: Facts, after: Facts) -> impl Iterator<Item = Change> {
    let pairs = before.into_iter().zip(after).filter(|((_, from), (_, to))| from != to);
    pairs.map(move |((what, from), (_, to))| Change { what, of: of.clone(), from, to })
}

fn of_shipment(shipment: &Shipment) -> Facts {
    let promise = shipment.promise.as_ref();
    vec![
        (What::ShipmentStage, shipment.stage.as_str().into()),
        (What::ShipmentCondition, shipment.condition.state.as_str().into()),
        (What::ShipmentReason, shipment.condition.reason.as_ref().map(|reason| reason.as_str()).into()),
        (What::ShipmentExpected, json(promise.and_then(|promise| promise.expected))),
        (What::ShipmentVerdict, promise.map(|promise| promise.verdict.as_str()).into()),
        (What::ShipmentDelivered, json(shipment.delivered.as_ref())),
        (What::ShipmentPickup, json(shipment.pickup.as_ref())),
        (What::ShipmentActionRequired, json(shipment.action_required.as_ref())),
        (What::ShipmentAttempts, shipment.attempts.into()),
    ]
}

fn of_case(case: &Case) -> Facts {
    vec![(What::CaseState, case.state.as_str().into())]
}

fn of_return(back: &Return) -> Facts {
    vec![(What::ReturnState, back.state.as_str().into())]
}

fn of_refund(refund: &Refund) -> Facts {
    vec![(What::RefundState, refund.state.as_str().into())]
}

/// As the order document has it.
fn json(part: Option<impl Serialize>) -> Value {
    part.and_then(|part| serde_json::to_value(part).ok()).unwrap_or_default()
}
