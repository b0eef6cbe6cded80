//! The proof of delivery and the pickup point of a parcel.

use doorstep_core::message::keys;
use doorstep_core::order::proof_of_delivery::{PickupCard, ProofOfDelivery};

use super::context::View;
use super::dom::{ElementBuilder, div, figcaption, figure, heading, img, p, span, strong};
use super::icon::{Icon, icon};
use super::link::external_link;

/// Draws the proof of delivery.
pub fn proof(view: &View, level: u8, proof: &ProofOfDelivery) -> ElementBuilder {
    let line = |text: &String| p().text(text.clone());
    let photo = proof.photo.as_ref().map(|photo| {
        let about = view.texts.key(keys::PROOF_PHOTO);
        figure()
            .class("photo")
            .child(
                img()
                    .attr("alt", &about)
                    .attr("loading", "lazy")
                    .attr("referrerpolicy", "no-referrer")
                    .attr("decoding", "async")
                    .attr("src", photo),
            )
            .child(figcaption().class("quiet").text(about))
    });
    div()
        .class("place")
        .attr("part", "proof")
        .child(heading(level).class("visually-hidden").text_key(view, keys::PROOF_TITLE))
        .child(icon(Icon::Pin))
        .child(
            div()
                .class("lines")
                .child_opt(proof.place.as_ref().map(|place| p().child(strong().message(view, place))))
                .child_opt(proof.detail.as_ref().map(line))
                .child_opt(proof.signed_by.as_ref().map(|signed| p().class("quiet").message(view, signed)))
                .child_opt(photo),
        )
}

/// Draws the pickup point.
pub(crate) fn pickup(view: &View, level: u8, card: &PickupCard) -> ElementBuilder {
    let lines = |lines: &[String]| lines.iter().map(|line| p().text(line.clone())).collect::<Vec<_>>();
    let code = card.code.as_ref().map(|code| {
        p().class("code").child(span().class("quiet").text_key(view, keys::PICKUP_CODE)).child(strong().text(code.clone()))
    });
    let hours = (!card.hours.is_empty()).then(|| {
        div()
            .class("hours")
            .child(heading(level.saturating_add(1)).label_class().text_key(view, keys::PICKUP_HOURS))
            .children(lines(&card.hours))
            .child(p().class("quiet").text_key(view, keys::PICKUP_HOURS_VARY))
    });
    div().class("place").attr("part", "pickup").child(icon(Icon::Pin)).child(
        div()
            .class("lines")
            .child(heading(level).label_class().text_key(view, keys::PICKUP_TITLE))
            .child(p().child(strong().text(card.name.clone())))
            .children(lines(&card.lines))
            .child_opt(card.collect_by.as_ref().map(|until| p().message(view, until)))
            .child_opt(code)
            .child_opt(hours)
            .child_opt(card.map.as_ref().map(|map| p().child(external_link(view, map, view.texts.key(keys::PICKUP_MAP))))),
    )
}
