//! Questions with given answers, as native radio buttons and checkboxes.

use doorstep_core::message::{Key, Message};
use doorstep_core::self_service::Choice;

use super::super::View;
use super::super::dom::{Node, Parts, div, fieldset, input, label, legend, p, span};
use super::{about, error};

/// Draws a question with exactly one answer.
pub(super) fn radios(view: &View, choice: &Choice, wrong: Option<Key>) -> Node {
    let mut rows = Vec::new();
    for (title, options) in &choice.groups {
        rows.extend(title.as_ref().map(|title| p(Parts::class("small").says(view, title))));
        rows.extend(options.iter().map(|(value, words, more)| {
            let chosen = choice.chosen.as_ref() == Some(value);
            option(view, "radio", choice.name, value, chosen, words, more)
        }));
    }
    fieldset(
        Parts::class("question")
            .key(choice.name.to_owned())
            .attr_if("data-invalid", wrong.map(|_| String::new()))
            .attr_if("aria-describedby", about(choice.name, false, wrong.is_some()))
            .child(legend(Parts::new().says(view, &choice.question)))
            .child(error(view, choice.name, wrong))
            .child(div(Parts::class("options").list(rows))),
    )
}

/// Draws a question with any number of answers.
pub(super) fn boxes(view: &View, choice: &Choice) -> Node {
    let ticked = choice.chosen.as_deref().unwrap_or_default();
    let rows = choice.groups.iter().flat_map(|(_, options)| options).map(|(name, words, more)| {
        option(view, "checkbox", name, "yes", ticked.split(' ').any(|known| known == name), words, more)
    });
    fieldset(
        Parts::class("question")
            .child(legend(Parts::new().says(view, &choice.question)))
            .child(div(Parts::class("options").list(rows.collect()))),
    )
}

fn option(view: &View, kind: &str, name: &str, value: &str, chosen: bool, words: &Message, more: &[Message]) -> Node {
    let more = more.iter().map(|more| span(Parts::class("quiet").says(view, more)));
    label(
        Parts::class("option")
            .key([name, "=", value].concat())
            .child(input(Parts::new().attr("type", kind).attr("name", name).attr("value", value).flag("checked", chosen)))
            .child(span(Parts::class("lines").child(span(Parts::new().says(view, words))).list(more.collect()))),
    )
}
