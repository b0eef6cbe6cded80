//! The photos of a report: picking, progress and removal.

use doorstep_core::message::{Key, Message, request_keys as keys};
use doorstep_core::self_service::{Msg, PhotoRow, Photos};

use super::super::View;
use super::super::dom::{Node, Parts, div, input, label, li, p, progress, span, ul};
use super::{about, cross, error};

/// Draws the photos.
pub(super) fn photos(view: &View, photos: &Photos, wrong: Option<Key>) -> Node {
    let rows = photos.rows.iter().map(|row| photo(view, row));
    // The label provides the visible text; the control itself is the browser's and is visually hidden.
    let pick = label(
        Parts::class("second pick").child(span(Parts::new().word(view, keys::PHOTO_ADD))).child(input(
            Parts::class("heard")
                .attr("type", "file")
                .attr("name", "photos")
                .attr("accept", "image/jpeg,image/png,image/webp,image/heic,image/heif")
                .flag("multiple", true)
                .flag("disabled", !photos.room)
                .attr("aria-invalid", if wrong.is_some() { "true" } else { "false" })
                .attr_if("aria-describedby", about("evidence", true, wrong.is_some())),
        )),
    );
    let optional = (!photos.needed).then(|| span(Parts::class("quiet").word(view, keys::OPTIONAL)));
    div(Parts::class("field photos")
        .key("evidence".to_owned())
        .child(p(Parts::class("label").text(view.text.message(&photos.question)).text(" ".to_owned()).child_opt(optional)))
        .child(p(Parts::class("quiet").attr("id", "evidence-hint").word(view, keys::PHOTO_HINT)))
        .child(error(view, "evidence", wrong))
        .child(ul(Parts::class("photo-rows").list(rows.collect())))
        .child(pick))
}

fn photo(view: &View, row: &PhotoRow) -> Node {
    let remove = Message::new(keys::PHOTO_REMOVE).with("name", row.name.clone());
    let far = row.busy.then(|| progress(Parts::new().attr("aria-label", &row.name)));
    li(Parts::class("shot")
        .key(doorstep_contract::digits(row.id.into()))
        .child(span(
            Parts::class("lines")
                .child(span(Parts::class("digits").text(row.name.clone())))
                .child(span(Parts::class(if row.failed { "error" } else { "quiet" }).says(view, &row.state)))
                .child_opt(far),
        ))
        .child(cross(view, &view.text.message(&remove), Msg::PhotoRemoved(row.id))))
}
