//! Draws text fields, and reads the values of form controls.

use doorstep_contract::concat;
use std::any::Any;

use doorstep_core::message::{Key, request_keys as keys};
use doorstep_core::self_service::{Field, FieldKind};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::controls::{described_by, field_error};
use doorstep_view::View;
use doorstep_view::dom::{ElementBuilder, div, input, label, p, span, textarea};

/// Draws a field with its label, its hint and its error.
pub(super) fn field(view: &View, field: &Field, wrong: Option<Key>) -> ElementBuilder {
    let hint = field.hint.as_ref().map(|hint| view.texts.message(hint));
    let hint_id = concat(&[field.name, "-hint"]);
    let area = field.kind == FieldKind::Area;
    let control = if area { textarea() } else { input() }
        .attr("id", field.name)
        .attr("name", field.name)
        .attr("maxlength", &doorstep_contract::digits(field.max.into()))
        .attr("autocomplete", autocomplete(field.kind))
        .attr("aria-invalid", if wrong.is_some() { "true" } else { "false" })
        .attr("aria-required", if field.needed { "true" } else { "false" })
        .attr_opt("aria-describedby", described_by(field.name, hint.is_some(), wrong.is_some()));
    let keyboard = if field.kind == FieldKind::Email { "email" } else { "text" };
    let control = if area {
        control.attr("rows", "3").text(field.value.clone())
    } else {
        control.attr("inputmode", keyboard).attr("value", &field.value)
    };
    let optional = (!field.needed && field.hint.is_none()).then(|| span().class("quiet").text_key(view, keys::OPTIONAL));
    div()
        .class("field")
        .key(field.name.to_owned())
        .child(label().attr("for", field.name).text(view.texts.message(&field.label)).text(" ".to_owned()).child_opt(optional))
        .child_opt(hint.map(|hint| p().class("quiet").attr("id", &hint_id).text(hint)))
        .child(field_error(view, field.name, wrong))
        .child(control)
}

fn autocomplete(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Area | FieldKind::Contact => "off",
        FieldKind::Email => "email",
        FieldKind::Name => "name",
        FieldKind::Street => "address-line1",
        FieldKind::Street2 => "address-line2",
        FieldKind::Postcode => "postal-code",
        FieldKind::City => "address-level2",
    }
}

/// Returns true if the event comes from a file input.
pub(super) fn is_file(event: &dyn Any) -> bool {
    target::<HtmlInputElement>(event).is_some_and(|input| input.type_() == "file")
}

/// Returns the name and the value of the control that an event comes from. The value of an unticked checkbox is `no`. Returns
/// None for an unselected radio button and for other elements.
pub(super) fn value(event: &dyn Any) -> Option<(String, String)> {
    if let Some(input) = target::<HtmlInputElement>(event) {
        let off = matches!(input.type_().as_str(), "checkbox" | "radio") && !input.checked();
        let value = if off && input.type_() == "checkbox" { "no".to_owned() } else { input.value() };
        return (!off || input.type_() == "checkbox").then(|| (input.name(), value));
    }
    if let Some(select) = target::<HtmlSelectElement>(event) {
        return Some((select.name(), select.value()));
    }
    target::<HtmlTextAreaElement>(event).map(|area| (area.name(), area.value()))
}

fn target<T: JsCast>(event: &dyn Any) -> Option<T> {
    event.downcast_ref::<Event>()?.target()?.dyn_into().ok()
}
