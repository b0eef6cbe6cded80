//! Checks an order before it is accepted. Returns all findings at once, each with the JSON pointer to its field.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use chrono_tz::Tz;
use doorstep_contract::bounds::AMOUNT;
use doorstep_contract::invalid::{Findings, Invalid, is_contact_link};
use doorstep_contract::{Confidence, Direction, PromiseSource, TrackingLevel};

use super::lookup::is_address;
use super::order_body::{NewLine, NewMoney, NewOrder, NewShipment};

/// Maximum length of a language tag in characters: the length that BCP 47 requires to be stored.
const MAX_LANGUAGE_TAG: usize = 35;

pub(super) fn check(order: &NewOrder) -> Result<(), Invalid> {
    let mut findings = Findings::default();
    findings.text(&order.number, "/number");
    findings.refuse_if(Tz::from_str(&order.time_zone).is_err(), "/time_zone", "unknown-time-zone");
    let email = order.email.as_deref();
    findings.refuse_if(email.is_some_and(|email| !is_address(email)), "/email", "not-an-email");
    findings.refuse_if(order.notify == Some(true) && email.is_none(), "/email", "missing");
    findings.refuse_if(order.lang.as_deref().is_some_and(|tag| !is_language_tag(tag)), "/lang", "not-a-language-tag");
    findings.country(order.destination.as_ref().and_then(|to| to.country.as_ref()), "/destination/country");
    findings.refuse_if(order.lines.is_empty(), "/lines", "empty");
    for (index, line) in order.lines.iter().enumerate() {
        check_line(line, &format!("/lines/{index}"), &mut findings);
    }
    if let Some(cost) = &order.delivery_cost {
        check_price(cost, "/delivery_cost", &mut findings);
    }
    unique(order.lines.iter().map(|line| line.id.as_deref()), "/lines", &mut findings);
    unique(order.shipments.iter().map(|shipment| shipment.id.as_deref()), "/shipments", &mut findings);
    for (index, shipment) in order.shipments.iter().enumerate() {
        check_shipment(shipment, order, &format!("/shipments/{index}"), &mut findings);
    }
    for (index, support) in order.support.iter().enumerate() {
        findings.text(&support.label, format!("/support/{index}/label"));
        findings.refuse_if(!is_contact_link(&support.url), format!("/support/{index}/url"), "not-a-contact-link");
    }
    check_quantities(order, &mut findings);
    findings.into_result()
}

/// Returns true if the text has the form of a BCP 47 tag: subtags of one to eight letters and digits, 35 characters at most.
fn is_language_tag(tag: &str) -> bool {
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= MAX_LANGUAGE_TAG && tag.split('-').all(is_subtag)
}

fn check_line(line: &NewLine, at: &str, findings: &mut Findings) {
    findings.text(&line.title, format!("{at}/title"));
    findings.refuse_if(line.quantity == 0, format!("{at}/quantity"), "zero");
    findings.picture(line.image_url.as_ref(), format!("{at}/image_url"));
    findings.link(line.url.as_ref(), format!("{at}/url"));
    if let Some(price) = &line.unit_price {
        check_price(price, &format!("{at}/unit_price"), findings);
    }
    if let Some(total) = &line.total {
        check_price(total, &format!("{at}/total"), findings);
        let other = line.unit_price.as_ref().is_some_and(|price| price.currency != total.currency);
        findings.refuse_if(other, format!("{at}/total/currency"), "differs");
    }
}

fn check_price(price: &NewMoney, at: &str, findings: &mut Findings) {
    let is_currency = price.currency.len() == 3 && price.currency.bytes().all(|byte| byte.is_ascii_uppercase());
    findings.refuse_if(!is_currency, format!("{at}/currency"), "not-a-currency-code");
    findings.refuse_if(price.minor < 0, format!("{at}/minor"), "negative");
    findings.refuse_if(price.minor > AMOUNT, format!("{at}/minor"), "out-of-range");
}

fn unique<'a>(ids: impl Iterator<Item = Option<&'a str>>, at: &str, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (index, id) in ids.enumerate() {
        let id = id.unwrap_or_default();
        findings.text(id, format!("{at}/{index}/id"));
        findings.refuse_if(!seen.insert(id), format!("{at}/{index}/id"), "duplicate");
    }
}

fn check_shipment(shipment: &NewShipment, order: &NewOrder, at: &str, findings: &mut Findings) {
    let direction = shipment.direction.clone().unwrap_or(Direction::Outbound);
    if let Some(number) = &shipment.tracking_number {
        findings.text(number, format!("{at}/tracking_number"));
    }
    if let Some(carrier) = &shipment.carrier {
        findings.text(&carrier.code, format!("{at}/carrier/code"));
        findings.text(&carrier.name, format!("{at}/carrier/name"));
        findings.link(carrier.url.as_ref(), format!("{at}/carrier/url"));
    }
    findings.link(shipment.tracking_url.as_ref(), format!("{at}/tracking_url"));
    findings.refuse_if(shipment.pieces == Some(0), format!("{at}/pieces"), "zero");
    findings.word(direction.as_str(), Direction::VALUES, format!("{at}/direction"));
    if let Some(level) = &shipment.tracking_level {
        findings.word(level.as_str(), TrackingLevel::VALUES, format!("{at}/tracking_level"));
    }
    if let Some(promise) = &shipment.promise {
        if let Some(source) = &promise.source {
            findings.word(source.as_str(), PromiseSource::VALUES, format!("{at}/promise/source"));
        }
        if let Some(confidence) = &promise.confidence {
            findings.word(confidence.as_str(), Confidence::VALUES, format!("{at}/promise/confidence"));
        }
    }
    let belongs = shipment.of.is_some();
    findings.refuse_if(direction == Direction::Replacement && !belongs, format!("{at}/of"), "missing");
    let is_known =
        |of: &String| shipment.id.as_ref() != Some(of) && order.shipments.iter().any(|other| other.id.as_ref() == Some(of));
    findings.refuse_if(shipment.of.as_ref().is_some_and(|of| !is_known(of)), format!("{at}/of"), "unknown-shipment");
}

/// Refuses lines that were not ordered, and quantities beyond the ordered quantity. The quantities of outbound shipments and of
/// unsent items are added up. Each quantity of a replacement or a return is compared on its own.
fn check_quantities(order: &NewOrder, findings: &mut Findings) {
    let ordered: BTreeMap<&str, u32> =
        order.lines.iter().map(|line| (line.id.as_deref().unwrap_or_default(), line.quantity)).collect();
    let mut left = ordered.clone();
    let mut take = |line_id: &str, quantity: u32, counts: bool, at: String| {
        findings.refuse_if(quantity == 0, format!("{at}/quantity"), "zero");
        let Some(most) = ordered.get(line_id) else {
            findings.refuse(format!("{at}/line_id"), "unknown-line");
            return;
        };
        let rest = left.get_mut(line_id).filter(|_| counts);
        match rest.as_deref().unwrap_or(most).checked_sub(quantity) {
            None => findings.refuse(format!("{at}/quantity"), "more-than-ordered"),
            Some(less) => {
                if let Some(rest) = rest {
                    *rest = less;
                }
            }
        }
    };
    for (index, shipment) in order.shipments.iter().enumerate() {
        let counts = shipment.direction.as_ref().is_none_or(|direction| *direction == Direction::Outbound);
        for (part, line) in shipment.lines.iter().enumerate() {
            take(&line.line_id, line.quantity, counts, format!("/shipments/{index}/lines/{part}"));
        }
    }
    for (index, line) in order.unshipped.iter().enumerate() {
        take(&line.line_id, line.quantity, true, format!("/unshipped/{index}"));
    }
}
