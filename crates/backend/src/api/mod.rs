//! HTTP: one file for each resource. Handlers read a request, call the service and write a response. They contain no business
//! rules.

pub(crate) mod admin;
mod admin_access;
pub(crate) mod admin_cases;
mod admin_orders;
mod answer;
pub(crate) mod cases;
pub(crate) mod cors;
pub(crate) mod demo;
pub(crate) mod etag;
pub(crate) mod evidence;
pub(crate) mod helpdesk;
pub(crate) mod lookup;
pub(crate) mod messages;
pub mod openapi;
pub(crate) mod operations;
pub(crate) mod order;
pub(crate) mod order_html;
pub(crate) mod order_page;
pub(crate) mod parcel_delivery;
pub(crate) mod request;
pub(crate) mod requests;
pub(crate) mod response;
pub(crate) mod returns;
pub(crate) mod routes;
pub(crate) mod shop_orders;
pub(crate) mod shopper;
pub(crate) mod site;
pub(crate) mod stream;
mod unsubscribe;
pub(crate) mod webhooks;
