//! Elements from parts: the few lines through which every view builds its markup.
//!
//! Leptos's `view!` macro writes static markup through `innerHTML`, which a page that requires Trusted Types refuses, and gives every
//! element a type of its own, which costs kilobytes. Here every element is made node by node, and all elements of a tag share one type.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::html::{self, ElementChild};
use leptos::prelude::{AddAnyAttr, AnyView, IntoAny};
use leptos::tachys::html::event::on;

/// What goes into an element. An element that is redrawn must list the same attributes in the same order.
pub(crate) struct Parts {
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

impl Parts {
    /// Nothing but a class.
    #[inline(never)]
    pub(crate) fn class(class: &str) -> Self {
        Self { attributes: vec![attribute("class", class.to_owned())], children: Vec::new() }
    }

    /// Nothing yet.
    #[inline(never)]
    pub(crate) fn new() -> Self {
        Self { attributes: Vec::new(), children: Vec::new() }
    }

    /// An attribute.
    pub(crate) fn attr(self, name: &'static str, value: impl Into<String>) -> Self {
        self.attr_if(name, Some(value.into()))
    }

    /// An attribute that is there only with a value.
    #[inline(never)]
    pub(crate) fn attr_if(mut self, name: &'static str, value: Option<String>) -> Self {
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An attribute without a value that is there or not.
    #[inline(never)]
    pub(crate) fn flag(self, name: &'static str, set: bool) -> Self {
        self.attr_if(name, set.then(String::new))
    }

    /// What a press does.
    pub(crate) fn on_click(mut self, then: impl Fn() + 'static) -> Self {
        let then: Box<dyn FnMut(ev::MouseEvent)> = Box::new(move |_| then());
        self.attributes.push(on(ev::click, then).into_any_attr());
        self
    }

    /// What sending a form does; the browser itself does not send it.
    pub(crate) fn on_submit(mut self, then: impl Fn(web_sys::SubmitEvent) + 'static) -> Self {
        let then: Box<dyn FnMut(web_sys::SubmitEvent)> = Box::new(move |event| {
            event.prevent_default();
            then(event);
        });
        self.attributes.push(on(ev::submit, then).into_any_attr());
        self
    }

    /// A text.
    #[inline(never)]
    pub(crate) fn text(self, text: String) -> Self {
        self.child(text.into_any())
    }

    /// A child.
    #[inline(never)]
    pub(crate) fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// A child that may be missing.
    #[inline(never)]
    pub(crate) fn maybe(self, child: Option<AnyView>) -> Self {
        self.child(child.unwrap_or_else(none))
    }

    /// Children that come and go.
    #[inline(never)]
    pub(crate) fn list(self, children: Vec<AnyView>) -> Self {
        self.child(children.into_any())
    }
}

#[inline(never)]
fn attribute(name: &'static str, value: String) -> AnyAttribute {
    custom_attribute(name, Some(value)).into_any_attr()
}

/// Nothing.
#[inline(never)]
pub(crate) fn none() -> AnyView {
    ().into_any()
}

macro_rules! elements {
    ($($tag:ident)*) => {$(
        #[inline(never)]
        pub(crate) fn $tag(parts: Parts) -> AnyView {
            html::$tag().add_any_attr(parts.attributes).child(parts.children).into_any()
        }
    )*};
}
elements!(a article aside button dd details div dl dt figcaption figure form h1 h2 h3 h4 h5 h6 header label li ol p section span strong summary time ul);

macro_rules! empty_elements {
    ($($tag:ident)*) => {$(
        #[inline(never)]
        pub(crate) fn $tag(parts: Parts) -> AnyView {
            html::$tag().add_any_attr(parts.attributes).into_any()
        }
    )*};
}
empty_elements!(img input);

/// A heading of a level among the headings of the page, 1 to 6.
pub(crate) fn heading(level: u8, parts: Parts) -> AnyView {
    match level {
        0 | 1 => h1(parts),
        2 => h2(parts),
        3 => h3(parts),
        4 => h4(parts),
        5 => h5(parts),
        _ => h6(parts),
    }
}
