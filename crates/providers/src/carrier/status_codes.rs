//! Meaning of a carrier's code: finds the carrier's table by name. Stage, condition and reason in the payload override the table.

use doorstep_contract::{ConditionState, Reason, Stage};

use super::{dhl, fedex, ups, usps};
use crate::carrier_text;
use crate::meaning::Meaning;

/// A carrier's code with its group, and the stage, condition and reason in the payload.
#[derive(Clone, Copy, Default)]
pub(super) struct ReportedStatus<'a> {
    pub(super) code: Option<&'a str>,
    pub(super) group: Option<&'a str>,
    pub(super) stage: Option<&'a Stage>,
    pub(super) condition: Option<&'a ConditionState>,
    pub(super) reason: Option<&'a Reason>,
}

impl ReportedStatus<'_> {
    /// Returns the code as it is stored and counted: `ups/status/46`, or `dpd/17` without a group. Returns None if there is no code.
    pub(super) fn qualified_code(&self, carrier: &str) -> Option<String> {
        let code = self.code.map(str::trim).filter(|code| !code.is_empty())?;
        let parts = [Some(carrier), self.group, Some(code)];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join("/"))
    }
}

/// Returns the code for a carrier's name: `DHL Express` and `dhl-express` give `dhl_express`.
pub(super) fn carrier_code(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Returns the meaning of a code. The stage, condition and reason in the payload override those of the table. Returns None if the
/// code is in no table and the payload has none of the three. Without a code, returns only what the payload has.
pub(super) fn meaning(carrier: &str, reported: &ReportedStatus<'_>) -> Option<Meaning> {
    let Some(code) = reported.code.map(str::trim).filter(|code| !code.is_empty()) else {
        return Some(overridden(Meaning::default(), reported));
    };
    let is_overridden = reported.stage.is_some() || reported.condition.is_some() || reported.reason.is_some();
    let found = from_table(carrier, reported.group, &code.to_ascii_uppercase());
    let found = found.or_else(|| is_overridden.then(Meaning::default))?;
    Some(overridden(found, reported))
}

/// Returns the meaning of the carrier's text, for a scan or a status without a known code. Recognises only the stages in transit
/// and out for delivery. Returns None if the text hints at an exception, a plan or a return, or names neither of these stages.
pub(super) fn from_text(text: &str) -> Option<Meaning> {
    const ON_THE_VEHICLE: &[&str] = &["out for delivery", "on vehicle for delivery", "with delivery courier"];
    const UNDER_WAY: &[&str] =
        &["in transit", "moving through network", "departed", "arrived at", "processed at", "processed through"];
    const AMBIGUOUS: &[&str] = &[
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
    let text_lower = carrier_text::plain(text)?.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text_lower.contains(word));
    if has(AMBIGUOUS) {
        return None;
    }
    match (has(ON_THE_VEHICLE), has(UNDER_WAY)) {
        (true, _) => Some(Meaning::stage(Stage::OutForDelivery)),
        (false, true) => Some(Meaning::stage(Stage::InTransit)),
        (false, false) => None,
    }
}

fn overridden(meaning: Meaning, reported: &ReportedStatus<'_>) -> Meaning {
    Meaning {
        stage: reported.stage.cloned().or(meaning.stage),
        condition: reported.condition.cloned().or(meaning.condition),
        reason: reported.reason.cloned().or(meaning.reason),
        awaits_shopper: meaning.awaits_shopper,
    }
}

fn from_table(carrier: &str, group: Option<&str>, code: &str) -> Option<Meaning> {
    match carrier {
        "ups" => ups::meaning(group, code),
        "fedex" => fedex::meaning(group, code),
        "usps" => usps::meaning(group, code),
        // DHL's services share one number range and one API, and their codes do not conflict.
        _ if carrier == "dhl" || carrier.starts_with("dhl_") => dhl::meaning(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    #[test]
    fn a_carrier_is_found_however_its_name_is_written() {
        for name in ["DHL", "dhl", "DHL Express", "dhl-express", " dhl_parcel_de "] {
            let reported = ReportedStatus { code: Some("OK"), ..ReportedStatus::default() };
            assert_eq!(describe(meaning(&carrier_code(name), &reported)), "delivered - -", "{name}");
        }
        assert_eq!(meaning("dhlx", &ReportedStatus { code: Some("OK"), ..ReportedStatus::default() }), None);
    }

    #[test]
    fn the_senders_own_words_stand_above_the_table() {
        let reported = ReportedStatus { code: Some("46"), stage: Some(&Stage::Customs), ..ReportedStatus::default() };
        assert_eq!(describe(meaning("ups", &reported)), "customs late -");
        let reported = ReportedStatus { code: Some("Q7"), condition: Some(&ConditionState::Held), ..ReportedStatus::default() };
        assert_eq!(describe(meaning("dpd", &reported)), "- held -");
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
            assert_eq!(describe(from_text(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_code_that_nobody_knows_is_named_with_its_carrier_and_its_group() {
        let reported = ReportedStatus { code: Some(" ZZ "), group: Some("status"), ..ReportedStatus::default() };
        assert_eq!((meaning("fedex", &reported), reported.qualified_code("fedex").as_deref()), (None, Some("fedex/status/ZZ")));
        let reported = ReportedStatus { code: Some("17"), ..ReportedStatus::default() };
        assert_eq!((meaning("dpd", &reported), reported.qualified_code("dpd").as_deref()), (None, Some("dpd/17")));
        assert_eq!(meaning("dpd", &ReportedStatus::default()), Some(Meaning::default()));
    }
}
