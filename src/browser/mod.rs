//! What only a browser can do, one file each. Nothing here decides anything.

pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod fetch;
pub(crate) mod focus;
pub(crate) mod intl;
pub(crate) mod json;
pub(crate) mod listener;
pub(crate) mod object;
pub(crate) mod page;
pub(crate) mod stream;
pub(crate) mod timers;
