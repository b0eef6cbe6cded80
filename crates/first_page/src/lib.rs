//! Renders the first page of an order: the tree of elements that the loader paints before the WebAssembly is there, and the same
//! tree as HTML for pages that are rendered on a server. The tree is made by the same core and the same views as in the widget. The
//! backend calls this crate, and passes the order document and the current time.
//!
//! `catalogue` has the texts of a language, and `localizer` formats the messages. `tree` writes the tree as JSON for the loader, and
//! `html` as HTML for a server. `order_page` writes the page that the backend hosts.

mod catalogue;
mod html;
mod localizer;
mod order_page;
mod tree;

use std::rc::Rc;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::Value;
use doorstep_core::client::{OrderEndpoint, Response};
use doorstep_core::message::keys;
use doorstep_core::screen::{Content, Effect, Env, Model, Msg, OrderPage as OrderView, Screen};
use doorstep_core::self_service::self_service;
use doorstep_view::dom::{Element, Node, div, p};
use doorstep_view::{Callbacks, Presentation, SelfServiceViews, Texts, View, cards, root, sections};

pub use html::{write_attribute, write_text};
pub use localizer::Localizer;
pub use order_page::{Content as OrderPageContent, LookupFailure, OrderPage, STYLES as ORDER_PAGE_STYLES, order_page};

/// Largest first page in bytes. A larger page would delay the first paint more than the WebAssembly does.
const MAX_BYTES: usize = 256 * 1_024;

/// Presentation of the first page on the page of the shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Presented<'a> {
    /// Base address of the backend as the browser sees it. Pictures with a path are resolved against it.
    pub api: &'a str,
    /// BCP 47 tag of the language of the page, such as `de-AT`.
    pub language: &'a str,
    /// Level of the headline, 1 to 6.
    pub heading_level: u8,
    /// Names of the sections in their order, separated by spaces. Unknown names are ignored.
    pub sections: &'a str,
}

/// Renders the first page of an order document, as JSON. Returns None if the widget would not show an order for this document, or
/// if the page is larger than 256 KiB.
pub fn first_page(document: &str, presented: &Presented<'_>, now: DateTime<Utc>) -> Option<String> {
    let screen = screen(document, presented.api, now)?;
    let texts = Rc::new(Localizer::new(presented.language));
    let page = tree::json(&draw(&screen, texts, presented.heading_level, presented.sections));
    (page.len() <= MAX_BYTES).then_some(page)
}

/// Presentation of an order on a page that is rendered on a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered<'a> {
    /// Base address of the backend as the browser sees it. Pictures with a path are resolved against it.
    pub api: &'a str,
    /// BCP 47 tag of the language of the page, such as `de-AT`.
    pub language: &'a str,
    /// Level of the headline, 1 to 6.
    pub heading_level: u8,
    /// Names of the sections in their order, separated by spaces. Unknown names are ignored.
    pub sections: &'a str,
    /// Address and subresource integrity of the stylesheet of the widget. Without a stylesheet the order has no styles until the
    /// widget runs.
    pub stylesheet: Option<(&'a str, &'a str)>,
    /// Theme of the element, `light` or `dark`; None for the theme of the shopper's system.
    pub theme: Option<&'a str>,
}

/// Renders an order document as HTML: a `<template>` with a declarative shadow root, to be placed in the element of the widget. The
/// whole order can be read without script. Returns None if the widget would not show an order for this document.
pub fn html(document: &str, rendered: &Rendered<'_>, now: DateTime<Utc>) -> Option<String> {
    let screen = screen(document, rendered.api, now)?;
    let texts = Rc::new(Localizer::new(rendered.language));
    let mut drawn = draw(&screen, Rc::clone(&texts) as _, rendered.heading_level, rendered.sections);
    if let Some(Node::Element(order)) = drawn.children.first_mut() {
        order.children.insert(0, Node::Element(read_only_notice(&*texts)));
    }
    let mut out = String::from("<template shadowrootmode=\"open\">");
    if let Some((address, integrity)) = rendered.stylesheet {
        out.push_str("<link rel=\"stylesheet\" crossorigin=\"anonymous\"");
        html::write_attribute("href", address, &mut out);
        html::write_attribute("integrity", integrity, &mut out);
        out.push('>');
    }
    out.push_str("<div class=\"root\"");
    html::write_attribute("lang", &texts.tag(), &mut out);
    if let Some(theme) = rendered.theme {
        html::write_attribute("data-theme", theme, &mut out);
    }
    out.push('>');
    html::write(&drawn, &mut out);
    out.push_str("</div></template>");
    Some(out)
}

/// Returns the view data of an order document as the widget computes it, with the cards of self-service. Used by documents that say the
/// same as the page in another form, such as mails. Returns None if the widget would not show an order for this document.
pub fn order_view(document: &str, api: &str, now: DateTime<Utc>) -> Option<OrderView> {
    match screen(document, api, now)?.content {
        Content::Order(view) => Some(*view),
        Content::Loading | Content::LoadingSlowly(_) | Content::Lookup(_) | Content::Failure(_) => None,
    }
}

/// Returns a notice for browsers that run no script: the actions are not available. The loader removes it.
fn read_only_notice(texts: &dyn Texts) -> Box<Element> {
    let notice = div().class("notice").attr("part", "notice").child(p().text(texts.key(keys::PANIC_READ_ONLY)));
    Box::new(Element { tag: "noscript", children: vec![Node::Element(notice.into_element())], ..Element::default() })
}

/// Returns the screen that the widget shows if this document is the response to its first request. Returns None if the document
/// is not JSON, or if the screen shows no order.
fn screen(document: &str, api: &str, now: DateTime<Utc>) -> Option<Screen> {
    let body: serde_json::Value = serde_json::from_str(document).ok()?;
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
    // As on paper, the details of every parcel are there, also in an order of so many parcels that the widget draws few of them.
    model.update(Msg::AllDetailsNeeded, &env);
    let screen = model.screen(&env);
    // The first page has no announcement, because the loader announces nothing.
    matches!(screen.content, Content::Order(_)).then(|| Screen { content: screen.content, ..Screen::default() })
}

/// Draws a screen with the cards of cases, returns and refunds. The cards are there from the start, so that they do not move the
/// page later. A dialog opens only in the widget.
fn draw(screen: &Screen, texts: Rc<dyn Texts>, heading_level: u8, names: &str) -> Box<Element> {
    let self_service = Some(SelfServiceViews { dialog: |_, _| None, cards });
    let presentation = Presentation { texts, heading_level, sections: sections(names), self_service };
    root(&View::new(presentation, callbacks()), screen).into_element()
}

/// Returns callbacks that do nothing, because a server has no shopper who presses something.
fn callbacks() -> Callbacks {
    Callbacks { send: Rc::new(|_| {}), pick_files: Rc::new(|_| {}), read_field: Rc::new(|_, _| String::new()) }
}

#[cfg(test)]
mod tests;
