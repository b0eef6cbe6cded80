//! Carries out requests for a return or a withdrawal from the contract. This module opens the case;
//! [`crate::self_service::returns`] begins the return.

use doorstep_contract::{ActionKind, CaseStep, Outcome, Party, ShopperRequest};

use super::orders::cancel_unshipped;
use super::outcome::{RequestOutcome, open};
use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::self_service::case::{Occasion, entry};
use crate::self_service::{case, returns};

pub(super) fn begin(record: &mut OrderAggregate, rules: &Rules, request: &ShopperRequest, occasion: &Occasion) -> RequestOutcome {
    let done = open(record, rules, request, occasion);
    if request.kind == ActionKind::Withdraw {
        case::change(record, &done.case_id, |case, _| {
            case.timeline.push(entry(occasion.now, Party::Shopper, CaseStep::Withdrawn, None));
            case.outcome = Some(Outcome::Refund);
        });
        cancel_unshipped(record, &request.lines);
    }
    returns::begin(record, rules, &done.case_id, occasion.now);
    done
}
