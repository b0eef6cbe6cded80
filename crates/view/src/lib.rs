//! Draws the screen as a tree of elements, one file for each visible section. The widget brings the tree into the page; a server
//! renders it for the first page.
//!
//! A view receives its data and a [`View`] with the texts and the callbacks; it never sends a request, sets a timer or uses the
//! window. The whole tree is drawn again whenever the screen changes. The dialog of self-service is in the widget's
//! second chunk (`src/self_service_views`). The cards are here, because the first page has them, but only the second chunk calls them.
//!
//! `dom` has the element builders, `text` and `tone` add to them, `context` has what every view receives, and `root` puts the
//! sections together.

mod actions;
mod cards;
mod context;
mod controls;
pub mod dom;
pub mod encode;
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
mod place;
mod promise;
mod root;
mod text;
mod timeline;
mod tone;

pub use cards::cards;
pub use context::{Callbacks, Presentation, SECTIONS, Sections, SelfServiceViews, Texts, View, sections};
pub use controls::message_button;
pub use icon::{Icon, icon, of_tone};
pub use items::items;
pub use link::external_link;
pub use place::proof;
pub use root::root;
pub use text::joined;
