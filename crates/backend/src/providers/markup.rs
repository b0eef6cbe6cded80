//! Text out of the HTML that some carriers and providers write into their words: 17TRACK passes on links, USPS writes `<SUP>&reg;</SUP>`.
//! Every text of a provider comes through here, by [`super::wording`]; what was sent stays as it is in an event's `raw`.
//!
//! Only what is HTML is taken away. `Weight < 5 kg`, `<info@carrier.example>` and `<Main Street>` are text and stay.

/// Elements of HTML that stand in a line: nothing takes the place of their tags.
const IN_A_LINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "marquee", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "svg",
    "time", "tt", "u", "var", "wbr",
];
/// Elements of HTML that begin something new: a space takes the place of their tags.
const ON_THEIR_OWN: &[&str] = &[
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
/// Elements whose contents are no text.
const WITHOUT_TEXT: &[&str] = &["script", "style", "template", "title"];
/// How often a text is decoded: nobody encodes one more often than that.
const MOST_PASSES: usize = 8;
/// What the numbers from 128 to 159 stand for in HTML: the letters of Windows' code page. USPS writes `&#153;` for a trade mark.
const WINDOWS_1252: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–', '—', '˜',
    '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// Returns the text of what a provider wrote: tags taken out, entities decoded (also where they were encoded twice), and the contents of
/// scripts and styles left out. Applying it again changes nothing.
pub(super) fn text(raw: &str) -> String {
    let mut text = raw.to_owned();
    // What was encoded once more becomes markup only when it is decoded.
    for _ in 0..MOST_PASSES {
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

/// What takes the place of the markup behind a `<`, and what follows it; `None` where that `<` is a letter like any other.
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
    let instead = place_of(&name)?;
    let then = after_attributes(attributes)?;
    let is_opening = after.len() == inside.len();
    if is_opening && WITHOUT_TEXT.contains(&name.as_str()) {
        return Some((" ", after_end_of(&name, then)));
    }
    Some((instead, then))
}

/// What takes the place of a tag with this name; `None` where there is no such element. Word writes `o:p`, a component has a dash.
fn place_of(name: &str) -> Option<&'static str> {
    let is_foreign = name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && name.contains([':', '-']);
    match name {
        _ if IN_A_LINE.contains(&name) || (is_foreign && !name.ends_with([':', '-'])) => Some(""),
        _ if ON_THEIR_OWN.contains(&name) || WITHOUT_TEXT.contains(&name) => Some(" "),
        _ => None,
    }
}

/// What follows a tag, given what stands behind its name. A tag has attributes with values or none; words alone are a text between angle
/// brackets. One that breaks off where the text was cut is a tag if an attribute has begun.
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

/// Where the `>` stands that ends a tag: not one between quotation marks that begin behind a `=`.
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
    // A quotation mark that is never closed: the carrier's mistake, and the next `>` ends the tag.
    quote.and_then(|_| attributes.find('>'))
}

/// What follows the end tag of an element; nothing where it has none.
fn after_end_of<'a>(name: &str, contents: &'a str) -> &'a str {
    let end = format!("</{name}");
    let found = contents.to_ascii_lowercase().find(&end);
    let behind = found.and_then(|at| contents.get(at + end.len()..));
    behind.and_then(|behind| behind.split_once('>')).map_or("", |(_, then)| then)
}

#[cfg(test)]
#[path = "markup_tests.rs"]
mod tests;
