//! Stores the pages of an import of existing orders, in the way in which webhooks are stored. The next page is stored in the same
//! transaction, so that an import continues after an interruption where it was.

use doorstep_shops::Change;

use super::shop_orders::{RecordTally, store_changes};
use crate::error::Error;
use crate::service::Service;
use crate::store::{ImportId, ImportState};
use crate::task::run_detached;
use crate::unit_of_work::UnitOfWork;

impl Service {
    /// Returns the state of an import that was interrupted, or None if there is none.
    pub async fn interrupted_import(&self, id: &ImportId) -> Result<Option<ImportState>, Error> {
        Ok(self.0.store.import(id).await?)
    }

    /// Stores the records of a page together with the state of the import after it, either all or none. `after` is None for the last
    /// page. The orders are composed by [`Service::compose_shop_orders`].
    pub async fn receive_imported_page(
        &self,
        id: ImportId,
        changes: Vec<Change>,
        after: Option<ImportState>,
    ) -> Result<RecordTally, Error> {
        let context = self.0.clone();
        run_detached(async move {
            let mut unit = UnitOfWork::begin(context.clone()).await?;
            let tally = store_changes(&mut unit, id.shop, changes, None).await?;
            match after {
                Some(state) => unit.write.set_import(&id, &state, context.now_s()).await?,
                None => unit.write.delete_import(&id).await?,
            }
            unit.commit().await?;
            context.shop_orders_wait.notify_one();
            Ok(tally)
        })
        .await
    }
}
