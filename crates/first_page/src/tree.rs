//! Writes a drawn tree as JSON for the loader (`embed/first-page.ts`).
//!
//! | JSON | node |
//! |---|---|
//! | `null` | placeholder for a node that may appear later |
//! | text | text |
//! | `[tag, [name, value, …], child, …]` | element |

use doorstep_view::dom::{Element, Node};
use doorstep_view::encode::quote;

/// Returns the JSON of an element.
pub(crate) fn json(element: &Element) -> String {
    let mut out = String::new();
    write(element, &mut out);
    out
}

fn write(element: &Element, out: &mut String) {
    out.push('[');
    quote(element.tag, out);
    out.push_str(",[");
    let mut separator = "";
    for (name, value) in element.attributes.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        out.push_str(separator);
        separator = ",";
        quote(name, out);
        out.push(',');
        quote(value, out);
    }
    out.push(']');
    for child in &element.children {
        out.push(',');
        match child {
            Node::Nothing => out.push_str("null"),
            Node::Text(text) => quote(text, out),
            Node::Element(element) => write(element, out),
        }
    }
    out.push(']');
}
