//! Handles the inputs of the guest look-up: opens, closes and sends the form, and handles the response.

use super::effects::Effects;
use super::lookup::Lookup;
use super::model::{Model, Phase};
use super::{Effect, Env, Focus};
use crate::client::{LookupOutcome, Response, Unreachable, decode_lookup, lookup};
use doorstep_contract::{LookupAnswer, id_text};

impl Model {
    /// Opens the form from a known order and keeps the order. Begins a new generation, so that responses to earlier requests are
    /// ignored and do not replace the form.
    pub(super) fn lookup_opened(&mut self, out: &mut Effects) {
        if self.known().is_none() {
            return;
        }
        let Phase::Known(known) = std::mem::take(&mut self.phase) else { return };
        self.generation = self.generation.wrapping_add(1);
        self.link.suspend(out);
        self.link = self.link.reset();
        self.phase = Phase::Lookup(Lookup {
            after_dead_link: known.expired,
            for_details: !known.expired,
            known_number: known.order.number.clone(),
            ..Lookup::default()
        });
        out.focus(if known.order.number.is_empty() { Focus::LookupNumber } else { Focus::LookupProof });
        self.previous_order = Some(known);
    }

    /// Goes back to the order from which the form was opened. A response to a look-up under way is ignored.
    pub(super) fn lookup_closed(&mut self, env: &Env<'_>, out: &mut Effects) {
        let Some(known) = self.previous_order.take() else { return };
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
        self.access.order = id_text(found.order_id);
        self.access.token = Some(found.token);
        self.focus_headline = true;
        self.start(out);
    }
}
