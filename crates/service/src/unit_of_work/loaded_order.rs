//! An order that a unit of work is changing: its aggregate, and the state before the change.

use std::collections::BTreeSet;

use doorstep_contract::{Case, CaseId, CaseState, Order, OrderId, Shipment, ShipmentId};
use doorstep_documents::helpdesk_ticket::Occasion;
use doorstep_domain::order::OrderAggregate;

use super::case_note::CaseNote;
use super::contact_change::ContactChange;
use crate::context::Context;
use crate::documents::Document;
use crate::error::Error;

/// A number that providers use for a shipment of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ShipmentNumber {
    /// Id of the shipment.
    pub(super) shipment_id: ShipmentId,
    /// Tracking number, last-mile tracking number or reference of a provider.
    pub(super) number: String,
}

/// An order that a unit of work has saved.
pub(super) struct SavedOrder {
    pub(super) aggregate: OrderAggregate,
    /// Document as it is stored.
    pub(super) document: String,
}

/// An order that is being changed.
pub(crate) struct LoadedOrder {
    /// The order with its internal state.
    pub(crate) aggregate: OrderAggregate,
    /// The stored order, or None if the order is new.
    pub(super) before: Option<Box<Order>>,
    /// The stored document; empty if the order is new.
    document: String,
    /// Numbers of the shipments as they are stored.
    numbers: BTreeSet<ShipmentNumber>,
    /// Notes of the command that are posted when the order is saved.
    case_notes: Vec<CaseNote>,
    /// Fields of the command that concern mails, stored when the order is saved.
    pub(super) contact: Option<ContactChange>,
    /// Ids of the cases that waited for the carrier before the order was recomputed, and no longer wait for it.
    waited_for_carrier: BTreeSet<CaseId>,
}

impl LoadedOrder {
    /// Creates an order that is not stored yet.
    pub(crate) fn new(aggregate: OrderAggregate) -> Self {
        Self {
            aggregate,
            before: None,
            document: String::new(),
            numbers: BTreeSet::new(),
            case_notes: Vec::new(),
            contact: None,
            waited_for_carrier: BTreeSet::new(),
        }
    }

    /// Creates an order from its stored state and its stored document.
    pub(super) fn stored(aggregate: OrderAggregate, document: String) -> Self {
        let (before, numbers) = (Some(Box::new(aggregate.order.clone())), numbers(&aggregate));
        Self { aggregate, before, document, numbers, case_notes: Vec::new(), contact: None, waited_for_carrier: BTreeSet::new() }
    }

    /// Returns the id of the order.
    pub(crate) fn id(&self) -> &OrderId {
        &self.aggregate.order.id
    }

    /// Returns the version of the order.
    pub(crate) fn version(&self) -> u64 {
        self.aggregate.order.version
    }

    /// Returns the case with this id.
    pub(crate) fn case(&self, case_id: &CaseId) -> Option<&Case> {
        self.aggregate.order.cases.iter().find(|case| case.id == *case_id)
    }

    /// Gives the order its next version.
    pub(crate) fn increment_version(&mut self) {
        self.aggregate.order.version += 1;
    }

    /// Returns true if the order differs from the stored one.
    pub(super) fn has_changed(&self) -> bool {
        self.before.as_deref() != Some(&self.aggregate.order)
    }

    /// Returns the error for a command that expects another version, with the stored document.
    pub(crate) fn into_stale(self) -> Error {
        Error::Stale { version: self.version(), document: self.document }
    }

    /// Returns an order that a command did not change: as a saved order for later changes in this unit, and as a document.
    pub(super) fn into_unchanged(self) -> (SavedOrder, Document) {
        let Self { aggregate, document: json, .. } = self;
        let document = Document { id: aggregate.order.id.clone(), version: aggregate.order.version, json: json.clone() };
        (SavedOrder { aggregate, document: json }, document)
    }

    /// Sets the fields that concern mails, which are stored when the order is saved.
    pub(crate) fn set_contact(&mut self, contact: ContactChange) {
        self.contact = Some(contact);
    }

    /// Adds a case note, which is posted when the order is saved.
    pub(crate) fn add_case_note(&mut self, note: CaseNote) {
        self.case_notes.push(note);
    }

    /// Brings the order up to the current time. Returns the time of the next recomputation in seconds, or None if the order will
    /// not change with time.
    pub(crate) fn recompute(&mut self, context: &Context) -> Option<i64> {
        let waiting = |case: &&Case| case.state == CaseState::WaitingForCarrier;
        self.waited_for_carrier.extend(self.aggregate.order.cases.iter().filter(waiting).map(|case| case.id.clone()));
        let recompute_at = context.recompute(&mut self.aggregate);
        // A case that still waits is removed from the set, so that a later change by a command does not count as a handover by
        // time.
        let cases = &self.aggregate.order.cases;
        self.waited_for_carrier.retain(|id| !cases.iter().filter(waiting).any(|case| case.id == *id));
        recompute_at
    }

    /// Returns the case notes that are posted when the order is saved. First come notes about cases that recomputing handed over
    /// to a person, because they waited for the carrier for too long. A case that already has an outcome gets no such note. The
    /// notes of the command follow.
    pub(super) fn case_notes(&self) -> Vec<CaseNote> {
        let OrderAggregate { order, private } = &self.aggregate;
        let has_no_outcome = |id: &CaseId| private.cases.get(id).is_some_and(|case| case.granted.is_none());
        let is_handed_over = |case: &&Case| {
            case.state == CaseState::InProgress && self.waited_for_carrier.contains(&case.id) && has_no_outcome(&case.id)
        };
        let handed_over = order.cases.iter().filter(is_handed_over).map(|case| CaseNote {
            case_id: case.id.clone(),
            occasion: Occasion::HandedOver,
            message: None,
        });
        handed_over.chain(self.case_notes.iter().cloned()).collect()
    }

    /// Returns the shipments' numbers that were added since the order was loaded, or since this function was last called.
    pub(super) fn take_new_numbers(&mut self) -> BTreeSet<ShipmentNumber> {
        let new: BTreeSet<_> = numbers(&self.aggregate).difference(&self.numbers).cloned().collect();
        self.numbers.extend(new.iter().cloned());
        new
    }
}

/// Returns the tracking numbers of an order's shipments and the references that providers use for them.
fn numbers(aggregate: &OrderAggregate) -> BTreeSet<ShipmentNumber> {
    let of = |shipment: &Shipment| {
        let numbers = [shipment.tracking_number.clone(), shipment.last_mile_tracking_number.clone()];
        let shipment_id = shipment.id.clone();
        numbers.into_iter().flatten().map(move |number| ShipmentNumber { shipment_id: shipment_id.clone(), number })
    };
    let references = aggregate
        .references()
        .map(|(shipment_id, reference)| ShipmentNumber { shipment_id: shipment_id.to_owned(), number: reference.to_owned() });
    aggregate.order.shipments.iter().flat_map(of).chain(references).collect()
}
