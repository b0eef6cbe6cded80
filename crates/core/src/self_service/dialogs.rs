//! Implements [`SelfService`]: holds all dialogs of one page with their answers, and the subject of the open dialog.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::dialog::{Dialog, Stage};
use super::interface::Answer;
use super::page::{PDF, page};
use super::photo::{PhotoState, photo_state};
use super::reminder::reminder;
use super::{Context, Effect, Keep, Msg, Phase, Reply, SelfService, Subject, Ticket};
use crate::client::segment;
use crate::message::request_keys as keys;
use doorstep_contract::{Lenient, Order, Value, concat};

/// Creates the self-service state of a page, without dialogs.
pub fn self_service() -> Box<dyn SelfService> {
    Box::<Dialogs>::default()
}

/// State of all dialogs of one page.
#[derive(Default)]
pub(super) struct Dialogs {
    dialogs: Vec<Dialog>,
    /// Subject of the open dialog.
    open: Option<Subject>,
    next: Ticket,
    /// True if a file could not be fetched.
    keep_failed: bool,
    /// The complete order, and the body that it was read from.
    read: RefCell<Option<(Rc<Value>, Rc<Order>)>>,
}

impl Dialogs {
    /// Returns the complete order, or None if the document cannot be read. Each body is read once.
    fn order(&self, context: &Context<'_>) -> Option<Rc<Order>> {
        let read = &mut *self.read.borrow_mut();
        let body = &context.document.body;
        if let Some((known, order)) = read
            && Rc::ptr_eq(known, body)
        {
            return Some(Rc::clone(order));
        }
        let order = Rc::new(Order::read(context.document.json())?);
        *read = Some((Rc::clone(body), Rc::clone(&order)));
        Some(order)
    }

    /// Returns the open dialog.
    fn shown(&self) -> Option<&Dialog> {
        let open = self.open.as_ref()?;
        self.dialogs.iter().find(|dialog| dialog.subject == *open)
    }

    fn open(&mut self, subject: Subject, reply: &mut Reply) {
        self.leave(reply);
        self.keep_failed = false;
        let known = self.dialogs.iter_mut().find(|dialog| dialog.subject == subject);
        match known {
            Some(dialog) => {
                // The cause of the alert may be gone. If not, the next submission shows an alert again.
                dialog.alert = None;
                dialog.report(Phase::Started, "", reply);
            }
            None => {
                let dialog = Dialog::new(subject.clone());
                dialog.report(Phase::Started, "", reply);
                self.dialogs.push(dialog);
            }
        }
        self.open = Some(subject);
        reply.push(Effect::Show);
    }

    /// Closes the open dialog. Its answers are kept, unless its submission was accepted.
    fn leave(&mut self, reply: &mut Reply) {
        let Some(open) = self.open.take() else { return };
        if let Some(dialog) = self.dialogs.iter().find(|dialog| dialog.subject == open)
            && matches!(dialog.stage, Stage::Form)
        {
            dialog.report(Phase::Abandoned, "", reply);
        }
        self.dialogs.retain(|dialog| dialog.subject != open || !matches!(dialog.stage, Stage::Done(_)));
    }

    fn keep(&mut self, keep: &Keep, context: &Context<'_>, reply: &mut Reply) {
        self.keep_failed = false;
        let ((name, accept), path) = match keep {
            Keep::Reminder => return reminder(self.shown(), context, reply),
            Keep::Acknowledgement(case) => {
                (("acknowledgement.txt", "text/plain"), concat(&["/cases/", &segment(case), "/acknowledgement"]))
            }
            Keep::Label(id) => (label_file(id, context), concat(&["/returns/", &segment(id), "/label"])),
        };
        let mut request = context.access.below(&path);
        request.headers.retain(|(name, _)| *name != "Accept");
        request.headers.push(("Accept", accept.to_owned()));
        reply.push(Effect::Fetch { name: name.to_owned(), request });
    }

    fn answered(&mut self, ticket: Ticket, answer: &Answer, context: &Context<'_>, reply: &mut Reply) {
        let open = self.open.as_ref();
        for dialog in &mut self.dialogs {
            if dialog.answered(ticket, answer, context, reply) {
                // A response for a closed dialog does not move the focus.
                if open != Some(&dialog.subject) {
                    reply.effects.retain(|effect| *effect != Effect::Show);
                }
                break;
            }
        }
        // A closed dialog with an accepted submission is removed, because the card of its case shows the result.
        let is_closed_and_done = |dialog: &Dialog| open != Some(&dialog.subject) && matches!(dialog.stage, Stage::Done(_));
        if self.dialogs.iter().any(is_closed_and_done) {
            self.dialogs.retain(|dialog| !is_closed_and_done(dialog));
            reply.announcement = Some(keys::TAKEN_IN.into());
        }
    }

    fn photo(&mut self, id: u32, state: &PhotoState) {
        for dialog in &mut self.dialogs {
            dialog.photo(id, state.clone());
        }
    }
}

/// Returns the file name and the media type of a label: the first of PDF, PNG and SVG that the backend offers. Returns PDF if
/// none of them is offered.
fn label_file(id: &str, context: &Context<'_>) -> (&'static str, &'static str) {
    let label = context.order.returns.iter().find(|returned| returned.id == id).and_then(|returned| returned.label.as_ref());
    let offered = |known: &str| label.is_some_and(|label| label.formats.iter().any(|format| format == known));
    let files = [("label.pdf", PDF), ("label.png", "image/png"), ("label.svg", "image/svg+xml")];
    files.into_iter().find(|(_, known)| offered(known)).unwrap_or(("label.pdf", PDF))
}

impl SelfService for Dialogs {
    fn handle(&mut self, msg: Msg, context: &Context<'_>, reply: &mut Reply) {
        let order = self.order(context);
        let context = &Context { order: order.as_deref().unwrap_or(context.order), ..*context };
        match msg {
            Msg::Opened(subject) => self.open(subject, reply),
            Msg::Resumed => {
                let open = self.open.as_ref();
                if let Some(dialog) = self.dialogs.iter_mut().find(|dialog| Some(&dialog.subject) == open) {
                    // The alert concerned the link that was used before the look-up.
                    dialog.alert = None;
                    reply.push(Effect::Show);
                }
            }
            Msg::Closed => {
                self.leave(reply);
                reply.push(Effect::Hide);
            }
            Msg::Answered(ticket, answer) => self.answered(ticket, &answer, context, reply),
            Msg::PhotoSending(id) => self.photo(id, &PhotoState::Sending),
            Msg::PhotoUnreadable(id) => self.photo(id, &PhotoState::Failed(keys::PHOTO_UNREADABLE.into())),
            Msg::PhotoUnsendable(id) => self.photo(id, &PhotoState::Failed(keys::PHOTO_UNSENDABLE.into())),
            Msg::PhotoAnswered(id, answer) => self.photo(id, &photo_state(&answer)),
            Msg::TryAgain => self.dialogs.iter_mut().for_each(|dialog| dialog.try_again(reply)),
            Msg::Keep(keep) => self.keep(&keep, context, reply),
            Msg::KeepFailed => self.keep_failed = true,
            msg @ (Msg::Filled { .. } | Msg::Forward | Msg::Back | Msg::Reload | Msg::PhotosPicked(_) | Msg::PhotoRemoved(_)) => {
                let open = self.open.as_ref();
                if let Some(dialog) = self.dialogs.iter_mut().find(|dialog| Some(&dialog.subject) == open) {
                    dialog.handle(msg, context, &mut self.next, reply);
                }
            }
        }
        let open = self.open.as_ref();
        if let Some(dialog) = self.dialogs.iter_mut().find(|dialog| Some(&dialog.subject) == open) {
            dialog.load(context, &mut self.next, reply);
        }
    }

    fn page(&self, context: &Context<'_>) -> Rc<dyn Any> {
        let order = self.order(context);
        Rc::new(page(self.shown(), self.keep_failed, &Context { order: order.as_deref().unwrap_or(context.order), ..*context }))
    }
}
