//! The clipboard.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::window;

use super::object;

/// Puts a text on the clipboard and says whether that worked: there is none on insecure pages, and the shopper may refuse.
pub(crate) fn copy(text: String, then: impl FnOnce(bool) + 'static) {
    let clipboard = window().map(|window| window.navigator()).filter(|navigator| object::field(navigator, "clipboard").is_some());
    let Some(written) = clipboard.map(|navigator| navigator.clipboard().write_text(&text)) else {
        return then(false);
    };
    spawn_local(async move { then(JsFuture::from(written).await.is_ok()) });
}
