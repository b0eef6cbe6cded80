//! Guest look-up: an order number and one detail that only the shopper knows. Proofs are not stored. Only keyed hashes of their
//! normal forms are stored, and they are compared in constant time. The caller applies the limits.

use doorstep_contract::{LookupAnswer, LookupRequest};
use subtle::ConstantTimeEq as _;

use super::Service;
use crate::error::Error;
use crate::store::{Candidate, Hashes};
use crate::token::{Scope, sign};
use doorstep_domain::lookup::{Email, Postcode, close_form, key, key_of_version_1};
use doorstep_domain::new_order::NewOrder;

/// Kind of proof in a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// An e-mail address.
    Email,
    /// A postcode.
    Postcode,
}

type Hash = [u8; 32];

/// Hashes that a proof is compared with, and that are stored after it was right.
struct Wanted {
    /// Hash of the normal form.
    form: Hash,
    /// Hashes under which an earlier version may have stored this proof.
    earlier: Vec<Hash>,
    /// Hash of the first half of a postcode.
    half: Option<Hash>,
    /// True if the text is a valid proof; a placeholder is not.
    proves: bool,
}

/// Extent of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    /// The whole proof matches.
    Whole,
    /// Only the first half of the postcode matches.
    Half,
}

/// Returns the kind of proof in a look-up; an error if there is not exactly one.
pub fn proof_of(request: &LookupRequest) -> Result<Proof, Error> {
    match (&request.email, &request.postcode) {
        (Some(_), None) => Ok(Proof::Email),
        (None, Some(_)) => Ok(Proof::Postcode),
        (Some(_), Some(_)) | (None, None) => Err(Error::field("", "exactly-one-of-email-postcode")),
    }
}

impl Service {
    /// Returns a token for the order with this number if the proof is right. Every failure has the same answer and takes the same
    /// time.
    pub async fn lookup(&self, request: &LookupRequest) -> Result<LookupAnswer, Error> {
        let proof = proof_of(request)?;
        let wanted = match proof {
            Proof::Email => self.wanted_email(request.email.as_deref().unwrap_or_default()),
            Proof::Postcode => self.wanted_postcode(request.postcode.as_deref().unwrap_or_default()),
        };
        let candidates = self.0.store.candidates(&key(&request.number), &key_of_version_1(&request.number)).await?;
        // An unknown number is compared with dummy hashes, so that it takes the same time.
        let nobody = Hashes { email: Some(vec![0; 32]), postcode: Some(vec![0; 32]), postcode_half: Some(vec![0; 32]) };
        std::hint::black_box(wanted.matches(proof, &nobody));
        let typed = close_form(&request.number);
        let mut found: Option<(&Candidate, Match)> = None;
        for candidate in &candidates {
            let matched = wanted.matches(proof, &candidate.hashes);
            // If two orders of one shopper match, the one whose number is closest to the typed number is used.
            if let Some(matched) = matched.filter(|_| found.is_none() || close_form(&candidate.number) == typed) {
                found = Some((candidate, matched));
            }
        }
        let (candidate, matched) = found.ok_or(Error::LookupFailed)?;
        if matched == Match::Whole {
            self.renew(proof, candidate, &wanted).await;
        }
        // A postcode is printed on every parcel, so it allows only reading. Everything else requires the e-mail address.
        let scopes = if proof == Proof::Email { &[Scope::Read, Scope::Act][..] } else { &[Scope::Read] };
        let minted = self.minted(&candidate.order_id, scopes, self.expiry(self.0.lookup_token_ttl)?, candidate.epoch);
        Ok(LookupAnswer { order_id: candidate.order_id.clone(), token: minted.token, expires_at: Some(minted.expires_at) })
    }

    /// Returns the hashes that are stored of an order's proofs; none for a placeholder.
    pub(super) fn hashes(&self, new: &NewOrder) -> Hashes {
        let email = new.email.as_deref().and_then(Email::read);
        let postcode = new.postcode.as_deref().and_then(Postcode::read);
        let half = postcode.as_ref().and_then(|postcode| postcode.half.as_deref());
        Hashes {
            email: email.map(|email| self.email_hash(&email.form).to_vec()),
            postcode_half: half.map(|half| self.postcode_hash(half).to_vec()),
            postcode: postcode.map(|postcode| self.postcode_hash(&postcode.form).to_vec()),
        }
    }

    /// Returns every hash that an order with this e-mail address may be stored with.
    pub(super) fn email_hashes(&self, email: &str) -> Vec<Vec<u8>> {
        let wanted = self.wanted_email(email);
        let all = std::iter::once(wanted.form).chain(wanted.earlier).map(|hash| hash.to_vec());
        if wanted.proves { all.collect() } else { Vec::new() }
    }

    /// Rewrites keys of order numbers in the form of this version; returns the number of keys that were in an earlier form.
    pub async fn renew_number_keys(&self) -> Result<usize, Error> {
        let mut renewed = 0;
        loop {
            let numbers = self.0.store.numbers_of_earlier_form().await?;
            if numbers.is_empty() {
                return Ok(renewed);
            }
            let mut write = self.0.store.begin().await?;
            for (id, number) in &numbers {
                write.set_number_key(id, &key(number)).await?;
            }
            write.commit().await?;
            renewed += numbers.len();
        }
    }

    /// Stores the proof in the form of this version if it is stored in an earlier one. A failure does not affect the look-up.
    async fn renew(&self, proof: Proof, candidate: &Candidate, wanted: &Wanted) {
        let (email, postcode) = (candidate.hashes.email.as_deref(), candidate.hashes.postcode.as_deref());
        let half = wanted.half.map(|half| half.to_vec());
        let renewed = match proof {
            Proof::Email if email != Some(&wanted.form) => {
                Hashes { email: Some(wanted.form.to_vec()), ..candidate.hashes.clone() }
            }
            Proof::Postcode if postcode != Some(&wanted.form) || candidate.hashes.postcode_half != half => {
                Hashes { postcode: Some(wanted.form.to_vec()), postcode_half: half, ..candidate.hashes.clone() }
            }
            Proof::Email | Proof::Postcode => return,
        };
        let stored = async {
            let mut write = self.0.store.begin().await?;
            write.renew_hashes(&candidate.order_id, &candidate.hashes, &renewed).await?;
            write.commit().await
        };
        if let Err(error) = stored.await {
            tracing::warn!(%error, "a proof stays stored in an earlier form");
        }
    }

    fn wanted_email(&self, text: &str) -> Wanted {
        let read = Email::read(text);
        let proves = read.is_some();
        // An invalid proof takes the same time as a valid one.
        let email = read.or_else(|| Email::read("nobody@example.org"));
        let (form, earlier) = email.map(|email| (email.form, email.earlier)).unwrap_or_default();
        let earlier = earlier.iter().map(|form| self.email_hash(form)).collect();
        Wanted { form: self.email_hash(&form), earlier, half: None, proves }
    }

    fn wanted_postcode(&self, text: &str) -> Wanted {
        let read = Postcode::read(text);
        let proves = read.is_some();
        let postcode = read.or_else(|| Postcode::read("AB12 3CD"));
        let (form, half, earlier) = postcode.map(|postcode| (postcode.form, postcode.half, postcode.earlier)).unwrap_or_default();
        let earlier = earlier.iter().map(|form| self.postcode_hash(form)).collect();
        Wanted { form: self.postcode_hash(&form), earlier, half: half.map(|half| self.postcode_hash(&half)), proves }
    }

    fn email_hash(&self, form: &str) -> Hash {
        sign(&self.0.pepper, &[b"email:", form.as_bytes()])
    }

    fn postcode_hash(&self, form: &str) -> Hash {
        sign(&self.0.pepper, &[b"postcode:", form.as_bytes()])
    }
}

impl Wanted {
    /// Returns the extent to which the proof matches these hashes; None if it does not.
    fn matches(&self, proof: Proof, stored: &Hashes) -> Option<Match> {
        let (whole, half) = match proof {
            Proof::Email => (&stored.email, &None),
            Proof::Postcode => (&stored.postcode, &stored.postcode_half),
        };
        let is = |hash: &Hash, stored: &Option<Vec<u8>>| hash.ct_eq(stored.as_deref().unwrap_or(&[0; 32]));
        let as_stored = self.earlier.iter().fold(is(&self.form, whole), |found, hash| found | is(hash, whole));
        // Only the first half was given, either here or when the order was created.
        let only_half = is(&self.form, half) | is(&self.half.unwrap_or([1; 32]), whole);
        match (self.proves && bool::from(as_stored), self.proves && bool::from(only_half)) {
            (true, _) => Some(Match::Whole),
            (false, true) => Some(Match::Half),
            (false, false) => None,
        }
    }
}
