//! Meaning of a carrier's code: finds the carrier's table by name and lets the sender's own fields override it.

use doorstep_contract::{ConditionState, Reason, Stage};

use super::super::meaning::Meaning;
use super::super::wording;
use super::{dhl, fedex, ups, usps};

/// A carrier's code with its group, and the sender's own terms for it.
#[derive(Clone, Copy, Default)]
pub(super) struct Word<'a> {
    pub(super) code: Option<&'a str>,
    pub(super) group: Option<&'a str>,
    pub(super) stage: Option<&'a Stage>,
    pub(super) condition: Option<&'a ConditionState>,
    pub(super) reason: Option<&'a Reason>,
}

impl Word<'_> {
    /// Returns the code as it is stored and counted: `ups/status/46`, or `dpd/17` without a group. Returns None if there is no code.
    pub(super) fn name(&self, carrier: &str) -> Option<String> {
        let code = self.code.map(str::trim).filter(|code| !code.is_empty())?;
        let parts = [Some(carrier), self.group, Some(code)];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join("/"))
    }
}

/// Returns the code for a carrier's name: `DHL Express` and `dhl-express` give `dhl_express`.
pub(super) fn carrier_code(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Returns the meaning of a code, or None if it is unknown. Each of the sender's own fields overrides the corresponding part of the table's
/// entry.
pub(super) fn meaning(carrier: &str, word: &Word<'_>) -> Option<Meaning> {
    let Some(code) = word.code.map(str::trim).filter(|code| !code.is_empty()) else {
        return Some(over(Meaning::default(), word));
    };
    let is_told = word.stage.is_some() || word.condition.is_some() || word.reason.is_some();
    let found = in_table(carrier, word.group, &code.to_ascii_uppercase());
    let found = found.or_else(|| is_told.then(Meaning::default))?;
    Some(over(found, word))
}

/// Returns the meaning of the carrier's text, for codes without an entry and scans without a code: only that the parcel is in transit or on
/// the delivery vehicle, and only if nothing in the text points to an exception, a plan or a return. A text never makes a shipment late or
/// delivered.
pub(super) fn by_text(text: &str) -> Option<Meaning> {
    const ON_THE_VEHICLE: &[&str] = &["out for delivery", "on vehicle for delivery", "with delivery courier"];
    const UNDER_WAY: &[&str] =
        &["in transit", "moving through network", "departed", "arrived at", "processed at", "processed through"];
    const SAYS_MORE: &[&str] = &[
        "not ",
        "no ",
        "n't",
        "await",
        "will ",
        "schedul",
        "fail",
        "attempt",
        "return",
        "sender",
        "shipper",
        "delivered",
        "unable",
        "cancel",
        "pick",
        "label",
        "delay",
        "hold",
        "held",
        "lost",
        "damage",
        "custom",
        "refus",
        "exception",
        "access point",
        "locker",
    ];
    let said = wording::plain(text)?.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(SAYS_MORE) {
        return None;
    }
    match (has(ON_THE_VEHICLE), has(UNDER_WAY)) {
        (true, _) => Some(Meaning::at(Stage::OutForDelivery)),
        (false, true) => Some(Meaning::at(Stage::InTransit)),
        (false, false) => None,
    }
}

fn over(meaning: Meaning, word: &Word<'_>) -> Meaning {
    Meaning {
        stage: word.stage.cloned().or(meaning.stage),
        condition: word.condition.cloned().or(meaning.condition),
        reason: word.reason.cloned().or(meaning.reason),
        shoppers_move: meaning.shoppers_move,
    }
}

fn in_table(carrier: &str, group: Option<&str>, code: &str) -> Option<Meaning> {
    match carrier {
        "ups" => ups::meaning(group, code),
        "fedex" => fedex::meaning(group, code),
        "usps" => usps::meaning(group, code),
        // DHL's services share one number range and one API, and their codes do not conflict.
        _ if carrier == "dhl" || carrier.starts_with("dhl_") => dhl::meaning(code),
        _ => None,
    }
}

/// Returns a meaning as the tests of the tables write it: stage, condition, reason, and `shopper` if the carrier waits for the shopper.
#[cfg(test)]
pub(super) fn told(meaning: Option<Meaning>) -> String {
    let Some(meaning) = meaning else {
        return "not in the table".to_owned();
    };
    let stage = meaning.stage.as_ref().map_or("-", Stage::as_str);
    let condition = meaning.condition.as_ref().map_or("-", ConditionState::as_str);
    let reason = meaning.reason.as_ref().map_or("-", Reason::as_str);
    let who = if meaning.shoppers_move { " shopper" } else { "" };
    format!("{stage} {condition} {reason}{who}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carrier_is_found_however_its_name_is_written() {
        for name in ["DHL", "dhl", "DHL Express", "dhl-express", " dhl_parcel_de "] {
            let word = Word { code: Some("OK"), ..Word::default() };
            assert_eq!(told(meaning(&carrier_code(name), &word)), "delivered - -", "{name}");
        }
        assert_eq!(meaning("dhlx", &Word { code: Some("OK"), ..Word::default() }), None);
    }

    #[test]
    fn the_senders_own_words_stand_above_the_table() {
        let word = Word { code: Some("46"), stage: Some(&Stage::Customs), ..Word::default() };
        assert_eq!(told(meaning("ups", &word)), "customs late -");
        let word = Word { code: Some("Q7"), condition: Some(&ConditionState::Held), ..Word::default() };
        assert_eq!(told(meaning("dpd", &word)), "- held -");
    }

    #[test]
    fn a_text_that_says_plainly_that_it_is_under_way_is_read_and_no_other() {
        for (text, expected) in [
            ("Arrived at USPS Regional Facility", "in_transit - -"),
            ("DEPARTED FACILITY", "in_transit - -"),
            ("Processed through <b>Facility</b>", "in_transit - -"),
            ("In Transit to Next Facility", "in_transit - -"),
            ("Out for Delivery, Expected Delivery by 9:00pm", "out_for_delivery - -"),
            ("Out for delivery", "out_for_delivery - -"),
            ("Not yet in transit", "not in the table"),
            ("Arrived at pick-up point", "not in the table"),
            ("Departed, returning to sender", "not in the table"),
            ("Delivered", "not in the table"),
            ("Delivery attempted", "not in the table"),
            ("Quantum handover", "not in the table"),
            ("", "not in the table"),
        ] {
            assert_eq!(told(by_text(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_code_that_nobody_knows_is_named_with_its_carrier_and_its_group() {
        let word = Word { code: Some(" ZZ "), group: Some("status"), ..Word::default() };
        assert_eq!((meaning("fedex", &word), word.name("fedex").as_deref()), (None, Some("fedex/status/ZZ")));
        let word = Word { code: Some("17"), ..Word::default() };
        assert_eq!((meaning("dpd", &word), word.name("dpd").as_deref()), (None, Some("dpd/17")));
        assert_eq!(meaning("dpd", &Word::default()), Some(Meaning::default()));
    }
}
