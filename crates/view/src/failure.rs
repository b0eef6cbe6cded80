//! The page shown when nothing else can be shown: the cause, the next step, and a button to try again.

use doorstep_core::message::keys;
use doorstep_core::screen::{FailurePage, Msg};

use super::context::View;
use super::dom::{ElementBuilder, button, div, heading, p};

/// Draws the failure page.
pub(crate) fn failure(view: &View, page: &FailurePage) -> ElementBuilder {
    let send = view.sender();
    let retry = page.retry.then(|| {
        button()
            .button_class("primary")
            .attr("type", "button")
            .on_click(move || send(Msg::RetryPressed))
            .text_key(view, keys::FAILURE_RETRY)
    });
    div()
        .named("failure")
        .attr("role", "alert")
        .child(
            heading(view.heading_level)
                .class("headline")
                .attr("tabindex", "-1")
                .attr("data-focus", "headline")
                .text_key(view, page.title),
        )
        .child(p().text_key(view, page.more))
        .child_opt(retry)
}
