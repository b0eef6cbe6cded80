//! The element as a server renders it.

use doorstep_leptos::{OrderDetail, Rail, Theme, Tracker, TrackerRef, refresh};
use leptos::prelude::*;

const RENDERED: &str = "<template shadowrootmode=\"open\"><p>On its way</p></template>";

fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

#[test]
fn the_attributes_of_the_element_are_rendered_and_absent_ones_are_not() {
    let html = html(|| {
        view! {
            <Tracker
                api="https://orders.example/api"
                order="ord_1"
                lang="de-AT"
                theme=Theme::Dark
                heading_level=3
                rail=Rail::Steps
                hide="help"
                paused=true
                attr:class="tracker"
            />
        }
    });
    for attribute in [
        "api=\"https://orders.example/api\"",
        "order=\"ord_1\"",
        "lang=\"de-AT\"",
        "theme=\"dark\"",
        "heading-level=\"3\"",
        "rail=\"steps\"",
        "hide=\"help\"",
        " paused",
        "class=\"tracker\"",
    ] {
        assert!(html.contains(attribute), "{attribute} in {html}");
    }
    for absent in ["loading", "mode", "sections", "timeline", "variant", "first-page"] {
        assert!(!html.contains(absent), "{absent} in {html}");
    }
    assert!(html.starts_with("<doorstep-tracker ") && html.ends_with("></doorstep-tracker>"), "{html}");
}

#[test]
fn a_token_is_not_in_the_markup_and_the_address_waits_for_it() {
    let with_token = html(|| view! { <Tracker api="/api" order="ord_1" token="secret" /> });
    let with_provider = html(|| {
        view! { <Tracker api="/api" order="ord_1" token_provider=|| async { Some("secret".to_owned()) } /> }
    });
    for html in [with_token, with_provider] {
        assert!(html.contains("order=\"ord_1\""), "{html}");
        assert!(!html.contains("secret") && !html.contains("api="), "{html}");
    }
}

#[test]
fn the_order_that_the_backend_has_rendered_is_the_content_of_the_element() {
    let html = html(|| view! { <Tracker api="/api" order="ord_1" token="secret" rendered=RENDERED>"Loading"</Tracker> });
    assert!(html.ends_with(&format!(">{RENDERED}</doorstep-tracker>")), "{html}");
}

#[test]
fn children_are_the_fallback() {
    let html = html(|| view! { <Tracker api="/api"><p>"Call us."</p></Tracker> });
    assert!(html.contains("><p>Call us.</p>"), "{html}");
}

#[test]
fn listeners_reference_and_loader_leave_no_trace_on_a_server() {
    let plain = html(|| view! { <Tracker api="/api" /> });
    let listening = html(|| {
        let tracker = TrackerRef::new();
        refresh(tracker);
        view! { <Tracker api="/api" node_ref=tracker src="/embed/v1/doorstep.js" on_ready=|_: OrderDetail| {} /> }
    });
    assert_eq!(plain, listening);
}
