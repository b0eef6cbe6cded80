//! The headline with the state of the order, and the line that identifies the order.

use doorstep_core::order::status::Tone;
use doorstep_core::screen::OrderPage;

use super::View;
use super::dom::{Node, Parts, header, heading, p, span};

/// Draws the headline, a second sentence if there is one, and the line that identifies the order.
pub(super) fn headline(view: &View, page: &OrderPage) -> Node {
    let title = Parts::class("headline")
        .toned("headline", page.headline.tone)
        .attr("tabindex", "-1")
        .attr("data-focus", "headline")
        .says(view, &page.headline.message);
    let detail = page.detail.as_ref().map(|detail| p(Parts::class("detail").text(detail.clone())));
    header(Parts::class("top").child(heading(view.heading_level, title)).child_opt(detail).child(about(view, page)))
}

/// Draws the line that identifies the order. The order number does not break across lines, because it may have to be read out.
fn about(view: &View, page: &OrderPage) -> Node {
    let parts = Parts::class("about").attr("part", "about");
    let between = if page.number.is_some() { " · " } else { "" };
    let about = page.about.as_ref().map(|about| [&view.text.message(about), between].concat());
    let number = page.number.as_ref().map(|number| span(Parts::class("whole").says(view, number)));
    p(parts.child_opt(about.map(Node::Text)).child_opt(number))
}

impl Parts {
    /// Sets the part name and adds the tone as a second name, because `::part()` selects by names only. The stylesheet uses the
    /// attribute.
    #[inline(never)]
    pub(super) fn toned(self, part: &str, how: Tone) -> Self {
        self.attr("part", &[part, " ", tone(how)].concat()).attr("data-tone", tone(how))
    }
}

/// Returns the name of a tone.
pub(super) fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Quiet => "quiet",
        Tone::Good => "good",
        Tone::Attention => "attention",
        Tone::Problem => "problem",
    }
}
