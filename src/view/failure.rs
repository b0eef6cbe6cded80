//! The page shown when nothing else can be shown: the cause, the next step, and a button to try again.

use doorstep_core::message::keys;
use doorstep_core::screen::{FailurePage, Msg};

use super::View;
use super::dom::{Node, Parts, button, div, heading, p};

/// Draws the failure page.
pub(super) fn failure(view: &View, page: &FailurePage) -> Node {
    let send = view.sender();
    let retry = page.retry.then(|| {
        button(
            Parts::class("primary")
                .attr("type", "button")
                .on_click(move || send(Msg::RetryPressed))
                .word(view, keys::FAILURE_RETRY),
        )
    });
    div(Parts::class("failure")
        .attr("part", "failure")
        .attr("role", "alert")
        .child(heading(
            view.heading_level,
            Parts::class("headline").attr("tabindex", "-1").attr("data-focus", "headline").word(view, page.title),
        ))
        .child(p(Parts::new().word(view, page.more)))
        .child_opt(retry))
}
