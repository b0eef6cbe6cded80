//! The selection of items, with the quantity and the reason for each.

use doorstep_core::message::{Key, request_keys as keys};
use doorstep_core::self_service::{LineRow, Lines};

use super::controls::{described_by, field_error};
use doorstep_view::View;
use doorstep_view::dom::{ElementBuilder, div, fieldset, img, input, label, legend, li, option, select, span, ul};

/// Draws the selection of items.
pub(super) fn lines(view: &View, lines: &Lines, wrong: Option<Key>) -> ElementBuilder {
    let rows = lines.rows.iter().map(|row| line(view, row, lines, wrong.is_some()));
    fieldset()
        .class("question")
        .attr_opt("data-invalid", wrong.map(|_| String::new()))
        .attr_opt("aria-describedby", described_by("lines", false, wrong.is_some()))
        .child(legend().message(view, &lines.question))
        .child(field_error(view, "lines", wrong))
        .child(ul().class("options").children(rows))
}

fn line(view: &View, row: &LineRow, lines: &Lines, wrong: bool) -> ElementBuilder {
    let [pick, quantity, reason] = &row.names;
    let image = row.item.image.as_ref().map(|image| {
        img().class("image").attr("alt", "").attr("referrerpolicy", "no-referrer").attr("decoding", "async").attr("src", image)
    });
    let quiet = |text: String| span().class("quiet").text(text);
    let notes = [row.why_not.as_ref(), row.until.as_ref()].into_iter().flatten().map(|note| quiet(view.texts.message(note)));
    let box_ = input()
        .attr("type", "checkbox")
        .attr("name", pick)
        .attr("value", "yes")
        .flag("checked", row.chosen > 0)
        .flag("disabled", row.why_not.is_some());
    let description = span()
        .class("lines")
        .child(span().text(row.item.title.clone()))
        .child_opt(row.item.variant.clone().map(quiet))
        .children(notes);
    let chosen = row.chosen > 0;
    let quantities = (chosen && row.most > 1).then(|| {
        let numbers: Vec<(String, String)> = (1..=row.most.min(99))
            .map(|number| doorstep_contract::digits(number.into()))
            .map(|number| (number.clone(), number))
            .collect();
        let now = doorstep_contract::digits(row.chosen.into());
        list(quantity, &view.texts.key(keys::LINE_MANY), &numbers, &now, false)
    });
    let reasons = (chosen && !lines.reasons.is_empty()).then(|| {
        let none = (String::new(), view.texts.key(keys::LINE_WHY_NONE));
        let reasons = lines.reasons.iter().map(|(code, label)| (code.clone(), view.texts.message(label)));
        let missing = wrong && row.reason.is_empty();
        list(
            reason,
            &view.texts.key(keys::LINE_WHY),
            &std::iter::once(none).chain(reasons).collect::<Vec<_>>(),
            &row.reason,
            missing,
        )
    });
    li().class("line-row")
        .key(pick.clone())
        .child(label().class("option").child(box_).child_opt(image).child(description))
        .child_opt(quantities)
        .child_opt(reasons)
}

/// Draws a native selection list with its label.
fn list(name: &str, title: &str, choices: &[(String, String)], chosen: &str, wrong: bool) -> ElementBuilder {
    let choices =
        choices.iter().map(|(value, text)| option().attr("value", value).flag("selected", value == chosen).text(text.clone()));
    div().class("field").key(name.to_owned()).child(label().attr("for", name).text(title.to_owned())).child(
        select().attr("id", name).attr("name", name).attr("aria-invalid", if wrong { "true" } else { "false" }).children(choices),
    )
}
