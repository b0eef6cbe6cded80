//! Extracts plain text from the HTML that some carriers and providers put into their texts. For example, 17TRACK passes on links,
//! and USPS writes `<SUP>&reg;</SUP>`. `carrier_text.rs` passes every text of a provider through this module; the original stays
//! in an event's `raw`.
//!
//! Only HTML is removed. `Weight < 5 kg`, `<info@carrier.example>` and `<Main Street>` are text and stay.

/// Inline elements of HTML: their tags are removed without replacement.
const INLINE_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "marquee", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "svg",
    "time", "tt", "u", "var", "wbr",
];
/// Block-level and other breaking elements of HTML: a space replaces their tags.
const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "base",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "input",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "pre",
    "section",
    "select",
    "source",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "tr",
    "track",
    "ul",
    "video",
];
/// Elements whose contents are not shown as text.
const HIDDEN_ELEMENTS: &[&str] = &["script", "style", "template", "title"];
/// Maximum number of decoding passes. No known text is encoded more often.
const MAX_PASSES: usize = 8;
/// Characters for the numeric references 128 to 159 of HTML, which stand for Windows-1252. USPS writes `&#153;` for a trade mark.
const WINDOWS_1252: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–', '—', '˜',
    '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// Returns the plain text of a provider's text: tags are removed, entities are decoded (also double-encoded ones), and the contents of
/// scripts and styles are dropped. The function is idempotent.
pub fn text(raw: &str) -> String {
    let mut text = raw.to_owned();
    // Double-encoded markup becomes markup only after the first pass, so tags are removed again.
    for _ in 0..MAX_PASSES {
        if !text.contains(['<', '&']) {
            break;
        }
        let decoded = decode(&without_tags(&text));
        if decoded == text {
            break;
        }
        text = decoded;
    }
    text
}

fn decode(text: &str) -> String {
    let decoded = html_escape::decode_html_entities(text);
    decoded.chars().map(|letter| windows_letter(letter).unwrap_or(letter)).collect()
}

fn windows_letter(letter: char) -> Option<char> {
    let at = u32::from(letter).checked_sub(128)?;
    WINDOWS_1252.get(usize::try_from(at).ok()?).copied()
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match markup(after) {
            Some((instead, then)) => {
                out.push_str(instead);
                rest = then;
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Returns the replacement for the markup that follows a `<`, and the rest of the text. Returns None if that `<` is an ordinary character.
fn markup(after: &str) -> Option<(&str, &str)> {
    if let Some(comment) = after.strip_prefix("!--") {
        return Some((" ", comment.split_once("-->").map_or("", |(_, then)| then)));
    }
    if let Some(data) = after.strip_prefix("![CDATA[") {
        let (text, then) = data.split_once("]]>").unwrap_or((data, ""));
        return Some((text, then));
    }
    if let Some(declaration) = after.get(..8).filter(|word| word.eq_ignore_ascii_case("!doctype")) {
        return Some((" ", after.get(declaration.len()..)?.split_once('>').map_or("", |(_, then)| then)));
    }
    let inside = after.strip_prefix('/').unwrap_or(after);
    let end =
        inside.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != ':' && letter != '-').unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    let name = name.to_ascii_lowercase();
    let instead = replacement_of(&name)?;
    let then = after_attributes(attributes)?;
    let is_opening = after.len() == inside.len();
    if is_opening && HIDDEN_ELEMENTS.contains(&name.as_str()) {
        return Some((" ", after_end_of(&name, then)));
    }
    Some((instead, then))
}

/// Returns the replacement for a tag of this name, or None if there is no such element. Names such as Word's `o:p` and custom elements with
/// a hyphen count as inline elements.
fn replacement_of(name: &str) -> Option<&'static str> {
    let is_foreign = name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && name.contains([':', '-']);
    match name {
        _ if INLINE_ELEMENTS.contains(&name) || (is_foreign && !name.ends_with([':', '-'])) => Some(""),
        _ if BLOCK_ELEMENTS.contains(&name) || HIDDEN_ELEMENTS.contains(&name) => Some(" "),
        _ => None,
    }
}

/// Returns the text after a tag, given the text after the tag's name. Returns None if there are words without a value before the
/// `>`, because `<Main Street>` is ordinary text. If there is no `>` but an attribute has begun, the rest of the text counts as
/// part of the tag, and the returned text is empty.
fn after_attributes(attributes: &str) -> Option<&str> {
    let Some(end) = end_of_tag(attributes) else {
        let has_begun = attributes.starts_with(char::is_whitespace) && attributes.contains('=');
        return has_begun.then_some("");
    };
    let (inside, then) = (attributes.get(..end)?, attributes.get(end + 1..)?);
    let is_plain = inside.trim_end_matches('/').trim().is_empty();
    let has_values = inside.starts_with([' ', '\t', '\n', '\r', '/']) && inside.contains('=');
    (is_plain || has_values).then_some(then)
}

/// Returns the position of the `>` that ends a tag. A `>` inside a quoted value does not end it.
fn end_of_tag(attributes: &str) -> Option<usize> {
    let mut quote = None;
    let mut last = ' ';
    for (at, letter) in attributes.char_indices() {
        match quote {
            Some(mark) if mark == letter => quote = None,
            Some(_) => {}
            None if letter == '>' => return Some(at),
            None if last == '=' && (letter == '"' || letter == '\'') => quote = Some(letter),
            None => {}
        }
        if !letter.is_whitespace() {
            last = letter;
        }
    }
    // The carrier did not close a quotation mark, so the next `>` ends the tag.
    quote.and_then(|_| attributes.find('>'))
}

/// Returns the text after the end tag of an element, or an empty text if there is no end tag.
fn after_end_of<'a>(name: &str, contents: &'a str) -> &'a str {
    let end = format!("</{name}");
    let found = contents.to_ascii_lowercase().find(&end);
    let behind = found.and_then(|at| contents.get(at + end.len()..));
    behind.and_then(|behind| behind.split_once('>')).map_or("", |(_, then)| then)
}

#[cfg(test)]
#[path = "markup_tests.rs"]
mod tests;
