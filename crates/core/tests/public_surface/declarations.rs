//! Writes `embed/types.d.ts`: the TypeScript declarations of the element.

use doorstep_contract::ActionKind;
use doorstep_core::message::{keys, request_keys};

use crate::table::{ATTRIBUTES, DETAILS, Detail, ERROR_CODES, EVENTS, FieldKind, METHODS, PROPERTIES};

const HEAD: &str = "\
// The public types of <doorstep-tracker>, for pages that set properties or listen to events. The script tag provides the runtime; nothing is
// imported. docs/embedding.md describes the JSX declarations that React needs. Written by
// `UPDATE=1 cargo test -p doorstep-core --test public_surface` from the table of the public surface.

";

/// Types that the properties use.
const TYPES: &str = "\
/** Texts by the key of the catalogue; a plural is an object with its forms, such as `{ one: '…', other: '…' }`. */
export type DoorstepStrings = Readonly<Partial<Record<DoorstepTextKey, string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>>>>;

/** State of an element: `loading`, `ready` if an order is shown, or the code of the last error. */
export type DoorstepState = 'loading' | 'ready' | DoorstepErrorDetail['code'];

/** Signal that ends a call of a source, and for requests the idempotency key and the version of the order that the shopper has seen. */
export interface DoorstepSourceContext {
  readonly signal: AbortSignal;
  readonly idempotencyKey?: string;
  readonly version?: string;
}

/**
 * Functions of a page that provide the data in place of a backend. The documents have the shape of the contract. A function that is missing is replaced by
 * a request to `api`, if the element has one; otherwise the actions that need it are not offered. An exception with a number `status` is a refusal: it is
 * treated as a response with this status, and its other fields as the problem. Any other exception counts as no answer, and the widget tries again.
 */
export interface DoorstepSource {
  /** Returns the order document, or null if there is no such order for this shopper. */
  load(order: string, context: DoorstepSourceContext): Promise<object | null>;
  /** Calls `next` with each new document until the signal is aborted. */
  subscribe?(order: string, next: (document: object) => void, context: DoorstepSourceContext): void | Promise<void>;
  /** Finds the order of a guest. Returns null if number and proof do not match. */
  lookUp?(proof: { number: string; email?: string; postcode?: string }, context: DoorstepSourceContext): Promise<{ order_id: string; token: string } | null>;
  /** Takes the shopper's request for an action. Returns the case. */
  submit?(order: string, request: object, context: DoorstepSourceContext): Promise<object>;
  /** Takes the shopper's message to a case. Returns the case. */
  reply?(order: string, caseId: string, message: object, context: DoorstepSourceContext): Promise<object>;
  /** Takes the shopper's rating of a case. Returns the case. */
  rate?(order: string, caseId: string, rating: object, context: DoorstepSourceContext): Promise<object>;
  /** Returns the free delivery slots of a shipment. */
  slots?(order: string, shipment: string, context: DoorstepSourceContext): Promise<readonly object[]>;
  /** Returns the pickup points to which a shipment can be redirected. */
  pickupPoints?(order: string, shipment: string, context: DoorstepSourceContext): Promise<readonly object[]>;
  /** Returns the quote of a return. */
  quote?(order: string, request: object, context: DoorstepSourceContext): Promise<object>;
  /** Takes a photo. Returns its id. */
  upload?(order: string, photo: Blob, context: DoorstepSourceContext): Promise<{ id: string }>;
  /** Returns the label of a return. */
  label?(order: string, returnId: string, context: DoorstepSourceContext): Promise<Blob>;
  /** Returns the acknowledgement of a declaration as a text file. */
  acknowledgement?(order: string, caseId: string, context: DoorstepSourceContext): Promise<Blob>;
}

/** The class of the element, as `customElements.get('doorstep-tracker')` returns it. */
export interface DoorstepTrackerClass {
  new (): DoorstepTracker;
  readonly version: string;
  /** Registers texts for a language, or for a variant of one. Texts that are missing come from the nearest catalogue. */
  registerLocale(tag: string, strings: DoorstepStrings): void;
}

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
    out += TYPES;
    out += &element();
    out += TAIL;
    let keys = keys::ALL.iter().chain(request_keys::ALL).map(|(name, _)| *name);
    out += "\n/** Keys of the texts; docs/texts.md has them with their English texts. */\n";
    out += &["export type DoorstepTextKey =", &union(keys, "  "), ";\n"].concat();
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
