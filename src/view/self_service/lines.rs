//! The selection of items, with the quantity and the reason for each.

use doorstep_core::message::{Key, request_keys as keys};
use doorstep_core::self_service::{LineRow, Lines};

use super::super::View;
use super::super::dom::{Node, Parts, div, fieldset, img, input, label, legend, li, option, select, span, ul};
use super::{about, error};

/// Draws the selection of items.
pub(super) fn lines(view: &View, lines: &Lines, wrong: Option<Key>) -> Node {
    let rows = lines.rows.iter().map(|row| line(view, row, lines, wrong.is_some()));
    fieldset(
        Parts::class("question")
            .attr_if("data-invalid", wrong.map(|_| String::new()))
            .attr_if("aria-describedby", about("lines", false, wrong.is_some()))
            .child(legend(Parts::new().says(view, &lines.question)))
            .child(error(view, "lines", wrong))
            .child(ul(Parts::class("options").list(rows.collect()))),
    )
}

fn line(view: &View, row: &LineRow, lines: &Lines, wrong: bool) -> Node {
    let [pick, many, why] = &row.names;
    let image = row.item.image.as_ref().map(|image| {
        img(Parts::class("image")
            .attr("alt", "")
            .attr("referrerpolicy", "no-referrer")
            .attr("decoding", "async")
            .attr("src", image))
    });
    let quiet = |text: String| span(Parts::class("quiet").text(text));
    let notes = [row.why_not.as_ref(), row.until.as_ref()].into_iter().flatten().map(|note| quiet(view.text.message(note)));
    let box_ = input(
        Parts::new()
            .attr("type", "checkbox")
            .attr("name", pick)
            .attr("value", "yes")
            .flag("checked", row.chosen > 0)
            .flag("disabled", row.why_not.is_some()),
    );
    let words = span(
        Parts::class("lines")
            .child(span(Parts::new().text(row.item.title.clone())))
            .child_opt(row.item.variant.clone().map(quiet))
            .list(notes.collect()),
    );
    let chosen = row.chosen > 0;
    let how_many = (chosen && row.most > 1).then(|| {
        let numbers: Vec<(String, String)> = (1..=row.most.min(99))
            .map(|number| doorstep_contract::digits(number.into()))
            .map(|number| (number.clone(), number))
            .collect();
        let now = doorstep_contract::digits(row.chosen.into());
        list(many, &view.text.key(keys::LINE_MANY), &numbers, &now, false)
    });
    let reasons = (chosen && !lines.reasons.is_empty()).then(|| {
        let none = (String::new(), view.text.key(keys::LINE_WHY_NONE));
        let reasons = lines.reasons.iter().map(|(code, words)| (code.clone(), view.text.message(words)));
        let missing = wrong && row.reason.is_empty();
        list(why, &view.text.key(keys::LINE_WHY), &std::iter::once(none).chain(reasons).collect::<Vec<_>>(), &row.reason, missing)
    });
    li(Parts::class("line-row")
        .key(pick.clone())
        .child(label(Parts::class("option").child(box_).child_opt(image).child(words)))
        .child_opt(how_many)
        .child_opt(reasons))
}

/// Draws a native selection list with its label.
fn list(name: &str, words: &str, choices: &[(String, String)], chosen: &str, wrong: bool) -> Node {
    let choices = choices
        .iter()
        .map(|(value, words)| option(Parts::new().attr("value", value).flag("selected", value == chosen).text(words.clone())));
    div(Parts::class("field").key(name.to_owned()).child(label(Parts::new().attr("for", name).text(words.to_owned()))).child(
        select(
            Parts::new()
                .attr("id", name)
                .attr("name", name)
                .attr("aria-invalid", if wrong { "true" } else { "false" })
                .list(choices.collect()),
        ),
    ))
}
