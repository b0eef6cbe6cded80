//! Draws the dialog of self-service. The code of this module is in the second chunk.

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
pub(crate) fn dialog(view: &View, page: &dyn Any) -> Option<ElementBuilder> {
    Some(sheet::frame(view, page.downcast_ref::<Page>().and_then(|page| page.sheet.as_ref())))
}
