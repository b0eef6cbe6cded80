//! The answer to an idempotency key, stored in the transaction of its effect.

use doorstep_contract::OrderId;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::unit::UnitOfWork;
use crate::error::Error;
use crate::idempotency_key::IdempotencyKey;
use crate::store::{NewAnswer, StoredAnswer};

impl UnitOfWork {
    /// Returns the answer to the first request with this key, or None if there was no request with it. Returns
    /// `Error::IdempotencyKeyReused` if the key was used for another request, and `Error::OrderErased` if the order of the answer
    /// was erased.
    pub(crate) async fn first_answer<T: DeserializeOwned>(&mut self, idempotency: &IdempotencyKey) -> Result<Option<T>, Error> {
        if let Some(first) = self.write.answer(&idempotency.key).await? {
            return repeated(first, idempotency).map(Some);
        }
        let erased_key = self.context.hashes.erased_answer_key(&idempotency.key);
        if self.write.answer(&erased_key).await?.is_some() { Err(Error::OrderErased) } else { Ok(None) }
    }

    /// Stores the answer to this key. `order_id` is the order that the answer is about, or None if the answer is about no order.
    pub(crate) async fn keep_answer(
        &mut self,
        idempotency: &IdempotencyKey,
        order_id: Option<&OrderId>,
        answer: &impl Serialize,
    ) -> Result<(), Error> {
        let answer = serde_json::to_string(answer)?;
        let now = self.context.now_s();
        let IdempotencyKey { key, fingerprint } = idempotency;
        Ok(self.write.insert_answer(&NewAnswer { key, order_id, fingerprint, answer: &answer, now }).await?)
    }
}

/// Returns the first answer for a repetition of the request. Returns an error if the key was used for another request.
pub(crate) fn repeated<T: DeserializeOwned>(first: StoredAnswer, idempotency: &IdempotencyKey) -> Result<T, Error> {
    let is_same = first.fingerprint == idempotency.fingerprint;
    if is_same { Ok(serde_json::from_str(&first.answer)?) } else { Err(Error::IdempotencyKeyReused) }
}
