//! Background workers, each kept running until the shutdown. A worker that ends or panics before the shutdown is logged, counted
//! and started again after a pause, so that one fault does not stop the worker for ever. Called by the backend for every worker.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Pause before a failed worker is started again.
const PAUSE: Duration = Duration::from_secs(1);

/// Runs the future that `start` returns until the shutdown, and starts it again whenever it ends earlier.
pub fn keep_running<F>(name: &'static str, shutdown: CancellationToken, start: impl Fn() -> F + Send + 'static) -> JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    keep_running_after(PAUSE, name, shutdown, start)
}

fn keep_running_after<F>(
    pause: Duration,
    name: &'static str,
    shutdown: CancellationToken,
    start: impl Fn() -> F + Send + 'static,
) -> JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    tokio::spawn(async move {
        while !shutdown.is_cancelled() {
            let ended = tokio::spawn(start()).await;
            if shutdown.is_cancelled() {
                return;
            }
            let panicked = ended.is_err();
            tracing::error!(worker = name, panicked, "work in the background ended and is begun again");
            metrics::counter!("doorstep_worker_restarts_total", "worker" => name).increment(1);
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn work_that_panics_or_ends_is_begun_again_until_the_shutdown() {
        let (begun, shutdown) = (Arc::new(AtomicUsize::new(0)), CancellationToken::new());
        let (count, stop) = (begun.clone(), shutdown.clone());
        let running = keep_running_after(Duration::ZERO, "test", shutdown, move || {
            let (count, stop) = (count.clone(), stop.clone());
            async move {
                let times = count.fetch_add(1, Ordering::SeqCst) + 1;
                assert_ne!(times, 1, "the first time something is wrong");
                if times == 3 {
                    stop.cancel();
                }
            }
        });
        running.await.expect("it ends with the shutdown");
        assert_eq!(begun.load(Ordering::SeqCst), 3);
    }
}
