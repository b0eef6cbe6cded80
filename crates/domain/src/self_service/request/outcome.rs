//! Result types that are shared by the modules that carry out requests.

use doorstep_contract::invalid::Findings;
use doorstep_contract::{Action, CaseId, FieldProblem, ShipmentId, ShopperRequest};

use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::self_service::case::{self, Occasion};

/// Reason why a request is not carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// Fields of the request are invalid.
    Invalid(Vec<FieldProblem>),
    /// The action is not available now. Contains the action with its state and reason.
    Unavailable(Box<Action>),
    /// The chosen delivery slot is not free.
    SlotTaken,
}

/// Result of a request that was carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestOutcome {
    /// Id of the opened case.
    pub case_id: CaseId,
    /// Delivery slot that the service has to book: id of the shipment and id of the slot. None unless the request chooses a slot.
    pub slot_to_book: Option<(ShipmentId, String)>,
    /// Entry for the audit log: the subject, the value before, the value after. None unless the request changes the address.
    pub audit: Option<(&'static str, serde_json::Value, serde_json::Value)>,
}

pub(super) fn valid(findings: Findings) -> Result<(), Refusal> {
    findings.into_result().map_err(|invalid| Refusal::Invalid(invalid.errors))
}

/// Opens the case of a request and creates its outcome.
pub(super) fn open(record: &mut OrderAggregate, rules: &Rules, request: &ShopperRequest, occasion: &Occasion) -> RequestOutcome {
    RequestOutcome { case_id: case::open(record, rules, request, occasion), slot_to_book: None, audit: None }
}
