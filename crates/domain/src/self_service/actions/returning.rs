//! Self-service actions to return items and to withdraw from the contract.

use chrono::{DateTime, Utc};
use doorstep_contract::{Action, ActionKind, ActionLine, Direction, ReasonChoice, Shipment, Stage, Timestamp, WhyNot};

use super::context::{ActionContext, available, unavailable};
use crate::calendar::days_after;
use crate::tracking::arrived_at;

pub(super) fn of_order(context: &ActionContext<'_>, actions: &mut Vec<Action>) {
    if context.rules.returns.offered {
        actions.extend(start_return(context));
    }
    if context.rules.withdraw.offered {
        actions.extend(withdraw(context));
    }
}

fn start_return(context: &ActionContext<'_>) -> Option<Action> {
    let rules = &context.rules.returns;
    let to_shopper = |shipment: &&Shipment| shipment.direction != Direction::Return;
    let mut lines: Vec<ActionLine> = Vec::new();
    for shipment in context.order.shipments.iter().filter(to_shopper) {
        let until = arrived_at(shipment, context.zone).map(|at| days_after(at, rules.window_days, context.zone));
        lines.extend(context.lines_left(shipment).into_iter().map(|line| returnable(context, shipment, line, until)));
    }
    // A return is offered only after at least one item has arrived.
    if lines.iter().all(|line| line.why_not == Some(WhyNot::NotDelivered)) {
        return None;
    }
    let choice = |reason: &crate::policy::rules::ReturnReason| ReasonChoice {
        code: reason.code.clone(),
        text: reason.text.clone(),
        needs: reason.needs.clone(),
    };
    let action = Action {
        outcomes: rules.outcomes.clone(),
        reasons: rules.reasons.iter().map(choice).collect(),
        ..available(ActionKind::StartReturn, None)
    };
    let last = |eligible: bool| lines.iter().filter(|line| line.eligible == eligible).filter_map(|line| line.until).max();
    let closed = lines.iter().any(|line| line.why_not == Some(WhyNot::WindowClosed));
    let why = [WhyNot::NothingLeft, WhyNot::FinalSale]
        .into_iter()
        .find(|why| lines.iter().any(|line| line.why_not.as_ref() == Some(why)));
    let (open, over) = (last(true), last(false));
    let any = lines.iter().any(|line| line.eligible);
    let action = Action { lines, ..action };
    Some(match (any, closed, why) {
        (true, _, _) => context.timed(action, None, open.map(Timestamp::utc)),
        (false, true, _) => context.timed(action, None, over.map(Timestamp::utc)),
        (false, false, Some(why)) => unavailable(action, why),
        (false, false, None) => unavailable(action, WhyNot::NotDelivered),
    })
}

fn returnable(context: &ActionContext<'_>, shipment: &Shipment, line: ActionLine, until: Option<DateTime<Utc>>) -> ActionLine {
    let not = |why: WhyNot| ActionLine { eligible: false, why_not: Some(why), until: until.map(Timestamp::from), ..line.clone() };
    if is_final_sale(context, &line.line_id) {
        return ActionLine { until: None, ..not(WhyNot::FinalSale) };
    }
    match until {
        _ if shipment.stage != Stage::Delivered => not(WhyNot::NotDelivered),
        None => not(WhyNot::NotDelivered),
        Some(_) if line.quantity == 0 => ActionLine { until: None, ..not(WhyNot::NothingLeft) },
        Some(until) if context.now >= until => not(WhyNot::WindowClosed),
        Some(until) => ActionLine { until: Some(until.into()), ..line },
    }
}

fn is_final_sale(context: &ActionContext<'_>, line_id: &str) -> bool {
    let title = context.order.lines.iter().find(|line| line.id == line_id).map(|line| line.title.trim().to_lowercase());
    let named = |entry: &String| entry == line_id || Some(entry.trim().to_lowercase()) == title;
    context.private.final_sale.contains(line_id) || context.rules.returns.final_sale.iter().any(named)
}

fn withdraw(context: &ActionContext<'_>) -> Option<Action> {
    let rules = &context.rules.withdraw;
    let country = context.order.destination.as_ref().and_then(|to| to.country.as_ref())?;
    if !rules.countries.contains(country) {
        return None;
    }
    let outbound: Vec<&Shipment> =
        context.order.shipments.iter().filter(|shipment| shipment.direction == Direction::Outbound).collect();
    let ended = |shipment: &&Shipment| matches!(shipment.stage, Stage::Cancelled | Stage::Returned);
    let waiting = context.order.unshipped.iter().any(|part| part.quantity > 0);
    if outbound.iter().all(ended) && !waiting {
        return None;
    }
    let mut lines = Vec::new();
    for shipment in outbound.iter().filter(|shipment| !ended(shipment)) {
        lines.extend(context.lines_left(shipment).into_iter().map(|line| match is_final_sale(context, &line.line_id) {
            true => ActionLine { eligible: false, why_not: Some(WhyNot::FinalSale), ..line },
            false => line,
        }));
    }
    lines.extend(context.order.unshipped.iter().filter(|part| part.quantity > 0).map(|part| ActionLine {
        line_id: part.line_id.clone(),
        shipment_id: None,
        quantity: part.quantity,
        eligible: !is_final_sale(context, &part.line_id),
        why_not: is_final_sale(context, &part.line_id).then_some(WhyNot::FinalSale),
        until: None,
    }));
    let any = lines.iter().any(|line| line.eligible);
    let why = lines.iter().find_map(|line| line.why_not.clone()).unwrap_or(WhyNot::NothingLeft);
    let action = Action { lines, prominent: rules.prominent, ..available(ActionKind::Withdraw, None) };
    if context.has_open_case(&ActionKind::Withdraw, None) {
        return Some(unavailable(action, WhyNot::CaseOpen));
    }
    if !any {
        return Some(unavailable(action, why));
    }
    // The withdrawal period begins with the arrival of the last parcel; until then the action has no end.
    let arrivals: Vec<Option<DateTime<Utc>>> =
        outbound.iter().filter(|shipment| !ended(shipment)).map(|shipment| arrived_at(shipment, context.zone)).collect();
    let all_arrived = !waiting && arrivals.iter().all(Option::is_some);
    let last = arrivals.into_iter().flatten().max().filter(|_| all_arrived);
    Some(context.timed(action, None, last.map(|at| days_after(at, rules.days, context.zone))))
}
