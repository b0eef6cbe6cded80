//! Types by which the first chunk uses the second: pointers to functions, and their arguments. This file has no code, so that the
//! first chunk contains no code of the second chunk. `chunk` fills in the pointers, and the tracker calls them.

use doorstep_core::client::{Request, Response, Unreachable};
use doorstep_core::screen::{Generation, Msg};
use doorstep_core::self_service::{Effect, NewSelfService};
use wasm_bindgen::JsValue;
use web_sys::{Event, HtmlElement};

use doorstep_view::SelfServiceViews;

/// Functions of the second chunk, as pointers, so that only the chunk contains their code.
#[derive(Clone, Copy)]
pub(crate) struct ChunkExports {
    /// Creates the state of self-service that the core keeps.
    pub(crate) self_service: NewSelfService,
    /// Functions that draw the dialog and the cards.
    pub(crate) views: SelfServiceViews,
    /// Performs an effect of self-service.
    pub(crate) perform: fn(&BrowserTasks<'_>, Effect),
    /// Takes the files that the shopper picked.
    pub(crate) pick: fn(&BrowserTasks<'_>, &Event),
    /// Reports the progress or the result of a browser task.
    pub(crate) task_result: fn(&BrowserTasks<'_>, u32, &JsValue),
}

/// Makes an input of the core from the response to an HTTP request.
pub(crate) type Answered = fn(Generation, Result<Response, Unreachable>) -> Msg;

/// The widget for which a browser task is performed, and the loader's browser tasks.
pub(crate) struct BrowserTasks<'a> {
    /// Sends an input to the core.
    pub(crate) send: &'a dyn Fn(Msg),
    /// Sends an HTTP request; the response becomes an input of the core.
    pub(crate) ask: &'a dyn Fn(Generation, &Request, Answered),
    /// Root of the widget in the page.
    pub(crate) root: &'a HtmlElement,
    /// The loader's browser tasks (`embed/browser-tasks.ts`).
    pub(crate) runner: &'a JsValue,
}
