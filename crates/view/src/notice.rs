//! A notice about the connection, the link or the access, shown above the known data.

use doorstep_core::message::keys;
use doorstep_core::screen::{Msg, Notice};

use super::context::View;
use super::dom::{ElementBuilder, button, div, p};
use super::icon::{Icon, icon};

/// Draws the notice.
pub(crate) fn notice(view: &View, notice: &Notice) -> ElementBuilder {
    let send = view.sender();
    let sign = if notice.lookup == Some(keys::LOOKUP_DETAILS) { Icon::Flag } else { Icon::Offline };
    let lookup = notice.lookup.map(|label| {
        button().class("plain").attr("type", "button").on_click(move || send(Msg::LookupOpened)).text_key(view, label)
    });
    div().named("notice").child(icon(sign)).child(p().message(view, &notice.text)).child_opt(lookup)
}
