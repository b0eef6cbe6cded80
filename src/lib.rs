//! What JavaScript may call: mount, update, refresh, unmount. A stand-in that shows one paragraph.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::{AnyView, AnyViewState, IntoAny};
use wasm_bindgen::prelude::*;

/// One mounted widget.
#[wasm_bindgen]
pub struct Handle {
    mounted: Option<UnmountHandle<AnyViewState>>,
    order: RwSignal<String>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the options that changed.
    pub fn update(&self, config: &JsValue) {
        if let Some(order) = text(config, "order") {
            self.order.set(order);
        }
    }

    /// Asks for the order again.
    pub fn refresh(&self) {}

    /// Removes the view and everything it started.
    pub fn unmount(&mut self) {
        self.mounted = None;
    }
}

/// Mounts the widget into `root`.
#[wasm_bindgen]
pub fn mount(root: web_sys::HtmlElement, config: &JsValue) -> Handle {
    let order = RwSignal::new(text(config, "order").unwrap_or_default());
    let mounted = mount_to(root, move || -> AnyView {
        view! { <p class="">{move || order.get()}</p> }.into_any()
    });
    if let Some(state) = js_sys::Reflect::get(config, &"state".into())
        .ok()
        .and_then(|state| state.dyn_into::<js_sys::Function>().ok())
    {
        let _ = state.call1(&JsValue::UNDEFINED, &"shown".into());
    }
    Handle {
        mounted: Some(mounted),
        order,
    }
}

fn text(config: &JsValue, name: &str) -> Option<String> {
    js_sys::Reflect::get(config, &name.into())
        .ok()
        .and_then(|value| value.as_string())
}
