//! The proof of delivery and the pickup point of a parcel.

use doorstep_core::message::keys;
use doorstep_core::order::proof_of_delivery::{PickupCard, ProofOfDelivery};

use super::View;
use super::dom::{Node, Parts, div, figcaption, figure, heading, img, p, span, strong};
use super::icon::{Icon, icon};
use super::parcel::outward;

/// Draws the proof of delivery.
pub(super) fn proof(view: &View, level: u8, proof: &ProofOfDelivery) -> Node {
    let line = |text: &String| p(Parts::new().text(text.clone()));
    let photo = proof.photo.as_ref().map(|photo| {
        let about = view.text.key(keys::PROOF_PHOTO);
        figure(
            Parts::class("photo")
                .child(img(Parts::new()
                    .attr("alt", &about)
                    .attr("loading", "lazy")
                    .attr("referrerpolicy", "no-referrer")
                    .attr("decoding", "async")
                    .attr("src", photo)))
                .child(figcaption(Parts::class("quiet").text(about))),
        )
    });
    div(Parts::class("place")
        .attr("part", "proof")
        .child(heading(level, Parts::class("heard").word(view, keys::PROOF_TITLE)))
        .child(icon(Icon::Pin))
        .child(div(Parts::class("lines")
            .child_opt(proof.place.as_ref().map(|place| p(Parts::new().child(strong(Parts::new().says(view, place))))))
            .child_opt(proof.detail.as_ref().map(line))
            .child_opt(proof.signed_by.as_ref().map(|signed| p(Parts::class("quiet").says(view, signed))))
            .child_opt(photo))))
}

/// Draws the pickup point.
pub(super) fn pickup(view: &View, level: u8, card: &PickupCard) -> Node {
    let lines = |lines: &[String]| lines.iter().map(|line| p(Parts::new().text(line.clone()))).collect::<Vec<_>>();
    let code = card.code.as_ref().map(|code| {
        p(Parts::class("code")
            .child(span(Parts::class("quiet").word(view, keys::PICKUP_CODE)))
            .child(strong(Parts::new().text(code.clone()))))
    });
    let hours = (!card.hours.is_empty()).then(|| {
        div(Parts::class("hours")
            .child(heading(level.saturating_add(1), Parts::class("small").word(view, keys::PICKUP_HOURS)))
            .list(lines(&card.hours))
            .child(p(Parts::class("quiet").word(view, keys::PICKUP_HOURS_VARY))))
    });
    div(Parts::class("place").attr("part", "pickup").child(icon(Icon::Pin)).child(div(Parts::class("lines")
        .child(heading(level, Parts::class("small").word(view, keys::PICKUP_TITLE)))
        .child(p(Parts::new().child(strong(Parts::new().text(card.name.clone())))))
        .list(lines(&card.lines))
        .child_opt(card.collect_by.as_ref().map(|until| p(Parts::new().says(view, until))))
        .child_opt(code)
        .child_opt(hours)
        .child_opt(card.map.as_ref().map(|map| p(Parts::new().child(outward(view, map, view.text.key(keys::PICKUP_MAP)))))))))
}
