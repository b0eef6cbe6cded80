//! DHL: what the five statuses of its unified tracking, the checkpoints of DHL Express and the words of DHL Parcel Germany mean.

use doorstep_core::wire::{ConditionState, Reason, Stage};

use super::super::meaning::Meaning;

/// The meaning of a code in capitals; `None` where it is in no table.
pub(super) fn meaning(code: &str) -> Option<Meaning> {
    unified(code).or_else(|| parcel_germany(code)).or_else(|| on_its_way(code)).or_else(|| in_trouble(code))
}

fn unified(code: &str) -> Option<Meaning> {
    Some(match code {
        "PRE-TRANSIT" => Meaning::at(Stage::LabelCreated),
        "TRANSIT" => Meaning::at(Stage::InTransit),
        "DELIVERED" => Meaning::at(Stage::Delivered),
        // A failed attempt, a return and a loss are one word here.
        "FAILURE" => Meaning::how(ConditionState::default()),
        // DHL says that it does not know; that is no delay.
        "UNKNOWN" => Meaning::default(),
        _ => return None,
    })
}

fn parcel_germany(code: &str) -> Option<Meaning> {
    Some(match code {
        "PCKDU" => Meaning::at(Stage::HandedOver),
        "LDTMV" | "SHRCU" | "SRTED" | "ULFMV" => Meaning::at(Stage::InTransit),
        "DLVRD" => Meaning::at(Stage::Delivered),
        "NDELV" => Meaning::goes(Stage::InTransit, ConditionState::AttemptFailed),
        _ => return None,
    })
}

fn on_its_way(code: &str) -> Option<Meaning> {
    Some(match code {
        "OR" | "PU" | "SA" => Meaning::at(Stage::HandedOver),
        // `PL` is written at every place that it passes, not only at the first.
        "AF" | "DF" | "FD" | "IT" | "PL" | "TP" | "TR" => Meaning::at(Stage::InTransit),
        "BN" | "BR" | "IC" => Meaning::at(Stage::Customs),
        "CR" => Meaning::goes(Stage::Customs, ConditionState::Ok),
        "AR" => Meaning::at(Stage::AtLocalDepot),
        "WC" => Meaning::at(Stage::OutForDelivery),
        "CC" => Meaning::at(Stage::ReadyForPickup).and_waits_for_shopper(),
        "OK" => Meaning::at(Stage::Delivered),
        "DD" => Meaning::because(Stage::Delivered, ConditionState::Damaged, Reason::CarrierDamagedParcel),
        "RT" => Meaning::at(Stage::Returning),
        "DS" => Meaning::at(Stage::Destroyed),
        // An appointment, closed books, another service, an answer; and a part of several pieces, which is not all of them.
        "AD" | "CS" | "PD" | "RR" | "SC" => Meaning::default(),
        _ => return None,
    })
}

fn in_trouble(code: &str) -> Option<Meaning> {
    Some(match code {
        "OH" | "SS" => Meaning::goes(Stage::InTransit, ConditionState::Held),
        "DP" => Meaning::how_because(ConditionState::Held, Reason::RegulatoryHold),
        "HP" => Meaning::goes(Stage::InTransit, ConditionState::PaymentDue),
        "BA" | "CM" => Meaning::because(Stage::InTransit, ConditionState::AddressProblem, Reason::ConsigneeIncorrectAddress),
        "CA" => Meaning::because(Stage::InTransit, ConditionState::AttemptFailed, Reason::ConsigneeBusinessClosed),
        "ND" => Meaning::goes(Stage::InTransit, ConditionState::AttemptFailed),
        "NH" => Meaning::because(Stage::InTransit, ConditionState::AttemptFailed, Reason::ConsigneeNotHome),
        "RD" => Meaning::because(Stage::InTransit, ConditionState::Refused, Reason::ConsigneeRefused),
        "DM" => Meaning::how_because(ConditionState::Damaged, Reason::CarrierDamagedParcel),
        "IR" | "MC" | "MS" => Meaning::because(Stage::InTransit, ConditionState::Misrouted, Reason::CarrierSortingError),
        "MD" | "TD" => Meaning::goes(Stage::InTransit, ConditionState::Late),
        "CD" | "UD" => Meaning::because(Stage::Customs, ConditionState::Late, Reason::CustomsDelay),
        "ST" => Meaning::how(ConditionState::default()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::told;
    use super::*;

    /// Every code of the three lists: what it means.
    const CODES: &[(&str, &str)] = &[
        ("PRE-TRANSIT", "label_created - -"),
        ("TRANSIT", "in_transit - -"),
        ("DELIVERED", "delivered - -"),
        ("FAILURE", "- unknown -"),
        ("UNKNOWN", "- - -"),
        ("DLVRD", "delivered - -"),
        ("SRTED", "in_transit - -"),
        ("ULFMV", "in_transit - -"),
        ("LDTMV", "in_transit - -"),
        ("PCKDU", "handed_over - -"),
        ("SHRCU", "in_transit - -"),
        ("NDELV", "in_transit attempt_failed -"),
        ("AD", "- - -"),
        ("AF", "in_transit - -"),
        ("AR", "at_local_depot - -"),
        ("BA", "in_transit address_problem consignee_incorrect_address"),
        ("BN", "customs - -"),
        ("BR", "customs - -"),
        ("CA", "in_transit attempt_failed consignee_business_closed"),
        ("CC", "ready_for_pickup - - shopper"),
        ("CD", "customs late customs_delay"),
        ("CM", "in_transit address_problem consignee_incorrect_address"),
        ("CR", "customs ok -"),
        ("CS", "- - -"),
        ("DD", "delivered damaged carrier_damaged_parcel"),
        ("DF", "in_transit - -"),
        ("DM", "- damaged carrier_damaged_parcel"),
        ("DP", "- held regulatory_hold"),
        ("DS", "destroyed - -"),
        ("FD", "in_transit - -"),
        ("HP", "in_transit payment_due -"),
        ("IC", "customs - -"),
        ("IR", "in_transit misrouted carrier_sorting_error"),
        ("IT", "in_transit - -"),
        ("MC", "in_transit misrouted carrier_sorting_error"),
        ("MD", "in_transit late -"),
        ("MS", "in_transit misrouted carrier_sorting_error"),
        ("ND", "in_transit attempt_failed -"),
        ("NH", "in_transit attempt_failed consignee_not_home"),
        ("OH", "in_transit held -"),
        ("OK", "delivered - -"),
        ("OR", "handed_over - -"),
        ("PD", "- - -"),
        ("PL", "in_transit - -"),
        ("PU", "handed_over - -"),
        ("RD", "in_transit refused consignee_refused"),
        ("RR", "- - -"),
        ("RT", "returning - -"),
        ("SA", "handed_over - -"),
        ("SC", "- - -"),
        ("SS", "in_transit held -"),
        ("ST", "- unknown -"),
        ("TD", "in_transit late -"),
        ("TP", "in_transit - -"),
        ("TR", "in_transit - -"),
        ("UD", "customs late customs_delay"),
        ("WC", "out_for_delivery - -"),
        ("A CODE OF TOMORROW", "not in the table"),
    ];

    #[test]
    fn every_code_means_something() {
        for (code, expected) in CODES {
            assert_eq!(told(meaning(code)), *expected, "{code}");
        }
    }
}
