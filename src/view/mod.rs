//! Draws the screen, one file for each visible section.
//!
//! A view receives its data, the texts and a function that sends inputs to the core; it never fetches, sets a timer or uses the
//! window. The whole view is redrawn whenever the screen changes, and the DOM is patched in place, so that elements keep their
//! focus and their open disclosures.

mod actions;
mod dom;
mod failure;
mod headline;
mod icon;
mod lookup;
mod milestones;
mod notice;
mod order;
mod parcel;
mod patch;
mod place;
mod promise;
pub(crate) mod self_service;
mod timeline;

use std::rc::{Rc, Weak};

use doorstep_core::message::{Key, Message};
use doorstep_core::screen::{Announcement, Content, Msg, Screen};
use leptos::prelude::{Get, LocalStorage, RwSignal, StoredValue, With, WithValue};
use leptos::tachys::view::Render;

use crate::chunk::ChunkExports;
use crate::text::Text;
use crate::tracker::{self, Tracker};
pub(crate) use dom::ElementBuilder;
use dom::{div, p, span};

/// Presentation of the screen on this page.
#[derive(Clone)]
pub(crate) struct Presentation {
    /// Catalogue and formatters.
    pub(crate) text: Rc<Text>,
    /// Level of the headline, 1 to 6.
    pub(crate) heading_level: u8,
}

/// Context that every view receives besides its data.
pub(crate) struct View {
    /// Catalogue and formatters.
    pub(crate) text: Rc<Text>,
    /// Level of the headline, 1 to 6.
    pub(crate) heading_level: u8,
    /// Functions of the second chunk, once it is loaded.
    pub(crate) exports: Option<ChunkExports>,
    tracker: Weak<Tracker>,
}

impl View {
    /// Returns a function that sends inputs to the core.
    pub(crate) fn sender(&self) -> impl Fn(Msg) + 'static {
        let tracker = self.tracker.clone();
        move |msg| tracker::send(&tracker, msg)
    }
}

impl ElementBuilder {
    /// Adds the text of a catalogue entry.
    #[inline(never)]
    fn text_key(self, view: &View, key: Key) -> Self {
        self.text(view.text.key(key))
    }

    /// Adds the text of a message, and its printed form if that differs. The element must not have other children.
    #[inline(never)]
    fn message(self, view: &View, message: &Message) -> Self {
        let (words, paper) = (view.text.message(message), view.text.on_paper(message));
        if paper == words {
            return self.attr_opt("data-print", None).text(words);
        }
        self.attr("data-print", &paper).child(span().text(words))
    }
}

impl View {
    /// Returns a function that takes the files that the shopper picked.
    pub(crate) fn picker(&self) -> impl Fn(&web_sys::Event) + 'static {
        let tracker = self.tracker.clone();
        move |event| tracker::pick(&tracker, event)
    }
}

/// Draws the whole widget: the content, the live region and the dialog.
pub(crate) fn root(
    screen: RwSignal<Screen, LocalStorage>,
    presentation: RwSignal<Presentation, LocalStorage>,
    tracker: Weak<Tracker>,
) -> impl Render<State: 'static> + 'static {
    let tracker = StoredValue::new_local(tracker);
    move || {
        let Presentation { text, heading_level } = presentation.get();
        let tracker = tracker.with_value(Weak::clone);
        let exports = tracker.upgrade().and_then(|tracker| tracker.exports());
        let view = View { text, heading_level, exports, tracker };
        screen.with(|screen| {
            div()
                .class("doorstep")
                .child_opt(content(&view, &screen.content))
                .child(announcement(&view, &screen.announcement))
                .child_opt(dialog(&view, &screen.content))
        })
    }
}

fn content(view: &View, content: &Content) -> Option<ElementBuilder> {
    Some(match content {
        Content::Loading => return None,
        Content::LoadingSlowly(notice) => p().class("slow").text(view.text.message(notice)),
        Content::Order(page) => order::order(view, page),
        Content::Lookup(page) => lookup::lookup(view, page),
        Content::Failure(page) => failure::failure(view, page),
    })
}

/// Draws the dialog of the second chunk. It is a sibling of the content, so that nothing of the page is redrawn around it.
fn dialog(view: &View, content: &Content) -> Option<ElementBuilder> {
    let page = match content {
        Content::Order(page) => page.requests.as_ref(),
        Content::Loading | Content::LoadingSlowly(_) | Content::Lookup(_) | Content::Failure(_) => None,
    };
    match (view.exports, page) {
        (Some(exports), Some(page)) => Some((exports.dialog)(view, &*page.0)),
        _ => None,
    }
}

/// Joins texts into one line, separated by `by`. It is never inlined, and avoids the standard library's method, which is compiled
/// again for every type of text.
#[inline(never)]
fn joined(texts: &[String], by: &str) -> String {
    let mut line = String::new();
    for text in texts {
        if !line.is_empty() {
            line.push_str(by);
        }
        line.push_str(text);
    }
    line
}

/// Draws the live region. Screen readers announce it only when its text changes, so two equal texts in a row differ by a trailing
/// space.
fn announcement(view: &View, announcement: &Announcement) -> ElementBuilder {
    let mut words = announcement.message.as_ref().map(|message| view.text.message(message)).unwrap_or_default();
    if announcement.serial % 2 == 1 {
        words.push('\u{a0}');
    }
    p().class("spoken").attr("role", "status").attr("aria-live", "polite").text(words)
}
