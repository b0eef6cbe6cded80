//! Links that leave the page.

use doorstep_contract::concat;
use doorstep_core::message::keys;

use super::context::View;
use super::dom::{ElementBuilder, a, span};
use super::icon::{Icon, icon};

/// Draws a link that leaves the page. A link to a web page opens in a new tab, and screen readers announce that.
pub fn external_link(view: &View, url: &str, label: String) -> ElementBuilder {
    let new_tab = concat(&["(", &view.texts.key(keys::LINK_NEW_TAB), ")"]);
    let page = url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
    let link = a()
        .class("outward")
        .attr("part", "link")
        .attr("href", url)
        .attr("rel", "noopener noreferrer")
        .attr_opt("target", page.then(|| "_blank".to_owned()))
        .text(label);
    match page {
        true => link.child(icon(Icon::Out)).child(span().class("visually-hidden").text(new_tab)),
        false => link,
    }
}
