//! The guest look-up: a form with two fields, each with its own error.

use doorstep_contract::concat;
use doorstep_core::message::{Key, keys};
use doorstep_core::screen::{LookupPage, Msg};

use super::context::View;
use super::dom::{BrowserEvent, ElementBuilder, button, div, form, heading, input, label, p, section};
use super::text::joined;

/// Draws the look-up form.
pub(crate) fn lookup(view: &View, page: &LookupPage) -> ElementBuilder {
    let (send, field) = (view.sender(), view.field_reader());
    let submit =
        move |event: &BrowserEvent| send(Msg::LookupSubmitted { number: field(event, "number"), proof: field(event, "proof") });
    let back = view.sender();
    let back = page.back.then(|| {
        button().class("plain").attr("type", "button").on_click(move || back(Msg::LookupClosed)).text_key(view, keys::LOOKUP_BACK)
    });
    let label = if page.busy { keys::LOOKUP_BUSY } else { page.submit };
    let submit_button = button()
        .button_class("primary")
        .attr("type", "submit")
        .attr("aria-disabled", if page.busy { "true" } else { "false" })
        .text_key(view, label);
    let error = page.form_error.as_ref().map(|error| view.texts.message(error)).unwrap_or_default();
    section()
        .named("lookup")
        .child(heading(view.heading_level).class("headline").text_key(view, page.title))
        .child(p().class("about").text_key(view, page.intro))
        .child(
            form()
                .flag("novalidate", true)
                .on_submit(submit)
                .child(p().class("error").attr("role", "alert").text(error))
                .child(number(view, page))
                .child(proof(view, page))
                .child(submit_button),
        )
        .child_opt(back)
}

fn number(view: &View, page: &LookupPage) -> ElementBuilder {
    let field = input().attr("autocomplete", "off").attr("inputmode", "text").attr("value", &page.number);
    labelled(view, "number", keys::LOOKUP_NUMBER, None, field, page.number_error)
}

fn proof(view: &View, page: &LookupPage) -> ElementBuilder {
    let field = input().attr("autocomplete", "email").attr("inputmode", "email");
    labelled(view, "proof", page.proof, page.proof_hint, field, page.proof_error)
}

/// Draws a field with its label, its hint and its error, associated for screen readers.
fn labelled(view: &View, id: &str, name: Key, hint: Option<Key>, field: ElementBuilder, error: Option<Key>) -> ElementBuilder {
    let (hint_id, error_id) = (concat(&[id, "-hint"]), concat(&[id, "-error"]));
    let about: Vec<String> = hint.iter().map(|_| hint_id.clone()).chain(error.iter().map(|_| error_id.clone())).collect();
    let error_text = error.map(|error| view.texts.key(error)).unwrap_or_default();
    let field = field
        .attr("id", id)
        .attr("name", id)
        .attr("required", "")
        .attr("maxlength", "254")
        .attr("spellcheck", "false")
        .attr("aria-invalid", if error.is_some() { "true" } else { "false" })
        .attr_opt("aria-describedby", (!about.is_empty()).then(|| joined(&about, " ")));
    div()
        .class("field")
        .child(label().attr("for", id).text_key(view, name))
        .child_opt(hint.map(|hint| p().class("quiet").attr("id", &hint_id).text_key(view, hint)))
        .child(field)
        .child(p().class("error").attr("id", &error_id).text(error_text))
}
