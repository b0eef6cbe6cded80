//! Tests that every provider's authentic requests are accepted and all other requests are refused.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::case::{Credentials, FORMER_SECRET, ProviderCase, SECRET, Sample, Signer, ToSign, UNKNOWN_SECRET};
use super::cases::{all, check};
use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::signature::REPLAY_WINDOW;
use crate::testing::now;

/// Returns every pair of a signer and a payload of a provider.
fn signed_samples(case: &'static ProviderCase) -> impl Iterator<Item = (&'static Signer, &'static Sample)> {
    case.signers.iter().flat_map(|signer| case.samples.iter().map(move |sample| (signer, sample)))
}

#[test]
fn every_configured_secret_is_valid_also_the_former_one() {
    for case in all() {
        for (signer, Sample { headers, body }) in signed_samples(case) {
            for secret in [SECRET, FORMER_SECRET] {
                let credentials = (signer.sign)(&ToSign { body: body.as_bytes(), secret, at: now() });
                let deliveries = case.send(&credentials, headers, body.as_bytes(), &case.configured()).expect(case.name);
                assert!(!deliveries.is_empty(), "{}: {body}", case.name);
            }
        }
    }
}

#[test]
fn a_request_without_credentials_is_refused() {
    for case in all() {
        for Sample { headers, body } in case.samples {
            let answer = case.send(&Credentials::default(), headers, body.as_bytes(), &case.configured());
            assert_eq!(answer, Err(Refusal::BadSignature), "{}", case.name);
        }
    }
}

#[test]
fn a_request_with_an_unknown_or_an_empty_secret_is_refused() {
    for case in all() {
        for (signer, Sample { headers, body }) in signed_samples(case) {
            let body = body.as_bytes();
            let with_empty = (case.secrets)(vec![SECRET.to_owned(), String::new()]);
            for (secret, secrets) in [(UNKNOWN_SECRET, &case.configured()), ("", &case.configured()), ("", &with_empty)] {
                let credentials = (signer.sign)(&ToSign { body, secret, at: now() });
                let answer = case.send(&credentials, headers, body, secrets);
                assert_eq!(answer.as_ref(), Err(&case.unknown_secret), "{}: {credentials:?}", case.name);
            }
        }
    }
}

#[test]
fn a_provider_without_a_secret_refuses_every_request() {
    for case in all() {
        for (signer, Sample { headers, body }) in signed_samples(case) {
            let body = body.as_bytes();
            for secrets in [Secrets::default(), (case.secrets)(Vec::new()), (case.secrets)(vec![String::new()])] {
                for secret in [SECRET, ""] {
                    let credentials = (signer.sign)(&ToSign { body, secret, at: now() });
                    let answer = case.send(&credentials, headers, body, &secrets);
                    assert_eq!(answer, Err(Refusal::BadSignature), "{}: {credentials:?}", case.name);
                }
            }
        }
    }
}

#[test]
fn forged_credentials_are_refused() {
    for case in all() {
        for Sample { headers, body } in case.samples {
            for credentials in (case.forgeries)(body.as_bytes()) {
                let answer = case.send(&credentials, headers, body.as_bytes(), &case.configured());
                assert_eq!(answer, Err(Refusal::BadSignature), "{}: {credentials:?}", case.name);
            }
        }
    }
}

#[test]
fn a_signature_of_another_body_is_refused() {
    for case in all() {
        for signer in case.signers.iter().filter(|signer| signer.covers_body) {
            let sign = |body: &[u8]| (signer.sign)(&ToSign { body, secret: SECRET, at: now() });
            for Sample { headers, body } in case.samples {
                let answer = case.send(&sign(b"{}"), headers, body.as_bytes(), &case.configured());
                assert_eq!(answer, Err(Refusal::BadSignature), "{}", case.name);
            }
            let change = (0..case.samples.len(), any::<proptest::sample::Index>(), 0_u8..8);
            check(case, &change, |(which, at, bit)| {
                let Sample { headers, body } = &case.samples[which];
                let mut changed = body.as_bytes().to_vec();
                let at = at.index(changed.len());
                changed[at] ^= 1 << bit;
                let answer = case.send(&sign(body.as_bytes()), headers, &changed, &case.configured());
                prop_assert_eq!(answer, Err(Refusal::BadSignature));
                Ok(())
            });
        }
    }
}

#[test]
fn a_signed_time_outside_the_window_is_stale() {
    for case in all() {
        let Sample { headers, body } = case.samples.first().expect("a payload");
        let body = body.as_bytes();
        for signer in case.signers.iter().filter(|signer| signer.covers_time) {
            let second = TimeDelta::seconds(1);
            for (age, expected) in [
                (REPLAY_WINDOW, None),
                (-REPLAY_WINDOW, None),
                (REPLAY_WINDOW + second, Some(Refusal::Stale)),
                (-REPLAY_WINDOW - second, Some(Refusal::Stale)),
            ] {
                let credentials = (signer.sign)(&ToSign { body, secret: SECRET, at: now() - age });
                let answer = case.send(&credentials, headers, body, &case.configured());
                assert_eq!(answer.err(), expected, "{}: {age}", case.name);
            }
        }
    }
}
