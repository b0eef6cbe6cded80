//! Questions with given answers, as native radio buttons and checkboxes.

use doorstep_contract::concat;
use doorstep_core::message::{Key, Message};
use doorstep_core::self_service::Choice;

use super::controls::{described_by, field_error};
use doorstep_view::View;
use doorstep_view::dom::{ElementBuilder, div, fieldset, input, label, legend, p, span};

/// Draws a question with exactly one answer.
pub(super) fn radios(view: &View, choice: &Choice, wrong: Option<Key>) -> ElementBuilder {
    let mut rows = Vec::new();
    for (title, options) in &choice.groups {
        rows.extend(title.as_ref().map(|title| p().class("small").message(view, title)));
        rows.extend(options.iter().map(|(value, text, more)| {
            let chosen = choice.chosen.as_ref() == Some(value);
            option(view, "radio", choice.name, value, chosen, text, more)
        }));
    }
    fieldset()
        .class("question")
        .key(choice.name.to_owned())
        .attr_opt("data-invalid", wrong.map(|_| String::new()))
        .attr_opt("aria-describedby", described_by(choice.name, false, wrong.is_some()))
        .child(legend().message(view, &choice.question))
        .child(field_error(view, choice.name, wrong))
        .child(div().class("options").children(rows))
}

/// Draws a question with any number of answers.
pub(super) fn boxes(view: &View, choice: &Choice) -> ElementBuilder {
    let ticked = choice.chosen.as_deref().unwrap_or_default();
    let rows = choice.groups.iter().flat_map(|(_, options)| options).map(|(name, text, more)| {
        option(view, "checkbox", name, "yes", ticked.split(' ').any(|known| known == name), text, more)
    });
    fieldset().class("question").child(legend().message(view, &choice.question)).child(div().class("options").children(rows))
}

fn option(view: &View, kind: &str, name: &str, value: &str, chosen: bool, text: &Message, more: &[Message]) -> ElementBuilder {
    let more = more.iter().map(|more| span().class("quiet").message(view, more));
    label()
        .class("option")
        .key(concat(&[name, "=", value]))
        .child(input().attr("type", kind).attr("name", name).attr("value", value).flag("checked", chosen))
        .child(span().class("lines").child(span().message(view, text)).children(more))
}
