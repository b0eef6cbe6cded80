//! Splits the amount paid for an order line over its pieces, which can be refunded by several requests.
//!
//! Each promised amount is recorded with its case. The next request splits the rest of the line's total over the remaining
//! pieces, the larger shares first. The shares of all pieces therefore add up to exactly the total, however the requests are
//! split. A line without a total is worth its unit price times the quantity.

use doorstep_contract::{Case, CaseId, CaseState, Line, Money, Order, RequestLine, ReturnState};

use crate::order::{InternalState, OrderAggregate, RefundAllocation};

/// Returns the refund amount for each part of a request, in the sequence of the parts. Amounts that were promised in other cases
/// are deducted from the total of a line first. Amounts that were promised in the case `case_id` are not deducted. Returns None
/// if a price is unknown or the currencies differ.
pub(crate) fn shares(record: &OrderAggregate, case_id: Option<&CaseId>, parts: &[RequestLine]) -> Option<Vec<Money>> {
    let mut shares: Vec<Money> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let line = record.order.lines.iter().find(|line| line.id == part.line_id)?;
        let minor = match &line.total {
            None => line.unit_price.as_ref()?.minor.checked_mul(part.quantity.into())?,
            Some(total) => {
                let earlier = parts.iter().zip(&shares).take(index).filter(|(earlier, _)| earlier.line_id == part.line_id);
                let (pieces, minor) = earlier.fold(allocated(record, line, case_id), |(pieces, minor), (part, share)| {
                    (pieces.saturating_add(part.quantity), minor.saturating_add(share.minor))
                });
                let left = total.minor.saturating_sub(minor).max(0);
                share(left, line.quantity.saturating_sub(pieces), part.quantity)
            }
        };
        let currency = line.total.as_ref().or(line.unit_price.as_ref()).map(|money| money.currency.clone())?;
        shares.push(Money { minor, currency });
    }
    let same = shares.iter().all(|share| shares.first().is_some_and(|first| first.currency == share.currency));
    same.then_some(shares)
}

/// Returns the sum of the shares. Returns None if there are no shares or the sum overflows.
pub(crate) fn sum(shares: &[Money]) -> Option<Money> {
    let first = shares.first()?;
    let minor = shares.iter().try_fold(0_i64, |sum, share| sum.checked_add(share.minor))?;
    Some(Money { minor, currency: first.currency.clone() })
}

/// Records the amounts that were promised in a case, one for each part of its request. Replaces earlier amounts of the case.
pub(crate) fn allocate(record: &mut OrderAggregate, case_id: &CaseId, parts: &[RequestLine], shares: &[Money]) {
    let ordered = |line_id: &str| record.order.lines.iter().find(|line| line.id == line_id).map(|line| line.quantity);
    let new = parts.iter().zip(shares).map(|(part, share)| RefundAllocation {
        case_id: case_id.to_owned(),
        line_id: part.line_id.clone(),
        quantity: part.quantity,
        minor: share.minor,
        ordered: ordered(&part.line_id).filter(|_| part.shipment_id.is_none()),
    });
    let new: Vec<RefundAllocation> = new.collect();
    record.private.refund_allocations.retain(|known| known.case_id != *case_id);
    record.private.refund_allocations.extend(new);
}

/// Returns the share of the next `pieces` pieces when an amount is split over the `left` remaining pieces. The remainder of the
/// division goes to the first pieces, one minor unit each.
fn share(minor: i64, left: u32, pieces: u32) -> i64 {
    let (Some(each), Some(rest)) = (minor.checked_div(left.into()), minor.checked_rem(left.into())) else { return 0 };
    let pieces = i64::from(pieces.min(left));
    each * pieces + rest.min(pieces)
}

/// Returns the number of pieces of a line for which cases other than `but` promised a refund, and the sum of these refunds in the
/// minor unit. Cancelled pieces no longer count once the shop has reduced the quantity of the line.
fn allocated(record: &OrderAggregate, line: &Line, but: Option<&CaseId>) -> (u32, i64) {
    let counts = |known: &&RefundAllocation| {
        let is_past = known.ordered.is_some_and(|ordered| line.quantity < ordered);
        known.line_id == line.id && Some(&known.case_id) != but && !is_past && is_live(record, &known.case_id)
    };
    record.private.refund_allocations.iter().filter(counts).fold((0, 0), |(pieces, minor), known| {
        (u32::saturating_add(pieces, known.quantity), i64::saturating_add(minor, known.minor))
    })
}

/// Returns true if the amount that was promised in a case was paid or is still to be paid.
fn is_live(record: &OrderAggregate, case_id: &CaseId) -> bool {
    let has_refund = record.order.refunds.iter().any(|refund| refund.case_id.as_ref() == Some(case_id));
    let case = record.order.cases.iter().find(|case| case.id == *case_id);
    has_refund || case.is_some_and(|case| still_reserves(&record.order, &record.private, case))
}

/// Returns true if the pieces in the request of a case are still reserved for the case. An expired return reserves no pieces. A
/// declined case reserves no pieces unless its return has arrived.
pub(crate) fn still_reserves(order: &Order, private: &InternalState, case: &Case) -> bool {
    let rma = order.returns.iter().find(|rma| Some(&rma.id) == case.return_id.as_ref());
    let arrived = |id: &String| private.returns.get(id).is_some_and(|rma| rma.received_at.is_some());
    match rma {
        Some(rma) if rma.state == ReturnState::Expired => false,
        Some(rma) => case.state != CaseState::Declined || arrived(&rma.id),
        None => case.state != CaseState::Declined,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(total: i64, quantity: u32) -> OrderAggregate {
        let order = format!(
            r#"{{"id": "o", "number": "1", "version": 1, "lines": [{{"id": "a", "title": "A", "quantity": {quantity},
                "total": {{"minor": {total}, "currency": "EUR"}}}}],
                "cases": [{}]}}"#,
            (0..30)
                .map(|id| format!(r#"{{"id": "c{id}", "kind": "cancel", "state": "resolved"}}"#))
                .collect::<Vec<_>>()
                .join(",")
        );
        OrderAggregate { order: Order::from_json(&order).expect("an order"), private: InternalState::default() }
    }

    fn part(quantity: u32) -> RequestLine {
        RequestLine { line_id: "a".to_owned(), quantity, shipment_id: Some("s1".into()), ..RequestLine::default() }
    }

    fn promise(record: &mut OrderAggregate, case_id: &str, parts: &[RequestLine]) -> i64 {
        let case_id = &CaseId::from(case_id);
        let shares = shares(record, Some(case_id), parts).expect("prices are known");
        allocate(record, case_id, parts, &shares);
        sum(&shares).map_or(0, |sum| sum.minor)
    }

    #[test]
    fn three_for_81_13_come_back_to_the_cent_one_by_one_and_together() {
        let mut one_by_one = record(8_113, 3);
        let shares: Vec<i64> = (0..3).map(|id| promise(&mut one_by_one, &format!("c{id}"), &[part(1)])).collect();
        assert_eq!(shares, [2_705, 2_704, 2_704]);
        assert_eq!(promise(&mut record(8_113, 3), "c0", &[part(2)]), 5_409);
        assert_eq!(promise(&mut record(8_113, 3), "c0", &[part(2), part(1)]), 8_113);
    }

    #[test]
    fn what_was_refused_or_never_sent_back_is_worth_the_same_again() {
        let mut record = record(8_113, 3);
        assert_eq!(promise(&mut record, "c0", &[part(2)]), 5_409);
        record.order.cases[0].state = CaseState::Declined;
        assert_eq!(promise(&mut record, "c1", &[part(3)]), 8_113);
    }

    #[test]
    fn pieces_that_were_cancelled_count_until_the_shop_sends_fewer() {
        let mut record = record(8_113, 3);
        let unsent = RequestLine { shipment_id: None, ..part(1) };
        assert_eq!(promise(&mut record, "c0", &[unsent]), 2_705);
        assert_eq!(shares(&record, None, &[part(2)]).and_then(|shares| sum(&shares)).map(|sum| sum.minor), Some(5_408));
        (record.order.lines[0].quantity, record.order.lines[0].total) =
            (2, Some(Money { minor: 5_408, currency: "EUR".to_owned() }));
        assert_eq!(shares(&record, None, &[part(2)]).and_then(|shares| sum(&shares)).map(|sum| sum.minor), Some(5_408));
    }

    proptest! {
        #[test]
        fn parts_of_a_line_add_up_to_what_was_paid_and_never_to_more(
            total in 0_i64..1_000_000,
            parts in prop::collection::vec((1_u32..9, 1_usize..3), 1..12),
        ) {
            let quantity = parts.iter().map(|(quantity, _)| quantity).sum();
            let mut record = record(total, quantity);
            let (mut paid, mut least, mut most) = (0, i64::MAX, 0);
            for (id, (quantity, pieces)) in parts.iter().enumerate() {
                // Splits the pieces into one or two parts of the request. The sum must not depend on the split.
                let first = if *pieces > 1 { (quantity / 2).max(1) } else { *quantity };
                let split: Vec<RequestLine> = [first, quantity - first].into_iter().filter(|part| *part > 0).map(part).collect();
                let whole = shares(&record, None, &[part(*quantity)]).and_then(|shares| sum(&shares)).map(|sum| sum.minor);
                let promised = promise(&mut record, &format!("c{id}"), &split);
                prop_assert_eq!(whole, Some(promised));
                paid += promised;
                prop_assert!(paid <= total);
                (least, most) = (least.min(promised / i64::from(*quantity)), most.max(promised / i64::from(*quantity)));
            }
            prop_assert_eq!(paid, total);
            prop_assert!(most - least <= 1, "every piece is worth the same but for the smallest unit");
        }
    }
}
