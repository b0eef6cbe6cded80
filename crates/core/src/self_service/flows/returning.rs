//! Start of a return: lines and reasons, outcome, return method and estimated refund.

use super::about::{About, outcome};
use crate::message::{Key, Message, MessageArg, request_keys as keys};
use crate::self_service::block::{Block, quoted};
use crate::self_service::choices::Load;
use crate::self_service::form::Form;
use doorstep_contract::{Need, Quote, QuotePart, QuotePartKind, ReturnMethod, ReturnMethodKind};

/// Asks for the lines, then for outcome, photos and a note if they are needed, then for the return method.
pub(super) fn start(form: &mut Form<'_>, about: &About<'_>) {
    form.step("lines");
    let rows = about.rows(form, false);
    let codes: Vec<String> = rows.iter().filter(|row| row.chosen > 0).map(|row| row.reason.clone()).collect();
    form.lines(keys::LINES_RETURN, rows, &about.action.reasons);
    let asked = |what: Need| {
        let mut selected = about.action.reasons.iter().filter(|reason| codes.contains(&reason.code));
        about.needs(what) || selected.any(|reason| reason.needs.contains(what))
    };
    let (photo, note) = (asked(Need::Photo), asked(Need::Note));
    if about.action.outcomes.len() > 1 || photo || note {
        form.step("outcome");
        outcome(form, about);
        if photo {
            form.photos(keys::PHOTOS_DAMAGE, true);
        }
        if note {
            form.note(keys::NOTE_RETURN, true);
        }
    }
    form.step("method");
    estimate(form, about);
}

/// Adds the return methods, the estimated refund and the deadlines from the quote.
fn estimate(form: &mut Form<'_>, about: &About<'_>) {
    let quote = match &about.choices.quote {
        Load::Ready(quote) => quote,
        Load::Failed => return form.push(Block::Unloaded),
        Load::Idle | Load::Waiting(_) => return form.push(Block::Loading),
    };
    if !quote.methods.is_empty() {
        let options = quote.methods.iter().map(method).collect();
        form.options("method_id", keys::METHOD_QUESTION, vec![(None, options)]);
    }
    let chosen = quote.methods.iter().find(|method| form.answers.is("method_id", &method.id));
    let rows = amounts(quote, chosen);
    if !rows.is_empty() {
        form.push(Block::Rows { rows, sum: true });
    }
    if let Some(by) = quote.drop_off_by {
        form.hint(Message::new(keys::RETURN_DROP_OFF_BY).with("moment", about.context.clock.end(by)));
    }
    if let Some(days) = quote.refund_days {
        form.hint(Message::new(keys::RETURN_REFUND_DAYS).with("count", days));
    }
}

fn amounts(quote: &Quote, chosen: Option<&ReturnMethod>) -> Vec<(Message, Message)> {
    let sum = |amount| (keys::QUOTE_SUM.into(), Message::new(keys::AMOUNT).with("amount", MessageArg::from(amount)));
    let Some(total) = chosen.and_then(|method| method.amount.as_ref()).or(quote.amount.as_ref()) else { return Vec::new() };
    let mut rows: Vec<(Message, Message)> = quote.parts.iter().filter_map(part).collect();
    if let Some(fee) = chosen.and_then(|method| method.fee.as_ref()).filter(|fee| fee.minor > 0) {
        let fee = doorstep_contract::Money { minor: fee.minor.saturating_neg(), currency: fee.currency.clone() };
        rows.push((keys::QUOTE_FEE.into(), Message::new(keys::AMOUNT).with("amount", MessageArg::from(&fee))));
    }
    rows.push(sum(total));
    rows
}

fn part(part: &QuotePart) -> Option<(Message, Message)> {
    let amount = part.amount.as_ref().filter(|amount| amount.minor != 0)?;
    let name: Key = match part.kind {
        QuotePartKind::Goods => keys::QUOTE_GOODS,
        QuotePartKind::Delivery => keys::QUOTE_DELIVERY,
        QuotePartKind::Restocking => keys::QUOTE_RESTOCKING,
        QuotePartKind::ReturnFee => keys::QUOTE_FEE,
        QuotePartKind::Bonus => keys::QUOTE_BONUS,
        QuotePartKind::Unknown(_) => keys::QUOTE_OTHER,
    };
    Some((name.into(), Message::new(keys::AMOUNT).with("amount", MessageArg::from(amount))))
}

fn method(method: &ReturnMethod) -> (String, Message, Vec<Message>) {
    let kind: Option<Key> = match method.kind {
        ReturnMethodKind::DropOff => Some(keys::METHOD_DROP_OFF),
        ReturnMethodKind::Collection => Some(keys::METHOD_COLLECTION),
        ReturnMethodKind::Store => Some(keys::METHOD_STORE),
        ReturnMethodKind::Keep => Some(keys::METHOD_KEEP),
        ReturnMethodKind::Unknown(_) => None,
    };
    let named = (!method.name.trim().is_empty()).then(|| quoted(&method.name));
    let name = named.clone().or(kind.map(Message::from)).unwrap_or_else(|| quoted(&method.id));
    let printer = if method.printer { keys::METHOD_PRINTER } else { keys::METHOD_NO_PRINTER };
    let label = matches!(method.kind, ReturnMethodKind::DropOff | ReturnMethodKind::Store).then(|| printer.into());
    let fee = match method.fee.as_ref().filter(|fee| fee.minor > 0) {
        Some(fee) => Message::new(keys::FEE).with("amount", MessageArg::from(fee)),
        None => keys::FREE.into(),
    };
    let kind = kind.filter(|_| named.is_some()).map(Message::from);
    (method.id.clone(), name, kind.into_iter().chain(label).chain([fee]).collect())
}
