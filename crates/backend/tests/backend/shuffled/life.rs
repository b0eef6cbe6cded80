//! Generates the course of a parcel in a format of the tests: its scans, exceptions, estimated delivery and handover. Also
//! generates a series of reports about the parcel. Each report contains all scans so far; some contradict an earlier report.

use chrono::{DateTime, TimeDelta, Utc};

use super::dice::Dice;

/// Kind of a scan. `webhooks` translates it into the words of each provider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Label,
    Collected,
    Moving,
    Delayed,
    Customs,
    OnTheVan,
    NobodyHome,
    Waiting,
    Delivered,
}

#[derive(Clone, Debug)]
pub(super) struct Scan {
    pub(super) at: DateTime<Utc>,
    pub(super) kind: Kind,
    pub(super) words: &'static str,
    pub(super) city: &'static str,
    pub(super) country: &'static str,
}

/// One report about a parcel: its state as reported at one time.
#[derive(Clone, Debug)]
pub(super) struct Telling {
    pub(super) number: String,
    pub(super) reported_at: DateTime<Utc>,
    /// Scans, the oldest first.
    pub(super) scans: Vec<Scan>,
    /// Estimated day of delivery.
    pub(super) expected: Option<String>,
    pub(super) signed_by: Option<&'static str>,
}

const PLACES: [(&str, &str); 4] = [("LONDON", "GB"), ("Leipzig", "DE"), ("TOKYO", "JP"), ("Memphis", "US")];

/// Returns the scans of a parcel, from the day on which its order was placed to the day before all tests begin.
pub(super) fn life(dice: &mut Dice) -> Vec<Scan> {
    let mut kinds = vec![Kind::Label, Kind::Collected, Kind::Moving];
    match dice.below(4) {
        0 => kinds.push(Kind::Delayed),
        1 => kinds.extend([Kind::Customs, Kind::Moving]),
        _ => {}
    }
    kinds.push(Kind::OnTheVan);
    match dice.below(6) {
        0 => kinds.extend([Kind::NobodyHome, Kind::Waiting, Kind::Delivered]),
        1 => kinds.extend([Kind::NobodyHome, Kind::OnTheVan, Kind::Delivered]),
        2 => {}
        _ => kinds.push(Kind::Delivered),
    }
    let mut at: DateTime<Utc> = "2020-01-20T12:00:00Z".parse().unwrap();
    let scan = |kind| {
        at += TimeDelta::minutes(i64::try_from(60 + dice.below(12 * 60)).unwrap());
        let (city, country) = if matches!(kind, Kind::Moving | Kind::Customs) { dice.pick(&PLACES) } else { PLACES[0] };
        Scan { at, kind, words: words(kind, dice), city, country }
    };
    kinds.into_iter().map(scan).collect()
}

fn words(kind: Kind, dice: &mut Dice) -> &'static str {
    match kind {
        Kind::Label => "Label created",
        Kind::Collected => "Picked up",
        Kind::Moving => dice.pick(&["Departed", "ARRIVED AT FACILITY"]),
        Kind::Delayed => "Held up by the weather",
        Kind::Customs => "Held by customs",
        Kind::OnTheVan => "OUT FOR DELIVERY",
        Kind::NobodyHome => "Nobody at home",
        Kind::Waiting => "Ready for collection",
        Kind::Delivered => dice.pick(&["DELIVERED, FRONT DOOR", "Left with neighbour", "Delivered"]),
    }
}

/// Returns the reports about these scans. Some have the report time of another report, but different content.
pub(super) fn tellings(scans: &[Scan], number: &str, dice: &mut Dice) -> Vec<Telling> {
    let mut all: Vec<Telling> = Vec::new();
    let mut expected = None;
    for known in 1..=scans.len() {
        let so_far = &scans[..known];
        let told_at = so_far[known - 1].at + TimeDelta::minutes(i64::try_from(dice.below(50)).unwrap());
        let before = all.last().map(|telling| telling.reported_at).filter(|_| dice.one_in(5));
        expected = expectation(dice).or(expected);
        let told = Telling {
            number: number.to_owned(),
            reported_at: before.unwrap_or(told_at),
            scans: so_far.to_vec(),
            expected: expected.clone(),
            signed_by: None,
        };
        all.push(told.clone());
        if dice.one_in(2) {
            all.push(second_thoughts(told, dice));
        }
    }
    all
}

fn expectation(dice: &mut Dice) -> Option<String> {
    let day = format!("2020-01-{}", 22 + dice.below(7));
    Some(day).filter(|_| dice.one_in(2))
}

/// Returns a copy of the report with another estimated delivery, a more specific kind for a known scan, or the name of the person
/// who signed.
fn second_thoughts(mut told: Telling, dice: &mut Dice) -> Telling {
    if dice.one_in(2) {
        told.reported_at += TimeDelta::minutes(5);
    }
    told.expected = expectation(dice).or(told.expected);
    if let Some(scan) = told.scans.iter_mut().find(|scan| scan.kind == Kind::Moving).filter(|_| dice.one_in(2)) {
        scan.kind = dice.pick(&[Kind::Delayed, Kind::Customs]);
    }
    let is_delivered = told.scans.last().is_some_and(|scan| scan.kind == Kind::Delivered);
    told.signed_by = is_delivered.then(|| dice.pick(&["A. LOVELACE", "C. BABBAGE"]));
    told
}
