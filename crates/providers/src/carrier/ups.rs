//! Mapping of UPS's codes: activity types, manifest codes, updates, movement scans and status codes.
//!
//! UPS has five lists, so there are five tables. A code without a group is looked up in all of them; `DP` is then the departure
//! scan that every parcel has, and not the manifest code. A code that only requests a change, or confirms that UPS noted the
//! request, has no meaning; later scans show the result. UPS's list of exceptions is not included, because the meaning of its
//! codes depends on the activity type: `OR` is an origin scan, or a parcel held for its batteries.
//!
//! Sources: the appendix to UPS's tracking interface (of which karrio keeps a copy under `modules/connectors/ups/vendors`), and
//! an older appendix that is found in at least five public repositories, such as djbuch's `UPSTrackingApi`. Where the two
//! disagree, the more specific text is used: 037 is "Returning to Sender: On Vehicle for Delivery", which the newer appendix
//! shortens to "Out for Delivery"; 047 is "Delay", like 046 and 048, which the newer appendix shortens to "On the Way". Activity
//! type `P` occurs in real responses (Shopify/active_shipping, sailrish/shipit) and in no list.

use doorstep_contract::{ConditionState, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a code in capitals, or None if it is in no table.
pub(super) fn meaning(group: Option<&str>, code: &str) -> Option<Meaning> {
    match group {
        Some("activity") => activity(code),
        Some("manifest") => manifest(code),
        Some("movement") => movement(code),
        Some("update") => update(code),
        Some("status") => status(code),
        Some(_) => None,
        None => {
            activity(code).or_else(|| movement(code)).or_else(|| manifest(code)).or_else(|| update(code)).or_else(|| status(code))
        }
    }
}

fn activity(code: &str) -> Option<Meaning> {
    Some(match code {
        "D" => Meaning::stage(Stage::Delivered),
        // "In transit" and "out for delivery" share one type; the scan's status code distinguishes them. Freight that is
        // delivered to a freight station is not with the shopper.
        "I" | "DO" | "DD" | "W" => Meaning::stage(Stage::InTransit),
        "P" => Meaning::stage(Stage::HandedOver),
        "M" => Meaning::stage(Stage::LabelCreated),
        "MV" => Meaning::stage(Stage::Cancelled),
        // UPS uses this type for a missing apartment number as well as for a lost parcel, so the kind of exception is unknown.
        "X" => Meaning::condition(ConditionState::default()),
        "NA" | "U" => Meaning::default(),
        _ => return None,
    })
}

fn manifest(code: &str) -> Option<Meaning> {
    Some(match code {
        "DP" | "MP" | "RD" => Meaning::stage(Stage::LabelCreated),
        "VP" => Meaning::stage(Stage::Cancelled),
        _ => return None,
    })
}

fn movement(code: &str) -> Option<Meaning> {
    Some(match code {
        "OC" | "PL" | "SP" => Meaning::stage(Stage::LabelCreated),
        "OR" | "PC" | "PT" | "PU" | "XD" => Meaning::stage(Stage::HandedOver),
        // Includes receipt by the post office that carries the last mile, and transport to this post office or to an access
        // point.
        "AG" | "AR" | "AT" | "DP" | "EP" | "HU" | "IP" | "LC" | "LM" | "UL" | "WH" | "XR" | "YH" | "YM" | "YN" => {
            Meaning::stage(Stage::InTransit)
        }
        // "The last building before delivery", at the local post office, and preparation there. Delivery may be today or days later.
        "DS" | "XA" | "YP" => Meaning::stage(Stage::AtLocalDepot),
        "DL" | "OD" | "OF" | "OT" | "YF" => Meaning::stage(Stage::OutForDelivery),
        // The vehicle goes to an access point and not to the shopper.
        "YI" => Meaning::stage(Stage::InTransit),
        // These codes correct earlier scans.
        "CA" | "CD" | "CL" | "UA" | "UD" => Meaning::default(),
        _ => return None,
    })
}

fn update(code: &str) -> Option<Meaning> {
    // The payload has separate fields for a photo, a new date and a new time, so these codes have no meaning.
    matches!(code, "PX" | "UP" | "UT").then(Meaning::default)
}

/// Returns the meaning of a status code, written as `46` or `046`.
fn status(code: &str) -> Option<Meaning> {
    if code.is_empty() || code.len() > 3 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let code: u16 = code.parse().ok()?;
    progress(code).or_else(|| exception(code)).or_else(|| without_meaning(code))
}

fn progress(code: u16) -> Option<Meaning> {
    Some(match code {
        // The parcel is on its way to UPS or waits for collection; UPS does not have it yet.
        3 | 44 | 45 | 65 | 77 | 79 | 80 | 131 | 135 | 157 | 166 => Meaning::stage(Stage::LabelCreated),
        38 | 160 | 167..=169 => Meaning::stage(Stage::HandedOver),
        5 | 10 | 16 | 25 | 39 | 57 | 70 | 73 | 74 | 87 | 94 | 137 | 138 | 158 | 159 | 164 | 165 => {
            Meaning::stage(Stage::InTransit)
        }
        12 | 92 => Meaning::stage(Stage::Customs),
        // Customs clearance is complete, so no documents or duties are due any more.
        14 | 84 | 134 => Meaning::stage_condition(Stage::Customs, ConditionState::Ok),
        71 => Meaning::stage(Stage::AtLocalDepot),
        6 | 21 | 72 | 78 | 89 | 91 | 146 | 162 => Meaning::stage(Stage::OutForDelivery),
        17 | 40 | 144 | 161 => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        11 | 26 | 143 => Meaning::stage(Stage::Delivered),
        // Code 37 is the vehicle that brings the parcel back to the sender.
        35..=37 | 118 => Meaning::stage(Stage::Returning),
        34 | 67 => Meaning::stage(Stage::Returned),
        81 => Meaning::stage_condition_reason(Stage::Returned, ConditionState::Damaged, Reason::CarrierDamagedParcel),
        7 => Meaning::stage(Stage::Cancelled),
        68 => Meaning::stage_reason(Stage::Lost, Reason::CarrierParcelLost),
        // The parcel was seized and is no longer with UPS, so it will not arrive.
        147 => Meaning::stage_reason(Stage::Destroyed, Reason::RegulatoryHold),
        149 => Meaning::stage_reason(Stage::Destroyed, Reason::CustomsProhibited),
        _ => return None,
    })
}

fn exception(code: u16) -> Option<Meaning> {
    Some(match code {
        // The kind of exception is unknown.
        13 | 30 | 69 | 76 => Meaning::condition(ConditionState::default()),
        29 => Meaning::condition(ConditionState::default()).awaiting_shopper(),
        19 | 83 => Meaning::stage_condition(Stage::InTransit, ConditionState::Held),
        22..=24 | 60 | 66 | 145 => Meaning::stage_condition(Stage::InTransit, ConditionState::AttemptFailed),
        61 | 62 => Meaning::stage_condition(Stage::InTransit, ConditionState::AttemptFailed).awaiting_shopper(),
        139 => {
            Meaning::stage_condition_reason(Stage::InTransit, ConditionState::AttemptFailed, Reason::ConsigneeAccessRestricted)
        }
        32 => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::AtRisk, Reason::WeatherDelay),
        // UPS speeds up a late parcel.
        93 => Meaning::stage_condition(Stage::InTransit, ConditionState::AtRisk),
        // The investigation is closed or cancelled. The stage stays as it was.
        127 | 128 => Meaning::condition_reason(ConditionState::Ok, Reason::ParcelBeingResearched),
        46..=48 | 86 | 90 => Meaning::stage_condition(Stage::InTransit, ConditionState::Late),
        49 => Meaning::stage_condition(Stage::InTransit, ConditionState::Late).awaiting_shopper(),
        51 => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::Late, Reason::ForceMajeure),
        52 | 53 => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::Late, Reason::WeatherDelay),
        132 => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::Late, Reason::SecurityIssue),
        50 => {
            Meaning::stage_condition_reason(Stage::InTransit, ConditionState::AddressProblem, Reason::ConsigneeIncorrectAddress)
                .awaiting_shopper()
        }
        85 => Meaning::stage_condition(Stage::InTransit, ConditionState::PaymentDue).awaiting_shopper(),
        // The sender or the recipient may have to send the documents, so these codes do not say that the carrier waits for the
        // shopper.
        58 | 124 | 125 | 141 => {
            Meaning::stage_condition_reason(Stage::Customs, ConditionState::DocumentsDue, Reason::CustomsDocumentation)
        }
        123 => Meaning::stage_condition(Stage::Customs, ConditionState::Held),
        126 => Meaning::stage_condition_reason(Stage::Customs, ConditionState::Held, Reason::RegulatoryHold),
        // Damage is reported in any stage, also after delivery.
        59 => Meaning::condition_reason(ConditionState::Damaged, Reason::CarrierDamagedParcel),
        64 => Meaning::stage_condition_reason(Stage::InTransit, ConditionState::Refused, Reason::ConsigneeRefused),
        129 => Meaning::condition_reason(ConditionState::default(), Reason::ParcelBeingResearched),
        _ => return None,
    })
}

fn without_meaning(code: u16) -> Option<Meaning> {
    let nothing = match code {
        // No status, a test, or missing information.
        0 | 88 | 148 | 163 => true,
        // Requested, noted or confirmed, but not done yet. A return that is only requested may never begin.
        18 | 20 | 27 | 28 | 33 | 41..=43 | 54..=56 | 63 | 82 | 95..=117 | 119..=122 | 136 => true,
        // Code 75 is an appointment.
        75 => true,
        // Investigations, claims, labels and photos. New dates and times have fields of their own.
        130 | 133 | 140 | 142 | 153..=156 => true,
        _ => false,
    };
    nothing.then(Meaning::default)
}

#[cfg(test)]
mod tests;
