//! Idempotency keys of requests that are running in this process, so that two requests with one key never run at the same time.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Keys of running requests.
#[derive(Clone, Default)]
pub(crate) struct RunningKeys(Arc<Mutex<HashSet<String>>>);

/// Guard of one running request. Dropping it frees the key.
pub(crate) struct RunningKey(RunningKeys, String);

impl RunningKeys {
    /// Reserves the key. Returns None if a request with this key is running.
    pub(crate) fn reserve(&self, key: &str) -> Option<RunningKey> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.to_owned()).then(|| RunningKey(self.clone(), key.to_owned()))
    }
}

impl Drop for RunningKey {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}
