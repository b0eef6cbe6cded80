//! Decisions of the retailer's staff about a return, and new states of a refund.

use doorstep_domain::self_service::refund_update::{self, RefundRefusal, RefundUpdate};
use doorstep_domain::self_service::returns::{self, ReturnUpdate};

use crate::documents::Document;
use crate::error::Error;
use crate::refs::{RefundRef, ReturnRef};
use crate::unit_of_work::UnitOfWork;

/// Applies a decision of the retailer's staff about a return.
pub(super) async fn decide(unit: &mut UnitOfWork, of: &ReturnRef, update: &ReturnUpdate) -> Result<Document, Error> {
    let mut order = unit.load(&of.order_id).await?;
    order.recompute(&unit.context);
    if order.aggregate.order.returns.iter().all(|known| known.id != of.return_id) {
        return Err(Error::UnknownReturn);
    }
    let rules = unit.context.rules(&order.aggregate.order);
    returns::decide(&mut order.aggregate, rules, &of.return_id, update, unit.context.now())?;
    order.increment_version();
    unit.save(order).await
}

/// Applies a new state of a refund.
pub(super) async fn update_refund(unit: &mut UnitOfWork, refund: &RefundRef, update: &RefundUpdate) -> Result<Document, Error> {
    let mut order = unit.load(&refund.order_id).await?;
    let now = unit.context.now();
    refund_update::update_refund(&mut order.aggregate.order, &refund.refund_id, update, now).map_err(
        |refusal| match refusal {
            RefundRefusal::UnknownRefund => Error::UnknownRefund,
            RefundRefusal::Invalid(field) => Error::Invalid(vec![field]),
        },
    )?;
    order.increment_version();
    unit.save(order).await
}
