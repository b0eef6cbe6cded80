//! Writes a drawn tree as JSON for the loader (`embed/first-page.ts`).
//!
//! | JSON | node |
//! |---|---|
//! | `null` | placeholder for a node that may appear later |
//! | text | text |
//! | `["", part, …]` | text of several parts; a part is a text or an encoded message (`doorstep_view::encode`) |
//! | `[tag, [name, value, …], child, …]` | element; a value is a text or `["", part, …]` |

use doorstep_view::dom::{Element, Node};
use doorstep_view::encode::quote;

use crate::references::{Part, References};

/// Returns the JSON of an element.
pub(crate) fn json(element: &Element, references: &References) -> String {
    let mut out = String::new();
    Writer { references }.element(element, &mut out);
    out
}

struct Writer<'a> {
    references: &'a References,
}

impl Writer<'_> {
    fn node(&self, node: &Node, out: &mut String) {
        match node {
            Node::Nothing => out.push_str("null"),
            Node::Text(text) => self.text(text, out),
            Node::Element(element) => self.element(element, out),
        }
    }

    fn element(&self, element: &Element, out: &mut String) {
        out.push('[');
        quote(element.tag, out);
        out.push_str(",[");
        let mut separator = "";
        for (name, value) in element.attributes.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
            out.push_str(separator);
            separator = ",";
            quote(name, out);
            out.push(',');
            self.text(value, out);
        }
        out.push(']');
        for child in &element.children {
            out.push(',');
            self.node(child, out);
        }
        out.push(']');
    }

    fn text(&self, text: &str, out: &mut String) {
        let parts = self.references.parts(text);
        match parts.as_slice() {
            [] => return quote("", out),
            [Part::Text(text)] => return quote(text, out),
            _ => {}
        }
        out.push_str("[\"\"");
        for part in parts {
            out.push(',');
            match part {
                Part::Text(text) => quote(&text, out),
                Part::Message(message) => out.push_str(&message),
            }
        }
        out.push(']');
    }
}
