//! Tests authentic bodies that do not fit the provider's format: unrelated, incomplete, truncated and random ones.

use proptest::prelude::*;

use super::cases::{all, check};
use crate::parse_unverified;
use crate::refusal::Refusal;
use crate::testing::{any_json, now, record, shipment_after};

#[test]
fn a_request_that_does_not_concern_tracking_is_accepted_without_an_update() {
    for case in all() {
        for sample in case.unrelated {
            let answer = case.deliver_with(sample.headers, sample.body.as_bytes());
            assert_eq!(answer, Ok(Vec::new()), "{}: {}", case.name, sample.body);
        }
    }
}

#[test]
fn a_body_that_is_no_update_is_unreadable() {
    for case in all() {
        for headers in case.content_headers {
            for body in ["", "{", "[]", "{}", "null"].iter().chain(case.incomplete) {
                let answer = case.deliver_with(headers, body.as_bytes());
                assert!(matches!(answer, Err(Refusal::Unreadable(_))), "{}: {body}: {answer:?}", case.name);
            }
        }
    }
}

#[test]
fn a_payload_of_known_origin_is_read_as_a_signed_one() {
    for case in all() {
        for sample in case.samples {
            let body = sample.body.as_bytes();
            // If the topic is in a header, the body alone cannot be read.
            let expected = if sample.headers.is_empty() { Ok(case.deliveries(sample)) } else { Err(Refusal::UnknownProvider) };
            assert_eq!(parse_unverified(case.name, body, now()), expected, "{}: {}", case.name, sample.body);
        }
    }
}

#[test]
fn a_truncated_body_is_unreadable_and_changes_nothing() {
    for case in all() {
        check(case, &(0..case.samples.len(), any::<proptest::sample::Index>()), |(which, end)| {
            let sample = &case.samples[which];
            let body = sample.body.trim_end().as_bytes();
            let refused = case.deliver_with(sample.headers, &body[..end.index(body.len())]);
            prop_assert!(matches!(refused, Err(Refusal::Unreadable(_))));
            let untouched = record().order.shipments.pop();
            prop_assert_eq!(Some(shipment_after(&refused.unwrap_or_default())), untouched);
            Ok(())
        });
    }
}

#[test]
fn random_json_causes_no_panic() {
    for case in all() {
        let scans = proptest::collection::vec(any_json(case.field_names), 0..4);
        check(case, &(any_json(case.field_names), scans), |(fields, scans)| {
            for body in [(case.filled)(fields.clone(), scans), fields] {
                for headers in case.content_headers {
                    shipment_after(&case.deliver_with(headers, body.to_string().as_bytes()).unwrap_or_default());
                }
            }
            Ok(())
        });
    }
}
