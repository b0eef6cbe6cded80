//! One dialog: its answers, its current step and its submission. Called by `dialogs`.

use super::answers::Answers;
use super::block::Block;
use super::body::{Filled, message, quote, rating, request};
use super::choices::{Choices, Load, loaded};
use super::flows::{About, ask};
use super::form::{Form, Step};
use super::photo::{ORIGINAL_BYTES, PHOTO_BYTES, PHOTOS, Photo, PhotoState};
use super::submission::{Submission, Verdict};
use super::{Context, Effect, Msg, Phase, Progress, Reply, Subject, Ticket};
use crate::client::{Request, Response, Unreachable};
use crate::message::Message;
use doorstep_contract::{Action, ActionKind, ActionState, Case, Shipment, concat};

/// Stage of a dialog.
#[derive(Debug, Default)]
pub(super) enum Stage {
    /// The shopper fills in the form.
    #[default]
    Form,
    /// The submission is being sent.
    Sending(Submission),
    /// The submission was accepted, with the resulting case where there is one.
    Done(Option<Box<Case>>),
}

/// State of one dialog.
#[derive(Debug)]
pub(super) struct Dialog {
    pub(super) subject: Subject,
    pub(super) answers: Answers,
    pub(super) photos: Vec<Photo>,
    pub(super) choices: Choices,
    pub(super) stage: Stage,
    /// Index of the step that is shown.
    pub(super) at: usize,
    /// True if errors are shown, because the shopper tried to continue or the backend refused a field.
    pub(super) shows_errors: bool,
    /// Error that concerns the whole dialog.
    pub(super) alert: Option<Message>,
    /// Names of the fields that the backend refused.
    pub(super) refused: Vec<String>,
}

impl Dialog {
    pub(super) fn new(subject: Subject) -> Self {
        Self {
            subject,
            answers: Answers::default(),
            photos: Vec::new(),
            choices: Choices::default(),
            stage: Stage::Form,
            at: 0,
            shows_errors: false,
            alert: None,
            refused: Vec::new(),
        }
    }

    /// Returns the kind of action, or None for a dialog that is not about an action.
    pub(super) fn kind(&self) -> Option<&ActionKind> {
        match &self.subject {
            Subject::Action { kind, .. } => Some(kind),
            Subject::Reply(_) | Subject::Rating(_) | Subject::Label(_) => None,
        }
    }

    /// Returns the action in the current order, or None if it is not there.
    pub(super) fn action<'a>(&self, context: &Context<'a>) -> Option<&'a Action> {
        let Subject::Action { kind, shipment } = &self.subject else { return None };
        context.order.actions.iter().find(|action| action.kind == *kind && action.shipment_id == *shipment)
    }

    pub(super) fn shipment<'a>(&self, context: &Context<'a>) -> Option<&'a Shipment> {
        let Subject::Action { shipment: Some(id), .. } = &self.subject else { return None };
        context.order.shipments.iter().find(|shipment| shipment.id == *id)
    }

    /// Returns true if the dialog can be filled in now.
    pub(super) fn open(&self, context: &Context<'_>) -> bool {
        match &self.subject {
            Subject::Action { .. } => self.action(context).is_some_and(|action| action.state == ActionState::Available),
            Subject::Reply(id) | Subject::Rating(id) => context.order.cases.iter().any(|case| case.id == *id),
            Subject::Label(_) => false,
        }
    }

    /// Returns the steps for the answers so far.
    pub(super) fn steps(&self, context: &Context<'_>) -> Vec<Step> {
        let most = context.order.limits.as_ref().and_then(|limits| limits.evidence_max_files).unwrap_or(PHOTOS);
        let mut form = Form {
            answers: &self.answers,
            photos: &self.photos,
            most_photos: usize::try_from(most).unwrap_or_default(),
            steps: Vec::new(),
        };
        let about = self.action(context).map(|action| {
            let shipment = self.shipment(context);
            About { context, action, shipment, choices: &self.choices }
        });
        ask(&self.subject, &mut form, about.as_ref());
        form.steps
    }

    pub(super) fn handle(&mut self, msg: Msg, context: &Context<'_>, next: &mut Ticket, reply: &mut Reply) {
        match msg {
            Msg::Filled { name, value } => self.filled(&name, value),
            Msg::Forward => self.forward(context, next, reply),
            Msg::Back => self.back(reply),
            Msg::Reload => self.reload(),
            Msg::PhotosPicked(photos) => self.photos_picked(photos, context, reply),
            Msg::PhotoRemoved(id) => {
                self.photos.retain(|photo| photo.id != id);
                reply.push(Effect::Drop(id));
            }
            // `Dialogs` handles these inputs itself.
            Msg::Opened(_)
            | Msg::Resumed
            | Msg::Closed
            | Msg::Answered(..)
            | Msg::PhotoSending(_)
            | Msg::PhotoUnsendable(_)
            | Msg::PhotoUnreadable(_)
            | Msg::PhotoAnswered(..)
            | Msg::TryAgain
            | Msg::Keep(_)
            | Msg::KeepFailed => {}
        }
    }

    fn filled(&mut self, name: &str, value: String) {
        self.refused.retain(|refused| refused != name);
        self.answers.set(name, value);
    }

    fn forward(&mut self, context: &Context<'_>, next: &mut Ticket, reply: &mut Reply) {
        if !matches!(self.stage, Stage::Form) || !self.open(context) {
            return;
        }
        let steps = self.steps(context);
        self.alert = None;
        self.shows_errors = steps.get(self.at).is_some_and(|step| step.blocks.iter().any(|block| block.error().is_some()));
        if self.shows_errors {
            return reply.push(Effect::FocusError);
        }
        if self.at + 1 < steps.len() {
            self.at += 1;
            reply.push(Effect::Show);
            self.report(Phase::Step, steps.get(self.at).map_or("", |step| step.id), reply);
        } else {
            let request = self.request(&steps, context);
            let submission = Submission::new(request, next, reply);
            self.stage = Stage::Sending(submission);
            reply.push(Effect::Show);
        }
    }

    fn request(&self, steps: &[Step], context: &Context<'_>) -> Request {
        match &self.subject {
            Subject::Reply(case) => message(case, &self.answers, &self.photos, context),
            Subject::Rating(case) => rating(case, &self.answers, context),
            Subject::Action { .. } | Subject::Label(_) => request(&self.filled_in(steps, context), context),
        }
    }

    fn filled_in<'a>(&'a self, steps: &'a [Step], context: &Context<'a>) -> Filled<'a> {
        Filled { subject: &self.subject, answers: &self.answers, photos: &self.photos, steps, action: self.action(context) }
    }

    fn back(&mut self, reply: &mut Reply) {
        self.alert = None;
        self.shows_errors = false;
        self.at = self.at.saturating_sub(1);
        reply.push(Effect::Show);
    }

    fn reload(&mut self) {
        self.choices = Choices::default();
    }

    /// Requests the choices that the current step shows and that are not loaded.
    pub(super) fn load(&mut self, context: &Context<'_>, next: &mut Ticket, reply: &mut Reply) {
        if !matches!(self.stage, Stage::Form) || !self.open(context) {
            return;
        }
        let steps = self.steps(context);
        let step = steps.get(self.at.min(steps.len().saturating_sub(1)));
        let mut send = |request| {
            *next = next.wrapping_add(1);
            reply.push(Effect::Send(*next, request));
            *next
        };
        let path = |end| {
            let id = self.shipment(context).map_or("", |shipment| &shipment.id);
            context.access.below(&concat(&["/shipments/", &crate::client::segment(id), end]))
        };
        if step.is_some_and(|step| step.id == "method") {
            let wanted = quote(&self.filled_in(&steps, context), context);
            if self.choices.quoted.as_ref() != Some(&wanted) || self.choices.quote == Load::Idle {
                self.choices.quote = Load::Waiting(send(wanted.clone()));
                self.choices.quoted = Some(wanted);
            }
        } else if self.kind() == Some(&ActionKind::Reschedule) && self.choices.slots == Load::Idle {
            self.choices.slots = Load::Waiting(send(path("/slots")));
        } else if self.kind() == Some(&ActionKind::RedirectToPickup) && self.choices.points == Load::Idle {
            self.choices.points = Load::Waiting(send(path("/pickup-points")));
        }
    }

    /// Handles a response. Returns true if its ticket belongs to this dialog.
    pub(super) fn answered(
        &mut self,
        ticket: Ticket,
        answer: &Result<Response, Unreachable>,
        context: &Context<'_>,
        reply: &mut Reply,
    ) -> bool {
        let choices = &mut self.choices;
        if choices.slots == Load::Waiting(ticket) {
            choices.slots = loaded(answer);
        } else if choices.points == Load::Waiting(ticket) {
            choices.points = loaded(answer);
        } else if choices.quote == Load::Waiting(ticket) {
            choices.quote = loaded(answer);
        } else if let Stage::Sending(submission) = &mut self.stage {
            if submission.ticket != ticket {
                return false;
            }
            let verdict = submission.verdict(answer, context, reply);
            self.apply_verdict(verdict, context, reply);
        } else {
            return false;
        }
        true
    }

    fn apply_verdict(&mut self, verdict: Verdict, context: &Context<'_>, reply: &mut Reply) {
        match verdict {
            Verdict::Waits => return,
            Verdict::Accepted(case) => {
                self.stage = Stage::Done(case);
                reply.ask = true;
                self.report(Phase::Submitted, "", reply);
            }
            Verdict::Refused { code, alert, fields, slots } => {
                self.stage = Stage::Form;
                self.alert = Some(alert);
                self.refused = fields;
                if code == "slot-taken" {
                    self.answers.set("slot_id", String::new());
                    self.choices.slots = slots.map_or(Load::Idle, Load::Ready);
                }
                let field = self.go_to_refused(context);
                self.report(Phase::Failed, &code, reply);
                reply.push(Effect::Show);
                if field {
                    reply.push(Effect::FocusError);
                }
                return;
            }
        }
        reply.push(Effect::Show);
    }

    /// Goes back to the step of the first refused field. Returns false if no step has a refused field.
    fn go_to_refused(&mut self, context: &Context<'_>) -> bool {
        let steps = self.steps(context);
        let refused = |block: &Block| block.name().is_some_and(|name| self.refused.iter().any(|refused| refused == name));
        let found = steps.iter().position(|step| step.blocks.iter().any(refused));
        if let Some(at) = found {
            self.at = at;
            self.shows_errors = true;
        }
        found.is_some()
    }

    /// Sends a waiting submission again.
    pub(super) fn try_again(&mut self, reply: &mut Reply) {
        if let Stage::Sending(submission) = &mut self.stage {
            submission.again(reply);
        }
    }

    fn photos_picked(&mut self, photos: Vec<(u32, String)>, context: &Context<'_>, reply: &mut Reply) {
        let limits = context.order.limits.as_ref();
        let most = limits.and_then(|limits| limits.evidence_max_files).unwrap_or(PHOTOS);
        let max_original_bytes = limits.and_then(|limits| limits.evidence_max_bytes).unwrap_or(ORIGINAL_BYTES);
        let max_bytes = max_original_bytes.min(PHOTO_BYTES);
        for (id, name) in photos {
            if self.photos.len() >= usize::try_from(most).unwrap_or_default() {
                reply.push(Effect::Drop(id));
                continue;
            }
            self.photos.push(Photo { id, name, state: PhotoState::Waiting });
            let request = super::body::evidence(id, context);
            reply.push(Effect::Upload { photo: id, request, max_bytes, max_original_bytes });
        }
    }

    /// Sets the state of a photo. Does nothing if the photo belongs to another dialog.
    pub(super) fn photo(&mut self, id: u32, state: PhotoState) {
        if let Some(photo) = self.photos.iter_mut().find(|photo| photo.id == id) {
            photo.state = state;
        }
    }

    pub(super) fn report(&self, phase: Phase, detail: &str, reply: &mut Reply) {
        if let Some(kind) = self.kind() {
            reply.events.push(Progress { kind: kind.clone(), phase, detail: detail.to_owned() });
        }
    }
}
