//! The content from which a view is drawn, and the trigger of Leptos that has the view drawn again after a change. A trigger takes
//! less code than a signal of the whole content.

use std::cell::{Ref, RefCell};

use doorstep_core::screen::Screen;
use doorstep_view::Presentation;
use leptos::prelude::{ArcTrigger, Notify, Track};

/// Content and presentation from which the view is drawn.
pub(crate) struct Frame {
    /// Content of the screen.
    pub(crate) screen: Screen,
    /// Texts and presentation on this page.
    pub(crate) presentation: Presentation,
}

/// A frame whose changes run the effects that track it.
pub(crate) struct TrackedFrame {
    frame: RefCell<Frame>,
    changed: ArcTrigger,
}

impl TrackedFrame {
    pub(crate) fn new(presentation: Presentation) -> Self {
        Self { frame: Frame { screen: Screen::default(), presentation }.into(), changed: ArcTrigger::new() }
    }

    /// Returns the frame.
    pub(crate) fn get(&self) -> Ref<'_, Frame> {
        self.frame.borrow()
    }

    /// Has the running effect run again after a change.
    pub(crate) fn track(&self) {
        self.changed.track();
    }

    /// Changes the frame.
    pub(crate) fn update(&self, change: impl FnOnce(&mut Frame)) {
        change(&mut self.frame.borrow_mut());
        self.changed.notify();
    }
}
