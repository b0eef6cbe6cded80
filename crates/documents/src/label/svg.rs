//! Writes the label as an SVG without external fonts, pictures or scripts.

use std::fmt::Write as _;

use super::contents::LabelContents;
use super::layout::{CODE_SIDE, CODE_TOP, HEIGHT, MARGIN, WIDTH, texts};
use super::runs::runs;
use crate::plain_text::{ends_line, is_hidden};

pub(super) fn page(contents: &LabelContents, rows: &[String]) -> String {
    let mut svg = String::new();
    // Writing to a String does not fail.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"105mm\" height=\"148mm\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"{}\" font-family=\"Helvetica, Arial, sans-serif\"><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>",
        escaped(&format!("Return label {}", contents.rma_number)),
    );
    for text in texts(contents) {
        let weight = if text.bold { " font-weight=\"bold\"" } else { "" };
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}>{}</text>",
            text.left,
            text.top,
            text.size,
            escaped(&text.text)
        );
    }
    let side = f64::from(CODE_SIDE) / rows.len().max(1) as f64;
    let _ = write!(svg, "<path transform=\"translate({MARGIN} {CODE_TOP}) scale({side:.4})\" d=\"");
    for (y, x, length) in runs(rows) {
        let _ = write!(svg, "M{x} {y}h{length}v1h-{length}z");
    }
    svg.push_str("\" shape-rendering=\"crispEdges\"/></svg>\n");
    svg
}

/// Escapes a text for element content and attributes. Removes hidden and line-ending characters, and characters that XML does not
/// allow.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if ends_line(letter) || is_hidden(letter) => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
