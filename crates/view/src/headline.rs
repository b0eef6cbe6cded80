//! The headline with the state of the order, and the line that identifies the order.

use doorstep_contract::concat;
use doorstep_core::screen::OrderPage;

use super::context::View;
use super::dom::{ElementBuilder, header, heading, p, span};

/// Draws the headline, a second sentence if there is one, and the line that identifies the order.
pub(crate) fn headline(view: &View, page: &OrderPage) -> ElementBuilder {
    let title = heading(view.heading_level)
        .class("headline")
        .part_and_tone("headline", page.headline.tone)
        .attr("tabindex", "-1")
        .attr("data-focus", "headline")
        .message(view, &page.headline.message);
    let detail = page.detail.as_ref().map(|detail| p().class("detail").text(detail.clone()));
    header().class("top").child(title).child_opt(detail).child(about(view, page))
}

/// Draws the line that identifies the order. The order number does not break across lines, because the shopper may have to read
/// it aloud to a person.
fn about(view: &View, page: &OrderPage) -> ElementBuilder {
    let between = if page.number.is_some() { " · " } else { "" };
    let about = page.about.as_ref().map(|about| concat(&[&view.texts.message(about), between]));
    let number = page.number.as_ref().map(|number| span().class("whole").message(view, number));
    p().class("about").attr("part", "about").text_opt(about).child_opt(number)
}
