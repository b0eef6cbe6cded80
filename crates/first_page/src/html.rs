//! Writes a drawn tree as HTML, for a declarative shadow root. A browser that parses it has the nodes that the widget would create,
//! so the widget can take them over. The HTML contains no script and no inline style.

use doorstep_view::dom::{Element, Node};

/// Elements without an end tag, of those that the views use.
const VOID: [&str; 2] = ["img", "input"];

/// Writes an element with everything inside.
pub(crate) fn write(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(element.tag);
    for (name, value) in element.attributes.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        write_attribute(name, value, out);
    }
    out.push('>');
    if VOID.contains(&element.tag) {
        return;
    }
    for child in &element.children {
        match child {
            Node::Nothing => out.push_str("<!---->"),
            Node::Text(text) => write_text(text, out),
            Node::Element(child) => write(child, out),
        }
    }
    write_end_tag(element.tag, out);
}

/// Writes an attribute.
pub fn write_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    write_text(value, out);
    out.push('"');
}

/// Writes a text. Characters with a meaning in HTML, in a text or in a quoted attribute, are written as references.
pub fn write_text(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A parser turns a carriage return into a line feed, and drops or replaces a zero.
            '\r' => out.push_str("&#13;"),
            '\0' => {}
            _ => out.push(letter),
        }
    }
}

fn write_end_tag(tag: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}
