//! Tasks that wait for promises of the browser.

use std::pin::Pin;

use wasm_bindgen_futures::spawn_local;

/// Runs a task until it ends. Every task has the same type as the tasks of Leptos, so that the code that runs them is compiled
/// once.
pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
    spawn_local(Box::pin(task) as Pin<Box<dyn Future<Output = ()>>>);
}
