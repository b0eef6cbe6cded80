//! The page of one order.

use doorstep_leptos::{OrderDetail, Tracker, TrackerRef, refresh};
use leptos::prelude::*;

use crate::access::{Access, access};

#[component]
pub(crate) fn OrderPage(access: Access, token: ReadSignal<Option<String>>) -> impl IntoView {
    let tracker = TrackerRef::new();
    let (parcels, set_parcels) = signal(None);
    let fresh_token = move || async move {
        token.get_untracked()?;
        self::access().await?.token
    };
    view! {
        <main>
            <Tracker
                node_ref=tracker
                src=access.loader
                api=access.api
                order=access.order
                token=token
                token_provider=fresh_token
                heading_level=2
                on_ready=move |order: OrderDetail| set_parcels.set(Some(order.parcels))
            />
            <p role="status">{move || parcels.get().map_or("Loading".to_owned(), |parcels| format!("Parcels: {parcels}"))}</p>
            <button type="button" hidden=move || parcels.get().is_none() on:click=move |_| refresh(tracker)>
                "Refresh"
            </button>
        </main>
    }
}
