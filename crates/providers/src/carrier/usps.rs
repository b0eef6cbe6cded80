//! Mapping of USPS's event codes, and of the categories that summarise a shipment in its responses.
//!
//! Sources of the codes; each code is in at least two of them, except where a single source is named:
//! - USPS, "Customer Daily Extract" and Publication 199, appendix G ("USPS Tracking scan events"): codes with their texts and categories.
//! - Code lists in public code: the Perl module `USPS::WebTools::Tracking::Codes`, the WordPress plugin of PluginHive for shipment
//!   tracking.
//! - Real responses in public repositories: Shopify/active_shipping (`test/fixtures/xml/usps`), sailrish/shipit (`test/stub_data`), karrio
//!   (`modules/connectors/asendia_us/tests`), and tests of three clients of USPS's web tools and of its API of 2024.
//! - UPS, "Mail Innovations" codes: the corresponding events under other codes, with UPS's texts for shoppers.
//!
//! One public table (an aggregator's) maps `07` to the delivery vehicle. USPS's own text and every real response use it for the arrival at
//! the post office.

use doorstep_contract::{ConditionState, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a code in capitals or of a category, or None if it is in no table. Codes may be written with or without a leading
/// zero.
pub(super) fn meaning(group: Option<&str>, code: &str) -> Option<Meaning> {
    let by_code = || {
        let code = with_two_digits(code);
        progress(&code).or_else(|| delivery_attempt(&code)).or_else(|| return_to_sender(&code)).or_else(|| exception(&code))
    };
    match group {
        Some("category") => category(code),
        Some(_) | None => by_code().or_else(|| category(code)),
    }
}

/// Returns a numeric code with two digits: `7` and `007` give `07`. Codes with letters are returned unchanged.
fn with_two_digits(code: &str) -> String {
    let is_number = !code.is_empty() && code.len() <= 3 && code.bytes().all(|sign| sign.is_ascii_digit());
    if is_number { format!("{:0>2}", code.trim_start_matches('0')) } else { code.to_owned() }
}

fn progress(code: &str) -> Option<Meaning> {
    Some(match code {
        // The parcel is announced, ordered, labelled or prepared by the post of another country. USPS does not have it yet.
        "89" | "GX" | "MA" | "NP" => Meaning::stage(Stage::LabelCreated),
        // The parcel was accepted or picked up, possibly by the partner that brings it to USPS. If a shipper hands over many parcels at
        // once, the scan of each parcel follows later.
        "03" | "80" | "83" | "OA" | "PA" | "TM" | "UA" => Meaning::stage(Stage::HandedOver),
        // The parcel was processed, arrived, departed, was forwarded to another address, or is with a shipping partner. Shippers also bring
        // parcels to an office near the destination, so acceptance (AD) or opening (41) there does not make it the local depot.
        "06" | "10" | "19" | "41" | "42" | "43" | "81" | "82" | "A1" | "AD" | "EF" | "L1" | "NT" | "SF" | "T1" | "TL" | "U1" => {
            Meaning::stage(Stage::InTransit)
        }
        // The parcel has arrived at the post office that delivers it, or was sorted there.
        "07" | "PC" => Meaning::stage(Stage::AtLocalDepot),
        "OF" => Meaning::stage(Stage::OutForDelivery),
        // The parcel was delivered, or collected at the office on behalf of the recipient.
        "01" | "17" => Meaning::stage(Stage::Delivered),
        // These codes say nothing about the parcel's progress: the return receipt (GC), no scan for hours after loading (DX), and
        // a recall that may still fail (44).
        "44" | "DX" | "GC" => Meaning::default(),
        _ => return None,
    })
}

/// Returns the meaning of a delivery attempt. USPS's category for a notice is "Delivery Attempt: Action Needed": USPS waits until the
/// shopper arranges something.
fn delivery_attempt(code: &str) -> Option<Meaning> {
    use ConditionState::AttemptFailed;
    let failed = |reason| Meaning::stage_condition_reason(Stage::InTransit, AttemptFailed, reason);
    Some(match code {
        "02" | "52" | "54" => Meaning::stage_condition(Stage::InTransit, AttemptFailed).awaiting_shopper(),
        "53" => failed(Reason::ConsigneeAccessRestricted).awaiting_shopper(),
        "55" => failed(Reason::ConsigneeSafePlaceUnavailable).awaiting_shopper(),
        "56" => failed(Reason::ConsigneeNotAvailable).awaiting_shopper(),
        "30" => failed(Reason::ConsigneeAccessRestricted),
        "51" => failed(Reason::ConsigneeBusinessClosed),
        "14" | "16" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        _ => return None,
    })
}

/// Returns the meaning of a code for a return, with the reason if the code gives one. USPS's text is "returned to the sender
/// because …", but the parcel is still on its way back.
fn return_to_sender(code: &str) -> Option<Meaning> {
    Some(match code {
        "21" | "22" | "23" | "24" | "25" => Meaning::stage_reason(Stage::Returning, Reason::ConsigneeIncorrectAddress),
        "26" => Meaning::stage_reason(Stage::Returning, Reason::ConsigneeNotAvailable),
        // Unclaimed, recipient deceased, another reason, or not picked up.
        "09" | "27" | "28" | "29" | "31" => Meaning::stage(Stage::Returning),
        _ => return None,
    })
}

fn exception(code: &str) -> Option<Meaning> {
    use ConditionState::{AddressProblem, Late, Misrouted, Refused};
    Some(match code {
        "04" => Meaning::stage_condition_reason(Stage::InTransit, Refused, Reason::ConsigneeRefused),
        "05" => Meaning::stage_condition_reason(Stage::InTransit, AddressProblem, Reason::ConsigneeIncorrectAddress),
        "08" | "15" => Meaning::stage_condition_reason(Stage::InTransit, Misrouted, Reason::CarrierSortingError),
        // Delivery is postponed to the next delivery day.
        "71" => Meaning::stage_condition(Stage::InTransit, Late),
        // The parcel can neither be delivered nor returned and goes to the office for lost mail.
        "11" => Meaning::stage(Stage::Lost),
        _ => return None,
    })
}

/// Returns the meaning of USPS's category (`statusCategory`), written in capitals. Hyphens and colons are ignored.
fn category(name: &str) -> Option<Meaning> {
    let words: Vec<&str> = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    Some(match words.join(" ").as_str() {
        "PRE SHIPMENT" | "PRESHIPMENT" => Meaning::stage(Stage::LabelCreated),
        "ACCEPTED" => Meaning::stage(Stage::HandedOver),
        "IN TRANSIT" | "MOVING THROUGH NETWORK" => Meaning::stage(Stage::InTransit),
        "OUT FOR DELIVERY" => Meaning::stage(Stage::OutForDelivery),
        "DELIVERY ATTEMPT" | "DELIVERY ATTEMPT ACTION NEEDED" => {
            Meaning::stage_condition(Stage::InTransit, ConditionState::AttemptFailed).awaiting_shopper()
        }
        "AVAILABLE FOR PICKUP" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        "DELIVERED" => Meaning::stage(Stage::Delivered),
        "ARRIVING LATE" => Meaning::stage_condition(Stage::InTransit, ConditionState::Late),
        // The category covers anything from a held parcel to one that is returned.
        "ALERT" => Meaning::condition(ConditionState::default()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every code, with its meaning.
    const CODES: &[(&str, &str)] = &[
        ("01", "delivered - -"),
        ("02", "in_transit attempt_failed - shopper"),
        ("03", "handed_over - -"),
        ("04", "in_transit refused consignee_refused"),
        ("05", "in_transit address_problem consignee_incorrect_address"),
        ("06", "in_transit - -"),
        ("07", "at_local_depot - -"),
        ("08", "in_transit misrouted carrier_sorting_error"),
        ("09", "returning - -"),
        ("10", "in_transit - -"),
        ("11", "lost - -"),
        ("14", "ready_for_pickup - - shopper"),
        ("15", "in_transit misrouted carrier_sorting_error"),
        ("16", "ready_for_pickup - - shopper"),
        ("17", "delivered - -"),
        ("19", "in_transit - -"),
        ("21", "returning - consignee_incorrect_address"),
        ("22", "returning - consignee_incorrect_address"),
        ("23", "returning - consignee_incorrect_address"),
        ("24", "returning - consignee_incorrect_address"),
        ("25", "returning - consignee_incorrect_address"),
        ("26", "returning - consignee_not_available"),
        ("27", "returning - -"),
        ("28", "returning - -"),
        ("29", "returning - -"),
        ("30", "in_transit attempt_failed consignee_access_restricted"),
        ("31", "returning - -"),
        ("41", "in_transit - -"),
        ("42", "in_transit - -"),
        ("43", "in_transit - -"),
        ("44", "- - -"),
        ("51", "in_transit attempt_failed consignee_business_closed"),
        ("52", "in_transit attempt_failed - shopper"),
        ("53", "in_transit attempt_failed consignee_access_restricted shopper"),
        ("54", "in_transit attempt_failed - shopper"),
        ("55", "in_transit attempt_failed consignee_safe_place_unavailable shopper"),
        ("56", "in_transit attempt_failed consignee_not_available shopper"),
        ("71", "in_transit late -"),
        ("80", "handed_over - -"),
        ("81", "in_transit - -"),
        ("82", "in_transit - -"),
        ("83", "handed_over - -"),
        ("89", "label_created - -"),
        ("A1", "in_transit - -"),
        ("AD", "in_transit - -"),
        ("DX", "- - -"),
        ("EF", "in_transit - -"),
        ("GC", "- - -"),
        ("GX", "label_created - -"),
        ("L1", "in_transit - -"),
        ("MA", "label_created - -"),
        ("NP", "label_created - -"),
        ("NT", "in_transit - -"),
        ("OA", "handed_over - -"),
        ("OF", "out_for_delivery - -"),
        ("PA", "handed_over - -"),
        ("PC", "at_local_depot - -"),
        ("SF", "in_transit - -"),
        ("T1", "in_transit - -"),
        ("TL", "in_transit - -"),
        ("TM", "handed_over - -"),
        ("U1", "in_transit - -"),
        ("UA", "handed_over - -"),
    ];

    /// Every category, with its meaning.
    const CATEGORIES: &[(&str, &str)] = &[
        ("PRE-SHIPMENT", "label_created - -"),
        ("ACCEPTED", "handed_over - -"),
        ("IN TRANSIT", "in_transit - -"),
        ("IN-TRANSIT", "in_transit - -"),
        ("MOVING THROUGH NETWORK", "in_transit - -"),
        ("OUT FOR DELIVERY", "out_for_delivery - -"),
        ("DELIVERY ATTEMPT: ACTION NEEDED", "in_transit attempt_failed - shopper"),
        ("DELIVERY ATTEMPT", "in_transit attempt_failed - shopper"),
        ("AVAILABLE FOR PICKUP", "ready_for_pickup - - shopper"),
        ("DELIVERED", "delivered - -"),
        ("ARRIVING LATE", "in_transit late -"),
        ("ALERT", "- unknown -"),
    ];

    #[test]
    fn every_code_means_what_usps_sends_it_for_with_and_without_its_nought() {
        for (code, expected) in CODES {
            assert_eq!(describe(meaning(None, code)), *expected, "{code}");
            let number: Option<u16> = code.parse().ok();
            for written in number.into_iter().flat_map(|number| [number.to_string(), format!("{number:03}")]) {
                assert_eq!(describe(meaning(Some("event"), &written)), *expected, "{written}");
            }
        }
    }

    #[test]
    fn every_category_means_something_with_and_without_its_group() {
        for (name, expected) in CATEGORIES {
            assert_eq!(describe(meaning(None, name)), *expected, "{name}");
            assert_eq!(describe(meaning(Some("category"), name)), *expected, "{name}");
        }
        assert_eq!(meaning(Some("category"), "01"), None);
    }

    #[test]
    fn a_code_of_tomorrow_is_unknown() {
        let known: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
        for code in (0..1_000_u16).map(|number| format!("{number:02}")).filter(|code| !known.contains(&code.as_str())) {
            assert_eq!(meaning(None, &code), None, "{code}");
        }
        for code in ["", "ZZ", "0001", "0", "000", "+7", "7.0", "٧"] {
            assert_eq!(meaning(None, code), None, "{code}");
        }
    }
}
