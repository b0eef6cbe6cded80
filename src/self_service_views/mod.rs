//! Draws self-service: the dialog and the cards. The code of this module is in the second chunk.

mod cards;
mod choice;
mod controls;
mod field;
mod lines;
mod photos;
mod sheet;

use std::any::Any;

use doorstep_core::self_service::Page;

use doorstep_view::View;
use doorstep_view::dom::ElementBuilder;

/// Draws the dialog. While no dialog is open, draws its empty element.
pub(crate) fn dialog(view: &View, page: &dyn Any) -> ElementBuilder {
    sheet::frame(view, page.downcast_ref::<Page>().and_then(|page| page.sheet.as_ref()))
}

/// Draws the cards of cases, returns and refunds. If there are no cards, returns None.
pub(crate) fn cards(view: &View, page: &dyn Any) -> Option<ElementBuilder> {
    page.downcast_ref::<Page>().and_then(|page| cards::cards(view, &page.cards))
}
