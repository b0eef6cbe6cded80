//! The public surface of `<doorstep-tracker>` in one table: attributes, events, error codes, methods, parts, slots and tokens.
//!
//! The loader, the views and the stylesheet implement it, and the documentation prints it. `tests/public_surface.rs` fails if one
//! of them differs. The widget's code does not read it.

/// An attribute of the element.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// Name in the markup.
    pub name: &'static str,
    /// Property of the element that goes with it; None if every element has that property.
    pub property: Option<&'static str>,
    /// TypeScript type.
    pub kind: &'static str,
    /// Value that applies without the attribute; None if the attribute is required.
    pub default: Option<&'static str>,
    /// Effect of the attribute.
    pub about: &'static str,
}

/// An item of the surface that has only a name and a meaning.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// Name as it is written.
    pub name: &'static str,
    /// Meaning of the item.
    pub about: &'static str,
}

/// An event of the element. All events bubble, cross shadow roots and are cancelable.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Type of the event.
    pub name: &'static str,
    /// Fields of its `detail`.
    pub detail: &'static str,
    /// Occasion on which it is dispatched.
    pub about: &'static str,
}

/// Every attribute. The script tag takes the same names after `data-`.
pub const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "api",
        property: Some("api"),
        kind: "string",
        default: None,
        about: "Base address of the backend, relative to the page; `http` and `https` only, without query and fragment.",
    },
    Attribute {
        name: "order",
        property: Some("order"),
        kind: "string",
        default: Some("the order named by the link's fragment, else the guest look-up"),
        about: "The order's public id.",
    },
    Attribute {
        name: "token",
        property: Some("token"),
        kind: "string",
        default: Some("the token in the link's fragment"),
        about: "The capability token; set as a property it is held in memory and never written to the markup.",
    },
    Attribute {
        name: "lang",
        property: None,
        kind: "string",
        default: Some("the nearest `lang` around the element, else the browser's language"),
        about: "BCP 47 tag of the language; one that has no catalogue becomes English.",
    },
    Attribute {
        name: "theme",
        property: Some("theme"),
        kind: "string",
        default: Some("`auto`"),
        about: "`light` or `dark`; anything else follows the `color-scheme` of the page.",
    },
    Attribute {
        name: "loading",
        property: Some("loading"),
        kind: "'eager' | 'lazy'",
        default: Some("`eager`"),
        about: "`lazy` loads nothing until the element is within 200 px of the viewport.",
    },
    Attribute {
        name: "heading-level",
        property: Some("headingLevel"),
        kind: "'1' | '2' | '3' | '4' | '5' | '6'",
        default: Some("`2`"),
        about: "Level of the headline among the headings of the page.",
    },
];

/// Every method.
pub const METHODS: &[Named] = &[Named {
    name: "refresh()",
    about: "Asks the backend again now; does nothing while an answer is awaited, in the look-up, or after the link has ended.",
}];

/// Every event.
pub const EVENTS: &[Event] = &[
    Event { name: "doorstep-ready", detail: "version, tone, parcels, delivered", about: "An order is shown for the first time." },
    Event {
        name: "doorstep-change",
        detail: "version, tone, parcels, delivered",
        about: "A newer version of the order is shown.",
    },
    Event {
        name: "doorstep-action-start",
        detail: "kind, shipment",
        about: "The shopper wants to do something; `preventDefault()` leaves it to the page.",
    },
    Event {
        name: "doorstep-action",
        detail: "kind, phase, step, code",
        about: "How far it is: `started`, `step`, `submitted`, `failed` or `abandoned`.",
    },
    Event { name: "doorstep-error", detail: "code, retryable", about: "What was asked for cannot be shown, or not any more." },
];

/// Every `code` of `doorstep-error`.
pub const ERROR_CODES: &[Named] = &[
    Named { name: "wasm-unsupported", about: "The browser has no WebAssembly; the fallback is shown." },
    Named { name: "wasm-blocked", about: "The page's policy forbids WebAssembly; the fallback is shown." },
    Named {
        name: "load-failed",
        about: "A file of the release could not be loaded; the fallback is shown with a way to try again.",
    },
    Named { name: "panic", about: "The widget stopped by a fault of its own; the fallback is shown." },
    Named { name: "bad-options", about: "There is no usable `api`; the fallback is shown." },
    Named { name: "not-found", about: "The token does not open the order; the guest look-up is shown." },
    Named { name: "lookup-needed", about: "Without a token the backend does not show the order; the guest look-up is shown." },
    Named { name: "expired", about: "The link ended while the order was shown; what is known stays on the page." },
    Named { name: "offline", about: "The device has no connection and nothing is known yet; it goes on trying." },
    Named { name: "server", about: "The backend does not answer as it should and nothing is known yet; it goes on trying." },
];

/// Every part, for `::part(…)`.
pub const PARTS: &[Named] = &[
    Named { name: "order", about: "Everything about an order." },
    Named { name: "notice", about: "A sentence about the connection or the link, above what is known." },
    Named { name: "headline", about: "The headline." },
    Named { name: "about", about: "What the order is: its first item and its number." },
    Named { name: "parcel", about: "One parcel." },
    Named { name: "milestones", about: "The rail." },
    Named { name: "promise", about: "What was promised and what is expected." },
    Named { name: "next", about: "Whose move it is and what happens next." },
    Named { name: "pickup", about: "Where the parcel can be collected." },
    Named { name: "proof", about: "Where the parcel was left." },
    Named { name: "timeline", about: "The timeline of a parcel." },
    Named { name: "event", about: "One row of the timeline." },
    Named { name: "items", about: "What is in a parcel." },
    Named { name: "carrier", about: "The carrier, the tracking number and links to the carrier's pages." },
    Named { name: "freshness", about: "When the carrier last said something." },
    Named { name: "waiting", about: "What is not sent yet." },
    Named { name: "actions", about: "What the shopper can do, under a parcel or the order." },
    Named { name: "cases", about: "What the shopper asked for: cases, returns, refunds." },
    Named { name: "case", about: "One case." },
    Named { name: "dialog", about: "The dialog of a request." },
    Named { name: "support", about: "How to reach a person." },
    Named { name: "lookup", about: "The guest look-up." },
    Named { name: "failure", about: "The page that says that nothing can be shown." },
    Named {
        name: "quiet",
        about: "A second name of `headline`, `parcel`, `milestones`, `next` and `case`: there is nothing to say.",
    },
    Named { name: "good", about: "Likewise: it goes as it should." },
    Named { name: "attention", about: "Likewise: it is worth a look." },
    Named { name: "problem", about: "Likewise: something went wrong." },
];

/// Every slot. The unnamed one has an empty name.
pub const SLOTS: &[Named] =
    &[Named { name: "", about: "The fallback: shown before the element is defined and when the widget cannot be." }];

/// Every token of `style/tokens.css`, in the order of that file, which also holds the defaults.
pub const TOKENS: &[Named] = &[
    Named { name: "--doorstep-font", about: "Font family; inherited from the page." },
    Named { name: "--doorstep-headline-size", about: "Size of the headline." },
    Named { name: "--doorstep-headline-weight", about: "Weight of the headline." },
    Named { name: "--doorstep-text", about: "Text." },
    Named { name: "--doorstep-muted", about: "Text of second rank." },
    Named { name: "--doorstep-surface", about: "Background of the widget; a `theme` of `light` or `dark` brings its own." },
    Named { name: "--doorstep-sunken", about: "Background of what is set apart: next step, notice, empty picture." },
    Named { name: "--doorstep-dialog", about: "Background of the dialog, over the page." },
    Named { name: "--doorstep-line", about: "Hairlines between parcels." },
    Named { name: "--doorstep-mark", about: "Marks that must be seen: stops ahead, borders of fields and buttons." },
    Named { name: "--doorstep-accent", about: "Links, buttons and the focus ring." },
    Named { name: "--doorstep-on-accent", about: "Text on the accent." },
    Named { name: "--doorstep-good", about: "It goes as it should." },
    Named { name: "--doorstep-attention", about: "It is worth a look." },
    Named { name: "--doorstep-problem", about: "Something went wrong." },
    Named { name: "--doorstep-quiet", about: "Nothing to say." },
    Named { name: "--doorstep-radius", about: "Corners of areas and pictures." },
    Named { name: "--doorstep-control-radius", about: "Corners of buttons and fields." },
    Named { name: "--doorstep-gap", about: "Space between sections." },
];
