//! The door to the second chunk: what shoppers can ask for is drawn by code that is fetched when an order needs it.
//!
//! Releases are split here (`cargo xtask build`); with the feature `one-file` the same function hands out what is there already. Nothing
//! but this file may name `view::request`: what the first chunk calls by itself becomes part of it.

use std::any::Any;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use doorstep_core::request::{Effect, NewDesk, desk};
use wasm_bindgen::JsValue;
use web_sys::Event;

use crate::errand::{self, Errand};
use crate::view::{Node, View, request};

/// What the second chunk brings: functions by pointer, so that only the chunk contains them.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    /// Makes the desk that the core keeps.
    pub(crate) desk: NewDesk,
    /// Draws the dialog.
    pub(crate) dialog: fn(&View, &dyn Any) -> Node,
    /// Draws the cards.
    pub(crate) cards: fn(&View, &dyn Any) -> Node,
    /// Does what a dialog leads to.
    pub(crate) perform: fn(&Errand<'_>, Effect),
    /// Takes the files that were picked.
    pub(crate) pick: fn(&Errand<'_>, &Event),
    /// Takes what became of an errand.
    pub(crate) told: fn(&Errand<'_>, u32, &JsValue),
}

/// The second chunk is not here.
pub(crate) struct LoadError;

/// Enters the second chunk, which the loader has brought into this instance: before that, the call would trap.
pub(crate) fn open() -> Result<Room, LoadError> {
    // The macro makes an async function of it; there is nothing left to wait for.
    match pin!(enter()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(room) => room,
        Poll::Pending => Err(LoadError),
    }
}

/// Everything that only this function reaches becomes the second chunk.
#[cfg(not(feature = "one-file"))]
#[wasm_split_helpers::wasm_split(requests, fallible, wasm_split_path = crate::request::present)]
fn enter() -> Result<Room, LoadError> {
    Ok(room())
}

/// The second chunk is part of the first.
#[cfg(feature = "one-file")]
async fn enter() -> Result<Room, LoadError> {
    Ok(room())
}

/// The pointers into the chunk; inlined, because a function of its own could be shared with the first chunk.
#[inline(always)]
fn room() -> Room {
    Room {
        desk,
        dialog: request::dialog,
        cards: request::cards,
        perform: errand::perform,
        pick: errand::pick,
        told: errand::told,
    }
}

/// What the macro calls before it enters the chunk. Its own runtime would fetch, wait and remember, for kilobytes; here the loader has done
/// that by then, with the integrity and the patience that it has for every file.
#[cfg(not(feature = "one-file"))]
mod present {
    pub(crate) use super::LoadError as SplitLoaderError;

    pub(crate) mod rt {
        use std::ffi::c_void;
        use std::future::{Ready, ready};
        use std::pin::Pin;

        pub(crate) type LoadCallbackFn = unsafe extern "C" fn(*const c_void, bool);

        /// Would hold the import that loads.
        pub(crate) struct LazySplitLoader;

        impl LazySplitLoader {
            pub(crate) const fn new(_load: unsafe extern "C" fn(LoadCallbackFn, *const c_void)) -> Self {
                Self
            }
        }

        pub(crate) fn ensure_loaded(_loader: Pin<&LazySplitLoader>) -> Ready<Result<(), super::SplitLoaderError>> {
            ready(Ok(()))
        }
    }
}
