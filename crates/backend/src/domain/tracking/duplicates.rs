//! Which scans are one scan that was told more than once: with and without its place, its zone or its code, in capitals, with another
//! full stop, or by two providers. Called by `own`; two attempts at two times, or at two places, stay two.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{Event, Place, Stage};

use super::log::Scan;
use super::places::is_same_place;
use super::{condition, stage};

/// Two tellings of one scan lie within this time of each other: seconds are cut off, and some systems write down when they heard of it.
const WITHIN: TimeDelta = TimeDelta::minutes(2);
/// A reading without a zone is at most this far from the same reading with one.
const ZONES: TimeDelta = TimeDelta::hours(26);
/// Scans that a scan is compared with at most; a crowd of scans at one moment is not searched to its end.
const CROWD: usize = 40;

/// Returns the scans in the order in which they happened, each once; what one telling lacks is taken from the others.
pub(super) fn without_duplicates(mut scans: Vec<&Scan>, zone: Tz) -> Vec<Cow<'_, Scan>> {
    scans.sort_by_cached_key(|scan| order(scan, zone));
    let mut kept: Vec<Cow<'_, Scan>> = Vec::with_capacity(scans.len());
    for scan in scans {
        let at = stage::instant(&scan.event, zone);
        let near = kept.iter_mut().rev().take(CROWD).take_while(|known| at - stage::instant(&known.event, zone) <= ZONES);
        match near.into_iter().find(|known| is_same_scan(known, scan, zone)) {
            Some(known) => merge(known, scan),
            None => kept.push(Cow::Borrowed(scan)),
        }
    }
    kept.sort_by_cached_key(|scan| order(scan, zone));
    kept
}

/// Orders scans by when they happened; of one moment the one that is further on its way is the later one.
fn order(scan: &Scan, zone: Tz) -> (DateTime<Utc>, u8, u8, String) {
    let event = &scan.event;
    (stage::instant(event, zone), stage::rank(&event.stage), condition::rank(event), event.id.clone())
}

fn is_same_scan(one: &Scan, other: &Scan, zone: Tz) -> bool {
    let (a, b) = (&one.event, &other.event);
    if one.piece != other.piece || !is_same_moment(a, b, zone) {
        return false;
    }
    let (said, heard) = (words(a), words(b));
    let in_the_same_words = !said.is_empty() && said == heard;
    let is_dated = a.at.local.time.is_some() && b.at.local.time.is_some();
    let may_be_one_place = fits(a.place.as_ref(), b.place.as_ref());
    if in_the_same_words && may_be_one_place {
        // The code of one may say more than the words of the other.
        return agrees(&a.stage, &b.stage, |stage| matches!(stage, Stage::Unknown(_)))
            && agrees(&a.condition, &b.condition, Option::is_none);
    }
    if a.stage != b.stage {
        return false;
    }
    match provider(a) == provider(b) {
        true => is_dated && a.condition == b.condition && (said.is_empty() || heard.is_empty()) && may_be_one_place,
        // A parcel is not at two places within two minutes, whatever two providers call them.
        false => agrees(&a.condition, &b.condition, Option::is_none) && (is_dated || may_be_one_place),
    }
}

/// Whether two values are the same, or one says nothing.
fn agrees<T: PartialEq>(one: &T, other: &T, says_nothing: impl Fn(&T) -> bool) -> bool {
    one == other || says_nothing(one) || says_nothing(other)
}

fn provider(event: &Event) -> Option<&str> {
    event.raw.as_ref().map(|raw| raw.provider.as_str())
}

/// Whether two scans may be of one moment: of one instant, or, where only one of them has a zone, of one reading of the clock; a date
/// without a time is any time of that date.
fn is_same_moment(one: &Event, other: &Event, zone: Tz) -> bool {
    let (a, b) = (one.at.local, other.at.local);
    let (Some(first), Some(second)) = (a.time, b.time) else { return a.date == b.date };
    let is_near = |difference: TimeDelta| difference.abs() <= WITHIN;
    let readings = is_near(NaiveDateTime::new(a.date, first) - NaiveDateTime::new(b.date, second));
    let one_is_zoned = one.at.offset_min.is_some() != other.at.offset_min.is_some();
    (one_is_zoned && readings) || is_near(stage::instant(one, zone) - stage::instant(other, zone))
}

/// Returns the words of a scan without what differs between two tellings of it: capitals, spaces and punctuation.
fn words(event: &Event) -> String {
    let text = event.text.as_deref().or_else(|| event.raw.as_ref()?.text.as_deref()).unwrap_or_default();
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two places may be one: the same town, or one of them is not said.
fn fits(one: Option<&Place>, other: Option<&Place>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    if one.country.is_some() && other.country.is_some() && one.country != other.country {
        return false;
    }
    one.name.is_none() || other.name.is_none() || is_same_place(one, other)
}

/// Takes in what a second telling says; the one that knows more stays, with what only the other one knows.
fn merge(known: &mut Cow<'_, Scan>, scan: &Scan) {
    let other = if richness(&scan.event) > richness(&known.event) {
        std::mem::replace(known, Cow::Owned(scan.clone())).into_owned()
    } else {
        scan.clone()
    };
    let merged = known.to_mut();
    let first = merged.first_told().min(other.first_told());
    merged.told_at = merged.told_at.max(other.told_at);
    merged.also_told_at(first);
    let (event, other) = (&mut merged.event, other.event);
    if matches!(event.stage, Stage::Unknown(_)) {
        event.stage = other.stage;
    }
    if event.at.local.time.is_none() || (event.at.offset_min.is_none() && other.at.offset_min.is_some()) {
        event.at = other.at;
    }
    if event.condition.is_none() {
        (event.condition, event.reason) = (other.condition, other.reason.or(event.reason.take()));
    } else if event.condition == other.condition {
        event.reason = event.reason.take().or(other.reason);
    }
    event.text = event.text.take().or(other.text);
    event.place = event.place.take().or(other.place);
}

/// Counts what is known of a scan; a named place says more than a country.
fn richness(event: &Event) -> usize {
    let place = event.place.as_ref();
    let known = [
        event.at.local.time.is_some(),
        event.at.offset_min.is_some(),
        place.is_some(),
        place.is_some_and(|place| place.name.is_some()),
        event.condition.is_some(),
        event.reason.is_some(),
        event.text.is_some(),
        event.raw.as_ref().is_some_and(|raw| raw.code.is_some()),
        !matches!(event.stage, Stage::Unknown(_)),
    ];
    known.into_iter().filter(|known| *known).count()
}
