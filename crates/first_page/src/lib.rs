//! Renders the first page of an order: the tree of elements that the loader paints before the WebAssembly is there. The tree is
//! made by the same core and the same views as in the widget. The backend calls this crate, and passes the order document and the
//! current time.
//!
//! `catalogue` has the texts of a language, `references` collects the messages of a page, and `tree` writes the tree as JSON.

mod catalogue;
mod references;
mod tree;

use std::rc::Rc;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::Value;
use doorstep_core::client::{OrderEndpoint, Response};
use doorstep_core::screen::{Content, Effect, Env, Model, Msg, Screen};
use doorstep_core::self_service::self_service;
use doorstep_view::{Callbacks, Presentation, SelfServiceViews, View, cards, root};

pub use catalogue::Catalogue;
use references::References;

/// Largest first page in bytes. A larger page would delay the first paint more than the WebAssembly does.
const MAX_BYTES: usize = 256 * 1_024;

/// Presentation of the first page on the page of the shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Presented<'a> {
    /// Base address of the backend as the browser sees it. Pictures with a path are resolved against it.
    pub api: &'a str,
    /// Texts in the language of the page.
    pub catalogue: &'a Catalogue,
    /// Level of the headline, 1 to 6.
    pub heading_level: u8,
}

/// Renders the first page of an order document, as JSON. Returns None if the widget would not show an order for this document, or
/// if the page is larger than 256 KiB.
pub fn first_page(document: &str, presented: &Presented<'_>, now: DateTime<Utc>) -> Option<String> {
    let screen = screen(document, presented.api, now)?;
    let references = Rc::new(References::new(presented.catalogue.clone()));
    let presentation = Presentation {
        texts: Rc::clone(&references) as _,
        heading_level: presented.heading_level,
        // The cards are there from the start, so that they do not move the page later. A dialog opens only in the widget.
        self_service: Some(SelfServiceViews { dialog: |_, _| None, cards }),
    };
    let drawn = root(&View::new(presentation, callbacks()), &screen);
    let page = tree::json(&drawn.into_element(), &references);
    (page.len() <= MAX_BYTES).then_some(page)
}

/// Returns the screen that the widget shows if this document is the response to its first request. Returns None if the document
/// is not JSON, or if the screen shows no order.
fn screen(document: &str, api: &str, now: DateTime<Utc>) -> Option<Screen> {
    let mut body: serde_json::Value = serde_json::from_str(document).ok()?;
    references::remove_marks(&mut body);
    let to_local = |at: DateTime<Utc>, zone: &str| Some(at.with_timezone(&Tz::from_str(zone).ok()?).naive_local());
    let env = Env { now, random: 0.0, to_local: &to_local };
    let mut model = Model::default();
    let endpoint = OrderEndpoint { api: api.to_owned(), order: "order".to_owned(), token: None };
    let effects = model.update(Msg::Configured(endpoint), &env);
    let generation =
        effects.iter().find_map(|effect| if let Effect::AskOrder(generation, _) = effect { Some(*generation) } else { None })?;
    let response = Response { status: 200, date: Some(now), body: Some(Rc::new(Value::from(body))), ..Response::default() };
    let effects = model.update(Msg::OrderAnswered(generation, Ok(response)), &env);
    if effects.contains(&Effect::LoadRequests) {
        model.update(Msg::RequestsLoaded(Some(self_service)), &env);
    }
    let screen = model.screen(&env);
    // The first page has no announcement, because the loader announces nothing.
    matches!(screen.content, Content::Order(_)).then(|| Screen { content: screen.content, ..Screen::default() })
}

/// Returns callbacks that do nothing, because a server has no shopper who presses something.
fn callbacks() -> Callbacks {
    Callbacks { send: Rc::new(|_| {}), pick_files: Rc::new(|_| {}), read_field: |_, _| String::new() }
}

#[cfg(test)]
mod tests;
