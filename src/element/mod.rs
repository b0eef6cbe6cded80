//! One mounted widget: its options, its view and its link to the host page. Dropping it removes everything that it started.

mod drawn;
mod options;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use doorstep_core::screen::Msg;
use doorstep_view::{Callbacks, Presentation, SelfServiceViews};
use leptos::mount::mount_to_renderer;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use drawn::Drawn;
use options::Options;

use crate::browser::object;
use crate::chunk;
use crate::chunk_exports::ChunkExports;
use crate::host::Host;
use crate::i18n::Localizer;
use crate::tracker::{self, Tracker};

/// One mounted widget.
pub(crate) struct Mounted {
    tracker: Rc<Tracker>,
    /// Views of the second chunk, once it is loaded.
    self_service: Cell<Option<SelfServiceViews>>,
    root: HtmlElement,
    /// The view until it is on the page.
    undrawn: RefCell<Option<Drawn>>,
    /// The drawn view; dropping it removes it from the page.
    view: RefCell<Option<Box<dyn Any>>>,
}

impl Mounted {
    pub(crate) fn new(root: HtmlElement, config: &JsValue) -> Self {
        let options = Options::read(config);
        let chunk = second_chunk(config).flatten();
        let self_service = chunk.map(|exports| exports.views);
        let tracker = Tracker::new(Host::new(config), root.clone(), config, presentation(&options, self_service));
        // If the second chunk and the response to the first request are already there, the first drawing shows the order with its
        // cards.
        if chunk.is_some() {
            tracker.second_chunk_loaded(chunk, object::field(config, "tasks"));
        }
        tracker.watch_page(config);
        tracker.send(Msg::Configured(options.access));
        let painted: Option<web_sys::Node> = object::field(config, "painted").and_then(|node| node.dyn_into().ok());
        // The first page has the details of all parcels, and the shopper may be reading them.
        if painted.is_some() {
            tracker.send(Msg::AllDetailsNeeded);
        }
        let undrawn = Drawn { frame: Rc::clone(tracker.frame()), callbacks: callbacks(&tracker), painted, tree: None };
        Self {
            tracker,
            self_service: Cell::new(self_service),
            root,
            undrawn: RefCell::new(Some(undrawn)),
            view: RefCell::default(),
        }
    }

    /// Does the next part of the start: a part of the handling of an input, or the first drawing. The drawing comes before the
    /// effects of the input that it shows, so that the host page learns of the order when it is there. Returns false if the view is
    /// not drawn yet, true if it is drawn, and None once the widget runs.
    pub(crate) fn step(&self) -> Option<bool> {
        if self.view.borrow().is_some() {
            return self.tracker.step().then_some(true);
        }
        if !self.tracker.has_content() && self.tracker.step() {
            return Some(false);
        }
        // With content, effects are still waiting, so that every other input is queued and the tree stays up to date. Without
        // content, an input could come before the next step.
        if self.tracker.has_content()
            && let Some(undrawn) = self.undrawn.borrow_mut().as_mut().filter(|view| view.tree.is_none())
        {
            undrawn.draw();
            return Some(false);
        }
        let view = self.undrawn.take().map(|view| Box::new(mount_to_renderer(&self.root.clone().into(), move || view)) as _);
        self.view.replace(view);
        Some(true)
    }

    pub(crate) fn update(&self, config: &JsValue) {
        let options = Options::read(config);
        let chunk = second_chunk(config);
        if let Some(exports) = chunk {
            self.self_service.set(exports.map(|exports| exports.views));
        }
        let presentation = presentation(&options, self.self_service.get());
        self.tracker.frame().update(|frame| frame.presentation = presentation);
        // A tree that is drawn in advance has the former presentation.
        if let Some(undrawn) = self.undrawn.borrow_mut().as_mut() {
            undrawn.tree = None;
        }
        self.tracker.send(Msg::Configured(options.access));
        if let Some(exports) = chunk {
            self.tracker.second_chunk_loaded(exports, object::field(config, "tasks"));
        }
    }

    pub(crate) fn task_result(&self, photo: u32, result: &JsValue) {
        self.tracker.task_result(photo, result);
    }

    pub(crate) fn refresh(&self) {
        self.tracker.send(Msg::RefreshRequested);
    }
}

/// Returns the functions of the second chunk, if the loader reports in `config` that the chunk is loaded, with its code, texts and
/// styles. The inner value is None if the chunk could not be loaded; the outer value is None if there is no report.
fn second_chunk(config: &JsValue) -> Option<Option<ChunkExports>> {
    let loaded = object::field(config, "requestsLoaded").and_then(|loaded| loaded.as_bool());
    loaded.map(|loaded| if loaded { chunk::open().ok() } else { None })
}

/// Returns the functions that the views call. They have a weak reference to the tracker, because it owns the signal from which
/// the views are drawn.
fn callbacks(tracker: &Rc<Tracker>) -> Callbacks {
    let (send, pick) = (Rc::downgrade(tracker), Rc::downgrade(tracker));
    let page = tracker.page().clone();
    Callbacks {
        send: Rc::new(move |msg| tracker::send(&send, msg)),
        pick_files: Rc::new(move |event| {
            if let Some(event) = event.downcast_ref() {
                tracker::pick_files(&pick, event);
            }
        }),
        read_field: Rc::new(move |submit, name| page.field(submit, name)),
    }
}

fn presentation(options: &Options, self_service: Option<SelfServiceViews>) -> Presentation {
    Presentation {
        texts: Rc::new(Localizer::new(options.format.clone())),
        heading_level: options.heading_level,
        sections: options.sections.as_str().into(),
        self_service,
    }
}
