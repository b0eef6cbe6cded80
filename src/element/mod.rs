//! One mounted widget: its options, its view and its link to the host page. Dropping it removes everything that it started.

mod host;
mod options;

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use doorstep_core::screen::Msg;
use leptos::mount::mount_to_renderer;
use leptos::prelude::{RwSignal, Set};
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

pub(crate) use host::{Host, Shown};
pub(crate) use options::Options;

use crate::browser::{object, page};
use crate::text::Text;
use crate::tracker::Tracker;
use crate::view;

/// One mounted widget.
pub(crate) struct Mounted {
    options: RefCell<Options>,
    tracker: Rc<Tracker>,
    presentation: RwSignal<view::Presentation, leptos::prelude::LocalStorage>,
    /// The view; dropping it removes it from the page.
    _view: Box<dyn Any>,
}

impl Mounted {
    pub(crate) fn new(root: HtmlElement, config: &JsValue) -> Self {
        host::call_on_panic(config);
        let options = Options::read(config, Options::default());
        let (initial, node, host, loader) = (options.clone(), root.clone(), Host::new(config), config.clone());
        let made = Rc::new(RefCell::new(None));
        let making = Rc::clone(&made);
        let view = mount_to_renderer(&root.clone().into(), move || {
            let presentation = RwSignal::new_local(presentation(&initial));
            let tracker = Tracker::new(host, node, &loader, initial.early_answer.clone());
            let drawn = view::root(tracker.screen(), presentation, Rc::downgrade(&tracker));
            making.replace(Some((tracker, presentation)));
            drawn
        });
        // `mount_to_renderer` builds the view before it returns.
        let Some((tracker, presentation)) = made.take() else { wasm_bindgen::throw_str("the view was not built") };
        page::at_the_start(config).into_iter().for_each(|msg| tracker.send(msg));
        tracker.send(Msg::Configured(options.access.clone()));
        Self { options: options.into(), tracker, presentation, _view: Box::new(view) }
    }

    pub(crate) fn update(&self, config: &JsValue) {
        let options = Options::read(config, self.options.borrow().clone());
        self.presentation.set(presentation(&options));
        self.tracker.send(Msg::Configured(options.access.clone()));
        if let Some(texts) = object::field(config, "requestCatalogue") {
            self.tracker.requests_brought(!texts.is_null(), object::field(config, "tasks"));
        }
        self.options.replace(options);
    }

    pub(crate) fn task_result(&self, photo: u32, result: &JsValue) {
        self.tracker.task_result(photo, result);
    }

    pub(crate) fn refresh(&self) {
        self.tracker.send(Msg::RefreshRequested);
    }
}

fn presentation(options: &Options) -> view::Presentation {
    view::Presentation {
        text: Rc::new(Text::new(options.catalogue.clone(), options.request_catalogue.clone(), &options.lang)),
        heading_level: options.heading_level,
    }
}
