//! One write transaction. It has no effect if it is dropped without a commit.

use sqlx::{Sqlite, Transaction};

/// A write transaction.
pub(crate) struct Write(pub(super) Transaction<'static, Sqlite>);

impl Write {
    pub(super) fn new(transaction: Transaction<'static, Sqlite>) -> Self {
        Self(transaction)
    }

    /// Commits the transaction. Its effects then survive a crash or a loss of power.
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }
}
