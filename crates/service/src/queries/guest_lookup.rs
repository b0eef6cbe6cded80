//! Guest look-up: an order number and one detail that only the shopper knows. Proofs are not stored, only keyed hashes of their
//! normal forms. The caller limits the number of attempts.

use doorstep_contract::{LookupAnswer, LookupRequest};
use doorstep_domain::order::lookup::{close_form, key_of_version_1, lookup_key};

use super::lookup_proof::{Match, Proof, WantedProof};
use crate::error::Error;
use crate::service::Service;
use crate::store::{Candidate, LookupHashes};
use crate::token::Scope;

/// Returns the kind of proof in a look-up. Returns an error if there is not exactly one proof.
pub fn proof_of(request: &LookupRequest) -> Result<Proof, Error> {
    match (&request.email, &request.postcode) {
        (Some(_), None) => Ok(Proof::Email),
        (None, Some(_)) => Ok(Proof::Postcode),
        (Some(_), Some(_)) | (None, None) => Err(Error::field("", "exactly-one-of-email-postcode")),
    }
}

impl Service {
    /// Returns a token for the order with this number if the proof is right. A wrong number and a wrong proof give the same
    /// `Error::LookupFailed` after the same time.
    pub async fn lookup(&self, request: &LookupRequest) -> Result<LookupAnswer, Error> {
        let proof = proof_of(request)?;
        let wanted = match proof {
            Proof::Email => WantedProof::email(&self.0.hashes, request.email.as_deref().unwrap_or_default()),
            Proof::Postcode => WantedProof::postcode(&self.0.hashes, request.postcode.as_deref().unwrap_or_default()),
        };
        let number = &request.number;
        let candidates = self.0.store.lookup_candidates(&lookup_key(number), &key_of_version_1(number)).await?;
        let (candidate, matched) = best_match(&candidates, &wanted, number).ok_or(Error::LookupFailed)?;
        if matched == Match::Whole {
            self.renew_hashes(candidate, &wanted).await;
        }
        // A postcode is printed on every parcel, so it allows only reading. An e-mail address also allows self-service actions.
        let scopes = if proof == Proof::Email { &[Scope::Read, Scope::Act][..] } else { &[Scope::Read] };
        let expires_at = self.0.expires_after(self.0.lookup_token_ttl)?;
        let minted = self.0.mint(&candidate.order_id, scopes, expires_at, candidate.epoch);
        Ok(LookupAnswer { order_id: candidate.order_id.clone(), token: minted.token, expires_at: Some(minted.expires_at) })
    }

    /// If the hash of the proof is stored in the form of an earlier version, replaces the stored hash by one in the form of this
    /// version. A failure does not affect the look-up.
    async fn renew_hashes(&self, candidate: &Candidate, wanted: &WantedProof) {
        let Some(renewed) = wanted.renewed(&candidate.hashes) else { return };
        let stored = async {
            let mut write = self.0.store.begin().await?;
            write.renew_hashes(&candidate.order_id, &candidate.hashes, &renewed).await?;
            write.commit().await
        };
        if let Err(error) = stored.await {
            tracing::warn!(%error, "a proof stays stored in an earlier form");
        }
    }
}

/// Returns the order that the proof opens, with the extent of the match. If several orders match, prefers the order whose number
/// equals the typed number even with the dashes (`close_form`). Returns None if no order matches.
fn best_match<'a>(candidates: &'a [Candidate], wanted: &WantedProof, number: &str) -> Option<(&'a Candidate, Match)> {
    // An unknown number is compared with dummy hashes, so that it takes the same time.
    let dummy_hashes = LookupHashes { email: Some(vec![0; 32]), postcode: Some(vec![0; 32]), postcode_half: Some(vec![0; 32]) };
    std::hint::black_box(wanted.matches(&dummy_hashes));
    let typed = close_form(number);
    let mut found: Option<(&Candidate, Match)> = None;
    for candidate in candidates {
        let matched = wanted.matches(&candidate.hashes);
        if let Some(matched) = matched.filter(|_| found.is_none() || close_form(&candidate.number) == typed) {
            found = Some((candidate, matched));
        }
    }
    found
}
