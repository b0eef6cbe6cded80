//! What the dialogs lead to, done: questions, photos, downloads, and where the focus goes. All of this is in the second chunk.

use std::rc::{Rc, Weak};

use doorstep_core::client::{Request, Response};
use doorstep_core::request::{self, Effect};
use doorstep_core::screen::{Msg, Unreachable};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, File, HtmlElement, HtmlInputElement};

use crate::browser::{dialog, download, images, upload};
use crate::tracker::{self, Tracker};

/// Who sends on an errand.
pub(crate) struct Errand<'a> {
    /// The widget.
    pub(crate) tracker: &'a Rc<Tracker>,
    /// Its root in the page.
    pub(crate) root: &'a HtmlElement,
}

/// Does what a message to the desk led to.
pub(crate) fn perform(errand: &Errand<'_>, effect: Effect) {
    let weak = Rc::downgrade(errand.tracker);
    match effect {
        Effect::Send(ticket, request) => {
            errand.tracker.ask(ticket, &request, |ticket, answer| Msg::Request(request::Msg::Answered(ticket, answer)));
        }
        Effect::Upload { photo, request, max_bytes } => {
            if let Some(file) = errand.tracker.uploads().file(photo) {
                spawn_local(send_photo(weak, photo, file, request, max_bytes));
            }
        }
        Effect::Drop(photo) => errand.tracker.uploads().drop(photo),
        Effect::Fetch { name, request } => {
            let signal = errand.tracker.signal();
            spawn_local(async move {
                if download::fetch(&name, &request, signal.as_ref()).await.is_err() {
                    tell(&weak, request::Msg::KeepFailed);
                }
            });
        }
        Effect::Save { name, media_type, text } => download::save(&name, media_type, &text),
        Effect::Show => dialog::show(errand.root),
        Effect::Hide => dialog::hide(errand.root),
        Effect::FocusError => dialog::focus_error(errand.root),
    }
}

/// Takes the files that were picked and empties the control, so that the same file can be picked again.
pub(crate) fn pick(errand: &Errand<'_>, event: &Event) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let files: Vec<File> =
        input.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default();
    let picked = files.into_iter().map(|file| {
        let name = file.name();
        (errand.tracker.uploads().add(file), name)
    });
    let picked = picked.collect();
    input.set_value("");
    errand.tracker.send(Msg::Request(request::Msg::PhotosPicked(picked)));
}

async fn send_photo(weak: Weak<Tracker>, photo: u32, file: File, request: Request, max_bytes: u64) {
    let Some(blob) = images::small(&file, max_bytes).await else {
        return tell(&weak, request::Msg::PhotoUnreadable(photo));
    };
    // It may have been taken back meanwhile.
    let Some(tracker) = weak.upgrade().filter(|tracker| tracker.uploads().file(photo).is_some()) else { return };
    let (moved, done) = (weak.clone(), weak.clone());
    let sent = upload::send(
        &request,
        &blob,
        move |percent| tell(&moved, request::Msg::PhotoMoved(photo, percent)),
        move |answer: Result<Response, Unreachable>| tell(&done, request::Msg::PhotoAnswered(photo, answer)),
    );
    match sent {
        Some(sending) => tracker.uploads().sending(photo, sending),
        None => tell(&weak, request::Msg::PhotoAnswered(photo, Err(Unreachable))),
    }
}

fn tell(weak: &Weak<Tracker>, msg: request::Msg) {
    tracker::send(weak, Msg::Request(msg));
}
