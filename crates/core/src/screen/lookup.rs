//! The guest look-up: state of the form, checks on its fields, and handling of the response.

use super::effects::Effects;
use super::model::{Model, Phase};
use super::{Effect, Env, Focus};
use crate::client::{LookupOutcome, Response, Unreachable, decode_lookup, lookup};
use crate::message::{Key, Message, keys};
use doorstep_contract::{LookupAnswer, LookupRequest};

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

    /// Sets the error message for a failed look-up.
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

impl Model {
    /// Opens the form from a known order, which is kept. A new generation makes responses under way irrelevant, so that none of
    /// them replaces the form.
    pub(super) fn lookup_opened(&mut self, out: &mut Effects) {
        if self.known().is_none() {
            return;
        }
        let Phase::Known(known) = std::mem::take(&mut self.phase) else { return };
        self.generation = self.generation.wrapping_add(1);
        self.link.rest(out);
        self.link = self.link.anew();
        self.phase = Phase::Lookup(Lookup {
            after_dead_link: known.expired,
            for_details: !known.expired,
            known_number: known.order.number.clone(),
            ..Lookup::default()
        });
        out.focus(if known.order.number.is_empty() { Focus::LookupNumber } else { Focus::LookupProof });
        self.behind = Some(known);
    }

    /// Goes back to the order from which the form was opened. A response to the form that is under way is ignored.
    pub(super) fn lookup_closed(&mut self, env: &Env<'_>, out: &mut Effects) {
        let Some(known) = self.behind.take() else { return };
        self.generation = self.generation.wrapping_add(1);
        self.phase = Phase::Known(known);
        out.focus(Focus::Headline);
        self.ask(out);
        self.resume(env, out);
    }

    pub(super) fn lookup_submitted(&mut self, number: &str, proof: &str, out: &mut Effects) {
        let Phase::Lookup(form) = &mut self.phase else { return };
        match form.submit(number, proof) {
            Some(request) => out.push(Effect::AskLookup(self.generation, lookup(&self.access.api, &request))),
            None if form.number_error.is_some() => out.focus(Focus::LookupNumber),
            None if form.proof_error.is_some() => out.focus(Focus::LookupProof),
            None => {}
        }
    }

    pub(super) fn lookup_answered(&mut self, answer: Result<Response, Unreachable>, env: &Env<'_>, out: &mut Effects) {
        let Phase::Lookup(form) = &mut self.phase else { return };
        let outcome = answer.map_or(LookupOutcome::Failed, |response| decode_lookup(&response, env.now));
        form.failed(&outcome);
        match outcome {
            LookupOutcome::Found(found) => self.looked_up(found, out),
            LookupOutcome::NoMatch | LookupOutcome::TooMany(_) | LookupOutcome::Failed => out.focus(Focus::LookupNumber),
        }
    }

    fn looked_up(&mut self, found: LookupAnswer, out: &mut Effects) {
        self.access.order = found.order_id;
        self.access.token = Some(found.token);
        self.focus_headline = true;
        self.start(out);
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
