//! Writes `embed/types.d.ts`: the TypeScript declarations of the element.

use doorstep_contract::ActionKind;

use crate::table::{ATTRIBUTES, DETAILS, Detail, ERROR_CODES, EVENTS, FieldKind, METHODS, PROPERTIES};

const HEAD: &str = "\
// The public types of <doorstep-tracker>, for pages that set properties or listen to events. The script tag provides the runtime; nothing is
// imported. docs/embedding.md describes the JSX declarations that React needs. Written by
// `UPDATE=1 cargo test -p doorstep-core --test public_surface` from the table of the public surface.

";

/// End of the declarations: methods for listeners with typed events, and the types of the element and its events for the DOM.
const TAIL: &str = "  addEventListener<K extends keyof DoorstepTrackerEventMap>(
    type: K,
    listener: (this: DoorstepTracker, event: DoorstepTrackerEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof DoorstepTrackerEventMap>(
    type: K,
    listener: (this: DoorstepTracker, event: DoorstepTrackerEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'doorstep-tracker': DoorstepTracker;
  }
  interface HTMLElementEventMap extends DoorstepTrackerEventMap {}
}
";

/// Returns the content of `embed/types.d.ts`.
pub(crate) fn declarations() -> String {
    let mut out = HEAD.to_owned();
    out += &attributes();
    for detail in DETAILS {
        // The type of the action kinds stands before the first `detail` that uses it.
        if detail.interface == "DoorstepActionStartDetail" {
            out += &["export type DoorstepActionKind =", &union(ActionKind::VALUES.iter().copied(), "  "), ";\n\n"].concat();
        }
        out += &interface(detail);
    }
    out += &event_map();
    out += &element();
    out += TAIL;
    out
}

fn attributes() -> String {
    let mut out = "export interface DoorstepTrackerAttributes {\n".to_owned();
    for attribute in ATTRIBUTES {
        let name = if attribute.name.contains('-') { ["'", attribute.name, "'"].concat() } else { attribute.name.to_owned() };
        let optional = if attribute.default.is_some() { "?" } else { "" };
        let default = attribute.default.map(|default| [" Default: ", default, "."].concat()).unwrap_or_default();
        out += &comment("  ", &[attribute.about, &default].concat());
        out += &["  ", &name, optional, ": ", attribute.declared, ";\n"].concat();
    }
    out + "}\n\n"
}

fn interface(detail: &Detail) -> String {
    let mut out = comment("", detail.about);
    out += &["export interface ", detail.interface, " {\n"].concat();
    for field in detail.fields {
        out += &comment("  ", field.about);
        let kind = match field.kind {
            FieldKind::Type(kind) => [" ", kind].concat(),
            FieldKind::ActionKind => " DoorstepActionKind".to_owned(),
            FieldKind::ErrorCode => union(ERROR_CODES.iter().map(|code| code.name), "    "),
        };
        out += &["  ", field.name, if field.is_optional { "?:" } else { ":" }, &kind, ";\n"].concat();
    }
    out + "}\n\n"
}

fn event_map() -> String {
    let mut out = "export interface DoorstepTrackerEventMap {\n".to_owned();
    for event in EVENTS {
        out += &comment("  ", event.about);
        out += &["  '", event.name, "': CustomEvent<", event.detail.interface, ">;\n"].concat();
    }
    out + "}\n\n"
}

/// Returns the beginning of the element's interface: its properties and methods.
fn element() -> String {
    let mut out = "export interface DoorstepTracker extends HTMLElement {\n".to_owned();
    for attribute in ATTRIBUTES {
        let Some(property) = attribute.property else { continue };
        if !attribute.is_mirrored {
            out += &comment("  ", attribute.about);
        }
        out += &["  ", property, ": string | null;\n"].concat();
    }
    for property in PROPERTIES {
        out += &comment("  ", property.about);
        let readonly = if property.is_readonly { "readonly " } else { "" };
        out += &["  ", readonly, property.name, ": ", property.kind, ";\n"].concat();
    }
    for method in METHODS {
        out += &comment("  ", method.about);
        out += &["  ", method.name, ": void;\n"].concat();
    }
    out
}

/// Returns a union of string literals, one a line.
fn union<'a>(words: impl Iterator<Item = &'a str>, indent: &str) -> String {
    words.map(|word| ["\n", indent, "| '", word, "'"].concat()).collect()
}

/// Returns a documentation comment with its line break, or nothing for an empty text.
fn comment(indent: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { [indent, "/** ", text, " */\n"].concat() }
}
