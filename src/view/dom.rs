//! Elements from parts, and how a drawn tree becomes the page's: the few lines through which every view builds its markup.
//!
//! Leptos's own views give every element a type, which costs the shopper tens of kilobytes, and its `view!` macro writes static markup
//! through `innerHTML`, which a page that requires Trusted Types refuses. Here a view draws a plain tree, Leptos calls for it whenever a
//! signal changes, and `live` patches the page in place.

use web_sys::{Event, SubmitEvent};

/// One node of a drawn tree.
pub(crate) enum Node {
    /// Keeps the place of something that may come.
    Nothing,
    /// A text.
    Text(String),
    /// An element.
    Element(Box<Element>),
}

/// An element of a drawn tree. Drawn again, it lists the same attributes in the same order.
#[derive(Default)]
pub(crate) struct Element {
    pub(super) tag: &'static str,
    pub(super) svg: bool,
    /// Tells children apart that may change places.
    pub(super) key: Option<String>,
    pub(super) attributes: Vec<(&'static str, Option<String>)>,
    pub(super) handler: Option<Handler>,
    pub(super) children: Vec<Node>,
}

/// What an element does when something happens to it.
pub(super) enum Handler {
    /// It was pressed.
    Click(Box<dyn Fn()>),
    /// The form was sent; the browser itself does not send it.
    Submit(Box<dyn Fn(SubmitEvent)>),
    /// A control within it was changed.
    Input(Box<dyn Fn(Event)>),
    /// It is a dialog, and its closing was asked for; the browser itself does not close it.
    Cancel(Box<dyn Fn()>),
}

/// What goes into an element.
pub(crate) struct Parts(Box<Element>);

impl Parts {
    /// Nothing yet.
    #[inline(never)]
    pub(crate) fn new() -> Self {
        Self(Box::default())
    }

    /// Nothing but a class.
    #[inline(never)]
    pub(crate) fn class(class: &str) -> Self {
        Self::new().attr("class", class)
    }

    /// An attribute.
    #[inline(never)]
    pub(crate) fn attr(self, name: &'static str, value: &str) -> Self {
        self.attr_if(name, Some(value.to_owned()))
    }

    /// An attribute that is there only with a value.
    #[inline(never)]
    pub(crate) fn attr_if(mut self, name: &'static str, value: Option<String>) -> Self {
        self.0.attributes.push((name, value));
        self
    }

    /// An attribute without a value that is there or not.
    pub(crate) fn flag(self, name: &'static str, set: bool) -> Self {
        self.attr_if(name, set.then(String::new))
    }

    /// A name for the page's own rules that is there or not.
    pub(crate) fn part_if(self, name: &str, set: bool) -> Self {
        self.attr_if("part", set.then(|| name.to_owned()))
    }

    /// Tells the element apart from its siblings, so that it keeps its node when they change places.
    pub(crate) fn key(mut self, key: String) -> Self {
        self.0.key = Some(key);
        self
    }

    /// What a press does.
    pub(crate) fn on_click(mut self, then: impl Fn() + 'static) -> Self {
        self.0.handler = Some(Handler::Click(Box::new(then)));
        self
    }

    /// What sending a form does.
    pub(crate) fn on_submit(mut self, then: impl Fn(SubmitEvent) + 'static) -> Self {
        self.0.handler = Some(Handler::Submit(Box::new(then)));
        self
    }

    /// What a change of a control within does.
    pub(crate) fn on_input(mut self, then: impl Fn(Event) + 'static) -> Self {
        self.0.handler = Some(Handler::Input(Box::new(then)));
        self
    }

    /// What the wish to close a dialog does.
    pub(crate) fn on_cancel(mut self, then: impl Fn() + 'static) -> Self {
        self.0.handler = Some(Handler::Cancel(Box::new(then)));
        self
    }

    /// A text.
    #[inline(never)]
    pub(crate) fn text(self, text: String) -> Self {
        self.child(Node::Text(text))
    }

    /// A child.
    #[inline(never)]
    pub(crate) fn child(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    /// A child that may be missing.
    #[inline(never)]
    pub(crate) fn maybe(self, child: Option<Node>) -> Self {
        self.child(child.unwrap_or(Node::Nothing))
    }

    /// Children that come and go.
    #[inline(never)]
    pub(crate) fn list(mut self, children: Vec<Node>) -> Self {
        self.0.children.extend(children);
        self
    }

    #[inline(never)]
    fn named(mut self, tag: &'static str) -> Node {
        self.0.tag = tag;
        Node::Element(self.0)
    }
}

macro_rules! elements {
    ($($tag:ident)*) => {$(
        pub(crate) fn $tag(parts: Parts) -> Node {
            parts.named(stringify!($tag))
        }
    )*};
}
elements!(a article aside button dd details dialog div dl dt fieldset figcaption figure form header img input label legend li ol option p progress section select span strong summary textarea time ul);

/// A heading of a level among the headings of the page, 1 to 6.
pub(crate) fn heading(level: u8, parts: Parts) -> Node {
    parts.named(match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    })
}

/// An element of an image.
pub(crate) fn svg(tag: &'static str, mut parts: Parts) -> Node {
    parts.0.svg = true;
    parts.named(tag)
}
