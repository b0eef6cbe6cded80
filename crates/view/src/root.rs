//! The whole widget: the content, the live region and the dialog.

use doorstep_core::screen::{Announcement, Content, Screen};

use super::context::View;
use super::dom::{ElementBuilder, div, p};
use super::{failure, lookup, order};

/// Draws the whole widget: the content, the live region and the dialog.
pub fn root(view: &View, screen: &Screen) -> ElementBuilder {
    div()
        .class("doorstep")
        .child_opt(content(view, &screen.content))
        .child(announcement(view, &screen.announcement))
        .child_opt(dialog(view, &screen.content))
}

fn content(view: &View, content: &Content) -> Option<ElementBuilder> {
    Some(match content {
        Content::Loading => return None,
        Content::LoadingSlowly(notice) => p().class("slow").text(view.texts.message(notice)),
        Content::Order(page) => order::order(view, page),
        Content::Lookup(page) => lookup::lookup(view, page),
        Content::Failure(page) => failure::failure(view, page),
    })
}

/// Draws the dialog of the second chunk. The dialog is a sibling of the content, so that it keeps its nodes when the content
/// changes. Returns None if no order is shown or the second chunk is not loaded.
fn dialog(view: &View, content: &Content) -> Option<ElementBuilder> {
    let page = match content {
        Content::Order(page) => page.requests.as_ref(),
        Content::Loading | Content::LoadingSlowly(_) | Content::Lookup(_) | Content::Failure(_) => None,
    };
    match (view.self_service, page) {
        (Some(views), Some(page)) => (views.dialog)(view, &*page.0),
        _ => None,
    }
}

/// Draws the live region. Screen readers announce the live region only if its text changes. So every second text gets a trailing
/// space, and two equal texts in a row differ.
fn announcement(view: &View, announcement: &Announcement) -> ElementBuilder {
    let mut text = announcement.message.as_ref().map(|message| view.texts.message(message)).unwrap_or_default();
    if announcement.serial % 2 == 1 {
        text.push('\u{a0}');
    }
    p().class("spoken").attr("role", "status").attr("aria-live", "polite").text(text)
}
