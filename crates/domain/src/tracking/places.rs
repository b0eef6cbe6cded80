//! Determines if a scan happened at the sender's or the shopper's end of the route. Carriers write places differently, so only
//! the names of the towns are compared, and the countries if both are known. A town that is at both ends is ignored. Called by
//! `fold`; `duplicates` uses the comparison of places.

use doorstep_contract::{ConditionState, Event, Place, Source, Stage};

use super::stage::is_unknown;

/// Minimum number of letters in a part of a place name that counts as a town. Abbreviations of states are shorter.
const SHORTEST_NAME: usize = 3;

/// An end of the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The place from which the parcel was sent.
    Sender,
    /// The place to which the parcel is to be delivered.
    Shopper,
}

/// The known places at both ends of the route, collected from the scans in the order in which they happened.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    /// Words of the destination address, in lower case and separated by single spaces.
    address: String,
    sender: Option<Place>,
    shopper: Vec<Place>,
    is_past_the_first: bool,
}

impl Ends {
    /// Creates the ends of a route to this address, without any scanned places.
    pub(super) fn of(address: &[String]) -> Self {
        let lines: Vec<String> = address.iter().map(|line| format!(" {} ", spaced(line))).collect();
        Self { address: lines.concat(), ..Self::default() }
    }

    /// Records the place of a scan on the way to the shopper. The first scanned place belongs to the sender's end. Places of the
    /// last mile belong to the shopper's end.
    pub(super) fn observe(&mut self, event: &Event) {
        let Some(place) = event.place.as_ref().filter(|place| place.name.is_some()) else { return };
        if event.source != Source::Carrier || is_unknown(&event.stage) {
            return;
        }
        let is_on_the_last_mile =
            matches!(event.stage, Stage::AtLocalDepot | Stage::OutForDelivery | Stage::ReadyForPickup | Stage::Delivered)
                || event.condition == Some(ConditionState::AttemptFailed);
        if is_on_the_last_mile {
            self.shopper.push(place.clone());
        } else if !self.is_past_the_first {
            self.sender = Some(place.clone());
        }
        self.is_past_the_first = true;
    }

    /// Returns the end of the route at which a place is, or None if the place is at both ends, at neither, or unknown.
    pub(super) fn end(&self, place: Option<&Place>) -> Option<End> {
        let place = place?;
        let is_at_sender = self.sender.as_ref().is_some_and(|sender| is_same_place(sender, place));
        let is_at_shopper = self.shopper.iter().any(|known| is_same_place(known, place)) || self.is_in_address(place);
        match (is_at_sender, is_at_shopper) {
            (true, false) => Some(End::Sender),
            (false, true) => Some(End::Shopper),
            (true, true) | (false, false) => None,
        }
    }

    fn is_in_address(&self, place: &Place) -> bool {
        let town = place.name.as_deref().map(|name| spaced(name.split(',').next().unwrap_or_default())).unwrap_or_default();
        town.len() >= SHORTEST_NAME && self.address.contains(&format!(" {town} "))
    }
}

/// Returns true if two places are the same: their countries do not differ, and the town of one place occurs in the name of the
/// other.
pub(super) fn is_same_place(one: &Place, other: &Place) -> bool {
    if one.country.is_some() && other.country.is_some() && one.country != other.country {
        return false;
    }
    let (Some(one), Some(other)) = (one.name.as_deref(), other.name.as_deref()) else { return false };
    let (one, other): (Vec<String>, Vec<String>) = (parts(one), parts(other));
    let within = |town: Option<&String>, all: &[String]| town.is_some_and(|town| all.iter().any(|part| part == town));
    within(one.first(), &other) || within(other.first(), &one)
}

/// Returns the comma-separated parts of a place name that can be towns, without numbers and abbreviations of states.
fn parts(name: &str) -> Vec<String> {
    name.split(',').map(spaced).filter(|part| part.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_NAME).collect()
}

/// Returns the words of a text in lower case, separated by single spaces.
fn spaced(text: &str) -> String {
    let words: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).flat_map(char::to_lowercase).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, country: Option<&str>) -> Place {
        Place { name: Some(name.to_owned()), country: country.map(str::to_owned), lat: None, lon: None }
    }

    #[test]
    fn a_town_is_the_same_one_however_a_carrier_writes_it() {
        for (one, other, is_same) in [
            ("Brooklyn, NY", "BROOKLYN", true),
            ("BROOKLYN, NY, 11217, US", "Brooklyn", true),
            ("Postfiliale 517, Berlin", "Berlin", true),
            ("Brooklyn, NY", "Albany, NY", false),
            ("Berlin-Kreuzberg", "Berlin Kreuzberg", true),
            ("Berlin", "Hannover", false),
            ("", "", false),
        ] {
            assert_eq!(is_same_place(&place(one, None), &place(other, None)), is_same, "{one} and {other}");
        }
        assert!(!is_same_place(&place("London", Some("GB")), &place("London", Some("CA"))));
    }

    #[test]
    fn a_town_of_the_address_is_the_shoppers_end_and_a_town_that_is_both_ends_is_none() {
        let ends = Ends { sender: Some(place("Portland, ME", None)), ..Ends::of(&["Brooklyn, NY 11217".to_owned()]) };
        assert_eq!(ends.end(Some(&place("BROOKLYN", None))), Some(End::Shopper));
        assert_eq!(ends.end(Some(&place("Portland", None))), Some(End::Sender));
        assert_eq!(ends.end(Some(&place("Newark, NJ", None))), None);
        let local = Ends { sender: Some(place("Brooklyn", None)), ..ends };
        assert_eq!(local.end(Some(&place("Brooklyn", None))), None);
    }
}
