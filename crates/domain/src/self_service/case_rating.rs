//! The shopper's rating of how a case was handled. A rating is accepted once, and only if the shopper was asked for it. Pure.

use doorstep_contract::{CaseId, CaseRating, Feedback, FieldProblem};

use super::case::change;
use crate::order::OrderAggregate;
use doorstep_contract::bounds::{NOTE, RATING};

/// Reason why a rating is not stored.
#[derive(Clone, Debug, PartialEq)]
pub enum RatingRefusal {
    /// A field of the rating is invalid.
    Invalid(FieldProblem),
    /// The shopper was not asked for a rating, or has given it already.
    NotAsked,
}

/// Stores the shopper's rating of the case with this id. On an error nothing has changed.
pub fn rate(record: &mut OrderAggregate, case_id: &CaseId, rating: &CaseRating) -> Result<(), RatingRefusal> {
    let invalid = |pointer: &str, code: &str| {
        Err(RatingRefusal::Invalid(FieldProblem { pointer: pointer.to_owned(), code: code.to_owned() }))
    };
    if !RATING.contains(&rating.rating) {
        return invalid("/rating", "out-of-range");
    }
    if rating.comment.as_ref().is_some_and(|comment| comment.chars().count() > NOTE) {
        return invalid("/comment", "too-long");
    }
    let mut asked = false;
    change(record, case_id, |case, private| {
        asked = case.feedback.as_ref().is_some_and(|feedback| feedback.asked && feedback.rating.is_none());
        if asked {
            case.feedback = Some(Feedback { asked: false, rating: Some(rating.rating) });
            private.comment.clone_from(&rating.comment);
        }
    });
    if asked { Ok(()) } else { Err(RatingRefusal::NotAsked) }
}
