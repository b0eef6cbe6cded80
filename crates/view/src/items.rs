//! A list of items with their quantities, as parcels, cases and returns show it.

use doorstep_core::order::parcel::Item;

use super::context::View;
use super::dom::{ElementBuilder, img, li, span, ul};

/// Draws items with their quantities.
pub fn items(view: &View, items: &[Item]) -> ElementBuilder {
    let row = |item: &Item| {
        let image = item.image.as_ref().map(|image| picture(image));
        let variant = item.variant.as_ref().map(|variant| span().class("quiet").text(variant.clone()));
        li().named("item")
            .child_opt(image)
            .child(span().class("lines").child(span().text(item.title.clone())).child_opt(variant))
            .child(span().named("quantity").message(view, &item.quantity))
    };
    ul().class("items").children(items.iter().map(row))
}

/// Draws the picture of an item. It has no text, because it stands beside the item's name.
pub(crate) fn picture(image: &str) -> ElementBuilder {
    img()
        .class("image")
        .attr("part", "picture")
        .attr("alt", "")
        .attr("loading", "lazy")
        .attr("referrerpolicy", "no-referrer")
        .attr("decoding", "async")
        .attr("src", image)
}
