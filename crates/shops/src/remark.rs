//! Remarks: what could not be read or had to be assumed. They are for the operator and never for the shopper.

use serde::{Deserialize, Serialize};

/// Something that could not be read, or that had to be assumed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "remark", rename_all = "snake_case")]
pub enum Remark {
    /// The time zone of the delivery address is not known, so the shop's zone is used.
    ZoneAssumed {
        /// Country, region and beginning of the postcode, as far as they are known.
        place: String,
    },
    /// The carrier is not in the table. Its name is shown, and its code is made from the name.
    UnknownCarrier {
        /// Name as the platform writes it.
        name: String,
    },
    /// A fulfilment has no carrier.
    NoCarrier {
        /// Id of the fulfilment.
        fulfillment: String,
    },
    /// A fulfilment has no tracking number. It is shown as a shipment that nobody tracks.
    NoTrackingNumber {
        /// Id of the fulfilment.
        fulfillment: String,
    },
    /// A fulfilment has several parcels and does not say what is in which. The first one lists everything.
    ContentsNotDivided {
        /// Id of the fulfilment.
        fulfillment: String,
    },
    /// A fulfilment of a partly sent order does not say what is in it. The shipment lists nothing.
    ContentsUnknown {
        /// Id of the fulfilment.
        fulfillment: String,
    },
    /// A fulfilment contains a line that the order does not have, or more pieces than were ordered. The excess is left out.
    ContentsExceedOrder {
        /// Id of the fulfilment.
        fulfillment: String,
        /// Id of the line.
        line: String,
    },
    /// An amount is missing, negative, too large or no number. It is left out.
    AmountUnreadable {
        /// Field.
        field: String,
    },
    /// A line has no id, no title or no quantity, or has the id of another line. It is left out.
    LineLeftOut {
        /// Position of the line, from zero.
        index: usize,
    },
    /// The e-mail address is not an address, so the look-up cannot use it.
    EmailUnusable,
    /// The country is not a code of two letters.
    CountryUnreadable,
    /// The time at which the order was placed is missing. The time of the last change is used.
    PlacedAtAssumed,
    /// There is no order number. The platform's id is used.
    NumberAssumed,
    /// The order was deleted in the shop. It is shown as cancelled.
    DeletedInShop,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ZoneAssumed { place } => write!(out, "the zone of `{place}` is not known, so the shop's zone is used"),
            Self::UnknownCarrier { name } => write!(out, "the carrier `{name}` is not in the table"),
            Self::NoCarrier { fulfillment } => write!(out, "fulfilment {fulfillment} has no carrier"),
            Self::NoTrackingNumber { fulfillment } => write!(out, "fulfilment {fulfillment} has no tracking number"),
            Self::ContentsNotDivided { fulfillment } => {
                write!(out, "the parcels of fulfilment {fulfillment} do not say what is in which")
            }
            Self::ContentsUnknown { fulfillment } => write!(out, "fulfilment {fulfillment} does not say what is in it"),
            Self::ContentsExceedOrder { fulfillment, line } => {
                write!(out, "fulfilment {fulfillment} has more pieces of line {line} than were ordered")
            }
            Self::AmountUnreadable { field } => write!(out, "{field} is no amount"),
            Self::LineLeftOut { index } => write!(out, "line {index} has no id, title or quantity"),
            Self::EmailUnusable => out.write_str("the e-mail address is none"),
            Self::CountryUnreadable => out.write_str("the country is not a code of two letters"),
            Self::PlacedAtAssumed => out.write_str("the time of the order is missing, so that of the last change is used"),
            Self::NumberAssumed => out.write_str("the order number is missing, so the platform's id is used"),
            Self::DeletedInShop => out.write_str("the order was deleted in the shop"),
        }
    }
}
