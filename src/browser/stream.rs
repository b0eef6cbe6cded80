//! Streams of order documents, which the loader reads (`embed/event-stream.ts`).

use std::rc::{Rc, Weak};

use doorstep_core::client::Request;
use doorstep_core::screen::{Generation, Msg, StreamDocument};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use super::fetch::{self, AbortOnDrop, Network};
use super::{json, object, task};

/// Subscription of one widget to a stream. Dropping it ends the subscription; nothing is reported after that.
pub(crate) struct Subscription {
    _abort: Rc<AbortOnDrop>,
}

impl Subscription {
    /// Subscribes to the stream of an HTTP request.
    pub(crate) fn open(network: &Network, request: &Request, generation: Generation, send: Rc<dyn Fn(Msg)>) -> Self {
        let abort = Rc::new(AbortOnDrop::default());
        let (heard, ended) = (reporter(&abort, &send), reporter(&abort, &send));
        let on_documents = Closure::<dyn FnMut(Array)>::new(move |documents: Array| {
            heard(Msg::StreamReceived(generation, read(&documents)));
        });
        let arguments =
            [request.url.as_str().into(), fetch::list(&request.headers), abort.signal(), JsValue::clone(on_documents.as_ref())];
        let done = object::call(&network.stream, &arguments).unwrap_or_default();
        task::spawn(async move {
            let _ = JsFuture::from(Promise::resolve(&done)).await;
            drop(on_documents);
            ended(Msg::StreamEnded(generation));
        });
        Self { _abort: abort }
    }
}

/// Returns a function that reports to the core until the subscription is dropped.
fn reporter(abort: &Rc<AbortOnDrop>, send: &Rc<dyn Fn(Msg)>) -> impl Fn(Msg) + 'static {
    let (abort, send): (Weak<AbortOnDrop>, _) = (Rc::downgrade(abort), Rc::clone(send));
    move |msg| {
        if abort.strong_count() > 0 {
            send(msg);
        }
    }
}

/// Reads ids and documents, which alternate.
fn read(documents: &Array) -> Vec<StreamDocument> {
    let pairs = (0..documents.length()).step_by(2);
    pairs
        .map(|at| StreamDocument { id: documents.get(at).as_string(), json: json::read(&documents.get(at + 1)).into() })
        .collect()
}
