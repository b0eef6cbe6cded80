//! Merges reports of the same scan. Two reports can differ in place, time zone, code, capitals or punctuation, or come from two
//! providers. Delivery attempts at different times or places stay separate. Called by `attribution`.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Event, Place, Stage};

use super::log::TrackingEvent;
use super::places::is_same_place;
use super::{condition, stage};

/// Largest difference between the times that two reports state for one scan. Some systems cut off the seconds, and some state the
/// time at which they received the scan.
const WITHIN: TimeDelta = TimeDelta::minutes(2);
/// Largest possible difference between two instants that have the same local time, one of them without a known time zone.
const ZONES: TimeDelta = TimeDelta::hours(26);
/// Maximum number of scans that a scan is compared with. Limits the work if many scans have the same time.
const MAX_COMPARED: usize = 40;

/// Returns the scans in the order in which they happened, without duplicates. A field that one report lacks is taken from another
/// report of the same scan.
pub(super) fn without_duplicates(mut scans: Vec<&TrackingEvent>, zone: Tz) -> Vec<Cow<'_, TrackingEvent>> {
    scans.sort_by_cached_key(|scan| order(scan, zone));
    let mut kept: Vec<Cow<'_, TrackingEvent>> = Vec::with_capacity(scans.len());
    for scan in scans {
        let at = stage::instant(&scan.event, zone);
        let near = kept.iter_mut().rev().take(MAX_COMPARED).take_while(|known| at - stage::instant(&known.event, zone) <= ZONES);
        match near.into_iter().find(|known| is_same_scan(known, scan, zone)) {
            Some(known) => merge(known, scan),
            None => kept.push(Cow::Borrowed(scan)),
        }
    }
    kept.sort_by_cached_key(|scan| order(scan, zone));
    kept
}

/// Returns the sort key of a scan: its time, then the rank of its stage, then the rank of its condition, then its id.
fn order(scan: &TrackingEvent, zone: Tz) -> (DateTime<Utc>, u8, u8, String) {
    let event = &scan.event;
    (stage::instant(event, zone), stage::rank(&event.stage), condition::rank(event), event.id.clone())
}

fn is_same_scan(one: &TrackingEvent, other: &TrackingEvent, zone: Tz) -> bool {
    let (a, b) = (&one.event, &other.event);
    if one.piece != other.piece || !is_same_moment(a, b, zone) {
        return false;
    }
    let (one_text, other_text) = (normalized_text(a), normalized_text(b));
    let has_same_text = !one_text.is_empty() && one_text == other_text;
    let is_dated = a.at.local.time.is_some() && b.at.local.time.is_some();
    let may_be_one_place = fits(a.place.as_ref(), b.place.as_ref());
    if has_same_text && may_be_one_place {
        // One report may state a stage or a condition that the other report lacks.
        return agrees(&a.stage, &b.stage, |stage| matches!(stage, Stage::Unknown(_)))
            && agrees(&a.condition, &b.condition, Option::is_none);
    }
    if a.stage != b.stage {
        return false;
    }
    match provider(a) == provider(b) {
        true => is_dated && a.condition == b.condition && (one_text.is_empty() || other_text.is_empty()) && may_be_one_place,
        // A parcel is not at two places within two minutes, so two providers mean the same place even if they name it
        // differently.
        false => agrees(&a.condition, &b.condition, Option::is_none) && (is_dated || may_be_one_place),
    }
}

/// Returns true if two values are equal or one of them is missing.
fn agrees<T: PartialEq>(one: &T, other: &T, is_missing: impl Fn(&T) -> bool) -> bool {
    one == other || is_missing(one) || is_missing(other)
}

fn provider(event: &Event) -> Option<&str> {
    event.raw.as_ref().map(|raw| raw.provider.as_str())
}

/// Returns true if two scans may have happened within two minutes of each other. Compares the instants. If only one scan has a
/// time zone, it is enough that the local times are within two minutes. A date without a time matches any time of that date.
fn is_same_moment(one: &Event, other: &Event, zone: Tz) -> bool {
    let (a, b) = (one.at.local, other.at.local);
    let (Some(first), Some(second)) = (a.time, b.time) else { return a.date == b.date };
    let is_near = |difference: TimeDelta| difference.abs() <= WITHIN;
    let readings = is_near(NaiveDateTime::new(a.date, first) - NaiveDateTime::new(b.date, second));
    let one_is_zoned = one.at.offset_min.is_some() != other.at.offset_min.is_some();
    (one_is_zoned && readings) || is_near(stage::instant(one, zone) - stage::instant(other, zone))
}

/// Returns the text of a scan in lower case, without spaces and punctuation, because two reports of one scan can differ in these.
fn normalized_text(event: &Event) -> String {
    let text = event.text.as_deref().or_else(|| event.raw.as_ref()?.text.as_deref()).unwrap_or_default();
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns true if two places may be the same. A missing place can be any place. Places in different countries are different.
/// Otherwise both must name the same town, or one of the names must be missing.
fn fits(one: Option<&Place>, other: Option<&Place>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    if one.country.is_some() && other.country.is_some() && one.country != other.country {
        return false;
    }
    one.name.is_none() || other.name.is_none() || is_same_place(one, other)
}

/// Merges a second report of a scan into the first. The report with more known fields is kept and completed from the other.
fn merge(known: &mut Cow<'_, TrackingEvent>, scan: &TrackingEvent) {
    let other = if richness(&scan.event) > richness(&known.event) {
        std::mem::replace(known, Cow::Owned(scan.clone())).into_owned()
    } else {
        scan.clone()
    };
    let merged = known.to_mut();
    let first = merged.first_report().min(other.first_report());
    merged.reported_at = merged.reported_at.max(other.reported_at);
    merged.merge_report_time(first);
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

/// Returns the number of known fields of a scan. A place with a name counts twice.
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
