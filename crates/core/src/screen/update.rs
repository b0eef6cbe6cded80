//! What happens when something happened.

use chrono::{TimeDelta, Utc};

use super::content::next_change_ms;
use super::lookup::Lookup;
use super::model::{Failure, Known, Model, Phase};
use super::{Effect, Env, Focus, Generation, HostEvent, Msg, OrderFacts, Timer, Unreachable};
use crate::client::{Access, LookupOutcome, OrderAnswer, Response, decode_lookup, decode_order, http_date, lookup};
use crate::order::headline::headline;
use crate::order::status::{Situation, situation};
use crate::order::timeline::MORE_ROWS;
use crate::phrase::{Phrase, count, keys};
use crate::sse::StreamEvent;
use crate::wire::{Direction, LookupAnswer, Order};

/// Loading that takes longer than this is slow (milliseconds).
const SLOW_MS: u64 = 4_000;
/// A difference of the clocks below this is not worth correcting (seconds).
const SKEW_S: i64 = 60;

impl Model {
    /// Takes one message, changes the state and says what is to be done.
    pub fn update(&mut self, msg: Msg, env: &Env<'_>) -> Vec<Effect> {
        let mut effects = self.handle(msg, env);
        if let Some(ms) = next_change_ms(self, env).filter(|_| !self.link.hidden) {
            effects.push(Effect::Wake(Timer::Tick, ms));
        }
        effects
    }

    fn handle(&mut self, msg: Msg, env: &Env<'_>) -> Vec<Effect> {
        match msg {
            Msg::Configured(access) => self.configured(access),
            Msg::OrderAnswered(generation, answer) => self.if_current(generation, |model| model.order_answered(answer, env)),
            Msg::LookupAnswered(generation, answer) => self.if_current(generation, |model| model.lookup_answered(answer, env)),
            Msg::StreamHeard(generation, events) => self.if_current(generation, |model| model.stream_heard(&events, env)),
            Msg::StreamEnded(generation) => self.if_current(generation, |model| model.link.stream_ended(env.random)),
            Msg::TimerFired(timer) => self.timer_fired(timer, env),
            Msg::VisibilityChanged { visible } => self.visibility_changed(visible),
            Msg::ConnectivityChanged { online } => self.connectivity_changed(online),
            Msg::RefreshRequested => self.ask(),
            Msg::RetryPressed => self.retry(),
            Msg::MorePressed(parcel) => self.more(parcel),
            Msg::CopyPressed(parcel) => self.copy(parcel),
            Msg::CopyFinished { copied } => self.copied(copied),
            Msg::LookupOpened => self.lookup_opened(),
            Msg::LookupSubmitted { number, proof } => self.lookup_submitted(&number, &proof),
        }
    }

    fn if_current(&mut self, generation: Generation, then: impl FnOnce(&mut Self) -> Vec<Effect>) -> Vec<Effect> {
        if generation == self.generation { then(self) } else { Vec::new() }
    }

    /// The same place again changes nothing, also when a look-up has led elsewhere since; another one starts over.
    fn configured(&mut self, access: Access) -> Vec<Effect> {
        if access == self.configured && !matches!(self.phase, Phase::Idle) {
            return Vec::new();
        }
        self.configured = access.clone();
        self.access = access;
        self.start()
    }

    fn start(&mut self) -> Vec<Effect> {
        self.generation = self.generation.wrapping_add(1);
        self.unfolded.clear();
        let mut effects = self.link.rest();
        self.link = self.link.anew();
        if self.access.api.trim().is_empty() {
            self.phase = Phase::Failed(Failure::Options);
            effects.push(Effect::Tell(HostEvent::Error { code: "bad-options", retryable: false }));
        } else if self.access.order.trim().is_empty() {
            self.phase = Phase::Lookup(Lookup::default());
        } else {
            self.phase = Phase::Loading { slow: false };
            effects.push(Effect::Wake(Timer::Slow, SLOW_MS));
            effects.extend(self.ask());
        }
        effects
    }

    /// Asks for the order, unless that is under way or there is nothing to ask for.
    fn ask(&mut self) -> Vec<Effect> {
        let (etag, expired) = self.known().map_or((None, false), |known| (known.etag.clone(), known.expired));
        let wanted = match self.phase {
            Phase::Loading { .. } | Phase::Known(_) | Phase::Failed(Failure::Server) => !expired,
            Phase::Idle | Phase::Lookup(_) | Phase::Failed(Failure::Options) => false,
        };
        if self.link.asking || !wanted {
            return Vec::new();
        }
        self.link.asking = true;
        vec![
            Effect::Sleep(Timer::Retry),
            Effect::Sleep(Timer::Poll),
            Effect::AskOrder(self.generation, self.access.order(etag.as_deref())),
        ]
    }

    fn order_answered(&mut self, answer: Result<Response, Unreachable>, env: &Env<'_>) -> Vec<Effect> {
        let Ok(response) = answer else {
            return self.not_answered(None, env);
        };
        self.measure_skew(&response, env);
        match decode_order(&response, env.now + self.skew) {
            OrderAnswer::Order(order, etag) => {
                self.link.answered();
                let mut effects = self.learn(*order, etag, env);
                effects.extend(self.follow(env));
                effects
            }
            OrderAnswer::Unchanged => {
                self.link.answered();
                self.confirmed(env);
                self.follow(env)
            }
            OrderAnswer::NotFound => self.not_found(),
            OrderAnswer::Later(wait_ms) => self.not_answered(wait_ms, env),
            // Asking again at once would not help; the next poll or "Try again" may meet a mended backend.
            OrderAnswer::Refused | OrderAnswer::Garbage => self.not_answered(Some(30_000), env),
        }
    }

    /// The device's clock may be wrong, the backend's decides; the difference is kept unless it is too small to matter.
    fn measure_skew(&mut self, response: &Response, env: &Env<'_>) {
        if let Some(date) = response.date.as_deref().and_then(http_date) {
            let skew = date - env.now;
            self.skew = if skew.num_seconds().abs() > SKEW_S { skew } else { TimeDelta::zero() };
        }
    }

    /// Takes a document that is newer than the known one; an older one changes nothing.
    fn learn(&mut self, order: Order, etag: Option<String>, env: &Env<'_>) -> Vec<Effect> {
        let checked_at = env.now + self.skew;
        let facts = facts(&order, self, env);
        let Phase::Known(known) = &mut self.phase else {
            self.phase = Phase::Known(Box::new(Known { order, etag, checked_at, expired: false }));
            let mut effects = vec![Effect::Sleep(Timer::Slow), Effect::Tell(HostEvent::Ready(facts))];
            if std::mem::take(&mut self.focus_headline) {
                effects.push(Effect::Focus(Focus::Headline));
            }
            return effects;
        };
        known.checked_at = checked_at;
        if order.version <= known.order.version {
            return Vec::new();
        }
        let before = std::mem::replace(&mut known.order, order);
        known.etag = etag;
        self.announce_change(&before, env);
        vec![Effect::Tell(HostEvent::Change(facts))]
    }

    /// Speaks only when the answer to "where is it, and when" is another one.
    fn announce_change(&mut self, before: &Order, env: &Env<'_>) {
        let Some(known) = self.known() else { return };
        let was = headline(before, &self.here(env, before));
        let is = headline(&known.order, &self.here(env, &known.order));
        if was != is {
            self.speak(Phrase::new(keys::ANNOUNCE_CHANGED).with("headline", is.phrase));
        }
    }

    fn confirmed(&mut self, env: &Env<'_>) {
        let now = env.now + self.skew;
        if let Phase::Known(known) = &mut self.phase {
            known.checked_at = now;
        }
    }

    /// Goes on by stream or by poll.
    fn follow(&mut self, env: &Env<'_>) -> Vec<Effect> {
        let Phase::Known(known) = &self.phase else { return Vec::new() };
        if self.link.wants_stream(&known.order) {
            let request = self.access.stream(known.order.version);
            let mut effects = vec![Effect::OpenStream(self.generation, request)];
            effects.extend(self.link.opened());
            return effects;
        }
        self.link.poll(&known.order, env.random)
    }

    fn stream_heard(&mut self, events: &[StreamEvent], env: &Env<'_>) -> Vec<Effect> {
        let mut effects = self.link.heard();
        self.confirmed(env);
        for event in events.iter().filter(|event| event.name == "order") {
            if let Ok(order) = Order::from_json(&event.data) {
                let etag = event.id.as_ref().map(|version| ["\"", version, "\""].concat());
                effects.extend(self.learn(order, etag, env));
            }
        }
        effects
    }

    fn not_found(&mut self) -> Vec<Effect> {
        self.link.answered();
        let code = if self.access.token.is_some() { "not-found" } else { "lookup-needed" };
        if let Phase::Known(known) = &mut self.phase {
            known.expired = true;
            let mut effects = self.link.rest();
            effects.push(Effect::Tell(HostEvent::Error { code: "expired", retryable: false }));
            return effects;
        }
        self.phase = Phase::Lookup(Lookup { after_dead_link: self.access.token.is_some(), ..Lookup::default() });
        vec![Effect::Sleep(Timer::Slow), Effect::Tell(HostEvent::Error { code, retryable: false })]
    }

    fn not_answered(&mut self, wait_ms: Option<u64>, env: &Env<'_>) -> Vec<Effect> {
        let mut effects = self.link.failed(wait_ms, env.random);
        if matches!(self.phase, Phase::Loading { .. }) && (self.link.gives_up() || self.link.offline) {
            self.phase = Phase::Failed(Failure::Server);
            let code = if self.link.offline { "offline" } else { "server" };
            effects.extend([Effect::Sleep(Timer::Slow), Effect::Tell(HostEvent::Error { code, retryable: true })]);
        }
        effects
    }

    fn timer_fired(&mut self, timer: Timer, env: &Env<'_>) -> Vec<Effect> {
        match timer {
            Timer::Slow => {
                if let Phase::Loading { slow } = &mut self.phase {
                    *slow = true;
                }
                Vec::new()
            }
            Timer::Retry | Timer::Poll => self.ask(),
            Timer::Watchdog => {
                let mut effects = vec![Effect::CloseStream];
                effects.extend(self.link.stream_ended(env.random));
                effects
            }
            Timer::Reprobe => {
                self.link.reprobe();
                self.ask()
            }
            Timer::Tick => Vec::new(),
        }
    }

    fn visibility_changed(&mut self, visible: bool) -> Vec<Effect> {
        if self.link.hidden != visible {
            return Vec::new();
        }
        self.link.hidden = !visible;
        if visible { self.ask() } else { self.link.rest() }
    }

    fn connectivity_changed(&mut self, online: bool) -> Vec<Effect> {
        self.link.offline = !online;
        if online { self.ask() } else { Vec::new() }
    }

    fn retry(&mut self) -> Vec<Effect> {
        match self.phase {
            Phase::Failed(Failure::Server) => {
                self.phase = Phase::Loading { slow: false };
                self.focus_headline = true;
                let mut effects = vec![Effect::Wake(Timer::Slow, SLOW_MS)];
                effects.extend(self.ask());
                effects
            }
            Phase::Idle | Phase::Loading { .. } | Phase::Known(_) | Phase::Lookup(_) | Phase::Failed(Failure::Options) => {
                self.ask()
            }
        }
    }

    fn more(&mut self, parcel: String) -> Vec<Effect> {
        let unfolded = self.unfolded.entry(parcel).or_default();
        *unfolded = unfolded.saturating_add(MORE_ROWS);
        Vec::new()
    }

    fn copy(&mut self, parcel: String) -> Vec<Effect> {
        let shipments = self.known().map(|known| known.order.shipments.as_slice()).unwrap_or_default();
        let number =
            shipments.iter().find(|shipment| shipment.id == parcel).and_then(|shipment| shipment.tracking_number.clone());
        number.map(|text| Effect::Copy { parcel, text }).into_iter().collect()
    }

    fn copied(&mut self, copied: bool) -> Vec<Effect> {
        self.speak(if copied { keys::CARRIER_COPIED } else { keys::CARRIER_COPY_FAILED }.into());
        Vec::new()
    }

    fn lookup_opened(&mut self) -> Vec<Effect> {
        self.phase = Phase::Lookup(Lookup { after_dead_link: true, ..Lookup::default() });
        vec![Effect::Focus(Focus::LookupNumber)]
    }

    fn lookup_submitted(&mut self, number: &str, proof: &str) -> Vec<Effect> {
        let Phase::Lookup(form) = &mut self.phase else {
            return Vec::new();
        };
        match form.submit(number, proof) {
            Some(request) => vec![Effect::AskLookup(self.generation, lookup(&self.access.api, &request))],
            None if form.number_error.is_some() => vec![Effect::Focus(Focus::LookupNumber)],
            None if form.proof_error.is_some() => vec![Effect::Focus(Focus::LookupProof)],
            None => Vec::new(),
        }
    }

    fn lookup_answered(&mut self, answer: Result<Response, Unreachable>, env: &Env<'_>) -> Vec<Effect> {
        let Phase::Lookup(form) = &mut self.phase else {
            return Vec::new();
        };
        let outcome = answer.map_or(LookupOutcome::Failed, |response| decode_lookup(&response, env.now.with_timezone(&Utc)));
        form.failed(&outcome);
        match outcome {
            LookupOutcome::Found(found) => self.looked_up(found),
            LookupOutcome::NoMatch | LookupOutcome::TooMany(_) | LookupOutcome::Failed => {
                vec![Effect::Focus(Focus::LookupNumber)]
            }
        }
    }

    fn looked_up(&mut self, found: LookupAnswer) -> Vec<Effect> {
        self.access.order = found.order_id;
        self.access.token = Some(found.token);
        self.focus_headline = true;
        self.start()
    }
}

fn facts(order: &Order, model: &Model, env: &Env<'_>) -> OrderFacts {
    let parcels = order.shipments.iter().filter(|shipment| shipment.direction != Direction::Return);
    let delivered = parcels.clone().filter(|parcel| situation(parcel) == Situation::Delivered);
    OrderFacts {
        version: order.version,
        tone: headline(order, &model.here(env, order)).tone,
        parcels: count(parcels.clone().count()),
        delivered: count(delivered.count()),
    }
}

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;
