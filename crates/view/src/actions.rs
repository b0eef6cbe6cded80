//! Buttons for the self-service actions: those that fit are shown directly, the others under "Help".

use doorstep_contract::ActionKind;
use doorstep_core::message::{Key, keys};
use doorstep_core::order::actions::{Actions, Entry};
use doorstep_core::screen::Msg;

use super::context::View;
use super::dom::{ElementBuilder, button, details, div, li, span, summary, ul};
use super::icon::{Icon, icon};
use super::link::external_link;

/// Draws the link to the carrier's page, if there is one, and the actions that are shown directly. Returns None if there is nothing
/// to draw.
pub(crate) fn actions(view: &View, actions: &Actions, carrier_page: Option<&str>) -> Option<ElementBuilder> {
    let mut class = "primary";
    let mut buttons = Vec::new();
    if let Some(page) = carrier_page {
        buttons.push(external_link(view, page, view.texts.key(keys::CARRIER_PAGE)));
    }
    for entry in &actions.main {
        // The withdrawal has to be easy to find, but it is not what most shoppers want.
        let own = if matches!(entry.kind, ActionKind::Withdraw) { "second" } else { std::mem::replace(&mut class, "second") };
        buttons.push(action_button(view, own, entry));
    }
    (!buttons.is_empty()).then(|| div().named("actions").children(buttons))
}

/// Draws the other actions, folded under a title. Returns None if there are none.
pub(crate) fn help(view: &View, actions: &Actions, title: Key) -> Option<ElementBuilder> {
    (!actions.more.is_empty()).then(|| {
        let rows = actions.more.iter().map(|entry| li().child(action_button(view, "way", entry)));
        details()
            .named("help")
            .child(summary().class("line").child(icon(Icon::Help)).child(span().class("lines").text_key(view, title)))
            .child(ul().class("ways").children(rows))
    })
}

fn action_button(view: &View, class: &str, entry: &Entry) -> ElementBuilder {
    let send = view.sender();
    let (kind, shipment) = (entry.kind.clone(), entry.shipment.clone());
    let note = entry.note.as_ref().map(|note| span().class("quiet").message(view, note));
    button()
        .button_class(class)
        .attr("type", "button")
        .attr("aria-haspopup", "dialog")
        .attr("data-action", entry.kind.as_str())
        .on_click(move || send(Msg::pressed(kind.clone(), shipment.clone())))
        .child(icon(action_icon(&entry.kind)))
        .child(span().text_key(view, entry.label))
        .child_opt(note)
}

/// Returns the icon of an action.
fn action_icon(kind: &ActionKind) -> Icon {
    match kind {
        ActionKind::ReportNonReceipt
        | ActionKind::ReportDamaged
        | ActionKind::ReportWrongItem
        | ActionKind::ReportMissingItem => Icon::Alert,
        ActionKind::Reschedule | ActionKind::AcceptDelay => Icon::Calendar,
        ActionKind::ChangeAddress | ActionKind::RedirectToPickup => Icon::Pin,
        ActionKind::LeaveWithNeighbour | ActionKind::LeaveInSafePlace => Icon::Home,
        ActionKind::DeliveryInstructions | ActionKind::Withdraw => Icon::Note,
        ActionKind::Cancel => Icon::Cross,
        ActionKind::StartReturn => Icon::Back,
        ActionKind::RefundStatus => Icon::Card,
        ActionKind::Contact | ActionKind::Unknown(_) => Icon::Chat,
    }
}
