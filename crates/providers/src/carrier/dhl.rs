//! Mapping of DHL's codes: the five statuses of DHL's unified tracking, the checkpoints of DHL Express and the events of DHL
//! Parcel Germany.
//!
//! Sources:
//! - Unified tracking: the API in DHL's developer portal.
//! - DHL Express: DHL's document "Tracking Events (DHL Checkpoint Codes)", the WordPress plugin of PluginHive, public clients of
//!   DHL's XML services, and Webkul's shipping plugin. Every checkpoint is in at least two of these sources, except `OR` and
//!   `IT`, which are only in karrio's mapping.
//! - DHL Parcel Germany: DHL's list of ICE events and their reasons of July 2024, of which karrio keeps a copy
//!   (`modules/connectors/dhl_parcel_de/vendors`).

use doorstep_contract::{ConditionState, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a code in capitals, or None if it is in no table. `PRE_TRANSIT` and `PRE TRANSIT` are read as `PRE-TRANSIT`.
pub(super) fn meaning(code: &str) -> Option<Meaning> {
    let code = code.replace(['_', ' '], "-");
    unified(&code)
        .or_else(|| parcel_germany(&code))
        .or_else(|| parcel_germany_exception(&code))
        .or_else(|| progress(&code))
        .or_else(|| exception(&code))
}

fn unified(code: &str) -> Option<Meaning> {
    Some(match code {
        "PRE-TRANSIT" => Meaning::stage(Stage::LabelCreated),
        "TRANSIT" => Meaning::stage(Stage::InTransit),
        "DELIVERED" => Meaning::stage(Stage::Delivered),
        // The status covers failed attempts, returns and losses without distinction.
        "FAILURE" => Meaning::condition(ConditionState::default()),
        // DHL does not know the status, which does not indicate a delay.
        "UNKNOWN" => Meaning::default(),
        _ => return None,
    })
}

fn parcel_germany(code: &str) -> Option<Meaning> {
    Some(match code {
        "PARCV" | "PURCR" => Meaning::stage(Stage::LabelCreated),
        // The parcel was picked up, or brought by the sender.
        "PCKDU" | "SHRCU" => Meaning::stage(Stage::HandedOver),
        "ASMVT" | "FWDCF" | "HNDDE" | "HNDND" | "INFCL" | "LDTHU" | "LDTMV" | "MVARR" | "MVDPT" | "NTADT" | "OFWRD" | "PBNDT"
        | "RELBL" | "REPCK" | "SECHK" | "SRTED" | "TRBCR" | "ULFMV" => Meaning::stage(Stage::InTransit),
        "HLDCP" | "HLDCU" | "ICPRC" | "ITBAR" => Meaning::stage(Stage::Customs),
        "RSDCP" => Meaning::stage_condition(Stage::Customs, ConditionState::Ok),
        "CNRFC" | "HLDCC" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        "DLVRD" => Meaning::stage(Stage::Delivered),
        "RETRN" => Meaning::stage(Stage::Returning),
        "CANCL" => Meaning::stage(Stage::Cancelled),
        "DSPSD" => Meaning::stage(Stage::Destroyed),
        // These codes say nothing about the parcel's progress: advice, messages, requests of the recipient, payments, a withdrawn
        // event, data without a parcel, and a closed record.
        "ADVIS" | "ALERT" | "CHECK" | "DTNPC" | "PMTCR" | "PMTCS" | "RCCLS" | "ROUCR" | "STORN" => Meaning::default(),
        _ => return None,
    })
}

fn parcel_germany_exception(code: &str) -> Option<Meaning> {
    Some(match code {
        "NDELV" | "NTDEL" => Meaning::stage_condition(Stage::InTransit, ConditionState::AttemptFailed),
        "DLVRF" => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::Refused, Reason::ConsigneeRefused),
        "NTPUP" => Meaning::stage_condition(Stage::LabelCreated, ConditionState::default()),
        "MSRTD" => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::Misrouted, Reason::CarrierSortingError),
        "MVDEX" => Meaning::stage_condition(Stage::InTransit, ConditionState::Late),
        // The parcel missed this tour, or its transport is disturbed. It may still arrive in time.
        "LDEXC" | "MVTEX" => Meaning::stage_condition(Stage::InTransit, ConditionState::AtRisk),
        "DMGDS" => Meaning::condition_reason(ConditionState::Damaged, Reason::CarrierDamagedParcel),
        "CNFSC" => Meaning::condition_reason(ConditionState::Held, Reason::RegulatoryHold),
        // The code covers anything from a wrong address to a loss; the reason is in a separate field.
        "EXPHD" => Meaning::condition(ConditionState::default()),
        _ => return None,
    })
}

fn progress(code: &str) -> Option<Meaning> {
    Some(match code {
        "SD" => Meaning::stage(Stage::LabelCreated),
        "OR" | "PU" | "SA" => Meaning::stage(Stage::HandedOver),
        // `PL` is written at every facility that the parcel passes, not only at the first.
        "AF" | "CI" | "CU" | "DF" | "FD" | "HN" | "HO" | "IT" | "LV" | "PL" | "RW" | "SI" | "SM" | "TP" | "TR" | "UV" => {
            Meaning::stage(Stage::InTransit)
        }
        "BL" | "BN" | "BR" | "ES" | "IC" => Meaning::stage(Stage::Customs),
        "CR" => Meaning::stage_condition(Stage::Customs, ConditionState::Ok),
        "AR" => Meaning::stage(Stage::AtLocalDepot),
        "WC" => Meaning::stage(Stage::OutForDelivery),
        "CC" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        "OK" => Meaning::stage(Stage::Delivered),
        "DD" => Meaning::stage_condition_reason(Stage::Delivered, ConditionState::Damaged, Reason::CarrierDamagedParcel),
        "RT" => Meaning::stage(Stage::Returning),
        "DS" => Meaning::stage(Stage::Destroyed),
        // These codes say nothing about the progress of the whole shipment: an appointment, closed records, an invoice for duties
        // and its payment, data, a picture, the end of a search, a different service, a response, and the delivery of only some
        // pieces.
        "AD" | "CS" | "DI" | "EM" | "IA" | "PD" | "PY" | "RR" | "SC" | "TT" => Meaning::default(),
        _ => return None,
    })
}

fn exception(code: &str) -> Option<Meaning> {
    Some(match code {
        // The parcel is on hold, stopped, or entered in the inventory of held parcels.
        "HI" | "OH" | "SS" => Meaning::stage_condition(Stage::InTransit, ConditionState::Held),
        "DP" => Meaning::condition_reason(ConditionState::Held, Reason::RegulatoryHold),
        "HP" => Meaning::stage_condition(Stage::InTransit, ConditionState::PaymentDue),
        "BA" | "CM" => {
            Meaning::stage_condition_reason(Stage::InTransit, ConditionState::AddressProblem, Reason::ConsigneeIncorrectAddress)
        }
        "CA" => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::AttemptFailed, Reason::ConsigneeBusinessClosed),
        "ND" => Meaning::stage_condition(Stage::InTransit, ConditionState::AttemptFailed),
        "NH" => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::AttemptFailed, Reason::ConsigneeNotHome),
        "RD" => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::Refused, Reason::ConsigneeRefused),
        "DM" => Meaning::condition_reason(ConditionState::Damaged, Reason::CarrierDamagedParcel),
        "IR" | "MC" | "MS" => {
            Meaning::stage_condition_reason(Stage::InTransit, ConditionState::Misrouted, Reason::CarrierSortingError)
        }
        "MD" | "TD" => Meaning::stage_condition(Stage::InTransit, ConditionState::Late),
        "CD" | "UD" => Meaning::stage_condition_reason(Stage::Customs, ConditionState::Late, Reason::CustomsDelay),
        // The parcel was expected somewhere and did not arrive, or was intercepted. The consequence is unknown.
        "NA" | "ST" => Meaning::condition(ConditionState::default()),
        "TI" => Meaning::condition_reason(ConditionState::default(), Reason::ParcelBeingResearched),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every code of the three lists, with its meaning.
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
        ("SHRCU", "handed_over - -"),
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
        ("ADVIS", "- - -"),
        ("ALERT", "- - -"),
        ("ASMVT", "in_transit - -"),
        ("CANCL", "cancelled - -"),
        ("CHECK", "- - -"),
        ("CNFSC", "- held regulatory_hold"),
        ("CNRFC", "ready_for_pickup - - shopper"),
        ("DLVRF", "in_transit refused consignee_refused"),
        ("DMGDS", "- damaged carrier_damaged_parcel"),
        ("DSPSD", "destroyed - -"),
        ("DTNPC", "- - -"),
        ("EXPHD", "- unknown -"),
        ("FWDCF", "in_transit - -"),
        ("HLDCC", "ready_for_pickup - - shopper"),
        ("HLDCP", "customs - -"),
        ("HLDCU", "customs - -"),
        ("HNDDE", "in_transit - -"),
        ("HNDND", "in_transit - -"),
        ("ICPRC", "customs - -"),
        ("INFCL", "in_transit - -"),
        ("ITBAR", "customs - -"),
        ("LDEXC", "in_transit at_risk -"),
        ("LDTHU", "in_transit - -"),
        ("MSRTD", "in_transit misrouted carrier_sorting_error"),
        ("MVARR", "in_transit - -"),
        ("MVDEX", "in_transit late -"),
        ("MVDPT", "in_transit - -"),
        ("MVTEX", "in_transit at_risk -"),
        ("NTADT", "in_transit - -"),
        ("NTDEL", "in_transit attempt_failed -"),
        ("NTPUP", "label_created unknown -"),
        ("OFWRD", "in_transit - -"),
        ("PARCV", "label_created - -"),
        ("PBNDT", "in_transit - -"),
        ("PMTCR", "- - -"),
        ("PMTCS", "- - -"),
        ("PURCR", "label_created - -"),
        ("RCCLS", "- - -"),
        ("RELBL", "in_transit - -"),
        ("REPCK", "in_transit - -"),
        ("RETRN", "returning - -"),
        ("ROUCR", "- - -"),
        ("RSDCP", "customs ok -"),
        ("SECHK", "in_transit - -"),
        ("STORN", "- - -"),
        ("TRBCR", "in_transit - -"),
        ("PRE_TRANSIT", "label_created - -"),
        ("BL", "customs - -"),
        ("CI", "in_transit - -"),
        ("CU", "in_transit - -"),
        ("DI", "- - -"),
        ("EM", "- - -"),
        ("ES", "customs - -"),
        ("HI", "in_transit held -"),
        ("HN", "in_transit - -"),
        ("HO", "in_transit - -"),
        ("IA", "- - -"),
        ("LV", "in_transit - -"),
        ("NA", "- unknown -"),
        ("PY", "- - -"),
        ("RW", "in_transit - -"),
        ("SD", "label_created - -"),
        ("SI", "in_transit - -"),
        ("SM", "in_transit - -"),
        ("TI", "- unknown parcel_being_researched"),
        ("TT", "- - -"),
        ("UV", "in_transit - -"),
        ("A CODE OF TOMORROW", "not in the table"),
    ];

    #[test]
    fn every_code_means_something() {
        for (code, expected) in CODES {
            assert_eq!(describe(meaning(code)), *expected, "{code}");
        }
    }
}
