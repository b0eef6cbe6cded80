//! The photos of a report: picking, progress and removal.

use doorstep_core::message::{Key, Message, request_keys as keys};
use doorstep_core::self_service::{Msg, PhotoRow, Photos};

use super::controls::{cross_button, described_by, field_error};
use doorstep_view::View;
use doorstep_view::dom::{ElementBuilder, div, input, label, li, p, progress, span, ul};

/// Draws the photos.
pub(super) fn photos(view: &View, photos: &Photos, wrong: Option<Key>) -> ElementBuilder {
    let rows = photos.rows.iter().map(|row| photo(view, row));
    // The label provides the visible text; the control itself is the browser's and is visually hidden.
    let pick = label().button_class("second pick").child(span().text_key(view, keys::PHOTO_ADD)).child(
        input()
            .class("visually-hidden")
            .attr("type", "file")
            .attr("name", "photos")
            .attr("accept", "image/jpeg,image/png,image/webp,image/heic,image/heif")
            .flag("multiple", true)
            .flag("disabled", !photos.can_add)
            .attr("aria-invalid", if wrong.is_some() { "true" } else { "false" })
            .attr_opt("aria-describedby", described_by("evidence", true, wrong.is_some())),
    );
    let optional = (!photos.needed).then(|| span().class("quiet").text_key(view, keys::OPTIONAL));
    div()
        .class("field photos")
        .key("evidence".to_owned())
        .child(p().class("label").text(view.texts.message(&photos.question)).text(" ".to_owned()).child_opt(optional))
        .child(p().class("quiet").attr("id", "evidence-hint").text_key(view, keys::PHOTO_HINT))
        .child(field_error(view, "evidence", wrong))
        .child(ul().class("photo-rows").children(rows))
        .child(pick)
}

fn photo(view: &View, row: &PhotoRow) -> ElementBuilder {
    let remove = Message::new(keys::PHOTO_REMOVE).with("name", row.name.clone());
    let indicator = row.busy.then(|| progress().attr("aria-label", &row.name));
    li().class("shot")
        .key(doorstep_contract::digits(row.id.into()))
        .child(
            span()
                .class("lines")
                .child(span().class("digits").text(row.name.clone()))
                .child(span().class(if row.failed { "error" } else { "quiet" }).message(view, &row.state))
                .child_opt(indicator),
        )
        .child(cross_button(view, &view.texts.message(&remove), Msg::PhotoRemoved(row.id)))
}
