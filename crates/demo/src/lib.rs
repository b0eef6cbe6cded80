//! Orders of the demo and the clock that advances them. Both use the service like every other caller. Called by the backend.
//!
//! The scenarios are data, in `scenarios/`. Their times are relative to the start, so the demo stays current.

mod moment;
mod playback;
#[cfg(test)]
mod quirk_tests;
mod scenario;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use doorstep_contract::OrderId;
use doorstep_service::token::Scope;
use doorstep_service::{CaseRef, Error, Service, ShipmentRef};

use self::playback::Playback;
use self::scenario::{Motion, Scenario, ScenarioCatalog};

pub use self::scenario::POLICY;

/// Lifetime, in hours, of the tokens in the list of orders.
const TOKEN_H: i64 = 12;

/// One order of the demo, with a token that opens it.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Listed {
    /// Identifier of the order.
    pub id: String,
    /// Order number.
    pub number: String,
    /// Short description of the situation.
    pub title: String,
    /// Heading under which the order is listed.
    pub group: String,
    /// Capability token for the order, valid for twelve hours.
    pub token: String,
}

/// The demo with its orders.
#[derive(Clone)]
pub struct Demo(Arc<Inner>);

struct Inner {
    service: Service,
    catalog: ScenarioCatalog,
}

impl Demo {
    /// Creates every order of the demo. An order that the database has from an earlier run is set back to its initial state.
    /// Returns an error if the database does not belong to the demo, if a scenario is invalid, or if an order cannot be stored.
    pub async fn open(service: Service) -> Result<Self, String> {
        if !service.is_for_demo() {
            return Err("demo: the database is not one of the demo".to_owned());
        }
        let demo = Self(Arc::new(Inner { service, catalog: ScenarioCatalog::open()? }));
        for scenario in &demo.0.catalog.scenarios {
            demo.begin(scenario).await?;
        }
        Ok(demo)
    }

    /// Plays the steps of every scenario that has a clock, until the shutdown.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut clocks = JoinSet::new();
        for (index, scenario) in self.0.catalog.scenarios.iter().enumerate() {
            if scenario.clock.is_some() {
                clocks.spawn(self.clone().repeat(index));
            }
        }
        shutdown.cancelled().await;
        clocks.shutdown().await;
    }

    /// Plays one scenario repeatedly, and sets the order back to its initial state after each time. `Demo::open` has set it back
    /// for the first time.
    async fn repeat(self, index: usize) {
        let Some(scenario) = self.0.catalog.scenarios.get(index) else {
            return;
        };
        let Some(motion) = &scenario.clock else { return };
        loop {
            let mut played = self.play(scenario, motion).await;
            tokio::time::sleep(Duration::from_secs(motion.hold_s)).await;
            if played.is_ok() {
                played = self.begin(scenario).await;
            }
            if let Err(error) = played {
                tracing::warn!(error, "the demo stumbled");
            }
        }
    }

    async fn begin(&self, scenario: &Scenario) -> Result<(), String> {
        let Inner { service, catalog } = &*self.0;
        let playback = Playback::new(catalog, scenario, service.now())?;
        let restored = service.restore(playback.record()?, &playback.body()?, scenario.has_cases()).await;
        restored.map(drop).map_err(|problem| format!("demo: {}: {problem:?}", scenario.id))
    }

    async fn play(&self, scenario: &Scenario, motion: &Motion) -> Result<(), String> {
        let Inner { service, catalog } = &*self.0;
        let mut wait = motion.start_s.unwrap_or(motion.every_s);
        for step in &motion.steps {
            tokio::time::sleep(Duration::from_secs(wait)).await;
            wait = motion.every_s;
            let playback = Playback::new(catalog, scenario, service.now())?;
            if let Some(decided) = &step.decides {
                let case = CaseRef { order_id: playback.order_id(), case_id: decided.case.clone() };
                let done = service.decide(&case, &decided.update).await;
                done.map_err(|problem| format!("demo: {}: {problem:?}", scenario.id))?;
                continue;
            }
            for (shipment_id, update) in playback.updates(step)? {
                let shipment = ShipmentRef { order_id: playback.order_id(), shipment_id };
                let applied = service.apply_update(&shipment, &update).await;
                applied.map_err(|problem| format!("demo: {}: {problem:?}", scenario.id))?;
            }
        }
        Ok(())
    }
}

/// Returns every order of the demo, each with a new token.
pub async fn orders(service: &Service) -> Result<Vec<Listed>, Error> {
    let catalog = ScenarioCatalog::open().map_err(Error::Internal)?;
    let mut listed = Vec::new();
    for scenario in catalog.scenarios {
        let id = OrderId::from(format!("ord_demo_{}", scenario.id));
        let minted = service.mint_token(&id, &[Scope::Read, Scope::Act], TimeDelta::hours(TOKEN_H)).await?;
        listed.push(Listed {
            id: id.into(),
            number: scenario.number,
            title: scenario.title,
            group: scenario.group,
            token: minted.token,
        });
    }
    Ok(listed)
}
