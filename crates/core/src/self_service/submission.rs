//! One submission. It is sent again until the backend accepts or refuses it. Each attempt has the same idempotency key and body,
//! so that the submission takes effect only once.

use super::block::quoted;
use super::{Context, Effect, Reply, Ticket};
use crate::client::{Request, Response, Unreachable, backoff_ms};
use crate::message::{Message, request_keys as keys};
use doorstep_contract::{Case, Lenient, Problem, Slots};

/// An HTTP request that is being sent.
#[derive(Debug)]
pub(super) struct Submission {
    pub(super) ticket: Ticket,
    request: Request,
    attempts: u32,
    /// Reason for the wait before the next attempt; None while a response is awaited.
    pub(super) waits: Option<Wait>,
}

/// Reason why a submission is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// There is no connection.
    Connection,
    /// The backend cannot answer now.
    Backend,
}

/// Result of a response to a submission.
pub(super) enum Verdict {
    /// No decision yet; the submission is sent again.
    Waits,
    /// The backend accepted the submission. The case is absent if none resulted.
    Accepted(Option<Box<Case>>),
    /// The backend refused the submission.
    Refused {
        /// Stable code in kebab case.
        code: String,
        /// Reason and advice for the shopper.
        alert: Message,
        /// Names of the fields that the refusal concerns.
        fields: Vec<String>,
        /// Slots that are still free, if the chosen one is taken.
        slots: Option<Slots>,
    },
}

impl Submission {
    pub(super) fn new(request: Request, next: &mut Ticket, reply: &mut Reply) -> Self {
        *next = next.wrapping_add(1);
        reply.push(Effect::Send(*next, request.clone()));
        Self { ticket: *next, request, attempts: 1, waits: None }
    }

    /// Sends the HTTP request again if the submission waits for its next attempt.
    pub(super) fn again(&mut self, reply: &mut Reply) {
        if self.waits.take().is_some() {
            self.attempts = self.attempts.saturating_add(1);
            reply.push(Effect::Send(self.ticket, self.request.clone()));
        }
    }

    pub(super) fn verdict(
        &mut self,
        answer: &Result<Response, Unreachable>,
        context: &Context<'_>,
        reply: &mut Reply,
    ) -> Verdict {
        let Ok(response) = answer else { return self.wait(Wait::Connection, None, context, reply) };
        let none = doorstep_contract::Value::Object(doorstep_contract::Map::new());
        let Some(problem) = Problem::read(response.body.as_deref().unwrap_or(&none)).or_else(|| Problem::read(&none)) else {
            return Verdict::Waits;
        };
        match response.status {
            200..=299 => Verdict::Accepted(response.body.as_deref().and_then(Case::read).map(Box::new)),
            408 | 425 | 429 | 500..=599 => {
                let wait = response.retry_after.map(|wait| wait.ms(context.clock.now));
                self.wait(Wait::Backend, wait, context, reply)
            }
            // An attempt from another tab, or one whose response was lost, is still being processed. A later attempt gets its
            // response.
            409 if problem.code == "idempotency-in-progress" => self.wait(Wait::Backend, None, context, reply),
            status => {
                if status == 412 {
                    reply.conflict = Some(response.clone());
                } else if matches!(status, 403 | 404 | 409) {
                    reply.ask = true;
                }
                let slots = response.body.as_deref().and_then(Slots::read).filter(|slots| !slots.slots.is_empty());
                Verdict::Refused { alert: alert(status, &problem), fields: fields(&problem), code: problem.code, slots }
            }
        }
    }

    fn wait(&mut self, why: Wait, ms: Option<u64>, context: &Context<'_>, reply: &mut Reply) -> Verdict {
        self.waits = Some(why);
        reply.wake_ms = Some(backoff_ms(self.attempts, context.random).max(ms.unwrap_or_default()));
        Verdict::Waits
    }
}

/// Returns the message about a refusal. A known problem code or status has its own message. For any other refusal, the message
/// contains the backend's `detail`, if there is one.
fn alert(status: u16, problem: &Problem) -> Message {
    let known = match (status, problem.code.as_str()) {
        (_, "slot-taken") => keys::REFUSED_SLOT,
        (_, "action-unavailable") => keys::REFUSED_UNAVAILABLE,
        (412, _) => keys::REFUSED_CHANGED,
        (403, _) => keys::REFUSED_READ_ONLY,
        (401 | 404 | 410, _) => keys::REFUSED_LINK,
        _ => match problem.detail.as_deref().filter(|detail| !detail.trim().is_empty()) {
            Some(detail) => return Message::new(keys::REFUSED_BECAUSE).with("reason", quoted(detail)),
            None => keys::REFUSED,
        },
    };
    known.into()
}

/// Returns the fields that the backend refused, by their names in the form.
fn fields(problem: &Problem) -> Vec<String> {
    let name = |pointer: &str| {
        let last = pointer.strip_prefix("/answers/").unwrap_or(pointer);
        match last {
            "/address/lines" | "/address/lines/0" => "street",
            "/address/postcode" => "postcode",
            "/address/city" => "city",
            other => other.trim_start_matches('/'),
        }
        .to_owned()
    };
    problem.errors.iter().map(|error| name(&error.pointer)).collect()
}

impl Submission {
    /// Returns the progress message of a submission under way.
    pub(super) fn status(&self, offline: bool) -> Message {
        Message::from(match self.waits {
            None if self.attempts > 1 => keys::SENDING_AGAIN,
            None => keys::SENDING,
            Some(Wait::Connection) if offline => keys::SENDING_OFFLINE,
            Some(Wait::Connection) => keys::SENDING_LOST,
            Some(Wait::Backend) => keys::SENDING_LATER,
        })
    }
}
