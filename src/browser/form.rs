//! Reads forms.

use doorstep_contract::concat;
use std::any::Any;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlFormElement, HtmlInputElement};

/// Returns the value of a field of the submitted form, or an empty text if the form has no field of this name.
pub(crate) fn field(event: &dyn Any, name: &str) -> String {
    let form = event.downcast_ref::<Event>().and_then(|event| event.current_target());
    let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let field = form.and_then(|form| form.query_selector(&concat(&["[name=", name, "]"])).ok().flatten());
    field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()).map(|field| field.value()).unwrap_or_default()
}
