//! Handler of `GET /v1/admin/shop-orders`: orders of the shop platform that could not be composed, or that have remarks.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use chrono::DateTime;
use doorstep_contract::Timestamp;

use super::admin_access::Reader;
use super::response::json;
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::store::{ShopOrderRow, ShopOrderState};

/// An order that a shop platform reported.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ListedShopOrder {
    /// Name of the platform, as in the URL of its webhooks.
    shop: String,
    /// The platform's own id of the order.
    order_ref: String,
    /// Id of the order in Doorstep.
    order_id: String,
    /// State: `pending`, `known`, `waiting` for the order itself, `refused` or `erase`.
    state: String,
    /// Reason for which the order cannot be composed. The fields of an order that was refused are listed as JSON.
    problem: Option<String>,
    /// Parts that could not be read or had to be assumed.
    remarks: Vec<String>,
    /// Time of the last change.
    changed_at: Option<Timestamp>,
}

/// Orders of the shop platform.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ListedShopOrders {
    /// Orders, the newest first, at most 100.
    orders: Vec<ListedShopOrder>,
}

/// Query parameters of the list.
#[derive(serde::Deserialize)]
pub(crate) struct Filter {
    state: Option<String>,
}

/// List orders of the shop platform that need attention
#[utoipa::path(
    get,
    path = "/v1/admin/shop-orders",
    operation_id = "listShopOrders",
    tag = "admin",
    params(
        ("state" = Option<String>, Query, description = "`pending`, `known`, `waiting`, `refused` or `erase`; if absent, the orders with a problem or a remark"),
    ),
    responses(
        (status = 200, description = "The 100 newest orders", body = ListedShopOrders),
        (status = 401, description = "`unauthorized`"),
        (status = 422, description = "`invalid-body`: an unknown state"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _reader: Reader,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter.map_err(|_| Problem::field("/state", "invalid"))?;
    let named = |word: &str| ShopOrderState::named(word).ok_or_else(|| Problem::field("/state", "unknown-value"));
    let state = filter.state.as_deref().map(named).transpose()?;
    let orders = app.service.shop_orders(state).await?.into_iter().map(listed).collect();
    Ok(json(serde_json::to_string(&ListedShopOrders { orders })?).into_response())
}

fn listed(row: ShopOrderRow) -> ListedShopOrder {
    ListedShopOrder {
        shop: row.shop,
        order_ref: row.order_ref,
        order_id: row.order_id,
        state: row.state,
        problem: row.problem,
        remarks: serde_json::from_str(&row.remarks).unwrap_or_default(),
        changed_at: DateTime::from_timestamp(row.changed_at, 0).map(Timestamp::from),
    }
}
