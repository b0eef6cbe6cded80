//! Copies text to the clipboard. Called by the tracker for the copy button of a tracking number.

use wasm_bindgen_futures::JsFuture;
use web_sys::window;

use super::{object, task};

/// Copies a text to the clipboard, then calls `then`: with true if the text was copied, otherwise with false. Insecure pages have
/// no clipboard, and the shopper may deny access to it.
pub(crate) fn copy(text: String, then: impl FnOnce(bool) + 'static) {
    let clipboard = window().map(|window| window.navigator()).filter(|navigator| object::field(navigator, "clipboard").is_some());
    let Some(written) = clipboard.map(|navigator| navigator.clipboard().write_text(&text)) else {
        return then(false);
    };
    task::spawn(async move { then(JsFuture::from(written).await.is_ok()) });
}
