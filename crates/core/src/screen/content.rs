//! Computes the view data of the page from the state and the current time. Called by the shell through `Model::screen`; the views
//! draw the result.

use std::any::Any;
use std::rc::Rc;

use chrono::{DateTime, Timelike, Utc};

use super::Env;
use super::lookup::Lookup;
use super::model::{Failure, Known, Model, Phase};
use crate::local_clock::LocalClock;
use crate::message::{Key, Message, count, keys};
use crate::order::actions::{Actions, of_order};
use crate::order::freshness::checked;
use crate::order::headline::{Headline, dispatch, headline};
use crate::order::parcel::{Item, Parcel, items, parcels};
use doorstep_contract::links::link;
use doorstep_contract::{Access, Destination, LineQuantity, Order, Support};

/// View data of the widget.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screen {
    /// Content of the page.
    pub content: Content,
    /// Text for the live region.
    pub announcement: Announcement,
}

/// Text for the live region. A repeated text has another serial number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Announcement {
    /// Number of announcements so far.
    pub serial: u32,
    /// The text; None if there is nothing to announce.
    pub message: Option<Message>,
}

/// Content of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// The first load; the skeleton is shown.
    #[default]
    Loading,
    /// The first load takes long; the skeleton is shown with this message.
    LoadingSlowly(Message),
    /// The order.
    Order(Box<OrderPage>),
    /// The look-up form.
    Lookup(LookupPage),
    /// A failure; no order can be shown.
    Failure(FailurePage),
}

/// View data of an order, from the top of the page to the bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderPage {
    /// Headline of the page.
    pub headline: Headline,
    /// Second sentence, if the backend sends one.
    pub detail: Option<String>,
    /// Title of the first item and number of further ones.
    pub about: Option<Message>,
    /// Order number.
    pub number: Option<Message>,
    /// Notice about the connection, the link or the access.
    pub notice: Option<Notice>,
    /// True if the order may have changed in the meantime, because there is no connection or no answer.
    pub stale: bool,
    /// Parcels, most important first.
    pub parcels: Vec<Parcel>,
    /// Items that are not dispatched yet.
    pub waiting: Option<WaitingCard>,
    /// Self-service actions for the order as a whole.
    pub actions: Actions,
    /// The dialog and the cards, once the second chunk is loaded.
    pub requests: Option<RequestPage>,
    /// Lines of the destination address.
    pub destination: Vec<String>,
    /// Contact links that pass the allow-list of `links`.
    pub support: Vec<Support>,
    /// Time of the last check with the backend.
    pub checked: Message,
}

/// View data of the second chunk, which the first chunk only passes on. Two values are equal only if they share one allocation.
#[derive(Clone)]
pub struct RequestPage(pub Rc<dyn Any>);

impl PartialEq for RequestPage {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for RequestPage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("RequestPage")
    }
}

/// A message about the connection, the link or the access, shown above known data.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The message.
    pub text: Message,
    /// Label of the button that opens the look-up; absent if the look-up is not offered.
    pub lookup: Option<Key>,
}

/// Card of the items that are not dispatched yet.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingCard {
    /// Expected time of dispatch.
    pub when: Message,
    /// Items of the card.
    pub items: Vec<Item>,
}

/// View data of the look-up form.
#[derive(Clone, Debug, PartialEq)]
pub struct LookupPage {
    /// Heading of the form.
    pub title: Key,
    /// Instruction, or the reason why the form is shown.
    pub intro: Key,
    /// Order number that the form is prefilled with.
    pub number: String,
    /// Label of the proof field.
    pub proof: Key,
    /// Help text of the proof field.
    pub proof_hint: Option<Key>,
    /// Text of the button that sends the form.
    pub submit: Key,
    /// True if there is an order to go back to.
    pub back: bool,
    /// True while a response is awaited.
    pub busy: bool,
    /// Error of the order number.
    pub number_error: Option<Key>,
    /// Error of the proof.
    pub proof_error: Option<Key>,
    /// Error of the form as a whole.
    pub form_error: Option<Message>,
}

/// View data of a failure.
#[derive(Clone, Debug, PartialEq)]
pub struct FailurePage {
    /// Heading that names the problem.
    pub title: Key,
    /// Sentence about what happens next.
    pub more: Key,
    /// True if trying again can help.
    pub retry: bool,
}

impl Model {
    /// Returns the view data for the current state and time.
    pub fn screen(&self, env: &Env<'_>) -> Screen {
        let (serial, message) = self.announcement.clone();
        Screen { content: self.content(env), announcement: Announcement { serial, message } }
    }

    fn content(&self, env: &Env<'_>) -> Content {
        match &self.phase {
            Phase::Idle | Phase::Loading { slow: false } => Content::Loading,
            Phase::Loading { slow: true } => Content::LoadingSlowly(keys::NOTICE_SLOW.into()),
            Phase::Known(known) => Content::Order(Box::new(self.order_page(known, env))),
            Phase::Lookup(lookup) => Content::Lookup(lookup_page(lookup, self.previous_order.is_some())),
            Phase::Failed(failure) => Content::Failure(self.failure_page(*failure)),
        }
    }

    /// Returns the current time at the order's destination, by the backend's clock.
    pub(super) fn clock<'a>(&self, env: &Env<'a>, order: &'a Order) -> LocalClock<'a> {
        LocalClock { now: self.now(env), zone: order.time_zone.as_deref(), to_local: env.to_local }
    }

    fn order_page(&self, known: &Known, env: &Env<'_>) -> OrderPage {
        let order = &known.order;
        let clock = self.clock(env, order);
        let api = &self.access.api;
        OrderPage {
            headline: headline(order, &clock),
            detail: order.summary.as_ref().and_then(|summary| summary.detail.clone()),
            about: about(order),
            number: (!order.number.is_empty()).then(|| Message::new(keys::ABOUT_ORDER).with("number", order.number.clone())),
            notice: self.notice(known),
            stale: self.link.offline || self.link.in_trouble(),
            parcels: parcels(
                order,
                |id| self.unfolded.iter().find(|(known, _)| known == id).map(|(_, rows)| *rows).or(self.draws_all.then_some(0)),
                api,
                &clock,
            ),
            waiting: waiting(order, api, &clock),
            actions: of_order(order, &clock),
            requests: self.request_page(known, env),
            destination: order.destination.as_ref().map(destination).unwrap_or_default(),
            support: order.support.iter().filter_map(allowed_link).collect(),
            checked: checked(known.checked_at.into(), &clock),
        }
    }

    fn notice(&self, known: &Known) -> Option<Notice> {
        let text = match () {
            () if known.expired => keys::NOTICE_EXPIRED,
            () if self.link.offline => keys::NOTICE_OFFLINE,
            () if self.link.in_trouble() => keys::NOTICE_TROUBLE,
            () if self.requests.failed => keys::NOTICE_REQUESTS,
            () if known.order.access == Access::Limited => keys::NOTICE_LIMITED,
            () => return None,
        };
        let lookup = match known.order.access {
            _ if known.expired => Some(keys::LOOKUP_SUBMIT),
            Access::Limited => Some(keys::LOOKUP_DETAILS),
            Access::Full | Access::Unknown(_) => None,
        };
        Some(Notice { text: text.into(), lookup })
    }

    fn failure_page(&self, failure: Failure) -> FailurePage {
        let (title, more, retry) = match failure {
            Failure::Options => (keys::FAILURE_OPTIONS, keys::FAILURE_OPTIONS_MORE, false),
            Failure::Server if self.link.offline => (keys::FAILURE_OFFLINE, keys::FAILURE_OFFLINE_MORE, true),
            Failure::Server => (keys::FAILURE_SERVER, keys::FAILURE_SERVER_MORE, true),
        };
        FailurePage { title, more, retry }
    }
}

fn about(order: &Order) -> Option<Message> {
    let mut titles = order.lines.iter().map(|line| line.title.clone()).filter(|title| !title.trim().is_empty());
    let first = titles.next()?;
    Some(match count(titles.count()) {
        0 => Message::new(keys::ABOUT_ONE).with("first", first),
        more => Message::new(keys::ABOUT_MORE).with("first", first).with("count", more),
    })
}

fn waiting(order: &Order, api: &str, clock: &LocalClock<'_>) -> Option<WaitingCard> {
    let quantities: Vec<LineQuantity> =
        order.unshipped.iter().map(|part| LineQuantity { line_id: part.line_id.clone(), quantity: part.quantity }).collect();
    let items = items(&order.lines, &quantities, api);
    let when = dispatch(&order.unshipped, clock);
    (!items.is_empty()).then(|| WaitingCard {
        when: when.map_or(keys::WAITING_NO_DATE.into(), |when| Message::new(keys::WAITING_WHEN).with("when", when)),
        items,
    })
}

fn destination(destination: &Destination) -> Vec<String> {
    destination.lines.iter().filter(|line| !line.trim().is_empty()).cloned().collect()
}

fn allowed_link(support: &Support) -> Option<Support> {
    let url = link(&support.url)?;
    let label = if support.label.trim().is_empty() { url.clone() } else { support.label.clone() };
    Some(Support { url, label, ..support.clone() })
}

fn lookup_page(lookup: &Lookup, back: bool) -> LookupPage {
    let (title, intro) = match (lookup.after_dead_link, lookup.for_details) {
        (true, _) => (keys::LOOKUP_NOT_FOUND_TITLE, keys::LOOKUP_NOT_FOUND),
        (false, true) => (keys::LOOKUP_DETAILS, keys::LOOKUP_DETAILS_INTRO),
        (false, false) => (keys::LOOKUP_TITLE, keys::LOOKUP_INTRO),
    };
    let (proof, proof_hint, submit) = match lookup.for_details {
        true => (keys::LOOKUP_EMAIL, None, keys::LOOKUP_DETAILS),
        false => (keys::LOOKUP_PROOF, Some(keys::LOOKUP_PROOF_HINT), keys::LOOKUP_SUBMIT),
    };
    LookupPage {
        title,
        intro,
        number: lookup.known_number.clone(),
        proof,
        proof_hint,
        submit,
        back,
        busy: lookup.busy,
        number_error: lookup.number_error,
        proof_error: lookup.proof_error,
        form_error: lookup.form_error.clone(),
    }
}

/// Returns the time in milliseconds until a text changes because of time alone: an age that grows, or midnight at the
/// destination. The result is limited to the range from one second to one hour; None if no order is shown.
pub(super) fn next_change_ms(model: &Model, env: &Env<'_>) -> Option<u64> {
    let known = model.known()?;
    let clock = model.clock(env, &known.order);
    let age = |then: DateTime<Utc>| (clock.now - then).num_milliseconds();
    let mut next = DAY_MS - i64::from(clock.local(clock.now.into()).num_seconds_from_midnight()) * 1_000;
    next = next.min(until_older(age(known.checked_at)));
    for at in known.order.shipments.iter().filter_map(|shipment| shipment.last_carrier_update) {
        next = next.min(until_older(age(at.utc())));
    }
    u64::try_from(next.clamp(1_000, HOUR_MS)).ok()
}

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Returns the time in milliseconds until a text such as "3 minutes ago" becomes "4 minutes ago".
fn until_older(age_ms: i64) -> i64 {
    let unit = match age_ms {
        ..HOUR_MS => MINUTE_MS,
        HOUR_MS..DAY_MS => HOUR_MS,
        _ => DAY_MS,
    };
    unit - age_ms.rem_euclid(unit)
}
