//! A sentence about the connection or the link, above known data.

use doorstep_core::phrase::keys;
use doorstep_core::screen::{Msg, Notice};

use super::View;
use super::dom::{Node, Parts, button, div, p};
use super::icon::{Icon, icon};

/// The notice.
pub(super) fn notice(view: &View, notice: &Notice) -> Node {
    let send = view.sender();
    let lookup = notice.lookup.then(|| {
        button(
            Parts::class("plain")
                .attr("type", "button")
                .on_click(move || send(Msg::LookupOpened))
                .text(view.text.key(keys::LOOKUP_SUBMIT)),
        )
    });
    div(Parts::class("notice")
        .attr("part", "notice")
        .child(icon(Icon::Offline))
        .child(p(Parts::new().text(view.text.phrase(&notice.text))))
        .maybe(lookup))
}
