//! Handles each input of the model: changes the state and collects the effects. The shell calls `Model::update` and performs the
//! effects; the view data is computed in `content`.

use std::rc::Rc;

use chrono::TimeDelta;

use super::content::next_change_ms;
use super::effects::Effects;
use super::facts::facts;
use super::lookup::Lookup;
use super::model::{Failure, Known, Model, Phase, Received};
use super::{Effect, Env, Focus, HostEvent, Msg, StreamDocument, Timer};
use crate::client::{Document, OrderAnswer, OrderEndpoint, Response, Unreachable, decode_order};
use crate::message::{Message, keys};
use crate::order::headline::headline;
use crate::order::timeline::{FIRST_ROWS, MORE_ROWS};
use doorstep_contract::{Order, concat};

/// Time in milliseconds after which loading counts as slow.
const SLOW_MS: u64 = 4_000;
/// Largest difference in seconds between the clocks of device and backend that counts as zero.
const SKEW_S: i64 = 60;

impl Model {
    /// Handles one input, changes the state and returns the effects to perform, in order.
    pub fn update(&mut self, msg: Msg, env: &Env<'_>) -> Vec<Effect> {
        let mut out = Effects::default();
        self.handle(msg, env, &mut out);
        if let Some(ms) = next_change_ms(self, env).filter(|_| !self.link.hidden) {
            out.start_timer(Timer::Tick, ms);
        }
        out.into_vec()
    }

    fn handle(&mut self, msg: Msg, env: &Env<'_>, out: &mut Effects) {
        match msg {
            Msg::Configured(access) => self.configured(access, out),
            Msg::OrderAnswered(generation, answer) if generation == self.generation => self.order_answered(answer, env, out),
            Msg::LookupAnswered(generation, answer) if generation == self.generation => self.lookup_answered(answer, env, out),
            Msg::StreamReceived(generation, documents) if generation == self.generation => {
                self.stream_heard(&documents, env, out)
            }
            Msg::StreamEnded(generation) if generation == self.generation => self.link.stream_ended(env.now, env.random, out),
            // Responses to an earlier start are ignored.
            Msg::OrderAnswered(..) | Msg::LookupAnswered(..) | Msg::StreamReceived(..) | Msg::StreamEnded(_) => {}
            Msg::TimerFired(timer) => self.timer_fired(timer, env, out),
            Msg::VisibilityChanged { visible } => self.visibility_changed(visible, out),
            Msg::ConnectivityChanged { online } => self.connectivity_changed(online, env, out),
            Msg::RefreshRequested => self.ask(out),
            Msg::RetryPressed => self.retry(out),
            Msg::ParcelPressed(parcel) => self.open_parcel(&parcel),
            Msg::AllDetailsNeeded => self.draws_all = true,
            Msg::MorePressed(parcel) => self.more(parcel, out),
            Msg::CopyPressed(parcel) => self.copy(parcel, out),
            Msg::CopyFinished { copied } => self.copied(copied),
            Msg::ActionPressed(subject) => self.action_pressed(subject, out),
            Msg::HostDeclined(subject) => self.host_declined(subject, env, out),
            Msg::RequestsLoaded(new_self_service) => self.requests_loaded(new_self_service, env, out),
            Msg::Request(msg) => self.request(msg, env, out),
            Msg::LookupOpened => self.lookup_opened(out),
            Msg::LookupClosed => self.lookup_closed(env, out),
            Msg::LookupSubmitted { number, proof } => self.lookup_submitted(&number, &proof, out),
        }
    }

    /// Starts over if the configuration differs from the previous one. An equal configuration changes nothing, even after a
    /// look-up has changed `access`.
    fn configured(&mut self, access: OrderEndpoint, out: &mut Effects) {
        if access != self.configured || matches!(self.phase, Phase::Idle) {
            self.configured = access.clone();
            self.access = access;
            self.start(out);
        }
    }

    pub(super) fn start(&mut self, out: &mut Effects) {
        self.generation = self.generation.wrapping_add(1);
        self.unfolded.clear();
        self.draws_all = false;
        self.previous_order = None;
        self.requests.clear(&self.access.order, out);
        self.link.suspend(out);
        self.link = self.link.reset();
        if self.access.api.trim().is_empty() {
            self.phase = Phase::Failed(Failure::Options);
            out.error("bad-options", false);
        } else if self.access.order.trim().is_empty() {
            self.phase = Phase::Lookup(Lookup::default());
        } else {
            self.load(out);
        }
    }

    fn load(&mut self, out: &mut Effects) {
        self.phase = Phase::Loading { slow: false };
        out.start_timer(Timer::Slow, SLOW_MS);
        self.ask(out);
    }

    /// Requests the order. Does nothing if a request is under way, or if the phase has no order to request.
    pub(super) fn ask(&mut self, out: &mut Effects) {
        let etag = match &self.phase {
            Phase::Known(known) if known.expired => return,
            Phase::Known(known) => known.etag.as_deref(),
            Phase::Loading { .. } | Phase::Failed(Failure::Server) => None,
            Phase::Idle | Phase::Lookup(_) | Phase::Failed(Failure::Options) => return,
        };
        if !std::mem::replace(&mut self.link.asking, true) {
            out.stop_timer(Timer::Retry);
            out.stop_timer(Timer::Poll);
            out.push(Effect::AskOrder(self.generation, self.access.order(etag)));
        }
    }

    fn order_answered(&mut self, answer: Result<Response, Unreachable>, env: &Env<'_>, out: &mut Effects) {
        let Ok(response) = answer else { return self.not_answered(None, env, out) };
        self.measure_skew(&response, env);
        match decode_order(&response, self.now(env)) {
            OrderAnswer::Order(order, document, etag) => {
                self.reached();
                self.document_received(Received { order: *order, document, etag }, env, out);
                self.follow(env, out);
            }
            OrderAnswer::Unchanged => {
                self.reached();
                self.confirmed(env);
                self.follow(env, out);
            }
            OrderAnswer::NotFound => self.not_found(out),
            OrderAnswer::Later(wait_ms) => self.not_answered(wait_ms, env, out),
            // An immediate repetition would not help. A later attempt or "Try again" may reach a repaired backend.
            OrderAnswer::Refused | OrderAnswer::Garbage => self.not_answered(Some(30_000), env, out),
        }
    }

    /// Records that the backend answers, and withdraws the announcement of a lost connection.
    fn reached(&mut self) {
        self.link.answered();
        self.announcement.1.take_if(|message| message.key == keys::NOTICE_TROUBLE || message.key == keys::NOTICE_OFFLINE);
    }

    /// Stores the difference between the device's clock and the backend's, because the backend's clock is authoritative. A
    /// difference of at most `SKEW_S` counts as zero.
    fn measure_skew(&mut self, response: &Response, env: &Env<'_>) {
        if let Some(date) = response.date {
            let skew = date - env.now;
            self.skew = if skew.num_seconds().abs() > SKEW_S { skew } else { TimeDelta::zero() };
        }
    }

    /// Takes over a document that is newer than the known one. A document of the same version confirms the known document. An
    /// older document changes nothing.
    pub(super) fn document_received(&mut self, received: Received, env: &Env<'_>, out: &mut Effects) {
        let Received { order, document, etag } = received;
        let checked_at = self.now(env);
        let clock = self.clock(env, &order);
        let headline = headline(&order, &clock);
        let facts = facts(&order, headline.tone, &clock);
        let Phase::Known(known) = &mut self.phase else {
            self.requests.document_received(&document, out);
            self.phase = Phase::Known(Box::new(Known { order, document, etag, checked_at, headline, expired: false }));
            out.stop_timer(Timer::Slow);
            out.emit(HostEvent::Ready(facts));
            if std::mem::take(&mut self.focus_headline) {
                out.focus(Focus::Headline);
            }
            return self.resume(env, out);
        };
        if order.version < known.order.version {
            return;
        }
        known.checked_at = checked_at;
        // A missing version is read as 0. If both documents lack a version, the received document is taken over.
        if order.version == known.order.version && order.version != 0 {
            return;
        }
        self.requests.document_received(&document, out);
        known.order = order;
        known.document = document;
        known.etag = etag;
        let before = std::mem::replace(&mut known.headline, headline);
        // A change is announced only if the headline differs.
        if before != known.headline {
            let message = Message::new(keys::ANNOUNCE_CHANGED).with("headline", known.headline.message.clone());
            self.announce(message);
        }
        out.emit(HostEvent::Change(facts));
    }

    fn confirmed(&mut self, env: &Env<'_>) {
        let now = self.now(env);
        if let Phase::Known(known) = &mut self.phase {
            known.checked_at = now;
        }
    }

    /// Opens a stream if possible, else schedules a poll.
    fn follow(&mut self, env: &Env<'_>, out: &mut Effects) {
        let Phase::Known(known) = &self.phase else { return };
        if self.link.wants_stream(&known.order) {
            out.push(Effect::OpenStream(self.generation, self.access.stream(known.order.version)));
            self.link.opened(env.now, out);
        } else {
            self.link.poll(&known.order, env.random, out);
        }
    }

    fn stream_heard(&mut self, documents: &[StreamDocument], env: &Env<'_>, out: &mut Effects) {
        self.link.data_received(out);
        // A comment of the stream confirms that the known document is current. A document confirms it only if its version is not
        // older.
        if documents.is_empty() {
            self.confirmed(env);
        }
        for document in documents {
            if let Some(order) = Order::read_for_page(&document.json) {
                let etag = document.id.as_ref().map(|version| concat(&["\"", version, "\""]));
                let document = Document { body: Rc::clone(&document.json), within: false };
                self.document_received(Received { order, document, etag }, env, out);
            }
        }
    }

    fn not_found(&mut self, out: &mut Effects) {
        self.link.answered();
        if let Phase::Known(known) = &mut self.phase {
            known.expired = true;
            self.link.suspend(out);
            self.announce(keys::NOTICE_EXPIRED.into());
            return out.error("expired", false);
        }
        let after_dead_link = self.access.token.is_some();
        self.phase = Phase::Lookup(Lookup { after_dead_link, ..Lookup::default() });
        out.stop_timer(Timer::Slow);
        out.error(if after_dead_link { "not-found" } else { "lookup-needed" }, false);
    }

    fn not_answered(&mut self, wait_ms: Option<u64>, env: &Env<'_>, out: &mut Effects) {
        self.link.failed(wait_ms, env.random, out);
        if self.known().is_some() && self.link.is_notice_due() && !self.link.offline {
            self.announce(keys::NOTICE_TROUBLE.into());
        }
        if matches!(self.phase, Phase::Loading { .. }) && (self.link.gives_up() || self.link.offline) {
            self.phase = Phase::Failed(Failure::Server);
            out.stop_timer(Timer::Slow);
            out.error(if self.link.offline { "offline" } else { "server" }, true);
            if std::mem::take(&mut self.focus_headline) {
                out.focus(Focus::Headline);
            }
        }
    }

    fn timer_fired(&mut self, timer: Timer, env: &Env<'_>, out: &mut Effects) {
        match timer {
            Timer::Slow => {
                if let Phase::Loading { slow } = &mut self.phase {
                    *slow = true;
                }
            }
            Timer::Retry | Timer::Poll => self.ask(out),
            Timer::Watchdog => {
                out.push(Effect::CloseStream);
                self.link.stream_ended(env.now, env.random, out);
            }
            Timer::Reprobe => {
                self.link.reprobe();
                self.ask(out);
            }
            Timer::Resend => self.resend(env, out),
            Timer::Tick => {}
        }
    }

    fn visibility_changed(&mut self, visible: bool, out: &mut Effects) {
        if self.link.hidden != visible {
            return;
        }
        self.link.hidden = !visible;
        if visible {
            self.ask(out);
        } else {
            self.link.suspend(out);
        }
    }

    fn connectivity_changed(&mut self, online: bool, env: &Env<'_>, out: &mut Effects) {
        let lost = !online && !self.link.offline;
        self.link.offline = !online;
        if lost && self.known().is_some() {
            self.announce(keys::NOTICE_OFFLINE.into());
        }
        if online {
            self.resend(env, out);
            self.ask(out);
        }
    }

    fn retry(&mut self, out: &mut Effects) {
        if matches!(self.phase, Phase::Failed(Failure::Server)) {
            self.focus_headline = true;
            self.load(out);
        } else {
            self.ask(out);
        }
    }

    /// Shows more rows of a timeline and moves the focus to the first new one, because the button may disappear.
    fn more(&mut self, parcel: String, out: &mut Effects) {
        self.open_parcel(&parcel);
        let mut shown = 0;
        for (_, rows) in self.unfolded.iter_mut().filter(|(known, _)| *known == parcel) {
            shown = std::mem::replace(rows, rows.saturating_add(MORE_ROWS));
        }
        out.focus(Focus::Row { parcel, row: FIRST_ROWS.saturating_add(shown) });
    }

    /// Remembers that the shopper has opened a parcel, so that its details are drawn from now on.
    fn open_parcel(&mut self, parcel: &str) {
        if self.unfolded.iter().all(|(known, _)| known != parcel) {
            self.unfolded.push((parcel.to_owned(), 0));
        }
    }

    fn copy(&mut self, parcel: String, out: &mut Effects) {
        let shipments = self.known().map(|known| known.order.shipments.as_slice()).unwrap_or_default();
        let number =
            shipments.iter().find(|shipment| *shipment.id == *parcel).and_then(|shipment| shipment.tracking_number.clone());
        if let Some(text) = number {
            out.push(Effect::Copy { parcel, text });
        }
    }

    fn copied(&mut self, copied: bool) {
        self.announce(if copied { keys::CARRIER_COPIED } else { keys::CARRIER_COPY_FAILED }.into());
    }
}

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;
