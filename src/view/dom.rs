//! Elements from parts: the few lines through which every view builds its markup.
//!
//! Leptos's `view!` macro writes static markup through `innerHTML`, which a page that requires Trusted Types refuses, and gives every
//! element a type of its own, which costs kilobytes. Here every element is made node by node, and all elements of a tag share one type.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::{Attribute, NextAttribute};
use leptos::ev;
use leptos::html::{self, ElementChild};
use leptos::prelude::{AddAnyAttr, AnyView, IntoAny};
use leptos::tachys::html::event::on;
use leptos::tachys::view::keyed::keyed;
use web_sys::Element;

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
        self.attributes.push(Named { name, value }.into_any_attr());
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

    /// Children that come and go at the end of their list.
    #[inline(never)]
    pub(crate) fn list(self, children: Vec<AnyView>) -> Self {
        self.child(children.into_any())
    }

    /// Children that come and go anywhere: one that keeps its key keeps its node. Keys are unique.
    #[inline(never)]
    pub(crate) fn keyed(self, children: Vec<(String, AnyView)>) -> Self {
        type Child = (String, AnyView);
        type Drawn = (fn(usize), AnyView);
        let key: fn(&Child) -> String = |(key, _)| key.clone();
        let view: fn(usize, Child) -> Drawn = |_, (_, view)| (|_| (), view);
        self.child(keyed(children, key, view).into_any())
    }
}

#[inline(never)]
fn attribute(name: &'static str, value: String) -> AnyAttribute {
    Named { name, value: Some(value) }.into_any_attr()
}

/// An attribute that is written only where it differs from what stands in the page.
///
/// Leptos redraws a list of its own attributes by removing all and adding them again. Without its `tabindex` for a moment the headline
/// loses the focus, and a parcel that the shopper folded opens again.
#[derive(Clone)]
struct Named {
    name: &'static str,
    value: Option<String>,
}

impl Named {
    fn write(self, element: &Element) {
        let Self { name, value } = self;
        // Folding is the shopper's: it is set again only when what we say of it changes.
        if name == "open" {
            let said = if value.is_some() { "yes" } else { "no" };
            if element.get_attribute("data-open").as_deref() == Some(said) {
                return;
            }
            let _ = element.set_attribute("data-open", said);
        }
        if element.get_attribute(name) == value {
            return;
        }
        let _ = match value {
            Some(value) => element.set_attribute(name, &value),
            None => element.remove_attribute(name),
        };
    }
}

impl NextAttribute for Named {
    type Output<NewAttr: Attribute> = Vec<AnyAttribute>;

    fn add_any_attr<NewAttr: Attribute>(self, next: NewAttr) -> Self::Output<NewAttr> {
        vec![self.into_any_attr(), next.into_any_attr()]
    }
}

impl Attribute for Named {
    const MIN_LENGTH: usize = 0;
    type State = Element;
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        0
    }

    fn to_html(self, _: &mut String, _: &mut String, _: &mut String, _: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &Element) -> Self::State {
        self.write(element);
        element.clone()
    }

    fn rebuild(self, element: &mut Self::State) {
        self.write(element);
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }
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
