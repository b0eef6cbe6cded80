//! Tasks that wait for promises of the browser.

use std::pin::Pin;

use wasm_bindgen_futures::spawn_local;

/// Runs a task until it ends. All tasks have one type, the one of Leptos's own, so that the code that runs them is compiled once.
pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
    spawn_local(Box::pin(task) as Pin<Box<dyn Future<Output = ()>>>);
}
