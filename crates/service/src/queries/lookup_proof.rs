//! The proof of a guest look-up, compared in constant time with the stored hashes of an order's proofs.

use doorstep_domain::order::lookup::{Email, Postcode};
use subtle::ConstantTimeEq as _;

use crate::keyed_hashes::{Hash, KeyedHashes};
use crate::store::LookupHashes;

/// Kind of proof in a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// An e-mail address.
    Email,
    /// A postcode.
    Postcode,
}

/// Extent of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// The whole proof matches.
    Whole,
    /// Only the first half of the postcode matches.
    Half,
}

/// Hashes of the proof in a look-up. They are compared with stored hashes. After a match of the whole proof, they replace stored
/// hashes of an earlier form.
pub(super) struct WantedProof {
    kind: Proof,
    /// Hash of the normal form.
    form: Hash,
    /// Hashes under which an earlier version may have stored this proof.
    earlier: Vec<Hash>,
    /// Hash of the first half of a postcode. None for an e-mail address, and for a postcode whose half does not count as a proof.
    half: Option<Hash>,
    /// True if the text is a valid proof; a placeholder is not.
    is_valid: bool,
}

impl WantedProof {
    /// Returns the hashes of an e-mail address, in any spelling.
    pub(super) fn email(hashes: &KeyedHashes, text: &str) -> Self {
        let read = Email::read(text);
        let is_valid = read.is_some();
        // An invalid proof takes the same time as a valid one.
        let email = read.or_else(|| Email::read("nobody@example.org"));
        let (form, earlier) = email.map(|email| (email.form, email.earlier)).unwrap_or_default();
        let earlier = earlier.iter().map(|form| hashes.email(form)).collect();
        Self { kind: Proof::Email, form: hashes.email(&form), earlier, half: None, is_valid }
    }

    /// Returns the hashes of a postcode, in any spelling.
    pub(super) fn postcode(hashes: &KeyedHashes, text: &str) -> Self {
        let read = Postcode::read(text);
        let is_valid = read.is_some();
        let postcode = read.or_else(|| Postcode::read("AB12 3CD"));
        let (form, half, earlier) = postcode.map(|postcode| (postcode.form, postcode.half, postcode.earlier)).unwrap_or_default();
        let earlier = earlier.iter().map(|form| hashes.postcode(form)).collect();
        let half = half.map(|half| hashes.postcode(&half));
        Self { kind: Proof::Postcode, form: hashes.postcode(&form), earlier, half, is_valid }
    }

    /// Returns every hash under which this proof may be stored with an order. Returns an empty list if the text is not a valid
    /// proof.
    pub(super) fn stored_forms(self) -> Vec<Vec<u8>> {
        let all = std::iter::once(self.form).chain(self.earlier).map(|hash| hash.to_vec());
        if self.is_valid { all.collect() } else { Vec::new() }
    }

    /// Returns the extent to which the proof matches these hashes, or None if it does not match.
    pub(super) fn matches(&self, stored: &LookupHashes) -> Option<Match> {
        let (whole, half) = match self.kind {
            Proof::Email => (&stored.email, &None),
            Proof::Postcode => (&stored.postcode, &stored.postcode_half),
        };
        let is = |hash: &Hash, stored: &Option<Vec<u8>>| hash.ct_eq(stored.as_deref().unwrap_or(&[0; 32]));
        let as_stored = self.earlier.iter().fold(is(&self.form, whole), |found, hash| found | is(hash, whole));
        // Only the first half was given, either in this look-up or when the order was created.
        let only_half = is(&self.form, half) | is(&self.half.unwrap_or([1; 32]), whole);
        match (self.is_valid && bool::from(as_stored), self.is_valid && bool::from(only_half)) {
            (true, _) => Some(Match::Whole),
            (false, true) => Some(Match::Half),
            (false, false) => None,
        }
    }

    /// Returns the stored hashes with this proof in the form of this version, or None if they have this form already.
    pub(super) fn renewed(&self, stored: &LookupHashes) -> Option<LookupHashes> {
        let (form, half) = (Some(self.form.to_vec()), self.half.map(|half| half.to_vec()));
        let renewed = match self.kind {
            Proof::Email => LookupHashes { email: form, ..stored.clone() },
            Proof::Postcode => LookupHashes { postcode: form, postcode_half: half, ..stored.clone() },
        };
        (renewed != *stored).then_some(renewed)
    }
}
