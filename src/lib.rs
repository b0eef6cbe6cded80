//! The widget's shell: Leptos and access to the browser, without decisions. JavaScript mounts it into a node of a shadow root and
//! keeps the [`Handle`].
//!
//! - `element` is one mounted widget, and `tracker` runs the pure core in it.
//! - `patch` brings the tree that `crates/view` draws into the page, and `i18n` turns messages into texts.
//! - `host` reports to the loader and the host page, and `browser` provides functions of the browser.
//! - `chunk` enters the second chunk, and `chunk_exports` has the types of its functions.
//! - `self_service_views` draws self-service, and `browser_tasks` performs its effects. Both are in the second chunk.

mod browser;
mod browser_tasks;
mod chunk;
mod chunk_exports;
mod element;
mod frame;
mod host;
mod i18n;
mod patch;
mod self_service_views;
mod tracker;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use element::Mounted;

/// Allocator for the memory of both chunks. The standard library's allocator would add two kilobytes to every shopper's download.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A mounted widget; freeing it removes the widget and everything that it started.
#[wasm_bindgen]
pub struct Handle {
    mounted: Option<Mounted>,
}

/// Mounts a widget into a node; `config` is the loader's `MountConfig`. The widget runs after the calls of [`Handle::step`].
#[wasm_bindgen]
pub fn mount(root: HtmlElement, config: &JsValue) -> Handle {
    Handle { mounted: Some(Mounted::new(root, config)) }
}

#[wasm_bindgen]
impl Handle {
    /// Does the next part of the start, which is divided so that no task of the page is long. Returns false if the view is not drawn
    /// yet, true if it is drawn, and None once the widget runs.
    pub fn step(&self) -> Option<bool> {
        self.mounted.as_ref().and_then(Mounted::step)
    }

    /// Applies the options and the texts of `config`, and the second chunk if `config` reports about it.
    pub fn update(&self, config: &JsValue) {
        if let Some(mounted) = &self.mounted {
            mounted.update(config);
        }
    }

    /// Requests the current state from the backend now.
    pub fn refresh(&self) {
        if let Some(mounted) = &self.mounted {
            mounted.refresh();
        }
    }

    /// Reports the progress or the result of a browser task of the second chunk.
    #[wasm_bindgen(js_name = taskResult)]
    pub fn task_result(&self, photo: u32, result: &JsValue) {
        if let Some(mounted) = &self.mounted {
            mounted.task_result(photo, result);
        }
    }

    /// Removes the widget; a second call does nothing.
    pub fn unmount(&mut self) {
        self.mounted = None;
    }
}
