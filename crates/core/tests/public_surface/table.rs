//! The public surface of `<doorstep-tracker>` in one table: attributes, events, error codes, methods, parts, slots and tokens.
//!
//! The loader, the views and the stylesheet implement the table. The tests in `main.rs` fail if one of them differs.
//! `declarations.rs`, `manifest.rs`, `attribute_list.rs` and `documentation.rs` generate files and tables from it. The widget
//! does not contain the table.

/// An attribute of the element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    /// Name in the markup.
    pub(crate) name: &'static str,
    /// Property of the element for the attribute; None if the property belongs to every HTML element.
    pub(crate) property: Option<&'static str>,
    /// True if the property reads and writes the attribute; false if its value is held in memory.
    pub(crate) is_mirrored: bool,
    /// TypeScript type of the values that have an effect.
    pub(crate) kind: &'static str,
    /// TypeScript type in the declarations. It is wider than `kind` for values that pages compute.
    pub(crate) declared: &'static str,
    /// Value that applies without the attribute; None if the attribute is required.
    pub(crate) default: Option<&'static str>,
    /// Effect of the attribute.
    pub(crate) about: &'static str,
}

/// An item of the surface that has only a name and a meaning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    /// Name as it is written.
    pub(crate) name: &'static str,
    /// Meaning of the item.
    pub(crate) about: &'static str,
}

/// A property that mirrors no attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Property {
    /// Name of the property.
    pub(crate) name: &'static str,
    /// TypeScript type.
    pub(crate) kind: &'static str,
    /// True if the page can only read the property.
    pub(crate) is_readonly: bool,
    /// Meaning of the property.
    pub(crate) about: &'static str,
}

/// An event of the element. All events bubble, cross shadow roots and are cancelable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    /// Type of the event.
    pub(crate) name: &'static str,
    /// Content of its `detail`.
    pub(crate) detail: &'static Detail,
    /// Condition under which the element dispatches the event.
    pub(crate) about: &'static str,
}

/// Content of the `detail` of one or more events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detail {
    /// Name of the interface in the declarations.
    pub(crate) interface: &'static str,
    /// Meaning of the interface; empty if its name says enough.
    pub(crate) about: &'static str,
    /// Fields in the order of the documentation.
    pub(crate) fields: &'static [Field],
}

/// A field of an event's `detail`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Name of the field.
    pub(crate) name: &'static str,
    /// Type of the field.
    pub(crate) kind: FieldKind,
    /// True if some events lack the field.
    pub(crate) is_optional: bool,
    /// Meaning of the field; empty if its name says enough.
    pub(crate) about: &'static str,
}

/// Type of a field of an event's `detail`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldKind {
    /// A TypeScript type.
    Type(&'static str),
    /// One of the words of `ActionKind`.
    ActionKind,
    /// One of `ERROR_CODES`.
    ErrorCode,
}

/// Every attribute. The script tag takes the same names after `data-`.
pub(crate) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "api",
        property: Some("api"),
        is_mirrored: true,
        kind: "string",
        declared: "string",
        default: Some("none; needed without `source` and `data`"),
        about: "Base address of the backend, relative to the page; `http` and `https` only, without query and fragment.",
    },
    Attribute {
        name: "order",
        property: Some("order"),
        is_mirrored: true,
        kind: "string",
        declared: "string",
        default: Some("the order named by the link's fragment, else the guest look-up"),
        about: "The order's public id.",
    },
    Attribute {
        name: "token",
        property: Some("token"),
        is_mirrored: false,
        kind: "string",
        declared: "string",
        default: Some("the token in the link's fragment"),
        about: "The capability token, held in memory; the element removes the attribute from the markup as soon as it reads it.",
    },
    Attribute {
        name: "lang",
        property: None,
        is_mirrored: false,
        kind: "string",
        declared: "string",
        default: Some("the nearest `lang` around the element, else the browser's language"),
        about: "BCP 47 tag of the language; one that has no catalogue becomes English.",
    },
    Attribute {
        name: "theme",
        property: Some("theme"),
        is_mirrored: true,
        kind: "string",
        declared: "string",
        default: Some("`auto`"),
        about: "`light` or `dark`; anything else follows the `color-scheme` of the page.",
    },
    Attribute {
        name: "loading",
        property: Some("loading"),
        is_mirrored: true,
        kind: "'eager' | 'lazy'",
        declared: "'eager' | 'lazy'",
        default: Some("`eager`"),
        about: "`lazy` loads nothing until the element is within 200 px of the viewport.",
    },
    Attribute {
        name: "heading-level",
        property: Some("headingLevel"),
        is_mirrored: true,
        kind: "'1' | '2' | '3' | '4' | '5' | '6'",
        declared: "string",
        default: Some("`2`"),
        about: "Level of the headline among the headings of the page.",
    },
    Attribute {
        name: "first-page",
        property: Some("firstPage"),
        is_mirrored: true,
        kind: "'backend'",
        declared: "'backend'",
        default: Some("the widget draws the order once it is loaded"),
        about: "`backend`: the backend can send the first page with the order, and the order is shown before the widget is loaded.",
    },
    Attribute {
        name: "hide",
        property: Some("hide"),
        is_mirrored: true,
        kind: "string",
        declared: "string",
        default: Some("nothing is hidden"),
        about: "Names of the sections and parts that are not shown, separated by spaces; see the table of sections.",
    },
    Attribute {
        name: "sections",
        property: Some("sections"),
        is_mirrored: true,
        kind: "string",
        declared: "string",
        default: Some("the usual order"),
        about: "Names of the sections in the order in which they are shown, separated by spaces. The others follow in their usual order.",
    },
    Attribute {
        name: "rail",
        property: Some("rail"),
        is_mirrored: true,
        kind: "'icons' | 'dots' | 'bar' | 'steps'",
        declared: "'icons' | 'dots' | 'bar' | 'steps'",
        default: Some("`icons`"),
        about: "Look of the milestones: icons, dots, one bar, or numbers.",
    },
    Attribute {
        name: "timeline",
        property: Some("timeline"),
        is_mirrored: true,
        kind: "'line' | 'plain'",
        declared: "'line' | 'plain'",
        default: Some("`line`"),
        about: "`plain`: the timeline has no line and no dots.",
    },
    Attribute {
        name: "variant",
        property: Some("variant"),
        is_mirrored: true,
        kind: "'informal'",
        declared: "'informal'",
        default: Some("the formal address, where a language has both"),
        about: "`informal`: the informal address. There is one for German.",
    },
    Attribute {
        name: "mode",
        property: Some("mode"),
        is_mirrored: true,
        kind: "'readonly'",
        declared: "'readonly'",
        default: Some("the shopper can act"),
        about: "`readonly`: the order without its actions, for support staff. It is requested at intervals and not streamed.",
    },
    Attribute {
        name: "paused",
        property: None,
        is_mirrored: false,
        kind: "boolean",
        declared: "boolean",
        default: Some("not paused"),
        about: "If it is present at the start, the skeleton is shown and nothing is requested, so that a page can wait for its token. `start()` removes it.",
    },
    Attribute {
        name: "strings",
        property: None,
        is_mirrored: false,
        kind: "string",
        declared: "string",
        default: Some("the texts of the catalogue"),
        about: "Texts in place of those of the catalogue, as JSON.",
    },
];

/// Every property that mirrors no attribute. The declarations need the type of each of them.
pub(crate) const PROPERTIES: &[Property] = &[
    Property {
        name: "tokenProvider",
        kind: "(() => Promise<string | null>) | null",
        is_readonly: false,
        about: "Function of the page that returns a fresh token, or null. Called if an order has no token, and if the backend refuses the token.",
    },
    Property { name: "paused", kind: "boolean", is_readonly: false, about: "The attribute `paused`." },
    Property {
        name: "strings",
        kind: "DoorstepStrings | null",
        is_readonly: false,
        about: "Texts in place of those of the catalogue, by key; see [customising](customising.md#words).",
    },
    Property {
        name: "source",
        kind: "DoorstepSource | null",
        is_readonly: false,
        about: "Functions of the page that provide the data in place of a backend; see [customising](customising.md#data-of-your-own).",
    },
    Property {
        name: "data",
        kind: "object | null",
        is_readonly: false,
        about: "An order document that is shown without a request. A change of the property updates the page.",
    },
    Property {
        name: "state",
        kind: "DoorstepState",
        is_readonly: true,
        about: "`loading`, `ready` while an order is shown, or the code of the last `doorstep-error`.",
    },
    Property {
        name: "summary",
        kind: "DoorstepOrderDetail | null",
        is_readonly: true,
        about: "Detail of the last `doorstep-ready` or `doorstep-change`; null if no order is shown.",
    },
    Property {
        name: "ready",
        kind: "Promise<DoorstepOrderDetail>",
        is_readonly: true,
        about: "Fulfilled with the summary when the first order is shown.",
    },
];

/// Every method.
pub(crate) const METHODS: &[Named] = &[
    Named {
        name: "refresh()",
        about: "Requests the current state from the backend now; does nothing while an answer is awaited, in the look-up, or after the link has ended.",
    },
    Named { name: "start()", about: "Ends the pause of `paused`." },
];

/// Every static method of the element's class.
pub(crate) const STATIC_METHODS: &[Named] = &[Named {
    name: "registerLocale(tag, strings)",
    about: "Registers texts for a language, or for a variant of one. Texts that are missing come from the nearest catalogue. Throws a RangeError for an invalid tag.",
}];

/// Every custom state, for `:state(…)`.
pub(crate) const STATES: &[Named] = &[
    Named { name: "loading", about: "The widget is loading: the skeleton is shown, or the first page." },
    Named { name: "late", about: "A parcel is expected after the promised day." },
    Named { name: "problem", about: "The order has the tone `problem`." },
    Named { name: "delivered", about: "All parcels have been delivered." },
    Named { name: "expired", about: "The link ended while the order was shown." },
    Named { name: "stale", about: "There is no connection or no answer, and the order may have changed." },
];

/// Every name of the attribute `hide` with the selector of what it hides in `style/widget.css`. Sections are also names of `sections`.
pub(crate) const HIDABLE: &[(Named, &str)] = &[
    (Named { name: "mark", about: "Icon of the state beside the headline." }, ".mark"),
    (Named { name: "pictures", about: "Pictures beside the headline." }, ".pictures"),
    (Named { name: "about", about: "First item and number of the order." }, ".order .about"),
    (Named { name: "cases", about: "Section: cases, returns and refunds." }, ".requests"),
    (Named { name: "rail", about: "Milestones." }, ".rail"),
    (Named { name: "promise", about: "Delivery promise." }, ".promise"),
    (Named { name: "days", about: "Scale of the days of the promise." }, ".days"),
    (Named { name: "history", about: "Earlier promises." }, ".promise .history"),
    (Named { name: "timeline", about: "Timelines." }, ".timeline"),
    (Named { name: "items", about: "Items of the parcels." }, ".contents"),
    (Named { name: "carrier", about: "Carrier, tracking number and links to the carrier." }, ".carrier"),
    (Named { name: "freshness", about: "Time of the last carrier update." }, ".tracking > .fresh"),
    (Named { name: "waiting", about: "Section: items that are not dispatched yet." }, ".waiting"),
    (
        Named { name: "actions", about: "Section: self-service actions that fit. A withdrawal may have to be in sight by law." },
        ".actions",
    ),
    (Named { name: "help", about: "Section: the other self-service actions." }, ".help"),
    (Named { name: "contact", about: "Section: address, contact links and time of the last check." }, ".bottom"),
    (Named { name: "address", about: "Address of the delivery." }, ".address"),
    (Named { name: "support", about: "Contact links." }, ".support"),
    (Named { name: "checked", about: "Time of the last check." }, ".bottom > .fresh"),
];

/// `detail` of the events about an order.
const ORDER_DETAIL: Detail = Detail {
    interface: "DoorstepOrderDetail",
    about: "Summary of an order, without personal data.",
    fields: &[
        field("version", FieldKind::Type("number"), "Version of the order, which grows with every change."),
        field("tone", FieldKind::Type("'quiet' | 'good' | 'attention' | 'problem'"), "State of the order as a tone."),
        field(
            "parcels",
            FieldKind::Type("number"),
            "Number of parcels on their way to the shopper or delivered; returns are not counted.",
        ),
        field("delivered", FieldKind::Type("number"), "Number of these parcels that have been delivered."),
        field("late", FieldKind::Type("number"), "Number of these parcels that are expected after the promised day."),
    ],
};

/// `detail` of `doorstep-error`.
const ERROR_DETAIL: Detail = Detail {
    interface: "DoorstepErrorDetail",
    about: "",
    fields: &[field("code", FieldKind::ErrorCode, ""), field("retryable", FieldKind::Type("boolean"), "")],
};

/// `detail` of `doorstep-action-start`: the action and its shipment.
const ACTION_START_DETAIL: Detail = Detail {
    interface: "DoorstepActionStartDetail",
    about: "",
    fields: &[
        field("kind", FieldKind::ActionKind, ""),
        field(
            "shipment",
            FieldKind::Type("string | null"),
            "Identity of the shipment within the order; null for an action that concerns the whole order.",
        ),
    ],
};

/// `detail` of `doorstep-action`: the progress of a self-service action.
const ACTION_DETAIL: Detail = Detail {
    interface: "DoorstepActionDetail",
    about: "",
    fields: &[
        field("kind", FieldKind::ActionKind, ""),
        field("phase", FieldKind::Type("'started' | 'step' | 'submitted' | 'failed' | 'abandoned'"), ""),
        Field { is_optional: true, ..field("step", FieldKind::Type("string"), "Name of the step, with `step`.") },
        Field { is_optional: true, ..field("code", FieldKind::Type("string"), "Code of the problem, with `failed`.") },
    ],
};

/// Every `detail`, in the order of the declarations.
pub(crate) const DETAILS: &[Detail] = &[ORDER_DETAIL, ERROR_DETAIL, ACTION_START_DETAIL, ACTION_DETAIL];

/// Every event.
pub(crate) const EVENTS: &[Event] = &[
    Event { name: "doorstep-ready", detail: &ORDER_DETAIL, about: "An order is shown for the first time." },
    Event { name: "doorstep-change", detail: &ORDER_DETAIL, about: "A newer version of the order is shown." },
    Event { name: "doorstep-view", detail: &ORDER_DETAIL, about: "The order is in view for the first time." },
    Event { name: "doorstep-promise-seen", detail: &ORDER_DETAIL, about: "A delivery promise is in view for the first time." },
    Event {
        name: "doorstep-action-start",
        detail: &ACTION_START_DETAIL,
        about: "The shopper starts a self-service action; `preventDefault()` leaves it to the page.",
    },
    Event {
        name: "doorstep-action",
        detail: &ACTION_DETAIL,
        about: "Progress of a self-service action: `started`, `step`, `submitted`, `failed` or `abandoned`.",
    },
    Event { name: "doorstep-error", detail: &ERROR_DETAIL, about: "The requested content cannot be shown, or no longer." },
];

/// Returns a field that every event has.
const fn field(name: &'static str, kind: FieldKind, about: &'static str) -> Field {
    Field { name, kind, is_optional: false, about }
}

/// Every `code` of `doorstep-error`.
pub(crate) const ERROR_CODES: &[Named] = &[
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
pub(crate) const PARTS: &[Named] = &[
    Named { name: "order", about: "Everything about an order." },
    Named { name: "notice", about: "A sentence about the connection or the link, above what is known." },
    Named { name: "headline", about: "The headline." },
    Named { name: "mark", about: "Icon of the order's state, beside the headline." },
    Named { name: "about", about: "First item and number of the order." },
    Named { name: "picture", about: "Picture of an item." },
    Named { name: "parcel", about: "One parcel." },
    Named { name: "title", about: "Title of a parcel, and of the items that are not dispatched yet." },
    Named { name: "sentence", about: "Sentence below the title of a parcel." },
    Named { name: "milestones", about: "Milestone rail of a parcel." },
    Named { name: "stop", about: "One stop of the milestone rail." },
    Named { name: "done", about: "A second name of `stop`: reached before." },
    Named { name: "current", about: "A second name of `stop`: reached last." },
    Named { name: "ahead", about: "A second name of `stop`: not reached yet." },
    Named { name: "dot", about: "Dot of a stop, with its icon." },
    Named { name: "name", about: "Name of a stop." },
    Named { name: "icon", about: "Every icon." },
    Named { name: "answer", about: "Promise, next step and the actions that fit, as one area." },
    Named { name: "promise", about: "Promised and expected arrival." },
    Named { name: "verdict", about: "Early, on time or late." },
    Named { name: "days", about: "Scale of the promised and the expected days." },
    Named { name: "next", about: "Next step, and the party that takes it." },
    Named { name: "pickup", about: "Pickup point of a parcel." },
    Named { name: "proof", about: "Proof of delivery." },
    Named { name: "timeline", about: "The timeline of a parcel." },
    Named { name: "event", about: "One row of the timeline." },
    Named { name: "day", about: "Day above the events of the timeline." },
    Named { name: "time", about: "Time of an event." },
    Named { name: "text", about: "Text of an event." },
    Named { name: "place", about: "Place of an event." },
    Named { name: "more", about: "The button that shows earlier events." },
    Named { name: "items", about: "Items of a parcel." },
    Named { name: "item", about: "One item." },
    Named { name: "quantity", about: "Quantity of an item." },
    Named { name: "carrier", about: "The carrier, the tracking number and links to the carrier's pages." },
    Named { name: "freshness", about: "Time of the last carrier update." },
    Named { name: "waiting", about: "Items that are not dispatched yet." },
    Named { name: "actions", about: "Self-service actions that fit the situation." },
    Named { name: "help", about: "The other self-service actions, folded under a title." },
    Named { name: "button", about: "Every button with a border or a background." },
    Named { name: "primary", about: "A second name of `button`: the button that is meant first." },
    Named { name: "secondary", about: "A second name of `button`: the other ones." },
    Named { name: "copy", about: "A second name of `button`: the one that copies the tracking number." },
    Named { name: "row", about: "An action in a list." },
    Named { name: "link", about: "A link that leaves the page." },
    Named { name: "label", about: "Title of a section." },
    Named { name: "cases", about: "Cases, returns and refunds." },
    Named { name: "case", about: "One case." },
    Named { name: "dialog", about: "Dialog of a self-service action." },
    Named { name: "address", about: "Address of the delivery." },
    Named { name: "checked", about: "Time of the last check." },
    Named { name: "support", about: "Contact links of the shop." },
    Named { name: "lookup", about: "The guest look-up." },
    Named { name: "failure", about: "Page shown if the order cannot be." },
    Named { name: "quiet", about: "A second name of `headline`, `parcel`, `milestones`, `next` and `case`: nothing to report." },
    Named { name: "good", about: "Likewise: goes as expected." },
    Named { name: "attention", about: "Likewise: needs attention." },
    Named { name: "problem", about: "Likewise: something went wrong." },
];

/// Every slot. The default slot has an empty name.
pub(crate) const SLOTS: &[Named] = &[
    Named { name: "", about: "Fallback, shown before the element is defined and if the widget cannot run." },
    Named { name: "header", about: "Above the headline." },
    Named { name: "after-headline", about: "Below the headline, in its section." },
    Named { name: "before-parcels", about: "Above the parcels, in their section." },
    Named { name: "after-parcel-{id}", about: "At the end of the parcel with this shipment id." },
    Named { name: "help", about: "Below the help of the order, in its section." },
    Named { name: "footer", about: "At the end of the order." },
];

/// Every token of `style/tokens.css`, in the order of that file, which also holds the defaults.
pub(crate) const TOKENS: &[Named] = &[
    Named { name: "--doorstep-font", about: "Font family; inherited from the page." },
    Named { name: "--doorstep-headline-size", about: "Size of the headline." },
    Named { name: "--doorstep-headline-weight", about: "Weight of the headline." },
    Named { name: "--doorstep-text", about: "Text." },
    Named { name: "--doorstep-muted", about: "Text of second rank." },
    Named { name: "--doorstep-surface", about: "Background of the widget; a `theme` of `light` or `dark` brings its own." },
    Named { name: "--doorstep-sunken", about: "Background of areas that are set apart: the answer, a notice, an empty picture." },
    Named { name: "--doorstep-raised", about: "Background of a day on the scale of the promise." },
    Named { name: "--doorstep-dialog", about: "Background of the dialog, over the page." },
    Named { name: "--doorstep-line", about: "Hairlines between parcels." },
    Named { name: "--doorstep-mark", about: "Marks with the contrast of controls: stops ahead, borders of fields and buttons." },
    Named { name: "--doorstep-accent", about: "Links, buttons and the focus ring." },
    Named { name: "--doorstep-on-accent", about: "Text on the accent." },
    Named { name: "--doorstep-good", about: "Colour of the tone `good`: goes as expected." },
    Named { name: "--doorstep-attention", about: "Colour of the tone `attention`: needs attention." },
    Named { name: "--doorstep-problem", about: "Colour of the tone `problem`: something went wrong." },
    Named { name: "--doorstep-quiet", about: "Colour of the tone `quiet`: nothing to report." },
    Named { name: "--doorstep-on-tone", about: "Icons and texts on the colour of a tone." },
    Named { name: "--doorstep-radius", about: "Corners of areas and pictures." },
    Named {
        name: "--doorstep-panel-radius",
        about: "Corners of the answer, of the help, of the dialog and of the mark beside the headline.",
    },
    Named { name: "--doorstep-control-radius", about: "Corners of buttons and fields." },
    Named {
        name: "--doorstep-pill-radius",
        about: "Corners of round things: stops, dots, the button that copies, the button that closes.",
    },
    Named { name: "--doorstep-gap", about: "Space between sections." },
    Named {
        name: "--doorstep-rail",
        about: "Colour of the milestones, the newest event and the expected days; by default that of the tone.",
    },
];
