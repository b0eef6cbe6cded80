//! Element builders, from which every view builds its markup. They have the form of Leptos's builders:
//! `div().class("lines").child(p().text(text))`.
//!
//! Leptos's views give every element a type, which costs the shopper tens of kilobytes, and its `view!` macro writes static
//! markup through `innerHTML`, which a page that requires Trusted Types rejects. Here all elements have one type, and the methods
//! are compiled once. A view draws a plain tree. In the widget, Leptos redraws it whenever a signal changes, and `src/patch.rs`
//! patches the page in place.

use std::any::Any;

/// Event of the browser. The views only pass it on.
pub type BrowserEvent = dyn Any;

/// One node of a drawn tree.
pub enum Node {
    /// Placeholder for a node that may appear later.
    Nothing,
    /// A text.
    Text(String),
    /// An element.
    Element(Box<Element>),
}

/// An element of a drawn tree.
#[derive(Default)]
pub struct Element {
    /// Name of the element.
    pub tag: &'static str,
    /// True for an element of SVG.
    pub svg: bool,
    /// Key among its siblings, for children that may change places.
    pub key: Option<String>,
    /// Attributes in the order in which they were set. An attribute without a value is absent from the page.
    ///
    /// Each drawing of an element has to set the same names in the same order, with None for an absent attribute. The patcher
    /// compares each attribute with the attribute at the same index of the previous drawing. If the names differ, the patcher
    /// removes the old attribute and sets the new one. For `open` this would undo the shopper's folding of a `<details>`. No name
    /// may occur twice, because the removal of one attribute would also remove the other.
    pub attributes: Vec<(&'static str, Option<String>)>,
    /// Handler of the element's event, if it has one.
    pub handler: Option<Handler>,
    /// Nodes inside.
    pub children: Vec<Node>,
}

/// Event handler of an element.
pub enum Handler {
    /// The element was clicked.
    Click(Box<dyn Fn()>),
    /// The form was submitted; the browser's own submission is prevented.
    Submit(Box<dyn Fn(&BrowserEvent)>),
    /// A control inside the element was changed.
    Input(Box<dyn Fn(&BrowserEvent)>),
    /// Closing of the dialog was requested; the browser's own closing is prevented.
    Cancel(Box<dyn Fn()>),
}

/// Builder of one element: takes its attributes, its handler and its children.
pub struct ElementBuilder(Box<Element>);

impl ElementBuilder {
    /// Creates an element without attributes and children.
    #[inline(never)]
    fn new(tag: &'static str) -> Self {
        Self(Box::new(Element { tag, ..Element::default() }))
    }

    /// Returns the element.
    pub fn into_element(self) -> Box<Element> {
        self.0
    }

    /// Sets the class.
    #[inline(never)]
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Sets the class, and the same name for `::part()` rules of the page.
    #[inline(never)]
    pub fn named(self, name: &str) -> Self {
        self.class(name).attr("part", name)
    }

    /// Sets an attribute.
    #[inline(never)]
    pub fn attr(self, name: &'static str, value: &str) -> Self {
        self.attr_opt(name, Some(value.to_owned()))
    }

    /// Sets an attribute that is present only if it has a value.
    #[inline(never)]
    pub fn attr_opt(mut self, name: &'static str, value: Option<String>) -> Self {
        self.0.attributes.push((name, value));
        self
    }

    /// Sets a Boolean attribute, which is present without a value or absent.
    pub fn flag(self, name: &'static str, set: bool) -> Self {
        self.attr_opt(name, set.then(String::new))
    }

    /// Sets a name for `::part()` rules of the page if `set` is true.
    pub fn part_if(self, name: &str, set: bool) -> Self {
        self.attr_opt("part", set.then(|| name.to_owned()))
    }

    /// Sets the key that identifies the element among its siblings, so that it keeps its node when they change places.
    pub fn key(mut self, key: String) -> Self {
        self.0.key = Some(key);
        self
    }

    /// Sets the handler of a click.
    pub fn on_click(mut self, then: impl Fn() + 'static) -> Self {
        self.0.handler = Some(Handler::Click(Box::new(then)));
        self
    }

    /// Sets the handler of a form's submission.
    pub fn on_submit(mut self, then: impl Fn(&BrowserEvent) + 'static) -> Self {
        self.0.handler = Some(Handler::Submit(Box::new(then)));
        self
    }

    /// Sets the handler of changes to the controls inside.
    pub fn on_input(mut self, then: impl Fn(&BrowserEvent) + 'static) -> Self {
        self.0.handler = Some(Handler::Input(Box::new(then)));
        self
    }

    /// Sets the handler of a dialog's `cancel` event.
    pub fn on_cancel(mut self, then: impl Fn() + 'static) -> Self {
        self.0.handler = Some(Handler::Cancel(Box::new(then)));
        self
    }

    /// Adds a text.
    #[inline(never)]
    pub fn text(self, text: String) -> Self {
        self.node(Node::Text(text))
    }

    /// Adds a text, or a placeholder if it is missing.
    #[inline(never)]
    pub fn text_opt(self, text: Option<String>) -> Self {
        self.node(text.map_or(Node::Nothing, Node::Text))
    }

    /// Adds a child.
    #[inline(never)]
    pub fn child(self, child: Self) -> Self {
        self.node(Node::Element(child.0))
    }

    /// Adds a child, or a placeholder if it is missing.
    #[inline(never)]
    pub fn child_opt(self, child: Option<Self>) -> Self {
        self.node(child.map_or(Node::Nothing, |child| Node::Element(child.0)))
    }

    /// Adds children whose number may change. Takes an iterator, so that the caller does not have to collect them first.
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        for child in children {
            self = self.child(child);
        }
        self
    }

    #[inline(never)]
    fn node(mut self, node: Node) -> Self {
        self.0.children.push(node);
        self
    }
}

macro_rules! elements {
    ($($tag:ident)*) => {$(
        #[doc = concat!("Returns an element `", stringify!($tag), "`.")]
        pub fn $tag() -> ElementBuilder {
            ElementBuilder::new(stringify!($tag))
        }
    )*};
}
elements!(a article aside button dd details dialog div dl dt fieldset figcaption figure form header img input label legend li ol option p progress section select slot span strong summary textarea time ul);

/// Creates a heading of the given level among the headings of the page, 1 to 6. A lower level counts as 1, a higher level as 6.
pub fn heading(level: u8) -> ElementBuilder {
    ElementBuilder::new(match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    })
}

/// Creates a slot, in which the page can place an element of its own.
pub fn named_slot(name: &str) -> ElementBuilder {
    slot().attr("name", name)
}

/// Creates an SVG element.
pub fn svg(tag: &'static str) -> ElementBuilder {
    let mut element = ElementBuilder::new(tag);
    element.0.svg = true;
    element
}
