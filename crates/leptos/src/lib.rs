//! The order-tracking widget `<doorstep-tracker>` as a component of Leptos: [`Tracker`].
//!
//! ```
//! use doorstep_leptos::Tracker;
//! use leptos::prelude::*;
//!
//! #[component]
//! fn OrderPage(order: String, token: String) -> impl IntoView {
//!     let (parcels, set_parcels) = signal(None);
//!     view! {
//!         <Tracker
//!             src="https://widgets.example/embed/v1/doorstep.js"
//!             api="https://orders.example/api"
//!             order=order
//!             token=token
//!             on_ready=move |order: doorstep_leptos::OrderDetail| set_parcels.set(Some(order.parcels))
//!         />
//!         <p role="status">{move || parcels.get().map(|parcels| format!("Parcels: {parcels}"))}</p>
//!     }
//! }
//! ```
//!
//! The widget itself is the one of the script tag. It is another WebAssembly and does not become part of the app.

mod event;
mod loader;
mod token_provider;
mod tracker;
mod words;

pub use event::{ActionDetail, ActionStart, ErrorDetail, OrderDetail};
pub use token_provider::TokenProvider;
pub use tracker::*;
pub use words::{ActionKind, ErrorCode, FirstPage, Loading, Mode, Phase, Rail, Theme, Timeline, Tone, Variant};

/// Name of the element.
pub(crate) const TAG: &str = "doorstep-tracker";
