//! The guest look-up: an order number and one thing that only the shopper knows. Neither is stored: only keyed hashes are, and they
//! are compared in constant time. Limits are the caller's.

use doorstep_core::wire::{LookupAnswer, LookupRequest};
use subtle::ConstantTimeEq as _;

use super::Service;
use crate::problem::Problem;
use crate::token::{Scope, sign};

/// An order number as it is compared: shoppers leave out the hash sign and do not mind capitals.
pub fn number_key(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace() && *c != '#').flat_map(char::to_lowercase).collect()
}

impl Service {
    /// A token for the order with this number, if the proof is right. Every failure is the same and costs the same.
    pub async fn lookup(&self, request: &LookupRequest) -> Result<LookupAnswer, Problem> {
        let (proof, by_email) = match (&request.email, &request.postcode) {
            (Some(email), None) => (self.email_hash(email), true),
            (None, Some(postcode)) => (self.postcode_hash(postcode), false),
            (Some(_), Some(_)) | (None, None) => return Err(Problem::field("", "exactly-one-of-email-postcode")),
        };
        let candidates = self.0.store.candidates(&number_key(&request.number)).await?;
        let nobody: &[u8] = &[0; 32];
        let mut found = None;
        // A number that nobody has is compared with nobody's hash.
        std::hint::black_box(proof.ct_eq(nobody));
        for candidate in &candidates {
            let hash = if by_email { &candidate.hashes.email } else { &candidate.hashes.postcode };
            if bool::from(proof.ct_eq(hash.as_deref().unwrap_or(nobody))) {
                found = Some(&candidate.order_id);
            }
        }
        let order_id = found.ok_or(Problem::LookupFailed)?;
        // A postcode is on every parcel: it opens the order, and more than looking takes the e-mail address.
        let scopes = if by_email { &[Scope::Read, Scope::Act][..] } else { &[Scope::Read] };
        let minted = self.minted(order_id, scopes, self.expiry(self.0.lookup_token_ttl)?);
        Ok(LookupAnswer { order_id: order_id.clone(), token: minted.token, expires_at: Some(minted.expires_at) })
    }

    pub(super) fn email_hash(&self, email: &str) -> [u8; 32] {
        sign(&self.0.pepper, &[b"email:", email.trim().to_lowercase().as_bytes()])
    }

    pub(super) fn postcode_hash(&self, postcode: &str) -> [u8; 32] {
        let plain: String = postcode.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        sign(&self.0.pepper, &[b"postcode:", plain.as_bytes()])
    }
}
