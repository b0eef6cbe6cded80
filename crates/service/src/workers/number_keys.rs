//! Rewrites the keys of order numbers that an earlier version stored in another form. Runs once, at the start.

use doorstep_domain::order::lookup::lookup_key;

use crate::error::Error;
use crate::service::Service;

impl Service {
    /// Rewrites keys of order numbers in the form of this version. Returns the number of rewritten keys.
    pub async fn renew_number_keys(&self) -> Result<usize, Error> {
        let mut renewed = 0;
        loop {
            let numbers = self.0.store.earlier_number_keys().await?;
            if numbers.is_empty() {
                return Ok(renewed);
            }
            let mut write = self.0.store.begin().await?;
            for (id, number) in &numbers {
                write.set_number_key(id, &lookup_key(number)).await?;
            }
            write.commit().await?;
            renewed += numbers.len();
        }
    }
}
