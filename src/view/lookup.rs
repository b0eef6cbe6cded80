//! The guest look-up: a form with two fields, each with its own error.

use doorstep_core::message::{Key, keys};
use doorstep_core::screen::{LookupPage, Msg};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, SubmitEvent};

use super::View;
use super::dom::{Node, Parts, button, div, form, heading, input, label, p, section};

/// Draws the look-up form.
pub(super) fn lookup(view: &View, page: &LookupPage) -> Node {
    let send = view.sender();
    let submit =
        move |event: SubmitEvent| send(Msg::LookupSubmitted { number: entry(&event, "number"), proof: entry(&event, "proof") });
    let back = view.sender();
    let back = page.back.then(|| {
        let press = Parts::class("plain").attr("type", "button").on_click(move || back(Msg::LookupClosed));
        button(press.word(view, keys::LOOKUP_BACK))
    });
    let words = if page.busy { keys::LOOKUP_BUSY } else { page.submit };
    let press = Parts::class("primary").attr("type", "submit").attr("aria-disabled", if page.busy { "true" } else { "false" });
    let error = page.form_error.as_ref().map(|error| view.text.message(error)).unwrap_or_default();
    section(
        Parts::class("lookup")
            .attr("part", "lookup")
            .child(heading(view.heading_level, Parts::class("headline").word(view, page.title)))
            .child(p(Parts::class("about").word(view, page.intro)))
            .child(form(
                Parts::new()
                    .flag("novalidate", true)
                    .on_submit(submit)
                    .child(p(Parts::class("error").attr("role", "alert").text(error)))
                    .child(number(view, page))
                    .child(proof(view, page))
                    .child(button(press.word(view, words))),
            ))
            .child_opt(back),
    )
}

fn number(view: &View, page: &LookupPage) -> Node {
    let field = Parts::new().attr("autocomplete", "off").attr("inputmode", "text").attr("value", &page.number);
    labelled(view, "number", keys::LOOKUP_NUMBER, None, field, page.number_error)
}

fn proof(view: &View, page: &LookupPage) -> Node {
    let field = Parts::new().attr("autocomplete", "email").attr("inputmode", "email");
    labelled(view, "proof", page.proof, page.proof_hint, field, page.proof_error)
}

/// Draws a field with its label, its hint and its error, associated for screen readers.
fn labelled(view: &View, id: &str, name: Key, hint: Option<Key>, field: Parts, error: Option<Key>) -> Node {
    let (hint_id, error_id) = ([id, "-hint"].concat(), [id, "-error"].concat());
    let about: Vec<&str> = hint.iter().map(|_| hint_id.as_str()).chain(error.iter().map(|_| error_id.as_str())).collect();
    let words = error.map(|error| view.text.key(error)).unwrap_or_default();
    let field = field
        .attr("id", id)
        .attr("name", id)
        .attr("required", "")
        .attr("maxlength", "254")
        .attr("spellcheck", "false")
        .attr("aria-invalid", if error.is_some() { "true" } else { "false" })
        .attr_if("aria-describedby", (!about.is_empty()).then(|| about.join(" ")));
    div(Parts::class("field")
        .child(label(Parts::new().attr("for", id).word(view, name)))
        .child_opt(hint.map(|hint| p(Parts::class("quiet").attr("id", &hint_id).word(view, hint))))
        .child(input(field))
        .child(p(Parts::class("error").attr("id", &error_id).text(words))))
}

/// Returns the value of a field of the submitted form.
fn entry(event: &SubmitEvent, name: &str) -> String {
    let form = event.current_target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let field = form.and_then(|form| form.query_selector(&["[name=", name, "]"].concat()).ok().flatten());
    field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()).map(|field| field.value()).unwrap_or_default()
}
