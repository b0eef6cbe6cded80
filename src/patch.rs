//! The DOM nodes of a drawn tree. They are created once and then patched in place, so that elements keep their focus, open
//! disclosures and typed text. The first drawing takes over the nodes of the first page, if the loader has painted one. Leptos calls
//! this module through the traits of its renderer.

use std::cell::RefCell;
use std::rc::Rc;

use doorstep_view::dom::{Element, ElementBuilder, Handler, Node};
use leptos::prelude::document;
use leptos::tachys::view::{Mountable, Render};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Document;

use crate::browser::listener::Listener;

// Methods of `Document.prototype`. Markup of the page, such as `<img name="createElement">`, can replace methods of the document
// object, but not these.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["Document", "prototype", "createElement"], js_name = call)]
    fn create_element(document: &Document, tag: &str) -> web_sys::Element;
    #[wasm_bindgen(js_namespace = ["Document", "prototype", "createElementNS"], js_name = call)]
    fn create_element_ns(document: &Document, namespace: &str, tag: &str) -> web_sys::Element;
    #[wasm_bindgen(js_namespace = ["Document", "prototype", "createTextNode"], js_name = call)]
    fn create_text_node(document: &Document, text: &str) -> web_sys::Node;
    #[wasm_bindgen(js_namespace = ["Document", "prototype", "createComment"], js_name = call)]
    fn create_comment(document: &Document, text: &str) -> web_sys::Node;
}

/// A DOM node with the state in which it was last drawn. Without an element it is a text, or a placeholder for a node that may
/// appear later.
pub(crate) struct Live {
    node: web_sys::Node,
    text: Option<String>,
    element: Option<LiveElement>,
}

struct LiveElement {
    tag: &'static str,
    key: Option<String>,
    attributes: Vec<(&'static str, Option<String>)>,
    handler: Rc<RefCell<Option<Handler>>>,
    listener: Option<Listener>,
    children: Vec<Live>,
}

impl LiveElement {
    /// Returns true if the element can be patched into the drawn one. Another tag needs a new element, and a listener can only be
    /// added to a new element.
    fn can_become(&self, drawn: &Element) -> bool {
        self.tag == drawn.tag && self.listener.is_some() == drawn.handler.is_some()
    }
}

/// A drawn tree, as Leptos brings it into the page.
pub(crate) struct Drawing {
    /// The tree.
    pub(crate) tree: ElementBuilder,
    /// Element of the first page that the first drawing takes over.
    pub(crate) painted: Option<web_sys::Node>,
}

impl Render for Drawing {
    type State = Live;

    fn build(self) -> Live {
        create(Node::Element(self.tree.into_element()), self.painted)
    }

    fn rebuild(self, live: &mut Live) {
        let before = live.node.clone();
        if redraw(Node::Element(self.tree.into_element()), live)
            && let Some(parent) = before.parent_node()
        {
            let _ = parent.replace_child(&live.node, &before);
        }
    }
}

/// Creates the DOM node of a drawn node, with everything inside. A painted node is taken over if it is of the same kind.
fn create(node: Node, painted: Option<web_sys::Node>) -> Live {
    let of_kind = |kind: u16| painted.as_ref().filter(|node| node.node_type() == kind).cloned();
    match node {
        Node::Nothing => {
            let comment = of_kind(web_sys::Node::COMMENT_NODE).unwrap_or_else(|| create_comment(&document(), ""));
            Live { node: comment, text: None, element: None }
        }
        Node::Text(text) => {
            let node = of_kind(web_sys::Node::TEXT_NODE).unwrap_or_else(|| create_text_node(&document(), ""));
            // An equal text is not set again, because that would end a selection of the shopper in it.
            if node.node_value().as_ref() != Some(&text) {
                node.set_node_value(Some(&text));
            }
            Live { node, text: Some(text), element: None }
        }
        Node::Element(element) => create_with_children(*element, painted),
    }
}

/// Redraws a node. Returns true if its parent has to [`arrange`] its children, because the text changed or another node replaced
/// this one.
fn redraw(drawn: Node, live: &mut Live) -> bool {
    match (drawn, &mut live.element) {
        (Node::Element(element), Some(before)) if before.can_become(&element) => {
            patch(&live.node, before, *element);
            false
        }
        (Node::Text(text), None) if live.text.is_some() => {
            let changed = live.text.as_ref() != Some(&text);
            if changed {
                live.node.set_node_value(Some(&text));
                live.text = Some(text);
            }
            changed
        }
        (Node::Nothing, None) if live.text.is_none() => false,
        (other, _) => {
            *live = create(other, None);
            true
        }
    }
}

fn create_with_children(element: Element, painted: Option<web_sys::Node>) -> Live {
    let painted = painted.and_then(|node| node.dyn_into::<web_sys::Element>().ok());
    let painted = painted.filter(|painted| painted.local_name() == element.tag);
    let is_painted = painted.is_some();
    let made = painted.unwrap_or_else(|| {
        let document = document();
        match element.svg {
            true => create_element_ns(&document, "http://www.w3.org/2000/svg", element.tag),
            false => create_element(&document, element.tag),
        }
    });
    let mut live = LiveElement {
        tag: element.tag,
        key: None,
        attributes: Vec::new(),
        handler: Rc::default(),
        listener: None,
        children: Vec::new(),
    };
    live.listener = element.handler.as_ref().map(|handler| listen(&made, handler, Rc::clone(&live.handler)));
    if is_painted {
        take_over(&made, &mut live, element);
    } else {
        patch(&made, &mut live, element);
    }
    Live { node: made.into(), text: None, element: Some(live) }
}

/// Takes over a painted element with everything inside. Attributes and nodes that are equal are not touched. `open` stays as the
/// shopper has left it.
fn take_over(painted: &web_sys::Element, live: &mut LiveElement, drawn: Element) {
    let value = |name: &str| painted.get_attribute(name);
    let kept =
        |(name, drawn): &(&'static str, Option<String>)| (*name, if *name == "open" { drawn.clone() } else { value(name) });
    let before: Vec<_> = drawn.attributes.iter().map(kept).collect();
    patch_attributes(painted, &before, &drawn.attributes);
    live.attributes = drawn.attributes;
    live.key = drawn.key;
    live.handler.replace(drawn.handler);
    let nodes = painted.child_nodes();
    live.children = (0..).zip(drawn.children).map(|(row, child)| create(child, nodes.item(row))).collect();
    arrange(painted, &live.children);
}

/// Adds the one listener that an element keeps. It calls the handler that was drawn last.
fn listen(element: &web_sys::Element, handler: &Handler, current: Rc<RefCell<Option<Handler>>>) -> Listener {
    let name = match handler {
        Handler::Click(_) => "click",
        Handler::Submit(_) => "submit",
        Handler::Input(_) => "input",
        Handler::Cancel(_) => "cancel",
    };
    Listener::new(element, name, move |event| {
        // The handler is taken out while it runs, because it may redraw the element.
        let Some(handler) = current.take() else { return };
        match &handler {
            Handler::Click(then) => then(),
            Handler::Input(then) => then(&event),
            Handler::Cancel(then) => {
                event.prevent_default();
                then();
            }
            Handler::Submit(then) => {
                event.prevent_default();
                then(&event);
            }
        }
        current.borrow_mut().get_or_insert(handler);
    })
}

fn patch(node: &web_sys::Node, live: &mut LiveElement, drawn: Element) {
    if let Some(element) = node.dyn_ref::<web_sys::Element>() {
        patch_attributes(element, &live.attributes, &drawn.attributes);
    }
    live.attributes = drawn.attributes;
    live.key = drawn.key;
    live.handler.replace(drawn.handler);
    patch_children(node, &mut live.children, drawn.children);
}

fn patch_attributes(
    element: &web_sys::Element,
    before: &[(&'static str, Option<String>)],
    drawn: &[(&'static str, Option<String>)],
) {
    for (name, _) in before
        .iter()
        .enumerate()
        .filter(|(row, (name, _))| drawn.get(*row).is_none_or(|(other, _)| other != name))
        .map(|(_, was)| was)
    {
        let _ = element.remove_attribute(name);
    }
    for (row, (name, value)) in drawn.iter().enumerate() {
        let was = before.get(row).filter(|(other, _)| other == name).and_then(|(_, value)| value.as_ref());
        let _ = match value {
            Some(value) if was != Some(value) => element.set_attribute(name, value),
            None if was.is_some() => element.remove_attribute(name),
            Some(_) | None => Ok(()),
        };
    }
}

/// Patches the children of an element. A child with a key keeps its node when it changes places. Children without a key are
/// matched in their order.
fn patch_children(parent: &web_sys::Node, live: &mut Vec<Live>, drawn: Vec<Node>) {
    let wanted = drawn.len();
    let mut changed = live.len() != wanted;
    for (row, child) in drawn.into_iter().enumerate() {
        let same = |live: &Live| live.element.as_ref().and_then(|element| element.key.as_ref()) == key(&child);
        match live.iter().skip(row).position(same) {
            Some(0) => {}
            Some(ahead) => {
                let moved = live.remove(row + ahead);
                live.insert(row, moved);
                changed = true;
            }
            None => {
                live.insert(row, create(child, None));
                changed = true;
                continue;
            }
        }
        if let Some(live) = live.get_mut(row) {
            changed |= redraw(child, live);
        }
    }
    live.truncate(wanted);
    if changed {
        arrange(parent, live);
    }
}

/// Makes the drawn nodes the only children of an element on the page, in their order. Translators of browsers replace text nodes
/// with elements of their own or remove them, so a text node may not be in its place any more. Called only after a change;
/// otherwise a translation is left alone.
fn arrange(parent: &web_sys::Node, live: &[Live]) {
    let mut at = parent.first_child();
    for child in live {
        while let Some(other) = at.take_if(|node| *node != child.node && live.iter().all(|live| live.node != *node)) {
            at = other.next_sibling();
            let _ = parent.remove_child(&other);
        }
        if at.as_ref() == Some(&child.node) {
            at = child.node.next_sibling();
        } else {
            let _ = parent.insert_before(&child.node, at.as_ref());
        }
    }
    while let Some(other) = at {
        at = other.next_sibling();
        let _ = parent.remove_child(&other);
    }
}

fn key(node: &Node) -> Option<&String> {
    match node {
        Node::Element(element) => element.key.as_ref(),
        Node::Nothing | Node::Text(_) => None,
    }
}

impl Mountable for Live {
    fn unmount(&mut self) {
        if let Some(parent) = self.node.parent_node() {
            let _ = parent.remove_child(&self.node);
        }
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&web_sys::Node>) {
        // A painted node is already there, and inserting it again would take the focus away.
        if self.node.parent_node().as_ref() != Some(parent) {
            let _ = parent.insert_before(&self.node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.node.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.node));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        self.node.dyn_ref::<web_sys::Element>().cloned().into_iter().collect()
    }
}
