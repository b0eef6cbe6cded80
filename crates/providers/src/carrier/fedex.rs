//! Mapping of FedEx's codes, in three tables: status, regulatory and possession codes. `CA`, `EA`, `RC` and `SP` occur in more
//! than one table with different meanings, so a single table would be wrong.
//!
//! Sources: FedEx's "Tracking status codes" of its developer portal, of which karrio keeps a copy
//! (`modules/connectors/fedex/vendor`); the WordPress plugin of PluginHive; responses in Shopify/active_shipping
//! (`test/fixtures/xml/fedex`). `AO`, `HP` and `OW` are in FedEx's list alone.

use doorstep_contract::{ConditionState, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a code in capitals, or None if it is in no table. A code without a group is looked up in the status
/// table and then in the regulatory table, because FedEx sends both kinds in one list. It is never looked up in the possession
/// table.
pub(super) fn meaning(group: Option<&str>, code: &str) -> Option<Meaning> {
    match group {
        Some("status") => status(code),
        Some("regulatory") => regulatory(code),
        Some("possession") => possession(code),
        Some(_) => None,
        None => status(code).or_else(|| regulatory(code)),
    }
}

fn status(code: &str) -> Option<Meaning> {
    Some(match code {
        // The parcel is with the sender or on its way to FedEx, which does not have it yet.
        "AP" | "EP" | "OC" | "OX" => Meaning::stage(Stage::LabelCreated),
        // The pickup is late, which does not necessarily delay the delivery.
        "PD" => Meaning::stage_condition(Stage::LabelCreated, ConditionState::AtRisk),
        "OF" | "PU" | "PX" => Meaning::stage(Stage::HandedOver),
        "AA" | "AC" | "AR" | "AX" | "DP" | "EA" | "EO" | "IT" | "IX" | "LO" | "OW" | "PF" | "PL" | "SF" | "TR" => {
            Meaning::stage(Stage::InTransit)
        }
        "AO" => Meaning::stage_condition(Stage::InTransit, ConditionState::Ok),
        "AF" | "FD" => Meaning::stage(Stage::AtLocalDepot),
        "AD" | "ED" | "OD" => Meaning::stage(Stage::OutForDelivery),
        "HL" | "HP" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        "DL" => Meaning::stage(Stage::Delivered),
        "RS" => Meaning::stage(Stage::Returning),
        "CA" => Meaning::stage(Stage::Cancelled),
        "DD" | "DY" => Meaning::stage_condition(Stage::InTransit, ConditionState::Late),
        "DE" => Meaning::stage_condition(Stage::InTransit, ConditionState::AttemptFailed),
        // The kind of exception is unknown.
        "SE" => Meaning::condition(ConditionState::default()),
        // These codes say nothing about the parcel's progress: vehicles, a different pickup place, requests of the recipient,
        // return labels, differing piece counts, and work in progress.
        "CH" | "DR" | "DS" | "LP" | "PM" | "RC" | "RD" | "RG" | "RM" | "RP" | "RR" | "SP" => Meaning::default(),
        _ => return None,
    })
}

fn regulatory(code: &str) -> Option<Meaning> {
    Some(match code {
        "CC" => Meaning::stage_condition(Stage::Customs, ConditionState::Ok),
        "CP" => Meaning::stage(Stage::Customs),
        "CD" => Meaning::stage_condition_reason(Stage::Customs, ConditionState::Late, Reason::CustomsDelay),
        // The parcel is cleared for export. Its place is unknown, but the carrier has it.
        "EA" => Meaning::stage(Stage::InTransit),
        "SP" => Meaning::default(),
        _ => return None,
    })
}

/// Returns the meaning of a possession code. The party that holds the parcel gives the rough stage. If the recipient holds the
/// parcel, it has been delivered.
fn possession(code: &str) -> Option<Meaning> {
    Some(match code {
        "SH" => Meaning::stage(Stage::LabelCreated),
        "CA" | "TP" => Meaning::stage(Stage::InTransit),
        "BR" | "CU" => Meaning::stage(Stage::Customs),
        "RC" => Meaning::stage(Stage::Delivered),
        "SP" => Meaning::default(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every code of FedEx's list: group, code and meaning.
    const CODES: &[(&str, &str, &str)] = &[
        ("status", "AA", "in_transit - -"),
        ("status", "AC", "in_transit - -"),
        ("status", "AD", "out_for_delivery - -"),
        ("status", "AF", "at_local_depot - -"),
        ("status", "AO", "in_transit ok -"),
        ("status", "AP", "label_created - -"),
        ("status", "AR", "in_transit - -"),
        ("status", "AX", "in_transit - -"),
        ("status", "CA", "cancelled - -"),
        ("status", "CH", "- - -"),
        ("status", "DD", "in_transit late -"),
        ("status", "DE", "in_transit attempt_failed -"),
        ("status", "DL", "delivered - -"),
        ("status", "DP", "in_transit - -"),
        ("status", "DR", "- - -"),
        ("status", "DS", "- - -"),
        ("status", "DY", "in_transit late -"),
        ("status", "EA", "in_transit - -"),
        ("status", "ED", "out_for_delivery - -"),
        ("status", "EO", "in_transit - -"),
        ("status", "EP", "label_created - -"),
        ("status", "FD", "at_local_depot - -"),
        ("status", "HL", "ready_for_pickup - - shopper"),
        ("status", "HP", "ready_for_pickup - - shopper"),
        ("status", "IT", "in_transit - -"),
        ("status", "IX", "in_transit - -"),
        ("status", "LO", "in_transit - -"),
        ("status", "LP", "- - -"),
        ("status", "OC", "label_created - -"),
        ("status", "OD", "out_for_delivery - -"),
        ("status", "OF", "handed_over - -"),
        ("status", "OW", "in_transit - -"),
        ("status", "OX", "label_created - -"),
        ("status", "PD", "label_created at_risk -"),
        ("status", "PF", "in_transit - -"),
        ("status", "PL", "in_transit - -"),
        ("status", "PM", "- - -"),
        ("status", "PU", "handed_over - -"),
        ("status", "PX", "handed_over - -"),
        ("status", "RC", "- - -"),
        ("status", "RD", "- - -"),
        ("status", "RG", "- - -"),
        ("status", "RM", "- - -"),
        ("status", "RP", "- - -"),
        ("status", "RR", "- - -"),
        ("status", "RS", "returning - -"),
        ("status", "SE", "- unknown -"),
        ("status", "SF", "in_transit - -"),
        ("status", "SP", "- - -"),
        ("status", "TR", "in_transit - -"),
        ("regulatory", "CC", "customs ok -"),
        ("regulatory", "CD", "customs late customs_delay"),
        ("regulatory", "CP", "customs - -"),
        ("regulatory", "EA", "in_transit - -"),
        ("regulatory", "SP", "- - -"),
        ("possession", "BR", "customs - -"),
        ("possession", "CA", "in_transit - -"),
        ("possession", "CU", "customs - -"),
        ("possession", "RC", "delivered - -"),
        ("possession", "SH", "label_created - -"),
        ("possession", "SP", "- - -"),
        ("possession", "TP", "in_transit - -"),
    ];

    #[test]
    fn every_code_means_what_its_own_table_says() {
        for (group, code, expected) in CODES {
            assert_eq!(describe(meaning(Some(group), code)), *expected, "{group}/{code}");
        }
    }

    #[test]
    fn a_code_of_another_table_is_unknown() {
        for (group, code) in [("status", "CU"), ("regulatory", "DL"), ("possession", "DL"), ("movement", "DL"), ("status", "ZZ")]
        {
            assert_eq!(meaning(Some(group), code), None, "{group}/{code}");
        }
    }

    #[test]
    fn without_a_group_it_is_a_status_and_who_holds_it_is_not_guessed() {
        for (code, expected) in [("CA", "cancelled - -"), ("RC", "- - -"), ("CD", "customs late customs_delay")] {
            assert_eq!(describe(meaning(None, code)), expected, "{code}");
        }
        assert_eq!((meaning(None, "SH"), meaning(None, "TP")), (None, None));
    }
}
