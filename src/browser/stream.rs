//! Streams of server-sent events. The widgets of a page that show the same order with the same token share one stream.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use doorstep_core::client::Request;
use doorstep_core::screen::{Generation, Msg, StreamDocument};
use doorstep_core::sse::{Parser, StreamEvent};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use super::fetch::{self, AbortOnDrop, Network};
use super::{json, object, task};

/// Subscription of one widget to a stream. Dropping the last subscription closes the stream.
pub(crate) struct Subscription {
    _stream: Rc<Stream>,
    _listener: Rc<Listener>,
}

type Listener = Box<dyn Fn(&Delivery)>;

/// One report of a stream to its listeners.
enum Delivery {
    Documents(Vec<StreamDocument>),
    Ended,
}

/// One open stream with its listeners.
struct Stream {
    url: String,
    token: Option<String>,
    abort: AbortOnDrop,
    ended: std::cell::Cell<bool>,
    newest: RefCell<Option<StreamDocument>>,
    listeners: RefCell<Vec<Weak<Listener>>>,
}

thread_local! {
    static OPEN: RefCell<Vec<Weak<Stream>>> = const { RefCell::new(Vec::new()) };
}

impl Subscription {
    /// Subscribes to the stream of an HTTP request; opens the stream if none is open for it.
    pub(crate) fn open(network: &Network, request: Request, generation: Generation, send: impl Fn(Msg) + 'static) -> Self {
        let listener: Rc<Listener> = Rc::new(Box::new(move |delivery| {
            send(match delivery {
                Delivery::Documents(documents) => Msg::StreamReceived(generation, documents.clone()),
                Delivery::Ended => Msg::StreamEnded(generation),
            });
        }));
        let stream = Stream::shared(&request).unwrap_or_else(|| Stream::start(network, &request));
        stream.listeners.borrow_mut().push(Rc::downgrade(&listener));
        // A late subscriber has not received the newest document yet. The core ignores a document that it already has.
        if let Some(newest) = stream.newest.borrow().clone() {
            let listener = Rc::downgrade(&listener);
            task::spawn(async move {
                if let Some(listener) = listener.upgrade() {
                    listener(&Delivery::Documents(vec![newest]));
                }
            });
        }
        Self { _stream: stream, _listener: listener }
    }
}

impl Stream {
    fn shared(request: &Request) -> Option<Rc<Self>> {
        OPEN.with_borrow_mut(|open| {
            open.retain(|stream| stream.strong_count() > 0);
            let same = |stream: &Rc<Self>| !stream.ended.get() && stream.url == request.url && stream.token == token(request);
            open.iter().filter_map(Weak::upgrade).find(same)
        })
    }

    fn start(network: &Network, request: &Request) -> Rc<Self> {
        let stream = Rc::new(Self {
            url: request.url.clone(),
            token: token(request),
            abort: AbortOnDrop::default(),
            ended: false.into(),
            newest: RefCell::default(),
            listeners: RefCell::default(),
        });
        OPEN.with_borrow_mut(|open| open.push(Rc::downgrade(&stream)));
        let weak = Rc::downgrade(&stream);
        let mut parser = Parser::default();
        let reader = weak.clone();
        // Returns true as long as a widget listens.
        let on_bytes = Closure::<dyn FnMut(Vec<u8>) -> bool>::new(move |bytes: Vec<u8>| {
            let Some(stream) = reader.upgrade() else { return false };
            let events = parser.feed(&bytes).into_iter().filter(|event| event.name == "order");
            stream.notify(&Delivery::Documents(events.filter_map(document).collect()));
            true
        });
        let arguments = [
            request.url.as_str().into(),
            fetch::list(&request.headers),
            stream.abort.signal(),
            JsValue::clone(on_bytes.as_ref()),
        ];
        let read = object::call(&network.stream, &arguments);
        task::spawn(async move {
            if let Some(read) = read {
                let _ = JsFuture::from(Promise::resolve(&read)).await;
            }
            drop(on_bytes);
            if let Some(stream) = weak.upgrade() {
                stream.ended.set(true);
                stream.notify(&Delivery::Ended);
            }
        });
        stream
    }

    fn notify(&self, delivery: &Delivery) {
        if let Delivery::Documents(documents) = delivery
            && let Some(newest) = documents.last()
        {
            self.newest.replace(Some(newest.clone()));
        }
        let listeners: Vec<_> = self.listeners.borrow().iter().filter_map(Weak::upgrade).collect();
        self.listeners.borrow_mut().retain(|listener| listener.strong_count() > 0);
        for listener in listeners {
            listener(delivery);
        }
    }
}

fn document(event: StreamEvent) -> Option<StreamDocument> {
    Some(StreamDocument { json: json::parse(&event.data)?.into(), id: event.id })
}

fn token(request: &Request) -> Option<String> {
    request.headers.iter().find(|(name, _)| *name == "Authorization").map(|(_, value)| value.clone())
}
