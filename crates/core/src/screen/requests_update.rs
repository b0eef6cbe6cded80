//! Connects the model to self-service: offers a pressed action to the host page, loads the second chunk when it is needed, and
//! passes inputs to the dialogs, which are in `self_service`.

use super::content::RequestPage;
use super::effects::Effects;
use super::model::{Known, Model, Phase, Received};
use super::{Effect, Env, HostEvent, Msg, Timer};
use crate::client::{OrderAnswer, OrderEndpoint, decode_order};
use crate::local_clock::LocalClock;
use crate::message::keys;
use crate::self_service::{self, Context, NewSelfService, Reply, Subject};
use doorstep_contract::ShipmentId;

impl Model {
    /// Offers an action to the host page. If the host page does not handle the action, the shell sends `Msg::HostDeclined`.
    pub(super) fn action_pressed(&mut self, subject: Subject, out: &mut Effects) {
        out.push(Effect::OfferActionToHost(subject));
    }

    pub(super) fn host_declined(&mut self, subject: Subject, env: &Env<'_>, out: &mut Effects) {
        self.requests.failed = false;
        if self.requests.new_self_service.is_some() {
            return self.request(self_service::Msg::Opened(subject), env, out);
        }
        self.requests.wanted = Some(subject);
        self.requests.load(out);
    }

    pub(super) fn requests_loaded(&mut self, new_self_service: Option<NewSelfService>, env: &Env<'_>, out: &mut Effects) {
        self.requests.loading = false;
        self.requests.new_self_service = new_self_service;
        let Some(subject) = self.requests.wanted.take() else { return };
        if new_self_service.is_some() {
            self.request(self_service::Msg::Opened(subject), env, out);
        } else {
            self.requests.failed = true;
            self.announce(keys::NOTICE_REQUESTS.into());
        }
    }

    /// Passes an input to the dialogs and applies the reply.
    pub(super) fn request(&mut self, msg: self_service::Msg, env: &Env<'_>, out: &mut Effects) {
        let now = self.now(env);
        let (Phase::Known(known), Some(new_self_service)) = (&self.phase, self.requests.new_self_service) else { return };
        let self_service = self.requests.self_service.get_or_insert_with(new_self_service);
        let mut reply = Reply::default();
        self_service.handle(msg, &context(known, &self.access, self.link.offline, now, env), &mut reply);
        reply.effects.into_iter().for_each(|effect| out.push(Effect::Request(effect)));
        reply.events.into_iter().for_each(|progress| out.emit(HostEvent::Action(progress)));
        if let Some(ms) = reply.wake_ms {
            out.start_timer(Timer::Resend, ms);
        }
        if let Some(message) = reply.announcement {
            self.announce(message);
        }
        if let Some(response) = reply.conflict
            && let OrderAnswer::Order(order, document, etag) = decode_order(&response, now)
        {
            self.document_received(Received { order: *order, document, etag }, env, out);
        }
        if reply.ask {
            self.ask(out);
        }
    }

    /// Shows the open dialog again, with its answers, after another view such as the look-up form has hidden the order.
    pub(super) fn resume(&mut self, env: &Env<'_>, out: &mut Effects) {
        if self.requests.self_service.is_some() {
            self.request(self_service::Msg::Resumed, env, out);
        }
    }

    /// Sends again the submissions that wait for their next attempt.
    pub(super) fn resend(&mut self, env: &Env<'_>, out: &mut Effects) {
        if self.requests.self_service.is_some() {
            self.request(self_service::Msg::TryAgain, env, out);
        }
    }

    /// Returns the view data of self-service, or None until the second chunk is loaded.
    pub(super) fn request_page(&self, known: &Known, env: &Env<'_>) -> Option<RequestPage> {
        let new_self_service = self.requests.new_self_service?;
        let context = context(known, &self.access, self.link.offline, self.now(env), env);
        Some(RequestPage(match &self.requests.self_service {
            Some(self_service) => self_service.page(&context),
            None => new_self_service().page(&context),
        }))
    }
}

fn context<'a>(
    known: &'a Known,
    access: &'a OrderEndpoint,
    offline: bool,
    now: chrono::DateTime<chrono::Utc>,
    env: &Env<'a>,
) -> Context<'a> {
    let order = &known.order;
    Context {
        order,
        document: &known.document,
        etag: known.etag.as_deref(),
        clock: LocalClock { now, zone: order.time_zone.as_deref(), to_local: env.to_local },
        access,
        random: env.random,
        offline,
    }
}

impl Msg {
    /// Returns the input for a press on an action.
    pub fn pressed(kind: doorstep_contract::ActionKind, shipment: Option<ShipmentId>) -> Self {
        Self::ActionPressed(Subject::Action { kind, shipment })
    }
}

#[cfg(test)]
#[path = "requests_tests.rs"]
mod tests;
