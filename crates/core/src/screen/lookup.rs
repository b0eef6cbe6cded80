//! State of the look-up form, with the checks on its fields. `lookup_update` handles the inputs.

use crate::client::LookupOutcome;
use crate::message::{Key, Message, keys};
use doorstep_contract::LookupRequest;

/// State of the look-up form. The view keeps the text of the fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lookup {
    /// True if a link was tried before and did not open an order.
    pub(super) after_dead_link: bool,
    /// True if the order is known in part or is read-only. The e-mail address gives full access, a postcode does not.
    pub(super) for_details: bool,
    /// Order number that the form is prefilled with.
    pub(super) known_number: String,
    /// True while a response is awaited.
    pub(super) busy: bool,
    /// Error of the order number.
    pub(super) number_error: Option<Key>,
    /// Error of the proof.
    pub(super) proof_error: Option<Key>,
    /// Error of both fields or of the connection.
    pub(super) form_error: Option<Message>,
}

impl Lookup {
    /// Checks the fields. Returns the look-up to send, or None if a field has an error or a response is awaited.
    pub(super) fn submit(&mut self, number: &str, proof: &str) -> Option<LookupRequest> {
        let (number, proof) = (number.trim().trim_start_matches('#'), proof.trim());
        self.form_error = None;
        self.number_error = number.is_empty().then_some(keys::LOOKUP_NUMBER_MISSING);
        self.proof_error = match self.for_details {
            true => (!proof.contains('@')).then_some(keys::LOOKUP_EMAIL_MISSING),
            false => proof.is_empty().then_some(keys::LOOKUP_PROOF_MISSING),
        };
        if self.busy || self.number_error.is_some() || self.proof_error.is_some() {
            return None;
        }
        self.busy = true;
        let proof = proof.to_owned();
        let (email, postcode) = if proof.contains('@') { (Some(proof), None) } else { (None, Some(proof)) };
        Some(LookupRequest { number: number.to_owned(), email, postcode })
    }

    /// Ends the wait for the response and sets the error message of its outcome. Removes the message if the order was found.
    pub(super) fn failed(&mut self, outcome: &LookupOutcome) {
        self.busy = false;
        self.form_error = match outcome {
            LookupOutcome::Found(_) => None,
            LookupOutcome::NoMatch => Some(keys::LOOKUP_FAILED.into()),
            LookupOutcome::TooMany(ms) => {
                let minutes = u32::try_from(ms.div_ceil(60_000)).unwrap_or(u32::MAX).max(1);
                Some(Message::new(keys::LOOKUP_TOO_MANY).with("count", minutes))
            }
            LookupOutcome::Failed => Some(keys::LOOKUP_NETWORK.into()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_with_an_at_sign_is_an_email_and_anything_else_a_postcode() {
        let sent = |proof| Lookup::default().submit(" #1042 ", proof).unwrap();
        assert_eq!(sent(" a@b.example ").email.as_deref(), Some("a@b.example"));
        assert_eq!(sent("N1 9GU").postcode.as_deref(), Some("N1 9GU"));
        assert_eq!(sent("N1 9GU").number, "1042");
    }

    #[test]
    fn what_is_hidden_is_opened_by_an_email_address_and_not_by_the_postcode() {
        let mut lookup = Lookup { for_details: true, ..Lookup::default() };
        assert_eq!(lookup.submit("1042", "N1 9GU"), None);
        assert_eq!(lookup.proof_error, Some(keys::LOOKUP_EMAIL_MISSING));
        assert!(lookup.submit("1042", "a@b.example").is_some());
    }

    #[test]
    fn every_empty_field_is_named_and_nothing_is_sent() {
        let mut lookup = Lookup::default();
        assert_eq!(lookup.submit(" ", ""), None);
        assert!(lookup.number_error.is_some() && lookup.proof_error.is_some() && !lookup.busy);
    }

    #[test]
    fn a_second_press_sends_nothing() {
        let mut lookup = Lookup::default();
        assert!(lookup.submit("1", "a@b.example").is_some());
        assert_eq!(lookup.submit("1", "a@b.example"), None);
    }
}
