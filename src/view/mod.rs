//! Draws the screen, one file per thing that a shopper would point at.
//!
//! A view gets its data, the texts and a way to send messages; it never fetches, sets a timer or asks for the window. It is redrawn as
//! a whole whenever the screen changes, and the DOM is patched in place: what is on the page keeps its focus and its open disclosures.

mod actions;
mod dom;
mod failure;
mod headline;
mod icon;
mod live;
mod lookup;
mod milestones;
mod notice;
mod order;
mod parcel;
mod place;
mod promise;
pub(crate) mod request;
mod timeline;

use std::rc::{Rc, Weak};

use doorstep_core::phrase::{Key, Phrase};
use doorstep_core::screen::{Announcement, Content, Msg, Screen};
use leptos::prelude::{Get, LocalStorage, RwSignal, StoredValue, With, WithValue};
use leptos::tachys::view::Render;

use crate::request::Room;
use crate::text::Text;
use crate::tracker::{self, Tracker};
pub(crate) use dom::Node;
use dom::{Parts, article, div, p, span};

/// How the screen is presented on this page.
#[derive(Clone)]
pub(crate) struct Presentation {
    /// The texts.
    pub(crate) text: Rc<Text>,
    /// The level of the headline, 1 to 6.
    pub(crate) heading_level: u8,
}

/// What every view is given beside its data.
pub(crate) struct View {
    /// The texts.
    pub(crate) text: Rc<Text>,
    /// The level of the headline, 1 to 6.
    pub(crate) heading_level: u8,
    /// What the second chunk brought, once it is here.
    pub(crate) room: Option<Room>,
    tracker: Weak<Tracker>,
}

impl View {
    /// Sends messages to the core.
    pub(crate) fn sender(&self) -> impl Fn(Msg) + 'static {
        let tracker = self.tracker.clone();
        move |msg| tracker::send(&tracker, msg)
    }
}

impl Parts {
    /// Adds an entry of the catalogue.
    #[inline(never)]
    fn word(self, view: &View, key: Key) -> Self {
        self.text(view.text.key(key))
    }

    /// Adds the words of a phrase, and what is printed in their place where they would mean nothing on paper. The element has no other
    /// children.
    #[inline(never)]
    fn says(self, view: &View, phrase: &Phrase) -> Self {
        let (words, paper) = (view.text.phrase(phrase), view.text.on_paper(phrase));
        if paper == words {
            return self.attr_if("data-print", None).text(words);
        }
        self.attr("data-print", &paper).child(span(Parts::new().text(words)))
    }
}

impl View {
    /// Takes the files that were picked.
    pub(crate) fn picker(&self) -> impl Fn(&web_sys::Event) + 'static {
        let tracker = self.tracker.clone();
        move |event| tracker::pick(&tracker, event)
    }
}

/// The whole widget: what is shown, and the live region that speaks of it.
pub(crate) fn root(
    screen: RwSignal<Screen, LocalStorage>,
    presentation: RwSignal<Presentation, LocalStorage>,
    tracker: Weak<Tracker>,
) -> impl Render<State: 'static> + 'static {
    let tracker = StoredValue::new_local(tracker);
    move || {
        let Presentation { text, heading_level } = presentation.get();
        let tracker = tracker.with_value(Weak::clone);
        let room = tracker.upgrade().and_then(|tracker| tracker.room());
        let view = View { text, heading_level, room, tracker };
        screen.with(|screen| {
            div(Parts::class("doorstep")
                .child(content(&view, &screen.content))
                .child(announcement(&view, &screen.announcement))
                .child(dialog(&view, &screen.content)))
        })
    }
}

fn content(view: &View, content: &Content) -> Node {
    match content {
        Content::Loading => Node::Nothing,
        Content::LoadingSlowly(notice) => p(Parts::class("slow").text(view.text.phrase(notice))),
        Content::Order(page) => article(order::order(view, page)),
        Content::Lookup(page) => lookup::lookup(view, page),
        Content::Failure(page) => failure::failure(view, page),
    }
}

/// The dialog of the second chunk, beside what is shown, so that nothing of the page is redrawn around it.
fn dialog(view: &View, content: &Content) -> Node {
    let page = match content {
        Content::Order(page) => page.requests.as_ref(),
        Content::Loading | Content::LoadingSlowly(_) | Content::Lookup(_) | Content::Failure(_) => None,
    };
    match (view.room, page) {
        (Some(room), Some(page)) => (room.dialog)(view, &*page.0),
        _ => Node::Nothing,
    }
}

/// Texts in one line. Kept out of line, because the standard library writes another one for every kind of text.
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

/// Speaks only when its text changes; a text that is said twice in a row differs by a trailing space.
fn announcement(view: &View, announcement: &Announcement) -> Node {
    let mut words = announcement.phrase.as_ref().map(|phrase| view.text.phrase(phrase)).unwrap_or_default();
    if announcement.serial % 2 == 1 {
        words.push('\u{a0}');
    }
    p(Parts::class("spoken").attr("role", "status").attr("aria-live", "polite").text(words))
}
