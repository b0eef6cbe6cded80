//! An app of Leptos with one page. It runs in the browser (feature `csr`), or is rendered on a server (`ssr`) and hydrated in the browser (`hydrate`).

mod access;
#[expect(unreachable_pub, reason = "Leptos makes the function of a component public")]
mod order_page;

use access::Access;
use leptos::prelude::*;
use order_page::OrderPage;

#[component]
fn App(access: Access) -> impl IntoView {
    let (is_open, set_open) = signal(true);
    let (token, set_token) = signal(access.token.clone());
    view! {
        <button type="button" on:click=move |_| set_open.update(|is_open| *is_open = !*is_open)>
            {move || if is_open.get() { "Close" } else { "Open" }}
        </button>
        <button type="button" on:click=move |_| set_token.set(None)>
            "Sign out"
        </button>
        <Show when=move || is_open.get()>
            <OrderPage access=access.clone() token=token />
        </Show>
    }
}

/// Prints the page that a server renders for the access in the first argument.
#[cfg(feature = "ssr")]
fn main() -> Result<(), serde_json::Error> {
    let access: Access = serde_json::from_str(&std::env::args().nth(1).unwrap_or_default())?;
    println!("{}", Owner::new().with(|| view! { <App access=access /> }.to_html()));
    Ok(())
}

#[cfg(not(feature = "ssr"))]
fn main() {
    wasm_bindgen_futures::spawn_local(async {
        if let Some(access) = access::access().await {
            start(access);
        }
    });
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn start(access: Access) {
    leptos::mount::hydrate_body(move || view! { <App access=access /> });
}

#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
fn start(access: Access) {
    leptos::mount::mount_to_body(move || view! { <App access=access /> });
}
