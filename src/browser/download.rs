//! Files for the shopper to keep, handed over as downloads.

use doorstep_core::client::Request;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::fetch;

/// It could not be fetched.
pub(crate) struct Failed;

/// The address of a file in memory lives so long after the click that asked for it (milliseconds).
const KEPT_MS: u32 = 60_000;

/// Fetches a file with the token in the header, where a link could not carry it, and hands it over.
pub(crate) async fn fetch(name: &str, request: &Request, signal: Option<&AbortSignal>) -> Result<(), Failed> {
    let request = fetch::build(request, signal).map_err(|_| Failed)?;
    let response = request.send().await.map_err(|_| Failed)?;
    if response.status() != 200 {
        return Err(Failed);
    }
    let blob = web_sys::Response::from(response).blob().map_err(|_| Failed)?;
    let blob = JsFuture::from(blob).await.map_err(|_| Failed)?;
    hand_over(name, blob.unchecked_ref());
    Ok(())
}

/// Hands a text over.
pub(crate) fn save(name: &str, media_type: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options) {
        hand_over(name, &blob);
    }
}

/// A link that is never part of the page is pressed once.
fn hand_over(name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    Timeout::new(KEPT_MS, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
}
