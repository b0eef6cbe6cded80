//! The widget: Leptos and the browser, no decisions.
