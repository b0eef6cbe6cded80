//! Draws the screen, one file for each visible section. Called by `element`, which mounts [`root()`], and by `chunk`, which takes
//! pointers to `self_service`.
//!
//! A view receives its data and a [`context::View`] with the texts and the callbacks; it never fetches, sets a timer or uses the
//! window. The whole view is redrawn whenever the screen changes, and the DOM is patched in place, so that elements keep their
//! focus and their open disclosures.
//!
//! `dom` has the element builders, `text` and `tone` add to them, `patch` brings a drawn tree into the page, `context` has what
//! every view receives, and `root` puts the sections together.

mod actions;
mod context;
mod dom;
mod failure;
mod headline;
mod icon;
mod items;
mod link;
mod lookup;
mod milestones;
mod notice;
mod order;
mod parcel;
mod patch;
mod place;
mod promise;
mod root;
pub(crate) mod self_service;
mod text;
mod timeline;
mod tone;

pub(crate) use context::{Callbacks, Presentation, SelfServiceViews};
pub(crate) use root::root;
