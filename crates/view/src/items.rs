//! A list of items with their quantities, as parcels, cases and returns show it.

use doorstep_core::order::parcel::Item;

use super::context::View;
use super::dom::{ElementBuilder, img, li, span, ul};

/// Draws items with their quantities.
pub fn items(view: &View, items: &[Item]) -> ElementBuilder {
    let row = |item: &Item| {
        let image = item.image.as_ref().map(|image| {
            img()
                .class("image")
                .attr("alt", "")
                .attr("loading", "lazy")
                .attr("referrerpolicy", "no-referrer")
                .attr("decoding", "async")
                .attr("src", image)
        });
        let variant = item.variant.as_ref().map(|variant| span().class("quiet").text(variant.clone()));
        li().class("item")
            .child_opt(image)
            .child(span().class("lines").child(span().text(item.title.clone())).child_opt(variant))
            .child(span().class("quantity").message(view, &item.quantity))
    };
    ul().class("items").children(items.iter().map(row))
}
