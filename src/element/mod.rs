//! One mounted widget: its options, its view and its link to the host page. Dropping it removes everything that it started.

mod options;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use doorstep_core::screen::Msg;
use leptos::mount::mount_to_renderer;
use leptos::prelude::{LocalStorage, RwSignal, Set};
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use options::Options;

use crate::browser::{object, page};
use crate::chunk;
use crate::host::{self, Host};
use crate::i18n::Localizer;
use crate::tracker::{self, Tracker};
use crate::view::{self, Callbacks, Presentation, SelfServiceViews};

/// One mounted widget.
pub(crate) struct Mounted {
    options: RefCell<Options>,
    tracker: Rc<Tracker>,
    presentation: RwSignal<Presentation, LocalStorage>,
    /// Views of the second chunk, once it is loaded.
    self_service: Cell<Option<SelfServiceViews>>,
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
            let presentation = RwSignal::new_local(presentation(&initial, None));
            let tracker = Tracker::new(host, node, &loader, initial.early_answer.clone());
            let drawn = view::root(tracker.screen(), presentation, callbacks(&tracker));
            making.replace(Some((tracker, presentation)));
            drawn
        });
        // `mount_to_renderer` builds the view before it returns.
        let Some((tracker, presentation)) = made.take() else { wasm_bindgen::throw_str("the view was not built") };
        page::at_the_start(config).into_iter().for_each(|msg| tracker.send(msg));
        tracker.send(Msg::Configured(options.access.clone()));
        Self { options: options.into(), tracker, presentation, self_service: Cell::default(), _view: Box::new(view) }
    }

    pub(crate) fn update(&self, config: &JsValue) {
        let options = Options::read(config, self.options.borrow().clone());
        // The loader passes the texts of the second chunk once its code is present; `null` means that it could not be loaded.
        let texts = object::field(config, "requestCatalogue");
        let chunk = texts.map(|texts| if texts.is_null() { None } else { chunk::open().ok() });
        if let Some(exports) = chunk {
            self.self_service.set(exports.map(|exports| exports.views));
        }
        self.presentation.set(presentation(&options, self.self_service.get()));
        self.tracker.send(Msg::Configured(options.access.clone()));
        if let Some(exports) = chunk {
            self.tracker.second_chunk_loaded(exports, object::field(config, "tasks"));
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

/// Returns the functions that the views call. They have a weak reference to the tracker, because it owns the signal from which
/// the views are drawn.
fn callbacks(tracker: &Rc<Tracker>) -> Callbacks {
    let (send, pick) = (Rc::downgrade(tracker), Rc::downgrade(tracker));
    Callbacks {
        send: Rc::new(move |msg| tracker::send(&send, msg)),
        pick_files: Rc::new(move |event| tracker::pick_files(&pick, event)),
    }
}

fn presentation(options: &Options, self_service: Option<SelfServiceViews>) -> Presentation {
    Presentation {
        i18n: Rc::new(Localizer::new(options.catalogue.clone(), options.request_catalogue.clone(), &options.lang)),
        heading_level: options.heading_level,
        self_service,
    }
}
