//! The context of every view, besides its data: texts, presentation, the views of the second chunk, and callbacks.

use std::any::Any;
use std::rc::Rc;

use doorstep_core::message::{Key, Message, MessageArg};
use doorstep_core::screen::Msg;

use super::dom::{BrowserEvent, ElementBuilder};

/// Turns messages into texts. The widget formats them with the browser's Intl, and a renderer on the server with ICU4X.
pub trait Texts {
    /// Returns the text of a message.
    fn message(&self, message: &Message) -> String;

    /// Returns a message in its printed form: with dates in place of "today" or "7 hours ago", which have no meaning on paper.
    /// Returns None if the printed form equals the form for the screen.
    fn printed(&self, message: &Message) -> Option<String>;

    /// Returns the text of an argument.
    fn arg(&self, arg: &MessageArg) -> String;

    /// Returns the text of an entry that has no placeholders.
    fn key(&self, key: Key) -> String;
}

/// Presentation of the screen on this page. It changes with the options of the element.
#[derive(Clone)]
pub struct Presentation {
    /// Texts in the language of the page.
    pub texts: Rc<dyn Texts>,
    /// Level of the headline, 1 to 6.
    pub heading_level: u8,
    /// Order of the sections of the page.
    pub sections: Sections,
    /// Views of the second chunk, once it is loaded.
    pub self_service: Option<SelfServiceViews>,
}

/// Order of the sections of the page: all places in [`SECTIONS`] as digits. It is a text, because the loader passes one.
pub type Sections = Rc<str>;

/// Names of the sections in their usual order. `embed/sections.ts` has the same list.
pub const SECTIONS: [&str; 7] = ["headline", "cases", "parcels", "waiting", "actions", "help", "contact"];

/// Returns the order of sections whose names are separated by white space, followed by the others. Unknown names are ignored, as
/// on the element.
pub fn sections(names: &str) -> Sections {
    let mut places = String::new();
    for name in names.split_whitespace().chain(SECTIONS) {
        let digits = SECTIONS.iter().zip('0'..).filter(|(known, _)| **known == name);
        for (_, digit) in digits {
            if !places.contains(digit) {
                places.push(digit);
            }
        }
    }
    places.into()
}

/// Views of the second chunk, as function pointers, so that only the second chunk contains their code. The second argument of
/// each function is a `self_service::Page` of the core.
#[derive(Clone, Copy)]
pub struct SelfServiceViews {
    /// Draws the dialog. Returns None on a first page, which has no dialog.
    pub dialog: fn(&View, &dyn Any) -> Option<ElementBuilder>,
    /// Draws the cards. Returns None if there are no cards.
    pub cards: fn(&View, &dyn Any) -> Option<ElementBuilder>,
}

/// Returns the value of the named field of a submitted form, or an empty text if the form has no such field.
pub(crate) type ReadField = Rc<dyn Fn(&BrowserEvent, &str) -> String>;

/// Functions that handle the shopper's input. They do nothing once the widget is removed.
#[derive(Clone)]
pub struct Callbacks {
    /// Sends an input to the core.
    pub send: Rc<dyn Fn(Msg)>,
    /// Takes the files that the shopper picked; the event comes from a file input.
    pub pick_files: Rc<dyn Fn(&BrowserEvent)>,
    /// Returns the value of the named field of a submitted form.
    pub read_field: ReadField,
}

/// Context of one drawing.
pub struct View {
    /// Texts in the language of the page.
    pub texts: Rc<dyn Texts>,
    /// Level of the headline, 1 to 6.
    pub heading_level: u8,
    /// Order of the sections of the page.
    pub sections: Sections,
    /// Views of the second chunk, once it is loaded.
    pub self_service: Option<SelfServiceViews>,
    callbacks: Callbacks,
}

impl View {
    /// Creates the context of one drawing.
    pub fn new(presentation: Presentation, callbacks: Callbacks) -> Self {
        let Presentation { texts, heading_level, sections, self_service } = presentation;
        Self { texts, heading_level, sections, self_service, callbacks }
    }

    /// Returns a function that sends inputs to the core.
    pub fn sender(&self) -> Rc<dyn Fn(Msg)> {
        Rc::clone(&self.callbacks.send)
    }

    /// Returns a function that takes the files that the shopper picked.
    pub fn file_picker(&self) -> Rc<dyn Fn(&BrowserEvent)> {
        Rc::clone(&self.callbacks.pick_files)
    }

    /// Returns a function that reads the value of the named field of a submitted form.
    pub fn field_reader(&self) -> ReadField {
        Rc::clone(&self.callbacks.read_field)
    }
}
