//! The component.

use js_sys::{Function, Reflect};
use leptos::ev;
use leptos::html::{Custom, custom};
use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::custom_attribute as attribute;
use leptos::tachys::html::event::on;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CustomEvent;

use crate::event::{ActionDetail, ActionStart, ErrorDetail, OrderDetail};
use crate::token_provider::TokenProvider;
use crate::words::{FirstPage, Loading, Mode, Rail, Theme, Timeline, Variant};
use crate::{TAG, loader};

/// True in code that renders for a server.
const IS_SERVER: bool = cfg!(any(feature = "ssr", not(target_arch = "wasm32")));

/// Type of the element in Leptos.
pub type TrackerElement = Custom<&'static str>;

/// Reference to the element of a [`Tracker`].
pub type TrackerRef = NodeRef<TrackerElement>;

/// Shows an order with `<doorstep-tracker>`.
///
/// Token and token provider are properties of the element and never in the markup. They are set before the address of the backend, so that the first
/// request has the token. Other attributes and properties are added to the component: `attr:class="tracker"`, `prop:data=document`.
///
/// On a server the component renders the element without its token. If it has a token or a token provider, its address is left out, too: it follows
/// in the browser. Let the component load the loader in this case (`src`), because a script tag would define the element before it has its address.
#[component]
pub fn Tracker(
    /// Base address of the backend, relative to the page.
    #[prop(into)]
    api: Signal<String>,
    /// The order's public id. Default: the order named by the link's fragment, else the guest look-up.
    #[prop(optional, into)]
    order: MaybeProp<String>,
    /// The capability token. Default: the token in the link's fragment. A token that becomes None is forgotten.
    #[prop(optional, into)]
    token: MaybeProp<String>,
    /// Async function that returns a fresh token, if the order has none and if the backend refuses the token.
    #[prop(optional, into)]
    token_provider: Option<TokenProvider>,
    /// Address of the loader, relative to the page, such as `https://widgets.example/embed/v1/doorstep.js`. It is loaded once per page. Default: the
    /// page has the script tag.
    #[prop(optional, into)]
    src: Option<String>,
    /// The order as HTML, as the backend renders it for a server: a declarative shadow root. Used only on a server. The element then has no children.
    #[prop(optional, into)]
    rendered: Option<String>,
    /// Language of the widget. Default: the nearest `lang` around the element, else the browser's language.
    #[prop(optional, into)]
    lang: MaybeProp<String>,
    /// Colour scheme.
    #[prop(optional, into)]
    theme: MaybeProp<Theme>,
    /// Time at which the element starts to load.
    #[prop(optional, into)]
    loading: MaybeProp<Loading>,
    /// Level of the headline among the headings of the page, from 1 to 6.
    #[prop(optional, into)]
    heading_level: MaybeProp<u8>,
    /// Source of the first page.
    #[prop(optional, into)]
    first_page: MaybeProp<FirstPage>,
    /// Names of the sections and parts that are not shown, separated by spaces.
    #[prop(optional, into)]
    hide: MaybeProp<String>,
    /// Names of the sections in their order on the page, separated by spaces.
    #[prop(optional, into)]
    sections: MaybeProp<String>,
    /// Appearance of the milestones.
    #[prop(optional, into)]
    rail: MaybeProp<Rail>,
    /// Appearance of the timeline.
    #[prop(optional, into)]
    timeline: MaybeProp<Timeline>,
    /// Variant of the texts.
    #[prop(optional, into)]
    variant: MaybeProp<Variant>,
    /// Restriction of the widget.
    #[prop(optional, into)]
    mode: MaybeProp<Mode>,
    /// Texts in place of those of the catalogue, as JSON.
    #[prop(optional, into)]
    strings: MaybeProp<String>,
    /// True at the start: the skeleton is shown, and nothing is requested until it is false.
    #[prop(optional, into)]
    paused: Signal<bool>,
    /// Called when an order is shown for the first time.
    #[prop(optional, into)]
    on_ready: Option<Callback<OrderDetail>>,
    /// Called when a newer version of the order is shown.
    #[prop(optional, into)]
    on_change: Option<Callback<OrderDetail>>,
    /// Called when the shopper starts a self-service action. [`ActionStart::prevent_default`] leaves the action to the page.
    #[prop(optional, into)]
    on_action_start: Option<Callback<ActionStart>>,
    /// Called when a self-service action makes progress.
    #[prop(optional, into)]
    on_action: Option<Callback<ActionDetail>>,
    /// Called when the requested content cannot be shown, or no longer.
    #[prop(optional, into)]
    on_error: Option<Callback<ErrorDetail>>,
    /// Called when the order is in view for the first time.
    #[prop(optional, into)]
    on_view: Option<Callback<OrderDetail>>,
    /// Called when a delivery promise is in view for the first time.
    #[prop(optional, into)]
    on_promise_seen: Option<Callback<OrderDetail>>,
    /// Reference to the element.
    #[prop(optional)]
    node_ref: TrackerRef,
    /// The fallback, which is shown until the element is defined and when the widget cannot run.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    if let Some(src) = src.filter(|_| !IS_SERVER) {
        Effect::new(move || loader::load(&src));
    }
    let waits = token.get_untracked().is_some() || token_provider.is_some();
    let rendered = rendered.filter(|_| IS_SERVER);
    let children = children.filter(|_| rendered.is_none());
    let mut was_set = false;
    let element = custom(TAG)
        .attr("order", move || order.get())
        .attr("lang", move || lang.get())
        .attr("theme", move || theme.get().map(Theme::as_str))
        .attr("loading", move || loading.get().map(Loading::as_str))
        .attr("heading-level", move || heading_level.get())
        .attr("first-page", move || first_page.get().map(FirstPage::as_str))
        // Leptos allows 26 attributes of an element, and a group counts as one. The app may add its own.
        .add_any_attr((
            attribute("hide", move || hide.get()),
            attribute("sections", move || sections.get()),
            attribute("rail", move || rail.get().map(Rail::as_str)),
            attribute("timeline", move || timeline.get().map(Timeline::as_str)),
            attribute("variant", move || variant.get().map(Variant::as_str)),
            attribute("mode", move || mode.get().map(Mode::as_str)),
            attribute("strings", move || strings.get()),
            attribute("paused", move || paused.get()),
        ))
        .add_any_attr((
            on(event("doorstep-ready"), move |event| call(on_ready, event)),
            on(event("doorstep-change"), move |event| call(on_change, event)),
            on(event("doorstep-action-start"), move |event| call(on_action_start, event)),
            on(event("doorstep-action"), move |event| call(on_action, event)),
            on(event("doorstep-error"), move |event| call(on_error, event)),
            on(event("doorstep-view"), move |event| call(on_view, event)),
            on(event("doorstep-promise-seen"), move |event| call(on_promise_seen, event)),
        ))
        .node_ref(node_ref)
        .inner_html(rendered)
        .prop("tokenProvider", move || token_provider.clone().map_or(JsValue::NULL, TokenProvider::into_js))
        .prop("token", move || match token.get() {
            Some(token) => {
                was_set = true;
                JsValue::from(token)
            }
            // Null makes the page forget the token, undefined leaves it as it is.
            None if was_set => JsValue::NULL,
            None => JsValue::UNDEFINED,
        })
        .attr("api", move || (!waits || !IS_SERVER).then(|| api.get()))
        .prop("api", move || api.get());
    // An absent child would leave a comment, which is not there to hydrate in an element with a rendered order.
    match children {
        Some(children) => element.child(children()).into_any(),
        None => element.into_any(),
    }
}

/// Requests the current state of the order from the backend now. Does nothing before the element is defined.
pub fn refresh(tracker: TrackerRef) {
    let Some(element) = tracker.get_untracked() else { return };
    let method = Reflect::get(&element, &"refresh".into()).ok().and_then(|method| method.dyn_into::<Function>().ok());
    if let Some(method) = method {
        // An exception is reported by the browser.
        let _ = method.call0(&element);
    }
}

/// Returns the description of an event of the element.
fn event(name: &'static str) -> ev::Custom<CustomEvent> {
    ev::Custom::new(name)
}

/// Calls a callback, if there is one, with the detail of an event.
fn call<Detail: From<CustomEvent> + 'static>(callback: Option<Callback<Detail>>, event: CustomEvent) {
    if let Some(callback) = callback {
        callback.run(event.into());
    }
}
