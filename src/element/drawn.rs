//! The view of one widget as Leptos renders it: drawn at once, and again whenever the tracker changes the frame.

use doorstep_view::{Callbacks, View};
use leptos::prelude::{ArcRwSignal, RenderEffect, With};
use leptos::tachys::view::{Mountable, Render};

use crate::patch::{Drawing, Live};
use crate::tracker::Frame;

/// A view that is not drawn yet. Leptos could render a closure instead, but only a closure that can move to another thread. The
/// wrappers that make this possible would add the standard library's threads and its allocator to the download.
pub(super) struct Drawn {
    /// Content of the view. Only this view reads the signal.
    pub(super) frame: ArcRwSignal<Frame>,
    /// Functions that the views call.
    pub(super) callbacks: Callbacks,
    /// Element of the first page that the first drawing takes over.
    pub(super) painted: Option<web_sys::Node>,
}

impl Render for Drawn {
    type State = RenderEffect<Live>;

    fn build(self) -> Self::State {
        let Self { frame, callbacks, mut painted } = self;
        RenderEffect::new(move |live: Option<Live>| {
            let tree = frame.with(|frame| {
                let view = View::new(frame.presentation.clone(), callbacks.clone());
                doorstep_view::root(&view, &frame.screen)
            });
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
