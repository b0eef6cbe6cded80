//! Access to functions of the browser, one file for each. No decisions are made here. Called by the tracker, the views and
//! `i18n`.

pub(crate) mod clock;
pub(crate) mod fetch;
pub(crate) mod json;
pub(crate) mod listener;
pub(crate) mod object;
pub(crate) mod page;
pub(crate) mod page_effects;
pub(crate) mod stream;
pub(crate) mod task;
pub(crate) mod timers;
