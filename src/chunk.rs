//! Entry to the second chunk: the code for self-service, which is downloaded when an order needs it.
//!
//! Release builds split the WebAssembly here (`cargo xtask build`); with the feature `one-file` the code is already present. No
//! other file may name `self_service_views` or `doorstep_view::cards`: code that the first chunk calls directly becomes part of it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use doorstep_core::self_service::self_service;
use doorstep_view::SelfServiceViews;

use crate::browser_tasks;
use crate::chunk_exports::ChunkExports;
use crate::self_service_views;

/// The second chunk is not loaded.
pub(crate) struct LoadError;

/// Enters the second chunk. The loader must have loaded it into this instance: before that, the call would trap.
pub(crate) fn open() -> Result<ChunkExports, LoadError> {
    // The macro makes `enter` an async function, but there is nothing left to wait for.
    match pin!(enter()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(exports) => exports,
        Poll::Pending => Err(LoadError),
    }
}

/// Returns the functions of the second chunk. Code that only this function reaches becomes the second chunk.
#[cfg(not(feature = "one-file"))]
#[wasm_split_helpers::wasm_split(requests, fallible, wasm_split_path = crate::chunk::present)]
fn enter() -> Result<ChunkExports, LoadError> {
    Ok(exports())
}

/// Returns the functions of the second chunk, which is part of the first chunk in this build.
#[cfg(feature = "one-file")]
async fn enter() -> Result<ChunkExports, LoadError> {
    Ok(exports())
}

/// Returns the pointers into the second chunk. This function is inlined, because a separate function could become part of the
/// first chunk.
#[inline(always)]
fn exports() -> ChunkExports {
    ChunkExports {
        self_service,
        views: SelfServiceViews { dialog: self_service_views::dialog, cards: doorstep_view::cards },
        perform: browser_tasks::perform,
        pick: browser_tasks::pick,
        task_result: browser_tasks::task_result,
    }
}

/// Items that the macro calls before it enters the chunk. They replace the macro's own runtime, which would fetch the chunk, wait
/// for it and cache it, at the cost of kilobytes. Here the loader has already fetched the chunk, with the integrity check and the
/// retries that it applies to every file.
#[cfg(not(feature = "one-file"))]
mod present {
    pub(crate) use super::LoadError as SplitLoaderError;

    pub(crate) mod rt {
        use std::ffi::c_void;
        use std::future::{Ready, ready};
        use std::pin::Pin;

        pub(crate) type LoadCallbackFn = unsafe extern "C" fn(*const c_void, bool);

        /// Replaces the type by which the macro's own runtime imports the chunk. Does nothing.
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
