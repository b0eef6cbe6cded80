//! Photos on their way. `fetch` cannot tell how far it is, so these go by the older request object; no cookie travels with it either.

use std::cell::RefCell;
use std::rc::Rc;

use doorstep_core::client::{Request, Response, RetryAfter};
use doorstep_core::screen::Unreachable;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Blob, File, ProgressEvent, XmlHttpRequest};

use super::{clock, json};

/// The photos of one widget; dropping them stops what is on its way.
#[derive(Default)]
pub(crate) struct Uploads(RefCell<Kept>);

#[derive(Default)]
struct Kept {
    next: u32,
    photos: Vec<(u32, File, Option<Sending>)>,
}

impl Uploads {
    /// Keeps a file and gives it a number.
    pub(crate) fn add(&self, file: File) -> u32 {
        let kept = &mut *self.0.borrow_mut();
        kept.next = kept.next.wrapping_add(1);
        kept.photos.push((kept.next, file, None));
        kept.next
    }

    /// The file of a number, while it is wanted.
    pub(crate) fn file(&self, id: u32) -> Option<File> {
        self.0.borrow().photos.iter().find(|(known, ..)| *known == id).map(|(_, file, _)| file.clone())
    }

    /// Keeps what can stop a photo.
    pub(crate) fn sending(&self, id: u32, sending: Sending) {
        if let Some((.., place)) = self.0.borrow_mut().photos.iter_mut().find(|(known, ..)| *known == id) {
            *place = Some(sending);
        }
    }

    /// Stops a photo and forgets it.
    pub(crate) fn drop(&self, id: u32) {
        let gone: Vec<_> = self.0.borrow_mut().photos.extract_if(.., |(known, ..)| *known == id).collect();
        drop(gone);
    }
}

/// A photo on its way; dropping it stops it.
pub(crate) struct Sending {
    request: XmlHttpRequest,
    _listeners: [EventListener; 3],
}

impl Drop for Sending {
    fn drop(&mut self) {
        let _ = self.request.abort();
    }
}

/// Sends a photo and reports how far it is, in per cent, and the answer.
pub(crate) fn send(
    request: &Request,
    body: &Blob,
    moved: impl Fn(u32) + 'static,
    answered: impl Fn(Result<Response, Unreachable>) + Clone + 'static,
) -> Option<Sending> {
    let xhr = XmlHttpRequest::new().ok()?;
    xhr.open("POST", &request.url).ok()?;
    for (name, value) in &request.headers {
        xhr.set_request_header(name, value).ok()?;
    }
    xhr.set_request_header("Content-Type", "image/jpeg").ok()?;
    let upload = xhr.upload().ok()?;
    let progress = EventListener::new(&upload, "progress", move |event| {
        if let Some(event) = event.dyn_ref::<ProgressEvent>().filter(|event| event.total() > 0.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
            moved((event.loaded() / event.total() * 100.0).clamp(0.0, 100.0) as u32);
        }
    });
    let (done, failed) = (answered.clone(), answered);
    let source = xhr.clone();
    let loaded = EventListener::new(&xhr, "load", move |_| {
        let text = source.response_text().ok().flatten().unwrap_or_default();
        let header = |name| source.get_response_header(name).ok().flatten();
        done(Ok(Response {
            status: source.status().unwrap_or_default(),
            etag: None,
            retry_after: header("Retry-After").and_then(|text| RetryAfter::read(&text, clock::date)),
            date: None,
            body: json::parse(&text).map(Rc::new),
        }));
    });
    let broken = EventListener::new(&xhr, "error", move |_| failed(Err(Unreachable)));
    xhr.send_with_opt_blob(Some(body)).ok()?;
    Some(Sending { request: xhr, _listeners: [progress, loaded, broken] })
}
