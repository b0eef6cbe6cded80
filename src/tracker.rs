//! Runs the core in one widget: passes inputs to it, performs its effects, and owns the frame of the view.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use doorstep_core::client::Request;
use doorstep_core::screen::{Content, Effect, Env, Generation, Model, Msg};
use doorstep_view::Presentation;
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use crate::browser::page::PageListener;
use crate::browser::page_effects::PageEffects;
use crate::browser::stream::Subscription;
use crate::browser::{clock, fetch, timers};
use crate::chunk_exports::{Answered, BrowserTasks, ChunkExports};
use crate::frame::TrackedFrame;
use crate::host::{Host, Shown};

/// The running core of one widget. Everything that it starts has a weak reference to it and ends with it.
pub(crate) struct Tracker {
    weak: Weak<Self>,
    host: Host,
    root: HtmlElement,
    network: fetch::Network,
    page: PageEffects,
    frame: Rc<TrackedFrame>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    model: Model,
    zones: clock::Zones,
    timers: timers::Timers,
    page: Option<PageListener>,
    abort: fetch::AbortOnDrop,
    stream: Option<Subscription>,
    exports: Option<ChunkExports>,
    runner: JsValue,
    /// Response to the first HTTP request for the order, or its promise. The loader sent this request before the widget was
    /// loaded.
    early_answer: Option<fetch::EarlyAnswer>,
    waiting: VecDeque<Msg>,
    /// True while inputs are handled.
    busy: bool,
    /// Next part of the handling.
    part: Part,
    /// True if the screen shows an order, the look-up or a failure.
    has_content: bool,
}

/// Part of the handling of an input.
#[derive(Default)]
enum Part {
    /// Pass the next input to the core.
    #[default]
    Update,
    /// Compute the screen; the effects follow.
    Show(Vec<Effect>),
    /// Perform the effects.
    Perform(Vec<Effect>),
}

impl Tracker {
    pub(crate) fn new(host: Host, root: HtmlElement, config: &JsValue, presentation: Presentation) -> Rc<Self> {
        Rc::new_cyclic(|weak: &Weak<Self>| {
            let state = State {
                zones: clock::Zones::new(config),
                early_answer: fetch::EarlyAnswer::of(config),
                // The start is handled by the calls of `step`.
                busy: true,
                ..State::default()
            };
            Self {
                weak: weak.clone(),
                host,
                root,
                network: fetch::Network::new(config),
                page: PageEffects::new(config),
                frame: TrackedFrame::new(presentation).into(),
                state: state.into(),
            }
        })
    }

    /// Returns the functions of the loader for work on the page.
    pub(crate) fn page(&self) -> &PageEffects {
        &self.page
    }

    /// Reports the state of the page and the device to the core, now and after each change.
    pub(crate) fn watch_page(&self, config: &JsValue) {
        let weak = self.weak.clone();
        let listener = PageListener::new(config, move |msg| send(&weak, msg));
        self.state.borrow_mut().page = Some(listener);
    }

    /// Returns the content from which the view is drawn.
    pub(crate) fn frame(&self) -> &Rc<TrackedFrame> {
        &self.frame
    }

    /// Handles one input; an input that arrives while another is handled is queued.
    pub(crate) fn send(&self, msg: Msg) {
        let busy = {
            let state = &mut *self.state.borrow_mut();
            state.waiting.push_back(msg);
            std::mem::replace(&mut state.busy, true)
        };
        while !busy && self.step() {}
    }

    /// Does the next part of the handling of inputs. Returns false if all inputs are handled.
    pub(crate) fn step(&self) -> bool {
        let part = std::mem::take(&mut self.state.borrow_mut().part);
        let next = match part {
            Part::Update => self.next().map(Part::Show),
            Part::Show(effects) => {
                self.show();
                Some(Part::Perform(effects))
            }
            Part::Perform(effects) => {
                effects.into_iter().for_each(|effect| self.perform(effect));
                Some(Part::Update)
            }
        };
        let state = &mut *self.state.borrow_mut();
        state.busy = next.is_some();
        state.part = next.unwrap_or_default();
        state.busy
    }

    /// Returns true if the screen shows an order, the look-up or a failure.
    pub(crate) fn has_content(&self) -> bool {
        self.state.borrow().has_content
    }

    fn next(&self) -> Option<Vec<Effect>> {
        let state = &mut *self.state.borrow_mut();
        let msg = state.waiting.pop_front()?;
        let zones = &state.zones;
        let to_local = |at, zone: &str| zones.local(at, zone);
        Some(state.model.update(msg, &Env { now: clock::now(), random: clock::random(), to_local: &to_local }))
    }

    /// Passes the screen to the view, which updates only the differences.
    fn show(&self) {
        let screen = {
            let state = self.state.borrow();
            let to_local = |at, zone: &str| state.zones.local(at, zone);
            state.model.screen(&Env { now: clock::now(), random: 0.0, to_local: &to_local })
        };
        let shown = match &screen.content {
            Content::Loading => Shown::Nothing,
            Content::LoadingSlowly(_) => Shown::BesideSkeleton,
            Content::Order(page) if page.stale => Shown::Stale,
            Content::Order(_) | Content::Lookup(_) | Content::Failure(_) => Shown::Alone,
        };
        self.state.borrow_mut().has_content = matches!(shown, Shown::Alone | Shown::Stale);
        self.host.report_shown(shown);
        self.frame.update(|frame| frame.screen = screen);
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::AskOrder(generation, request) => self.ask(generation, &request, Msg::OrderAnswered),
            Effect::AskLookup(generation, request) => self.ask(generation, &request, Msg::LookupAnswered),
            Effect::OpenStream(generation, request) => {
                let weak = self.weak.clone();
                let stream = Subscription::open(&self.network, &request, generation, Rc::new(move |msg| send(&weak, msg)));
                let before = self.state.borrow_mut().stream.replace(stream);
                drop(before);
            }
            Effect::CloseStream => {
                let before = self.state.borrow_mut().stream.take();
                drop(before);
            }
            Effect::StartTimer(timer, ms) => {
                let weak = self.weak.clone();
                self.state.borrow_mut().timers.start(timer, ms, move || send(&weak, Msg::TimerFired(timer)));
            }
            Effect::StopTimer(timer) => self.state.borrow_mut().timers.stop(timer),
            Effect::EmitHostEvent(event) => self.host.emit(&event),
            Effect::Copy { parcel, text } => {
                let weak = self.weak.clone();
                self.page.copy(&self.root, &text, &parcel, move |copied| send(&weak, Msg::CopyFinished { copied }));
            }
            Effect::Focus(target) => self.page.focus(&self.root, target),
            Effect::LoadRequests => self.host.load_second_chunk(),
            Effect::OfferActionToHost(subject) => {
                if self.host.declines(&subject) {
                    self.send(Msg::HostDeclined(subject));
                }
            }
            Effect::Request(effect) => self.tasks(|exports, tasks| (exports.perform)(tasks, effect)),
        }
    }

    /// Takes the functions of the second chunk and the loader's browser tasks, and reports to the core that they are loaded. If
    /// `exports` is None, reports that the second chunk could not be loaded.
    pub(crate) fn second_chunk_loaded(&self, exports: Option<ChunkExports>, runner: Option<JsValue>) {
        {
            let state = &mut *self.state.borrow_mut();
            state.exports = exports;
            state.runner = runner.unwrap_or_default();
        }
        self.send(Msg::RequestsLoaded(exports.map(|exports| exports.self_service)));
    }

    fn tasks(&self, run: impl FnOnce(ChunkExports, &BrowserTasks<'_>)) {
        let (exports, runner) = {
            let state = self.state.borrow();
            (state.exports, state.runner.clone())
        };
        if let Some(exports) = exports {
            let (send, ask) = (|msg| self.send(msg), |ticket, request: &_, answered| self.ask(ticket, request, answered));
            run(exports, &BrowserTasks { send: &send, ask: &ask, root: &self.root, runner: &runner });
        }
    }

    /// Reports the progress or the result of a browser task.
    pub(crate) fn task_result(&self, photo: u32, result: &JsValue) {
        self.tasks(|exports, tasks| (exports.task_result)(tasks, photo, result));
    }

    /// Sends an HTTP request; the response comes back as an input of the core. The first call uses the early response, if there
    /// is one.
    fn ask(&self, generation: Generation, request: &Request, answered: Answered) {
        let weak = self.weak.clone();
        // The state is not borrowed during the call of `fetch::send`, because an early response becomes an input within this
        // call.
        let (early, signal) = {
            let state = &mut *self.state.borrow_mut();
            (state.early_answer.take(), state.abort.signal())
        };
        fetch::send(&self.network, request, early, signal, move |answer| send(&weak, answered(generation, answer)));
    }
}

/// Sends an input to a widget that may no longer exist.
pub(crate) fn send(tracker: &Weak<Tracker>, msg: Msg) {
    if let Some(tracker) = tracker.upgrade() {
        tracker.send(msg);
    }
}

/// Takes the files that the shopper picked in a dialog.
pub(crate) fn pick_files(tracker: &Weak<Tracker>, event: &web_sys::Event) {
    if let Some(tracker) = tracker.upgrade() {
        tracker.tasks(|exports, tasks| (exports.pick)(tasks, event));
    }
}
