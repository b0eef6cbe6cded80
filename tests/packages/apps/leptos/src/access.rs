//! The order of this page and the access to it. The token comes with a request of its own, so that it is not part of the page.

use gloo_net::http::Request;
use serde::Deserialize;

#[derive(Clone, Deserialize)]
pub(crate) struct Access {
    /// Address of the loader.
    pub(crate) loader: String,
    pub(crate) api: String,
    pub(crate) order: String,
    /// None after the shopper has signed out.
    pub(crate) token: Option<String>,
}

/// Requests the access of the shopper. Returns None if the shop does not answer.
pub(crate) async fn access() -> Option<Access> {
    Request::get("/order.json").send().await.ok()?.json().await.ok()
}
