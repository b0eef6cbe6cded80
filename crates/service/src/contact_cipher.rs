//! Encrypts the e-mail addresses that mails go to (ChaCha20-Poly1305, RFC 8439). The key is separate from the secret of the links, so that
//! a copy of the database alone contains no address. The id of the order is authenticated, so that no address can be moved to another
//! order.

use doorstep_contract::OrderId;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::error::Error;

/// Length of the key in bytes.
pub const CONTACT_KEY_BYTES: usize = 32;

/// Encrypts and decrypts addresses with one key.
pub(crate) struct ContactCipher(LessSafeKey);

impl ContactCipher {
    /// Creates the cipher of a key. Returns None if the key cannot be used, which cannot happen for a key of this length.
    pub(crate) fn new(key: &[u8; CONTACT_KEY_BYTES]) -> Option<Self> {
        UnboundKey::new(&CHACHA20_POLY1305, key).ok().map(|key| Self(LessSafeKey::new(key)))
    }

    /// Encrypts the address of an order under a random nonce. Returns nonce, ciphertext and tag.
    pub(crate) fn seal(&self, order_id: &OrderId, address: &str) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|error| Error::Internal(format!("no randomness for a nonce: {error}")))?;
        let mut text = address.as_bytes().to_vec();
        let sealed =
            self.0.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(order_id.as_bytes()), &mut text);
        sealed.map_err(|_| Error::Internal("an address cannot be encrypted".to_owned()))?;
        Ok([nonce.as_slice(), &text].concat())
    }

    /// Decrypts the address of an order. Returns None if it was encrypted with another key or for another order.
    pub(crate) fn open(&self, order_id: &OrderId, sealed: &[u8]) -> Option<String> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut text = text.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let address = self.0.open_in_place(nonce, Aad::from(order_id.as_bytes()), &mut text).ok()?;
        String::from_utf8(address.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_its_key_for_its_order_only() {
        let cipher = ContactCipher::new(&[7; 32]).expect("a cipher");
        let (order, address) = (OrderId::from("ord_1"), "ada@example.org");
        let sealed = cipher.seal(&order, address).expect("sealed");
        assert_eq!(cipher.open(&order, &sealed).as_deref(), Some(address));
        assert_eq!(cipher.open(&"ord_2".into(), &sealed), None);
        assert_eq!(ContactCipher::new(&[8; 32]).expect("a cipher").open(&order, &sealed), None);
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(cipher.open(&order, &changed), None);
        }
        assert_eq!(cipher.open(&order, b"short"), None);
        assert_ne!(cipher.seal(&order, address).expect("sealed"), sealed, "no nonce is used twice");
    }
}
