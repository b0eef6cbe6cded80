//! Tests every code of UPS's five lists against a second, independent table.

use super::meaning;
use crate::testing::describe;

/// Activity types, manifest codes, movement scans and updates: group, code and meaning.
const LETTERS: &[(&str, &str, &str)] = &[
    ("activity", "D", "delivered - -"),
    ("activity", "DD", "in_transit - -"),
    ("activity", "DO", "in_transit - -"),
    ("activity", "I", "in_transit - -"),
    ("activity", "M", "label_created - -"),
    ("activity", "MV", "cancelled - -"),
    ("activity", "NA", "- - -"),
    ("activity", "P", "handed_over - -"),
    ("activity", "U", "- - -"),
    ("activity", "W", "in_transit - -"),
    ("activity", "X", "- unknown -"),
    ("manifest", "DP", "label_created - -"),
    ("manifest", "MP", "label_created - -"),
    ("manifest", "RD", "label_created - -"),
    ("manifest", "VP", "cancelled - -"),
    ("movement", "AG", "in_transit - -"),
    ("movement", "AR", "in_transit - -"),
    ("movement", "AT", "in_transit - -"),
    ("movement", "CA", "- - -"),
    ("movement", "CD", "- - -"),
    ("movement", "CL", "- - -"),
    ("movement", "DL", "out_for_delivery - -"),
    ("movement", "DP", "in_transit - -"),
    ("movement", "DS", "at_local_depot - -"),
    ("movement", "EP", "in_transit - -"),
    ("movement", "HU", "in_transit - -"),
    ("movement", "IP", "in_transit - -"),
    ("movement", "LC", "in_transit - -"),
    ("movement", "LM", "in_transit - -"),
    ("movement", "OC", "label_created - -"),
    ("movement", "OD", "out_for_delivery - -"),
    ("movement", "OF", "out_for_delivery - -"),
    ("movement", "OR", "handed_over - -"),
    ("movement", "OT", "out_for_delivery - -"),
    ("movement", "PC", "handed_over - -"),
    ("movement", "PL", "label_created - -"),
    ("movement", "PT", "handed_over - -"),
    ("movement", "PU", "handed_over - -"),
    ("movement", "SP", "label_created - -"),
    ("movement", "UA", "- - -"),
    ("movement", "UD", "- - -"),
    ("movement", "UL", "in_transit - -"),
    ("movement", "WH", "in_transit - -"),
    ("movement", "XA", "at_local_depot - -"),
    ("movement", "XD", "handed_over - -"),
    ("movement", "XR", "in_transit - -"),
    ("movement", "YF", "out_for_delivery - -"),
    ("movement", "YH", "in_transit - -"),
    ("movement", "YI", "in_transit - -"),
    ("movement", "YM", "in_transit - -"),
    ("movement", "YN", "in_transit - -"),
    ("movement", "YP", "at_local_depot - -"),
    ("update", "PX", "- - -"),
    ("update", "UP", "- - -"),
    ("update", "UT", "- - -"),
];

/// Status codes with their meaning.
const STATUSES: &[(&str, &str)] = &[
    ("0", "- - -"),
    ("3", "label_created - -"),
    ("5", "in_transit - -"),
    ("6", "out_for_delivery - -"),
    ("7", "cancelled - -"),
    ("10", "in_transit - -"),
    ("11", "delivered - -"),
    ("12", "customs - -"),
    ("13", "- unknown -"),
    ("14", "customs ok -"),
    ("16", "in_transit - -"),
    ("17", "ready_for_pickup - - shopper"),
    ("18", "- - -"),
    ("19", "in_transit held -"),
    ("20", "- - -"),
    ("21", "out_for_delivery - -"),
    ("22", "in_transit attempt_failed -"),
    ("23", "in_transit attempt_failed -"),
    ("24", "in_transit attempt_failed -"),
    ("25", "in_transit - -"),
    ("26", "delivered - -"),
    ("27", "- - -"),
    ("28", "- - -"),
    ("29", "- unknown - shopper"),
    ("30", "- unknown -"),
    ("32", "in_transit at_risk weather_delay"),
    ("33", "- - -"),
    ("34", "returned - -"),
    ("35", "returning - -"),
    ("36", "returning - -"),
    ("37", "returning - -"),
    ("38", "handed_over - -"),
    ("39", "in_transit - -"),
    ("40", "ready_for_pickup - - shopper"),
    ("41", "- - -"),
    ("42", "- - -"),
    ("43", "- - -"),
    ("44", "label_created - -"),
    ("45", "label_created - -"),
    ("46", "in_transit late -"),
    ("47", "in_transit late -"),
    ("48", "in_transit late -"),
    ("49", "in_transit late - shopper"),
    ("50", "in_transit address_problem consignee_incorrect_address shopper"),
    ("51", "in_transit late force_majeure"),
    ("52", "in_transit late weather_delay"),
    ("53", "in_transit late weather_delay"),
    ("54", "- - -"),
    ("55", "- - -"),
    ("56", "- - -"),
    ("57", "in_transit - -"),
    ("58", "customs documents_due customs_documentation"),
    ("59", "- damaged carrier_damaged_parcel"),
    ("60", "in_transit attempt_failed -"),
    ("61", "in_transit attempt_failed - shopper"),
    ("62", "in_transit attempt_failed - shopper"),
    ("63", "- - -"),
    ("64", "in_transit refused consignee_refused"),
    ("65", "label_created - -"),
    ("66", "in_transit attempt_failed -"),
    ("67", "returned - -"),
    ("68", "lost - carrier_parcel_lost"),
    ("69", "- unknown -"),
    ("70", "in_transit - -"),
    ("71", "at_local_depot - -"),
    ("72", "out_for_delivery - -"),
    ("73", "in_transit - -"),
    ("74", "in_transit - -"),
    ("75", "- - -"),
    ("76", "- unknown -"),
    ("77", "label_created - -"),
    ("78", "out_for_delivery - -"),
    ("79", "label_created - -"),
    ("80", "label_created - -"),
    ("81", "returned damaged carrier_damaged_parcel"),
    ("82", "- - -"),
    ("83", "in_transit held -"),
    ("84", "customs ok -"),
    ("85", "in_transit payment_due - shopper"),
    ("86", "in_transit late -"),
    ("87", "in_transit - -"),
    ("88", "- - -"),
    ("89", "out_for_delivery - -"),
    ("90", "in_transit late -"),
    ("91", "out_for_delivery - -"),
    ("92", "customs - -"),
    ("93", "in_transit at_risk -"),
    ("94", "in_transit - -"),
    ("95", "- - -"),
    ("96", "- - -"),
    ("97", "- - -"),
    ("98", "- - -"),
    ("99", "- - -"),
    ("100", "- - -"),
    ("101", "- - -"),
    ("102", "- - -"),
    ("103", "- - -"),
    ("104", "- - -"),
    ("105", "- - -"),
    ("106", "- - -"),
    ("107", "- - -"),
    ("108", "- - -"),
    ("109", "- - -"),
    ("110", "- - -"),
    ("111", "- - -"),
    ("112", "- - -"),
    ("113", "- - -"),
    ("114", "- - -"),
    ("115", "- - -"),
    ("116", "- - -"),
    ("117", "- - -"),
    ("118", "returning - -"),
    ("119", "- - -"),
    ("120", "- - -"),
    ("121", "- - -"),
    ("122", "- - -"),
    ("123", "customs held -"),
    ("124", "customs documents_due customs_documentation"),
    ("125", "customs documents_due customs_documentation"),
    ("126", "customs held regulatory_hold"),
    ("127", "- ok parcel_being_researched"),
    ("128", "- ok parcel_being_researched"),
    ("129", "- unknown parcel_being_researched"),
    ("130", "- - -"),
    ("131", "label_created - -"),
    ("132", "in_transit late security_issue"),
    ("133", "- - -"),
    ("134", "customs ok -"),
    ("135", "label_created - -"),
    ("136", "- - -"),
    ("137", "in_transit - -"),
    ("138", "in_transit - -"),
    ("139", "in_transit attempt_failed consignee_access_restricted"),
    ("140", "- - -"),
    ("141", "customs documents_due customs_documentation"),
    ("142", "- - -"),
    ("143", "delivered - -"),
    ("144", "ready_for_pickup - - shopper"),
    ("145", "in_transit attempt_failed -"),
    ("146", "out_for_delivery - -"),
    ("147", "destroyed - regulatory_hold"),
    ("148", "- - -"),
    ("149", "destroyed - customs_prohibited"),
    ("153", "- - -"),
    ("154", "- - -"),
    ("155", "- - -"),
    ("156", "- - -"),
    ("157", "label_created - -"),
    ("158", "in_transit - -"),
    ("159", "in_transit - -"),
    ("160", "handed_over - -"),
    ("161", "ready_for_pickup - - shopper"),
    ("162", "out_for_delivery - -"),
    ("163", "- - -"),
    ("164", "in_transit - -"),
    ("165", "in_transit - -"),
    ("166", "label_created - -"),
    ("167", "handed_over - -"),
    ("168", "handed_over - -"),
    ("169", "handed_over - -"),
];

#[test]
fn every_code_of_letters_means_what_its_own_list_says() {
    for (group, code, expected) in LETTERS {
        assert_eq!(describe(meaning(Some(group), code)), *expected, "{group}/{code}");
        // `DP` is both a departure scan and a manifest code. Without a group, it is the departure scan, which every parcel has.
        let alone = if *code == "DP" { "in_transit - -" } else { *expected };
        assert_eq!(describe(meaning(None, code)), alone, "{code}");
    }
}

#[test]
fn the_van_back_to_the_sender_is_no_van_to_the_shopper_and_three_delays_are_delays() {
    assert_eq!(describe(meaning(Some("status"), "037")), "returning - -");
    for code in ["046", "047", "048"] {
        assert_eq!(describe(meaning(Some("status"), code)), "in_transit late -", "{code}");
    }
}

#[test]
fn every_status_code_means_something_with_and_without_its_noughts() {
    for (code, expected) in STATUSES {
        for written in [(*code).to_owned(), format!("{code:0>3}")] {
            assert_eq!(describe(meaning(Some("status"), &written)), *expected, "{written}");
            assert_eq!(describe(meaning(None, &written)), *expected, "{written}");
        }
    }
}

#[test]
fn a_number_that_is_not_in_the_list_is_unknown() {
    let known: Vec<u16> = STATUSES.iter().map(|(code, _)| code.parse().expect("a number")).collect();
    for code in (0..1000_u16).filter(|code| !known.contains(code)) {
        assert_eq!(meaning(Some("status"), &code.to_string()), None, "{code}");
    }
    for code in ["", "+46", "4 6", "0046", "٤٦"] {
        assert_eq!(meaning(Some("status"), code), None, "{code}");
    }
}

#[test]
fn a_code_of_another_list_is_unknown() {
    for (group, code) in [
        ("manifest", "D"),
        ("activity", "46"),
        ("update", "X"),
        ("status", "X"),
        ("movement", "D"),
        ("movement", "46"),
        ("activity", "Q"),
    ] {
        assert_eq!(meaning(Some(group), code), None, "{group}/{code}");
    }
}

#[test]
fn only_what_ups_calls_a_delay_is_late() {
    let late = STATUSES.iter().filter(|(code, _)| describe(meaning(None, code)).contains(" late ")).map(|(code, _)| *code);
    assert_eq!(late.collect::<Vec<_>>(), ["46", "47", "48", "49", "51", "52", "53", "86", "90", "132"]);
}
