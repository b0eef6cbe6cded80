//! The context of every view, besides its data: texts, presentation, the views of the second chunk, and callbacks.

use std::any::Any;
use std::rc::Rc;

use doorstep_core::screen::Msg;
use web_sys::Event;

use super::dom::ElementBuilder;
use crate::i18n::Localizer;

/// Presentation of the screen on this page. It changes with the options of the element.
#[derive(Clone)]
pub(crate) struct Presentation {
    /// Catalogue and formatters.
    pub(crate) i18n: Rc<Localizer>,
    /// Level of the headline, 1 to 6.
    pub(crate) heading_level: u8,
    /// Views of the second chunk, once it is loaded.
    pub(crate) self_service: Option<SelfServiceViews>,
}

/// Views of the second chunk, as pointers, so that only the chunk contains their code. The second argument of each is the core's
/// `self_service::Page`.
#[derive(Clone, Copy)]
pub(crate) struct SelfServiceViews {
    /// Draws the dialog.
    pub(crate) dialog: fn(&View, &dyn Any) -> ElementBuilder,
    /// Draws the cards; None if there are none.
    pub(crate) cards: fn(&View, &dyn Any) -> Option<ElementBuilder>,
}

/// Functions that handle the shopper's input. They do nothing once the widget is removed.
#[derive(Clone)]
pub(crate) struct Callbacks {
    /// Sends an input to the core.
    pub(crate) send: Rc<dyn Fn(Msg)>,
    /// Takes the files that the shopper picked; the event comes from a file input.
    pub(crate) pick_files: Rc<dyn Fn(&Event)>,
}

/// Context of one drawing.
pub(crate) struct View {
    pub(super) i18n: Rc<Localizer>,
    /// Level of the headline, 1 to 6.
    pub(super) heading_level: u8,
    pub(super) self_service: Option<SelfServiceViews>,
    callbacks: Callbacks,
}

impl View {
    pub(super) fn new(presentation: Presentation, callbacks: Callbacks) -> Self {
        let Presentation { i18n, heading_level, self_service } = presentation;
        Self { i18n, heading_level, self_service, callbacks }
    }

    /// Returns a function that sends inputs to the core.
    pub(super) fn sender(&self) -> Rc<dyn Fn(Msg)> {
        Rc::clone(&self.callbacks.send)
    }

    /// Returns a function that takes the files that the shopper picked.
    pub(super) fn file_picker(&self) -> Rc<dyn Fn(&Event)> {
        Rc::clone(&self.callbacks.pick_files)
    }
}
