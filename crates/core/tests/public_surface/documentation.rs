//! Writes the tables of the documentation between the markers `<!-- surface:name -->` and `<!-- /surface -->`.

use doorstep_core::message::{keys, request_keys};
use serde_json::Value;

use crate::files::text;
use crate::table::{
    ATTRIBUTES, Attribute, ERROR_CODES, EVENTS, Event, HIDABLE, METHODS, Named, PARTS, PROPERTIES, SLOTS, STATES, STATIC_METHODS,
    TOKENS,
};

/// Returns the text with each `<!-- surface:name -->` followed by the table of that name, up to `<!-- /surface -->`.
pub(crate) fn printed(file: &str, text: &str) -> String {
    const END: &str = "<!-- /surface -->";
    let mut sections = text.split("<!-- surface:");
    let mut out = sections.next().unwrap_or_default().to_owned();
    for section in sections {
        let parts = section.split_once(" -->").and_then(|(name, rest)| Some((name, rest.split_once(END)?.1)));
        assert!(parts.is_some(), "{file}: a marker is not closed: {section:.40}");
        let (name, rest) = parts.unwrap_or_default();
        out.push_str(&["<!-- surface:", name, " -->\n", &table(name), END, rest].concat());
    }
    assert!(out.contains(END), "{file} has no table of the surface");
    out
}

/// Returns the table with this name in Markdown.
fn table(name: &str) -> String {
    let named = |head: &str, entries: &[Named]| {
        let rows = entries.iter().map(|entry| format!("| {} | {} |\n", code(entry.name), entry.about));
        format!("| {head} | |\n|---|---|\n{}", rows.collect::<String>())
    };
    match name {
        "attributes" => {
            let rows = ATTRIBUTES.iter().map(|attribute| {
                let property = property(attribute);
                let kind = attribute.kind.replace(" | ", " \\| ");
                let default = attribute.default.unwrap_or("none, needed");
                format!("| `{}` | {property} | `{kind}` | {default} | {} |\n", attribute.name, attribute.about)
            });
            format!("| attribute | property | type | default | |\n|---|---|---|---|---|\n{}", rows.collect::<String>())
        }
        "events" => {
            let fields = |event: &Event| event.detail.fields.iter().map(|field| code(field.name)).collect::<Vec<_>>().join(", ");
            let rows = EVENTS.iter().map(|event| format!("| `{}` | {} | {} |\n", event.name, fields(event), event.about));
            format!("| event | `detail` | |\n|---|---|---|\n{}", rows.collect::<String>())
        }
        "tokens" => {
            let defaults = tokens(&text("style/tokens.css"));
            let rows = TOKENS.iter().map(|token| {
                let default = defaults.iter().find(|(name, _)| name == token.name).map(|(_, value)| value.as_str());
                format!("| `{}` | {} | {} |\n", token.name, code(default.unwrap_or_default()), token.about)
            });
            format!("| token | default | |\n|---|---|---|\n{}", rows.collect::<String>())
        }
        "errors" => named("code", ERROR_CODES),
        "methods" => named("method", &[METHODS, STATIC_METHODS].concat()),
        "properties" => {
            let rows = PROPERTIES.iter().map(|property| {
                let kind = property.kind.replace(" | ", " \\| ");
                format!("| `{}` | `{kind}` | {} |\n", property.name, property.about)
            });
            format!("| property | type | |\n|---|---|---|\n{}", rows.collect::<String>())
        }
        "parts" => named("part", PARTS),
        "texts" => texts(),
        "states" => named("state", STATES),
        "sections" => {
            let rows = HIDABLE.iter().map(|(entry, _)| format!("| {} | {} |\n", code(entry.name), entry.about));
            format!("| name | |\n|---|---|\n{}", rows.collect::<String>())
        }
        "slots" => {
            let rows = SLOTS.iter().map(|slot| match slot.name {
                "" => format!("| the default slot | {} |\n", slot.about),
                name => format!("| {} | {} |\n", code(name), slot.about),
            });
            format!("| slot | |\n|---|---|\n{}", rows.collect::<String>())
        }
        unknown => {
            assert!(unknown.is_empty(), "there is no table {unknown}");
            String::new()
        }
    }
}

/// Returns the keys of all texts with their English texts. Forms of a plural are separated by slashes.
fn texts() -> String {
    let english: Value = serde_json::from_str(&text("locales/en.json")).unwrap_or_default();
    let rows = keys::ALL.iter().chain(request_keys::ALL).map(|(key, _)| {
        let found = english.get(*key);
        let forms = || found.and_then(Value::as_object).into_iter().flatten().filter_map(|(_, form)| form.as_str()).map(code);
        let entry = found.and_then(Value::as_str).map_or_else(|| forms().collect::<Vec<_>>().join(" / "), code);
        format!("| {} | {} |\n", code(key), entry.replace('|', "\\|").replace('\n', " "))
    });
    format!("| key | English |\n|---|---|\n{}", rows.collect::<String>())
}

/// Returns the property of an attribute as the table names it.
fn property(attribute: &Attribute) -> String {
    match (attribute.property, attribute.name) {
        (Some(property), _) => code(property),
        (None, "lang") => "`lang`, as on every element".to_owned(),
        (None, name) => format!("{}, of another type", code(name)),
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Returns name and default of each design token, in the order of the stylesheet.
pub(crate) fn tokens(sheet: &str) -> Vec<(String, String)> {
    let declared = sheet.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": var("));
    let pairs = declared.filter_map(|(short, value)| {
        let (name, default) = value.strip_suffix(");")?.split_once(", ")?;
        (name.strip_prefix("--doorstep-")? == short).then(|| (name.to_owned(), default.to_owned()))
    });
    pairs.collect()
}
