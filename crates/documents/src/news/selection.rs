//! Facts of an order, and those of them that are news: not seen before, recent, and not out of date.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use doorstep_contract::Order;

use super::fact::{News, NewsKind};
use super::{parcels, requests};

/// Returns all facts of an order at this time.
pub fn facts(order: &Order, now: DateTime<Utc>) -> Vec<News> {
    let mut facts = parcels::facts(order, now);
    facts.extend(requests::facts(order));
    facts
}

/// Facts that the store has not seen yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discovery {
    /// Keys of all these facts.
    pub keys: Vec<String>,
    /// Facts that are news for the shopper.
    pub news: Vec<News>,
}

/// Returns the facts of `after` whose keys are not in `seen`. They are news if they are recent and do not follow from `before` already,
/// because the order may be older than the mails. `before` is None for a new order; a fact of a new order without a time is not news.
pub fn discover(before: Option<&Order>, after: &Order, seen: &BTreeSet<String>, now: DateTime<Utc>) -> Discovery {
    let earlier: BTreeSet<String> = before
        .map(|before| facts(before, now).into_iter().filter(|fact| fact.kind != NewsKind::PickupReminder).map(|fact| fact.key()))
        .into_iter()
        .flatten()
        .collect();
    let unseen: Vec<News> = facts(after, now).into_iter().filter(|fact| !seen.contains(&fact.key())).collect();
    let keys = unseen.iter().map(News::key).collect();
    let is_news = |fact: &News| {
        let is_dated = before.is_some() || fact.at.is_some();
        !earlier.contains(&fact.key()) && fact.is_recent(now) && is_dated
    };
    // An old fact also makes the earlier steps of its parcel old.
    let mut news: Vec<News> = latest(unseen).into_iter().filter(is_news).collect();
    // A parcel that becomes ready shortly before its last day needs no reminder of it.
    let ready: Vec<String> =
        news.iter().filter(|fact| fact.kind == NewsKind::ReadyForPickup).map(|fact| fact.of.clone()).collect();
    news.retain(|fact| fact.kind != NewsKind::PickupReminder || !ready.contains(&fact.of));
    // The acknowledgement of a withdrawal says what follows from it.
    if news.iter().any(|fact| fact.kind == NewsKind::Withdrawal) {
        news.retain(|fact| !matches!(fact.kind, NewsKind::Return | NewsKind::Refund));
    }
    Discovery { keys, news }
}

/// Returns the news without what is out of date: of each parcel only the furthest step, of each case, return and refund only the last
/// state. `news` is in the order in which it was discovered.
pub fn latest(news: Vec<News>) -> Vec<News> {
    let is_out_of_date = |(index, fact): (usize, &News)| {
        news.iter().enumerate().any(|(other_index, other)| {
            other.of == fact.of
                && match (fact.kind.parcel_step(), other.kind.parcel_step()) {
                    (Some(step), Some(other_step)) => step < other_step || (fact.kind == other.kind && index < other_index),
                    (None, None) => fact.kind == other.kind && index < other_index,
                    (Some(_), None) | (None, Some(_)) => false,
                }
        })
    };
    let kept: Vec<bool> = news.iter().enumerate().map(|pair| !is_out_of_date(pair)).collect();
    news.into_iter().zip(kept).filter(|(_, is_kept)| *is_kept).map(|(fact, _)| fact).collect()
}

/// Returns the news that is still true of the order at this time, and not too old: a mail may have waited for its server.
pub fn still_true(news: Vec<News>, order: &Order, now: DateTime<Utc>) -> Vec<News> {
    let keys: BTreeSet<String> = facts(order, now).iter().map(News::key).collect();
    let is_wanted = |fact: &News| fact.kind.is_required() || fact.is_recent(now);
    news.into_iter().filter(|fact| keys.contains(&fact.key()) && is_wanted(fact)).collect()
}

/// Returns the most important kind of the news, or None if there is no news.
pub fn first_kind(news: &[News]) -> Option<NewsKind> {
    news.iter().map(|fact| fact.kind).min()
}
