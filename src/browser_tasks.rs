//! Performs the effects of self-service. HTTP requests go through the widget's tracker; photos, downloads and the focus go to the
//! loader's browser tasks (`embed/browser-tasks.ts`). The code of this file is in the second chunk.

use doorstep_core::client::Unreachable;
use doorstep_core::screen::Msg;
use doorstep_core::self_service::{self, Effect};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

use crate::browser::{fetch, object};
use crate::chunk_exports::BrowserTasks;

impl BrowserTasks<'_> {
    fn call(&self, method: &str, arguments: &[JsValue]) -> JsValue {
        let method = object::field(self.runner, method).and_then(|method| method.dyn_into::<Function>().ok());
        let arguments: Array = arguments.iter().collect();
        method.and_then(|method| Reflect::apply(&method, self.runner, &arguments).ok()).unwrap_or_default()
    }

    fn report(&self, msg: self_service::Msg) {
        (self.send)(Msg::Request(msg));
    }
}

/// Performs an effect of self-service.
pub(crate) fn perform(tasks: &BrowserTasks<'_>, effect: Effect) {
    let root = || JsValue::from(tasks.root);
    match effect {
        Effect::Send(ticket, request) => {
            (tasks.ask)(ticket, &request, |ticket, answer| Msg::Request(self_service::Msg::Answered(ticket, answer)));
        }
        Effect::Upload { photo, request, max_bytes, max_original_bytes } => {
            #[expect(clippy::cast_precision_loss, reason = "budgets are far below 2^53")]
            let bytes = |most: u64| JsValue::from(most as f64);
            let (small, original) = (bytes(max_bytes), bytes(max_original_bytes));
            tasks.call("upload", &[photo.into(), request.url.as_str().into(), fetch::list(&request.headers), small, original]);
        }
        Effect::Drop(photo) => {
            tasks.call("drop", &[photo.into()]);
        }
        Effect::Fetch { name, request } => {
            tasks.call("fetch", &[name.into(), request.url.as_str().into(), fetch::list(&request.headers)]);
        }
        Effect::Save { name, media_type, text } => {
            tasks.call("save", &[name.into(), media_type.into(), text.into()]);
        }
        Effect::Show => {
            tasks.call("show", &[root()]);
        }
        Effect::Hide => {
            tasks.call("hide", &[root()]);
        }
        Effect::FocusError => {
            tasks.call("focusError", &[root()]);
        }
    }
}

/// Takes the files that the shopper picked, and reports them to the dialogs.
pub(crate) fn pick(tasks: &BrowserTasks<'_>, event: &Event) {
    let picked = tasks.call("pick", &[event.target().into()]);
    let photo = |entry: JsValue| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((number(&entry.get(0))?, entry.get(1).as_string().unwrap_or_default()))
    };
    let photos = picked.dyn_ref::<Array>().map(|picked| picked.iter().filter_map(photo).collect()).unwrap_or_default();
    tasks.report(self_service::Msg::PhotosPicked(photos));
}

/// Reports the progress or the result of a photo upload to the dialogs. Photo 0 means that a file could not be fetched.
pub(crate) fn task_result(tasks: &BrowserTasks<'_>, photo: u32, result: &JsValue) {
    let field = |name| object::field(result, name);
    tasks.report(if photo == 0 {
        self_service::Msg::KeepFailed
    } else if field("sending").is_some() {
        self_service::Msg::PhotoSending(photo)
    } else if field("unsendable").is_some() {
        self_service::Msg::PhotoUnsendable(photo)
    } else if field("unreadable").is_some() {
        self_service::Msg::PhotoUnreadable(photo)
    } else {
        self_service::Msg::PhotoAnswered(photo, fetch::read_photo_answer(result).ok_or(Unreachable))
    });
}

fn number(value: &JsValue) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers of photos, per cent and status codes")]
    value.as_f64().map(|number| number as u32)
}
