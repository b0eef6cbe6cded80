//! Tests that `docs/tracking-providers.md` agrees with the tables and with the format.

use std::collections::BTreeMap;

use doorstep_contract::{ConditionState, Reason, Stage};

use super::payload::{LastMile, Payload, Scan, ScanPlace, Status};
use super::{dhl, fedex, ups, usps};
use crate::meaning::Meaning;

const PAGE: &str = include_str!("../../../../docs/tracking-providers.md");
/// DHL's codes on the page that [`letters`] does not generate, because they have more than two characters.
const DHL_WORDS: [&str; 58] = [
    "PRE-TRANSIT",
    "TRANSIT",
    "DELIVERED",
    "FAILURE",
    "UNKNOWN",
    "PCKDU",
    "SRTED",
    "LDTMV",
    "ULFMV",
    "SHRCU",
    "DLVRD",
    "NDELV",
    "ADVIS",
    "ALERT",
    "ASMVT",
    "CANCL",
    "CHECK",
    "CNFSC",
    "CNRFC",
    "DLVRF",
    "DMGDS",
    "DSPSD",
    "DTNPC",
    "EXPHD",
    "FWDCF",
    "HLDCC",
    "HLDCP",
    "HLDCU",
    "HNDDE",
    "HNDND",
    "ICPRC",
    "INFCL",
    "ITBAR",
    "LDEXC",
    "LDTHU",
    "MSRTD",
    "MVARR",
    "MVDEX",
    "MVDPT",
    "MVTEX",
    "NTADT",
    "NTDEL",
    "NTPUP",
    "OFWRD",
    "PARCV",
    "PBNDT",
    "PMTCR",
    "PMTCS",
    "PURCR",
    "RCCLS",
    "RELBL",
    "REPCK",
    "RETRN",
    "ROUCR",
    "RSDCP",
    "SECHK",
    "STORN",
    "TRBCR",
];
/// Categories of USPS.
const USPS_CATEGORIES: [&str; 10] = [
    "PRE-SHIPMENT",
    "ACCEPTED",
    "IN TRANSIT",
    "MOVING THROUGH NETWORK",
    "OUT FOR DELIVERY",
    "DELIVERY ATTEMPT",
    "AVAILABLE FOR PICKUP",
    "DELIVERED",
    "ARRIVING LATE",
    "ALERT",
];

/// Returns every code of one or two letters or digits, with at least one letter.
fn letters() -> Vec<String> {
    let signs = || ('A'..='Z').chain('0'..='9').map(String::from);
    let double = signs().flat_map(|first| signs().map(move |second| format!("{first}{second}")));
    signs().chain(double).filter(|code| code.bytes().any(|sign| sign.is_ascii_uppercase())).collect()
}

/// Function that maps a code of one list to its meaning.
type Table = fn(&str) -> Option<Meaning>;

/// Returns a table of `docs/tracking-providers.md`, in which codes with equal meanings share a row.
fn table(lists: &[(&str, Vec<String>, Table)]) -> String {
    let rows: String = lists.iter().map(|(group, codes, meaning)| rows(group, codes, *meaning)).collect();
    format!("| group | stage | condition | reason | codes |\n|---|---|---|---|---|\n{rows}")
}

fn rows(group: &str, codes: &[String], meaning: Table) -> String {
    let mut rows: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for code in codes {
        if let Some(Meaning { stage, condition, reason, awaits_shopper }) = meaning(code) {
            let key = (stage.is_none(), stage, condition, reason, awaits_shopper);
            rows.entry(key).or_default().push(format!("`{code}`"));
        }
    }
    let word = |word: Option<&str>| word.map_or_else(|| "–".to_owned(), |word| format!("`{word}`"));
    let rows = rows.into_iter().map(|((_, stage, condition, reason, awaits_shopper), codes)| {
        let stage = word(stage.as_ref().map(Stage::as_str));
        let condition = word(condition.as_ref().map(ConditionState::as_str));
        let reason = word(reason.as_ref().map(Reason::as_str));
        let waits = if awaits_shopper { " †" } else { "" };
        format!("| {group} | {stage}{waits} | {condition} | {reason} | {} |\n", codes.join(" "))
    });
    rows.collect()
}

fn tables() -> [(&'static str, String); 4] {
    let numbers = (0..1_000_u16).map(|number| number.to_string()).collect();
    let two_digits = (0..100_u16).map(|number| format!("{number:02}"));
    let ups = table(&[
        ("`activity`", letters(), |code| ups::meaning(Some("activity"), code)),
        ("`manifest`", letters(), |code| ups::meaning(Some("manifest"), code)),
        ("`movement`", letters(), |code| ups::meaning(Some("movement"), code)),
        ("`update`", letters(), |code| ups::meaning(Some("update"), code)),
        ("`status`", numbers, |code| ups::meaning(Some("status"), code)),
    ]);
    let fedex = table(&[
        ("`status`", letters(), |code| fedex::meaning(Some("status"), code)),
        ("`regulatory`", letters(), |code| fedex::meaning(Some("regulatory"), code)),
        ("`possession`", letters(), |code| fedex::meaning(Some("possession"), code)),
    ]);
    let dhl = DHL_WORDS.iter().map(|word| (*word).to_owned()).chain(letters()).collect();
    let events = two_digits.chain(letters()).collect();
    let categories = USPS_CATEGORIES.iter().map(|name| (*name).to_owned()).collect();
    let usps = table(&[
        ("`event`", events, |code| usps::meaning(Some("event"), code)),
        ("`category`", categories, |code| usps::meaning(Some("category"), code)),
    ]);
    [("UPS", ups), ("FedEx", fedex), ("DHL", table(&[("–", dhl, dhl::meaning)])), ("USPS", usps)]
}

#[test]
fn the_documentation_has_every_code_with_what_it_means() {
    for (carrier, table) in tables() {
        assert!(PAGE.contains(&format!("### {carrier}\n")), "{carrier}");
        assert!(PAGE.contains(&table), "docs/tracking-providers.md must contain, under {carrier}:\n\n{table}");
    }
}

/// Returns the field names of a type, taken from the error message about an unknown field.
fn fields<T: serde::de::DeserializeOwned>() -> Vec<String> {
    let message = serde_json::from_str::<T>(r#"{"?": 0}"#).err().expect("a refusal").to_string();
    message.split('`').skip(1).step_by(2).filter(|name| *name != "?").map(str::to_owned).collect()
}

#[test]
fn the_documentation_has_every_field() {
    let all = [fields::<Payload>(), fields::<Status>(), fields::<Scan>(), fields::<ScanPlace>(), fields::<LastMile>()].concat();
    assert!(all.len() > 30, "{all:?}");
    for field in all {
        assert!(PAGE.contains(&format!("`{field}`")), "docs/tracking-providers.md does not have {field}");
    }
}
