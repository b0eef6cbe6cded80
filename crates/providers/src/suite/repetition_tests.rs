//! Tests payloads that arrive more than once, and payloads that arrive in any order.

use doorstep_domain::order::tracking_updates::{Applied, apply};
use proptest::prelude::*;

use super::cases::{all, check};
use crate::delivery::Delivery;
use crate::testing::{now, record, shipment_after};

#[test]
fn the_same_payload_twice_changes_nothing() {
    for case in all() {
        for sample in case.samples {
            for delivery in case.deliveries(sample) {
                assert!(delivery.update.reported_at.is_some(), "{}: {}", case.name, sample.body);
                assert_eq!(delivery.unknown, Vec::<String>::new(), "{}: {}", case.name, sample.body);
                let once = shipment_after(std::slice::from_ref(&delivery));
                assert_eq!(shipment_after(&[delivery.clone(), delivery.clone()]), once, "{}: {}", case.name, sample.body);
                let mut record = record();
                apply(&mut record, &"s1".into(), &delivery.update, now());
                let version = record.order.version;
                assert_eq!(
                    apply(&mut record, &"s1".into(), &delivery.update, now()),
                    Applied::Unchanged,
                    "{}: {}",
                    case.name,
                    sample.body
                );
                assert_eq!(record.order.version, version, "{}: {}", case.name, sample.body);
            }
        }
    }
}

#[test]
fn payloads_in_any_order_give_the_same_shipment() {
    for case in all() {
        let deliveries: Vec<Delivery> = case.samples.iter().flat_map(|sample| case.deliveries(sample)).collect();
        let expected = shipment_after(&deliveries);
        check(case, &Just(deliveries).prop_shuffle(), |shuffled| {
            prop_assert_eq!(&shipment_after(&shuffled), &expected);
            Ok(())
        });
    }
}
