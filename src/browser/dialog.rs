//! The native dialog: it keeps the focus inside while it is open, and gives it back when it closes.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

/// Opens the dialog once the view has drawn it, and moves the focus to its heading.
pub(crate) fn show(root: &HtmlElement) {
    later(root, |dialog| {
        if !dialog.open() {
            let _ = dialog.show_modal();
        }
        dialog.set_scroll_top(0);
        focus(dialog, "h2");
    });
}

/// Closes the dialog; the browser moves the focus back to what opened it.
pub(crate) fn hide(root: &HtmlElement) {
    if let Some(dialog) = find(root) {
        dialog.close();
    }
}

/// Moves the focus to the first control that wants correction.
pub(crate) fn focus_error(root: &HtmlElement) {
    later(root, |dialog| focus(dialog, "[aria-invalid=true], [data-invalid] :is(input:enabled, select)"));
}

fn later(root: &HtmlElement, then: fn(&HtmlDialogElement)) {
    let root = root.clone();
    Timeout::new(0, move || {
        if let Some(dialog) = find(&root) {
            then(&dialog);
        }
    })
    .forget();
}

fn find(root: &HtmlElement) -> Option<HtmlDialogElement> {
    root.query_selector("dialog").ok().flatten()?.dyn_into().ok()
}

fn focus(dialog: &HtmlDialogElement, selector: &str) {
    let found = dialog.query_selector(selector).ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = found {
        let _ = element.focus();
    }
}
