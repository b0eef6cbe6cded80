//! USPS: what its event codes mean. There is no public list of them; these are the ones that are seen in payloads.

use doorstep_core::wire::Stage;

use super::super::meaning::Meaning;

/// The meaning of a code in capitals; `None` where it is in no table.
pub(super) fn meaning(code: &str) -> Option<Meaning> {
    Some(match code {
        // Announced, ordered or labelled: USPS waits for the parcel.
        "89" | "GX" | "MA" => Meaning::at(Stage::LabelCreated),
        // With a shipper who hands over many parcels at once, the scan of each is still to come.
        "83" | "OA" | "TM" | "UA" => Meaning::at(Stage::HandedOver),
        // Shippers also bring parcels to an office near the destination, so being accepted there is no last depot.
        "A1" | "AD" | "NT" | "TL" => Meaning::at(Stage::InTransit),
        "07" => Meaning::at(Stage::OutForDelivery),
        "01" => Meaning::at(Stage::Delivered),
        // About the receipt that comes back, not about the parcel.
        "GC" => Meaning::default(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::told;
    use super::*;

    #[test]
    fn every_code_means_something() {
        for (code, expected) in [
            ("01", "delivered - -"),
            ("07", "out_for_delivery - -"),
            ("83", "handed_over - -"),
            ("89", "label_created - -"),
            ("A1", "in_transit - -"),
            ("AD", "in_transit - -"),
            ("GC", "- - -"),
            ("GX", "label_created - -"),
            ("MA", "label_created - -"),
            ("NT", "in_transit - -"),
            ("OA", "handed_over - -"),
            ("TL", "in_transit - -"),
            ("TM", "handed_over - -"),
            ("UA", "handed_over - -"),
            ("1", "not in the table"),
            ("ZZ", "not in the table"),
        ] {
            assert_eq!(told(meaning(code)), expected, "{code}");
        }
    }
}
