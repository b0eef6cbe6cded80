//! Clock of the service: the system clock, or a fixed one in tests. No other module reads the time. Called by the service.

use std::sync::Arc;

use chrono::{DateTime, Utc};

/// Source of the current time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// Returns the system clock.
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// Creates a clock that shows the time that `now` returns.
    pub fn showing(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Returns the current time.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}
