//! The view of one widget as Leptos renders it: drawn at once, and again whenever the tracker changes the frame.

use std::rc::Rc;

use doorstep_view::dom::ElementBuilder;
use doorstep_view::{Callbacks, View};
use leptos::prelude::RenderEffect;
use leptos::tachys::view::{Mountable, Render};

use crate::frame::TrackedFrame;
use crate::patch::{Drawing, Live};

/// A view that is not drawn yet. Leptos could render a closure instead, but only a closure that can move to another thread. The
/// wrappers that make this possible would add the standard library's threads and its allocator to the download.
pub(super) struct Drawn {
    /// Content of the view.
    pub(super) frame: Rc<TrackedFrame>,
    /// Functions that the views call.
    pub(super) callbacks: Callbacks,
    /// Element of the first page that the first drawing takes over.
    pub(super) painted: Option<web_sys::Node>,
    /// Tree of the first drawing, if it is drawn in advance.
    pub(super) tree: Option<ElementBuilder>,
}

impl Drawn {
    /// Draws the tree of the first drawing in advance.
    pub(super) fn draw(&mut self) {
        self.tree = Some(tree(&self.frame, &self.callbacks));
    }
}

#[inline(never)]
fn tree(frame: &TrackedFrame, callbacks: &Callbacks) -> ElementBuilder {
    let frame = frame.get();
    doorstep_view::root(&View::new(frame.presentation.clone(), callbacks.clone()), &frame.screen)
}

impl Render for Drawn {
    type State = RenderEffect<Live>;

    fn build(self) -> Self::State {
        let Self { frame, callbacks, mut painted, tree: mut drawn } = self;
        RenderEffect::new(move |live: Option<Live>| {
            frame.track();
            let tree = drawn.take().unwrap_or_else(|| tree(&frame, &callbacks));
            let drawing = Drawing { tree, painted: painted.take() };
            match live {
                Some(mut live) => {
                    drawing.rebuild(&mut live);
                    live
                }
                None => drawing.build(),
            }
        })
    }

    fn rebuild(self, view: &mut Self::State) {
        let mut before = std::mem::replace(view, self.build());
        before.insert_before_this(view);
        before.unmount();
    }
}
