//! Writes the content of a mail as HTML: no pictures, no script, no address that is loaded when the mail is opened. The mail sets no colours,
//! so that it is readable in the light and in the dark theme of every mail program.

use doorstep_first_page::{write_attribute, write_text};

use crate::content::{Block, Content};

const BODY: &str = "margin:0 auto;padding:24px 16px;max-width:36em;font:16px/1.5 system-ui,-apple-system,sans-serif";
const HEADING: &str = "margin:0 0 12px;font-size:24px;line-height:1.25";
const TITLE: &str = "margin:24px 0 4px;font-size:18px;line-height:1.3";
const LINE: &str = "margin:0 0 8px";
const STRONG: &str = "margin:0 0 8px;font-weight:600";
const QUOTE: &str = "margin:0 0 8px;padding-inline-start:12px;border-inline-start:3px solid currentColor";
const LIST: &str = "margin:0 0 8px;padding-inline-start:24px";
const SMALL: &str = "margin:0 0 8px;font-size:14px;opacity:0.8";
const BUTTON: &str = "display:inline-block;padding:12px 20px;border:2px solid currentColor;border-radius:8px;color:inherit;font-weight:600;\
    text-decoration:none";
const RULE: &str = "margin:24px 0 16px;border:0;border-top:1px solid currentColor;opacity:0.3";

/// Returns the content as an HTML document.
pub(crate) fn html(content: &Content) -> String {
    let mut out = String::from("<!doctype html><html");
    write_attribute("lang", &content.language, &mut out);
    write_attribute("dir", content.direction, &mut out);
    out.push_str(
        "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\"><title>",
    );
    write_text(&content.subject, &mut out);
    out.push_str("</title>");
    if let Some(json) = &content.linked_data {
        // No character of this JSON can end the element.
        out.push_str("<script type=\"application/ld+json\">");
        out.push_str(json);
        out.push_str("</script>");
    }
    out.push_str("</head><body");
    write_attribute("style", BODY, &mut out);
    out.push('>');
    let mut is_in_list = false;
    for block in &content.blocks {
        let is_item = matches!(block, Block::Item(_));
        match (is_in_list, is_item) {
            (false, true) => start("ul", LIST, &mut out),
            (true, false) => out.push_str("</ul>"),
            (true, true) | (false, false) => {}
        }
        is_in_list = is_item;
        write(block, &mut out);
    }
    out.push_str("</body></html>");
    out
}

fn write(block: &Block, out: &mut String) {
    match block {
        Block::Heading(text) => element("h1", HEADING, text, out),
        Block::Title(text) => element("h2", TITLE, text, out),
        Block::Line(text) => element("p", LINE, text, out),
        Block::Strong(text) => element("p", STRONG, text, out),
        Block::Quote(text) => element("p", QUOTE, text, out),
        Block::Item(text) => element("li", "margin:0", text, out),
        Block::Small(text) => element("p", SMALL, text, out),
        Block::Button { label, url } => {
            start("p", "margin:20px 0 12px", out);
            link(url, BUTTON, label, out);
            out.push_str("</p>");
        }
        Block::Link { label, url } => {
            start("p", SMALL, out);
            link(url, "color:inherit", label, out);
            out.push_str("</p>");
        }
        Block::Rule => start("hr", RULE, out),
    }
}

fn start(tag: &str, style: &str, out: &mut String) {
    out.push('<');
    out.push_str(tag);
    write_attribute("style", style, out);
    out.push('>');
}

fn element(tag: &str, style: &str, text: &str, out: &mut String) {
    start(tag, style, out);
    write_text(text, out);
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

fn link(url: &str, style: &str, label: &str, out: &mut String) {
    out.push_str("<a");
    write_attribute("href", url, out);
    write_attribute("style", style, out);
    out.push('>');
    write_text(label, out);
    out.push_str("</a>");
}
