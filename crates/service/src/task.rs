//! Work that outlives its caller.

use crate::error::Error;

/// Runs the work to its end even if the caller disconnects, so that every committed change is also announced. A panic of the work
/// becomes an error.
pub(crate) async fn run_detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(error) => Err(Error::Internal(format!("task: {error}"))),
    }
}
