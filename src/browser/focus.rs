//! The focus inside the shadow root.

use doorstep_core::screen::Focus;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, window};

/// Moves the focus once the view has caught up.
pub(crate) fn move_to(root: &HtmlElement, target: Focus) {
    let (root, selector) = (
        root.clone(),
        match target {
            Focus::Headline => "[data-focus=headline]",
            Focus::LookupNumber => "[name=number]",
            Focus::LookupProof => "[name=proof]",
        },
    );
    Timeout::new(0, move || {
        if let Some(element) = find(&root, selector) {
            let _ = element.focus();
        }
    })
    .forget();
}

/// Selects a tracking number, so that it can be copied by hand.
pub(crate) fn select_number(root: &HtmlElement, parcel: &str) {
    let numbers = root.query_selector_all("[data-number]").ok();
    let mut nodes = numbers.iter().flat_map(|list| (0..list.length()).filter_map(|row| list.get(row)));
    let number = nodes.find(|node| {
        node.dyn_ref::<HtmlElement>().and_then(|element| element.get_attribute("data-number")).as_deref() == Some(parcel)
    });
    let selection = window().and_then(|window| window.get_selection().ok().flatten());
    if let (Some(number), Some(selection)) = (number, selection) {
        let _ = selection.select_all_children(&number);
    }
}

fn find(root: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
