//! Moves the focus inside the shadow root, copies tracking numbers and reads forms, by functions of the loader
//! (`embed/page-effects.ts`).

use std::any::Any;

use doorstep_core::screen::Focus;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlElement};

use super::{object, task};

/// Functions of the loader for the focus, the clipboard and forms.
#[derive(Clone)]
pub(crate) struct PageEffects {
    focus: JsValue,
    copy: JsValue,
    field_of: JsValue,
}

impl PageEffects {
    /// Takes the functions from the loader's `MountConfig`.
    pub(crate) fn new(config: &JsValue) -> Self {
        let function = |name| object::field(config, name).unwrap_or_default();
        Self { focus: function("focus"), copy: function("copy"), field_of: function("fieldOf") }
    }

    /// Moves the focus after the view has been redrawn.
    pub(crate) fn focus(&self, root: &HtmlElement, target: Focus) {
        let (selector, parcel, row) = match target {
            Focus::Headline => ("[data-focus=headline]", JsValue::UNDEFINED, 0),
            Focus::LookupNumber => ("[name=number]", JsValue::UNDEFINED, 0),
            Focus::LookupProof => ("[name=proof]", JsValue::UNDEFINED, 0),
            Focus::Row { parcel, row } => ("data-rows", parcel.into(), row),
        };
        #[expect(clippy::cast_precision_loss, reason = "no timeline has 2^53 rows")]
        object::call(&self.focus, &[root.into(), selector.into(), parcel, (row as f64).into()]);
    }

    /// Returns the value of a field of a submitted form, or an empty text if the form has no field of this name.
    pub(crate) fn field(&self, submit: &dyn Any, name: &str) -> String {
        let value = submit.downcast_ref::<Event>().and_then(|event| object::call(&self.field_of, &[event.into(), name.into()]));
        value.and_then(|value| value.as_string()).unwrap_or_default()
    }

    /// Copies a parcel's tracking number to the clipboard, then calls `then`: with false if it was only selected.
    pub(crate) fn copy(&self, root: &HtmlElement, text: &str, parcel: &str, then: impl FnOnce(bool) + 'static) {
        let copied = object::call(&self.copy, &[root.into(), text.into(), parcel.into()]).unwrap_or_default();
        task::spawn(async move { then(JsFuture::from(Promise::resolve(&copied)).await.is_ok_and(|copied| copied.is_truthy())) });
    }
}
