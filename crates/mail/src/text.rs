//! Writes the content of a mail as plain text, for mail programs without HTML and for readers who prefer it.

use crate::content::{Block, Content};

/// Returns the content as plain text with line feeds.
pub(crate) fn text(content: &Content) -> String {
    let mut out = String::new();
    for block in &content.blocks {
        match block {
            Block::Heading(text) => out.push_str(&format!("{text}\n\n")),
            Block::Title(text) => out.push_str(&format!("\n{text}\n\n")),
            Block::Line(text) | Block::Strong(text) | Block::Small(text) => out.push_str(&format!("{text}\n")),
            Block::Quote(text) => out.push_str(&format!("> {text}\n")),
            Block::Item(text) => out.push_str(&format!("- {text}\n")),
            Block::Button { label, url } => out.push_str(&format!("\n{label}:\n{url}\n\n")),
            Block::Link { label, url } => out.push_str(&format!("{label}:\n{url}\n")),
            // The separator of signatures, which mail programs leave out of an answer.
            Block::Rule => out.push_str("\n-- \n"),
        }
    }
    out
}
