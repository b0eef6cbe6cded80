//! Queue for decoding photos: at most two at a time, each on a thread of its own, in a child process if one is configured.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use doorstep_media::clean;
use tokio::sync::Semaphore;

use super::process::PhotoProcess;
use crate::error::Error;

/// Number of photos that are decoded at the same time. Each may need 100 MB.
const MAX_DECODING: usize = 2;
/// Maximum time that a photo waits before its decoding starts.
const MAX_WAIT: Duration = Duration::from_secs(20);

/// Queue for decoding, and the process that decodes.
pub(crate) struct PhotoPipeline {
    permits: Arc<Semaphore>,
    /// Child process that decodes. Without one, photos are decoded in this process.
    process: OnceLock<PhotoProcess>,
}

impl Default for PhotoPipeline {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(MAX_DECODING)), process: OnceLock::new() }
    }
}

impl PhotoPipeline {
    /// Decodes in child processes of this program from now on. Later calls have no effect.
    pub(crate) fn decode_in(&self, process: PhotoProcess) {
        let _ = self.process.set(process);
    }

    /// Decodes a photo and returns it in the form that is stored. Returns `Error::NotReady` if the decoding cannot start within
    /// `MAX_WAIT`, or if the child process cannot run.
    pub(crate) async fn decode(&self, photo: Vec<u8>) -> Result<Vec<u8>, Error> {
        let cleaned = match self.process.get().cloned() {
            Some(process) => self.with_permit(move || process.clean(&photo)).await?.map_err(|error| {
                tracing::error!(error, "a photo was not decoded");
                Error::NotReady
            })?,
            None => self.with_permit(move || clean(&photo)).await?,
        };
        cleaned.map_err(Error::from)
    }

    /// Runs the work as soon as fewer than `MAX_DECODING` photos are being decoded. The work holds its permit until it ends, even
    /// if the caller no longer waits. Returns `Error::NotReady` if no permit becomes free within `MAX_WAIT`.
    async fn with_permit<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let permit = tokio::time::timeout(MAX_WAIT, self.permits.clone().acquire_owned()).await;
        let permit = permit.map_err(|_| Error::NotReady)?.map_err(|_| Error::NotReady)?;
        let work = move || {
            let _permit = permit;
            work()
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => Ok(done),
            // A panic of the decoder counts as a fault of the photo. The panic is logged for the operator.
            Err(error) => {
                tracing::error!(%error, "a photo made the decoder give up");
                Err(Error::EvidenceUnreadable)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[tokio::test]
    async fn a_turn_belongs_to_the_work_and_not_to_the_one_who_waits_for_it() {
        let pipeline = PhotoPipeline::default();
        let (begun, began) = channel();
        let mut ends = Vec::new();
        for _ in 0..MAX_DECODING {
            let (end, ended) = channel::<()>();
            let begun = begun.clone();
            ends.push(end);
            let waits = pipeline.with_permit(move || {
                begun.send(()).expect("somebody listens");
                let _ = ended.recv();
            });
            // The client disconnects while the photo is decoded.
            assert!(tokio::time::timeout(Duration::from_millis(50), waits).await.is_err());
            began.recv().expect("the work has begun");
        }
        assert_eq!(pipeline.permits.available_permits(), 0, "the work goes on, so its turn is not free");
        drop(ends);
        assert!(pipeline.with_permit(|| ()).await.is_ok(), "it comes back with the end of the work");
    }
}
