//! Moves the focus and the selection inside the shadow root.

use doorstep_contract::concat;
use doorstep_core::screen::Focus;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, window};

/// Moves the focus after the view has been redrawn.
pub(crate) fn move_to(root: &HtmlElement, target: Focus) {
    let root = root.clone();
    Timeout::new(0, move || {
        let element = match target {
            Focus::Headline => find(&root, "[data-focus=headline]"),
            Focus::LookupNumber => find(&root, "[name=number]"),
            Focus::LookupProof => find(&root, "[name=proof]"),
            Focus::Row { parcel, row } => marked(&root, "data-rows", &parcel).and_then(|rows| {
                let rows = rows.query_selector_all("li[tabindex]").ok()?;
                rows.get(u32::try_from(row).ok()?)?.dyn_into().ok()
            }),
        };
        if let Some(element) = element {
            let _ = element.focus();
        }
    })
    .forget();
}

/// Selects the tracking number of a parcel, so that the shopper can copy it by hand.
pub(crate) fn select_number(root: &HtmlElement, parcel: &str) {
    let number = marked(root, "data-number", parcel);
    let selection = window().and_then(|window| window.get_selection().ok().flatten());
    if let (Some(number), Some(selection)) = (number, selection) {
        let _ = selection.select_all_children(&number);
    }
}

/// Returns the element whose attribute `mark` is the parcel's id. The id may contain any characters, so it is not used in a
/// selector.
fn marked(root: &HtmlElement, mark: &str, parcel: &str) -> Option<HtmlElement> {
    let all = root.query_selector_all(&concat(&["[", mark, "]"])).ok()?;
    let mut elements = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
    elements.find(|element| element.get_attribute(mark).as_deref() == Some(parcel))
}

fn find(root: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
