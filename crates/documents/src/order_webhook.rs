//! Builds the messages that inform the retailer's systems about a new or changed order. Each message contains the new version of
//! the order. Changes that these systems do not act on, such as the age of the data, the position of the vehicle and the
//! available actions, are not reported. Pure.

use doorstep_contract::{Case, CaseId, Order, OrderId, Refund, Return, Shipment, ShipmentId, Timestamp};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Kind of change. The names in messages are part of the webhook format and must not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedField {
    /// Stage of a shipment. If a shipment was added or removed, this is the only change that is reported for it.
    ShipmentStage,
    /// Condition of a shipment.
    ShipmentCondition,
    /// Reason for the condition.
    ShipmentReason,
    /// Estimated delivery.
    ShipmentExpected,
    /// Verdict on the delivery promise: early, on time or late.
    ShipmentVerdict,
    /// Place where the shipment was left, and the proof of delivery.
    ShipmentDelivered,
    /// Pickup point.
    ShipmentPickup,
    /// Action that is required before the shipment continues.
    ShipmentActionRequired,
    /// Number of failed delivery attempts.
    ShipmentAttempts,
    /// State of a case.
    CaseState,
    /// State of a return.
    ReturnState,
    /// State of a refund.
    RefundState,
}

impl ChangedField {
    /// All kinds, in the sequence in which the changes of a message are listed.
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

    /// Returns the name used in messages.
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

impl Serialize for ChangedField {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        sink.serialize_str(self.as_str())
    }
}

/// Part of the order that a change is about, with its id within the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A shipment.
    ShipmentId(ShipmentId),
    /// A case.
    CaseId(CaseId),
    /// A return.
    ReturnId(String),
    /// A refund.
    RefundId(String),
}

/// One change. `from` and `to` are JSON as in the order document; a missing value is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Kind of change.
    pub what: ChangedField,
    /// Part of the order that changed.
    #[serde(flatten)]
    pub of: Subject,
    /// Value before the change.
    pub from: Value,
    /// Value after the change.
    pub to: Value,
}

/// Reason for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum OrderWebhookType {
    /// The order was created.
    #[serde(rename = "order.created")]
    Created,
    /// The order changed.
    #[serde(rename = "order.updated")]
    Updated,
}

impl OrderWebhookType {
    /// Returns the name used in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "order.created",
            Self::Updated => "order.updated",
        }
    }
}

/// One message to the retailer's systems.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrderWebhook<'a> {
    /// Id of the message. It stays the same when the message is sent again.
    pub id: &'a str,
    /// Reason for the message.
    #[serde(rename = "type")]
    pub event_type: OrderWebhookType,
    /// Time of the change.
    pub at: Timestamp,
    /// Id of the order.
    pub order_id: &'a OrderId,
    /// Order number as printed on the receipt.
    pub number: &'a str,
    /// Version of the order after the change.
    pub version: u64,
    /// Changes; empty if the order is new.
    pub changes: &'a [Change],
    /// The order in this version.
    pub order: &'a Order,
}

/// Returns the message type and the changes between two states of an order, or None if there is no change to report. `before` is
/// None for a new order.
pub fn detect_changes(before: Option<&Order>, after: &Order) -> Option<(OrderWebhookType, Vec<Change>)> {
    let Some(before) = before else {
        return Some((OrderWebhookType::Created, Vec::new()));
    };
    let changes = changes(before, after);
    (!changes.is_empty()).then_some((OrderWebhookType::Updated, changes))
}

/// Returns the changes between two states of an order.
pub fn changes(before: &Order, after: &Order) -> Vec<Change> {
    let mut found = Vec::new();
    compare(&mut found, (&before.shipments, &after.shipments), |shipment| Subject::ShipmentId(shipment.id.clone()), of_shipment);
    compare(&mut found, (&before.cases, &after.cases), |case| Subject::CaseId(case.id.clone()), of_case);
    compare(&mut found, (&before.returns, &after.returns), |rma| Subject::ReturnId(rma.id.clone()), of_return);
    compare(&mut found, (&before.refunds, &after.refunds), |refund| Subject::RefundId(refund.id.clone()), of_refund);
    found
}

/// Values of a part of the order whose changes are reported, always in the same sequence. If the part was added or removed, only
/// the first value is reported.
type Facts = Vec<(ChangedField, Value)>;

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
        (ChangedField::ShipmentStage, shipment.stage.as_str().into()),
        (ChangedField::ShipmentCondition, shipment.condition.state.as_str().into()),
        (ChangedField::ShipmentReason, shipment.condition.reason.as_ref().map(|reason| reason.as_str()).into()),
        (ChangedField::ShipmentExpected, json(promise.and_then(|promise| promise.expected))),
        (ChangedField::ShipmentVerdict, promise.map(|promise| promise.verdict.as_str()).into()),
        (ChangedField::ShipmentDelivered, json(shipment.delivered.as_ref())),
        (ChangedField::ShipmentPickup, json(shipment.pickup.as_ref())),
        (ChangedField::ShipmentActionRequired, json(shipment.action_required.as_ref())),
        (ChangedField::ShipmentAttempts, shipment.attempts.into()),
    ]
}

fn of_case(case: &Case) -> Facts {
    vec![(ChangedField::CaseState, case.state.as_str().into())]
}

fn of_return(rma: &Return) -> Facts {
    vec![(ChangedField::ReturnState, rma.state.as_str().into())]
}

fn of_refund(refund: &Refund) -> Facts {
    vec![(ChangedField::RefundState, refund.state.as_str().into())]
}

/// Returns the value as JSON as in the order document, or `null` if it is missing.
fn json(part: Option<impl Serialize>) -> Value {
    part.and_then(|part| serde_json::to_value(part).ok()).unwrap_or_default()
}
