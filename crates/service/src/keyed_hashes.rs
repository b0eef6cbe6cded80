//! Keyed hashes of personal data: e-mail addresses and postcodes for the look-up, and ids and numbers that must be recognised
//! after their order is erased, or once they were given to a tracking provider. Only these hashes are stored. Their key is derived from the look-up pepper, or from the secret if
//! no pepper is set.

use doorstep_contract::OrderId;
use doorstep_domain::order::lookup::{Email, Postcode};
use doorstep_domain::order::new_order::NewOrder;

use crate::store::LookupHashes;
use crate::token::{derive, sign};

/// A keyed hash.
pub(crate) type Hash = [u8; 32];

/// Computes hashes with one key.
pub(crate) struct KeyedHashes([u8; 32]);

impl KeyedHashes {
    /// Derives the key from this secret.
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(derive(secret, b"doorstep look-up v1"))
    }

    /// Returns the hash of a normal form of an e-mail address.
    pub(crate) fn email(&self, form: &str) -> Hash {
        sign(&self.0, &[b"email:", form.as_bytes()])
    }

    /// Returns the hash of a normal form of a postcode or of its first half.
    pub(crate) fn postcode(&self, form: &str) -> Hash {
        sign(&self.0, &[b"postcode:", form.as_bytes()])
    }

    /// Returns the hash under which the id of an erased order is kept.
    pub(crate) fn erased_order(&self, order_id: &OrderId) -> Hash {
        self.erased(b"order:", order_id)
    }

    /// Returns the hash under which the key of a tracking number of an erased order is kept.
    pub(crate) fn erased_tracking_key(&self, tracking_key: &str) -> Hash {
        self.erased(b"number:", tracking_key)
    }

    /// Returns the hash under which the key of a tracking number is kept that was given to a tracking provider.
    pub(crate) fn registered_tracking_key(&self, tracking_key: &str) -> Hash {
        sign(&self.0, &[b"registered number:", tracking_key.as_bytes()])
    }

    /// Returns the key that replaces the idempotency key of a stored answer after its order is erased.
    pub(crate) fn erased_answer_key(&self, idempotency_key: &str) -> String {
        let hash = self.erased(b"answer:", idempotency_key);
        hash.iter().fold("erased:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
    }

    /// Returns the hashes of a new order's e-mail address and postcode. A missing value gives no hash, and neither does a
    /// placeholder.
    pub(crate) fn of_new_order(&self, new: &NewOrder) -> LookupHashes {
        let email = new.email.as_deref().and_then(Email::read);
        let postcode = new.postcode.as_deref().and_then(Postcode::read);
        let half = postcode.as_ref().and_then(|postcode| postcode.half.as_deref());
        LookupHashes {
            email: email.map(|email| self.email(&email.form).to_vec()),
            postcode_half: half.map(|half| self.postcode(half).to_vec()),
            postcode: postcode.map(|postcode| self.postcode(&postcode.form).to_vec()),
        }
    }

    fn erased(&self, kind: &[u8], text: &str) -> Hash {
        sign(&self.0, &[b"erased ", kind, text.as_bytes()])
    }
}
