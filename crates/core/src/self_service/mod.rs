//! Self-service: the forms of the actions, the checks on the answers, and the HTTP requests that submit them.
//!
//! A [`SelfService`] holds every dialog of one page. It belongs to the second chunk; the first chunk knows only the types of
//! `interface` and creates one through the function pointer [`NewSelfService`]. A flow in `flows/` declares the questions of one
//! action. `block` defines the parts of a form and checks the answers, `dialog` tracks the steps and the submission, `dialogs`
//! holds all dialogs of a page, `body` writes the JSON body, `labels` has the names of the contract's enum values, `page` and
//! `cards` compute the view data. The shell performs the effects.

mod answers;
mod block;
mod body;
mod cards;
mod choices;
mod dialog;
mod dialogs;
mod flows;
mod form;
mod interface;
mod labels;
mod page;
mod photo;
mod reminder;
mod submission;

pub use block::{Block, Choice, Field, FieldKind, LineRow, Lines, Options, PhotoRow, Photos, SupportChannel};
pub use cards::{Cards, CaseCard, EntryRow, RefundCard, ReturnCard};
pub use dialogs::self_service;
pub use interface::{Context, Effect, Keep, Msg, NewSelfService, Phase, Progress, Reply, SelfService, Subject, Ticket};
pub use page::{Drawn, Forward, Page, Sheet};

#[cfg(test)]
mod submission_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
