//! Tests that every provider passes: authenticity, bodies, repetition and order, texts. Each provider describes itself in its
//! `case.rs`, a [`case::ProviderCase`]; [`cases::all`] fails for a name of [`crate::NAMES`] without one. Tests of the behaviour
//! of a single provider are in its folder.

mod authenticity_tests;
mod body_tests;
pub(crate) mod case;
mod cases;
mod repetition_tests;
mod text_tests;
mod withdrawn_estimate_tests;
