//! Tests that every provider passes: authenticity, bodies, repetition and order, texts. The `case.rs` of each provider describes
//! the provider as a [`case::ProviderCase`]. [`cases::all`] fails if a name in [`crate::NAMES`] has no case. Tests of the
//! behaviour of a single provider are in the folder of the provider.

mod authenticity_tests;
mod body_tests;
pub(crate) mod case;
mod cases;
mod repetition_tests;
mod text_tests;
mod withdrawn_estimate_tests;
