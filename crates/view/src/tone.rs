//! The tone of an element, as an attribute for the stylesheet and as a part name for the page.

use doorstep_contract::concat;
use doorstep_core::order::status::Tone;

use super::dom::ElementBuilder;

impl ElementBuilder {
    /// Sets the part name and adds the tone as a second name, because `::part()` selects by names only. The stylesheet uses the
    /// attribute.
    #[inline(never)]
    pub fn part_and_tone(self, part: &str, how: Tone) -> Self {
        self.attr("part", &concat(&[part, " ", tone(how)])).attr("data-tone", tone(how))
    }
}

/// Returns the name of a tone.
pub(crate) fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Quiet => "quiet",
        Tone::Good => "good",
        Tone::Attention => "attention",
        Tone::Problem => "problem",
    }
}
