//! The widget: Leptos and the browser, no decisions. JavaScript mounts it into a node of a shadow root and keeps the [`Handle`].
//!
//! `element` is one mounted widget, `tracker` runs the pure core in it, `browser` holds what only a browser can do, `text` turns
//! phrases into words, `view` draws the screen, `request` opens the second chunk, `errand`
//! does what only its dialogs lead to.

mod browser;
mod element;
mod errand;
mod request;
mod text;
mod tracker;
mod view;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use element::Mounted;

/// Allocates the memory of both chunks. The standard library's allocator would cost every shopper two kilobytes more.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A mounted widget; freeing it removes it and everything that it started.
#[wasm_bindgen]
pub struct Handle {
    mounted: Option<Mounted>,
}

/// Puts a widget into a node; `config` is the loader's `MountConfig`.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, config: &JsValue) -> Handle {
    Handle { mounted: Some(Mounted::new(root, config)) }
}

#[wasm_bindgen]
impl Handle {
    /// Takes over the options that `config` has; what it leaves out stays as it is.
    pub fn update(&self, config: &JsValue) {
        if let Some(mounted) = &self.mounted {
            mounted.update(config);
        }
    }

    /// Asks for the newest state now.
    pub fn refresh(&self) {
        if let Some(mounted) = &self.mounted {
            mounted.refresh();
        }
    }

    /// Takes what became of an errand of the second chunk.
    pub fn told(&self, photo: u32, told: &JsValue) {
        if let Some(mounted) = &self.mounted {
            mounted.told(photo, told);
        }
    }

    /// Removes the widget; a second call does nothing.
    pub fn unmount(&mut self) {
        self.mounted = None;
    }
}
