//! Element builders, from which every view builds its markup.
//!
//! Leptos's own views give every element a type, which costs the shopper tens of kilobytes, and its `view!` macro writes static
//! markup through `innerHTML`, which a page that requires Trusted Types rejects. Here a view draws a plain tree, Leptos redraws
//! it whenever a signal changes, and `live` patches the page in place.

use web_sys::{Event, SubmitEvent};

/// One node of a drawn tree.
pub(crate) enum Node {
    /// Placeholder for a node that may appear later.
    Nothing,
    /// A text.
    Text(String),
    /// An element.
    Element(Box<Element>),
}

/// An element of a drawn tree. A redraw lists the same attributes in the same order.
#[derive(Default)]
pub(crate) struct Element {
    pub(super) tag: &'static str,
    pub(super) svg: bool,
    /// Identity among its siblings, for children that may change places.
    pub(super) key: Option<String>,
    pub(super) attributes: Vec<(&'static str, Option<String>)>,
    pub(super) handler: Option<Handler>,
    pub(super) children: Vec<Node>,
}

/// Event handler of an element.
pub(super) enum Handler {
    /// The element was clicked.
    Click(Box<dyn Fn()>),
    /// The form was submitted; the browser's own submission is prevented.
    Submit(Box<dyn Fn(SubmitEvent)>),
    /// A control inside the element was changed.
    Input(Box<dyn Fn(Event)>),
    /// Closing of the dialog was requested; the browser's own closing is prevented.
    Cancel(Box<dyn Fn()>),
}

/// Element builder: collects the attributes, the handler and the children of one element.
pub(crate) struct Parts(Box<Element>);

impl Parts {
    /// Returns a builder without attributes and children.
    #[inline(never)]
    pub(crate) fn new() -> Self {
        Self(Box::default())
    }

    /// Returns a builder with a class.
    #[inline(never)]
    pub(crate) fn class(class: &str) -> Self {
        Self::new().attr("class", class)
    }

    /// Sets an attribute.
    #[inline(never)]
    pub(crate) fn attr(self, name: &'static str, value: &str) -> Self {
        self.attr_if(name, Some(value.to_owned()))
    }

    /// Sets an attribute that is present only if it has a value.
    #[inline(never)]
    pub(crate) fn attr_if(mut self, name: &'static str, value: Option<String>) -> Self {
        self.0.attributes.push((name, value));
        self
    }

    /// Sets a Boolean attribute, which is present without a value or absent.
    pub(crate) fn flag(self, name: &'static str, set: bool) -> Self {
        self.attr_if(name, set.then(String::new))
    }

    /// Sets a name for `::part()` rules of the page if `set` is true.
    pub(crate) fn part_if(self, name: &str, set: bool) -> Self {
        self.attr_if("part", set.then(|| name.to_owned()))
    }

    /// Sets the key that identifies the element among its siblings, so that it keeps its node when they change places.
    pub(crate) fn key(mut self, key: String) -> Self {
        self.0.key = Some(key);
        self
    }

    /// Sets the handler of a click.
    pub(crate) fn on_click(mut self, then: impl Fn() + 'static) -> Self {
        self.0.handler = Some(Handler::Click(Box::new(then)));
        self
    }

    /// Sets the handler of a form's submission.
    pub(crate) fn on_submit(mut self, then: impl Fn(SubmitEvent) + 'static) -> Self {
        self.0.handler = Some(Handler::Submit(Box::new(then)));
        self
    }

    /// Sets the handler of changes to the controls inside.
    pub(crate) fn on_input(mut self, then: impl Fn(Event) + 'static) -> Self {
        self.0.handler = Some(Handler::Input(Box::new(then)));
        self
    }

    /// Sets the handler of a dialog's `cancel` event.
    pub(crate) fn on_cancel(mut self, then: impl Fn() + 'static) -> Self {
        self.0.handler = Some(Handler::Cancel(Box::new(then)));
        self
    }

    /// Adds a text.
    #[inline(never)]
    pub(crate) fn text(self, text: String) -> Self {
        self.child(Node::Text(text))
    }

    /// Adds a child.
    #[inline(never)]
    pub(crate) fn child(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    /// Adds a child, or a placeholder if it is missing.
    #[inline(never)]
    pub(crate) fn child_opt(self, child: Option<Node>) -> Self {
        self.child(child.unwrap_or(Node::Nothing))
    }

    /// Adds children whose number may change.
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

/// Returns a heading of the given level among the headings of the page, 1 to 6.
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

/// Returns an SVG element.
pub(crate) fn svg(tag: &'static str, mut parts: Parts) -> Node {
    parts.0.svg = true;
    parts.named(tag)
}
