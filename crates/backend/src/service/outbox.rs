//! What the helpdesk has to be told: posted in the transaction of what it tells, handed to the sender afterwards.

use super::effects::read;
use super::{Answer, Once, Service};
use crate::domain::handoff::{Occasion, Story, tell};
use crate::domain::record::Record;
use crate::problem::Problem;
use crate::store::{Attempt, Message, Write};

impl Service {
    /// Writes down what the helpdesk has to be told of a case, as it is in this transaction; nothing where there is no helpdesk.
    pub(super) async fn hand_off(
        &self,
        write: &mut Write,
        (order_id, case_id): (&str, &str),
        occasion: Occasion,
        message: Option<&str>,
    ) -> Result<(), Problem> {
        if !self.0.has_helpdesk {
            return Ok(());
        }
        let stored = write.order(order_id).await?.ok_or(Problem::UnknownOrder)?;
        let Record { order, private } = read(&stored)?;
        let Some(case) = order.cases.iter().find(|case| case.id == case_id) else {
            return Ok(());
        };
        let evidence = write.evidence_of(order_id, case_id).await?;
        let now = self.now();
        let handoff = tell(&Story {
            occasion,
            order: &order,
            case,
            request: private.cases.get(case_id).map(|case| &case.request),
            message,
            evidence: &evidence,
            claims: &self.rules(&order).claims,
            public_url: self.0.public_url.trim_end_matches('/'),
            now,
        });
        let mut random = [0; 12];
        getrandom::fill(&mut random).map_err(|error| Problem::Internal(format!("random: {error}")))?;
        let message = Message {
            id: random.iter().fold("hd_".to_owned(), |id, byte| format!("{id}{byte:02x}")),
            order_id: order_id.to_owned(),
            case_id: case.id.clone(),
            event: occasion.as_str().to_owned(),
            payload: serde_json::to_string(&handoff)?,
            state: "waiting".to_owned(),
            attempts: 0,
            next_at: now.timestamp(),
            last_error: None,
            made_at: now.timestamp(),
        };
        Ok(write.post(&message).await?)
    }

    /// Tells the helpdesk of a case as it is now.
    pub async fn tell_helpdesk(&self, order_id: &str, case_id: &str, occasion: Occasion) -> Result<(), Problem> {
        let mut write = self.0.store.begin().await?;
        self.hand_off(&mut write, (order_id, case_id), occasion, None).await?;
        write.commit().await?;
        self.0.posted.notify_one();
        Ok(())
    }

    /// Waits until something was posted again; what is new comes with a change of its order.
    pub async fn message_posted(&self) {
        self.0.posted.notified().await;
    }

    /// The message that is due.
    pub async fn due_message(&self) -> Result<Option<Message>, Problem> {
        Ok(self.0.store.due_message(self.now().timestamp()).await?)
    }

    /// How long until a message may be tried.
    pub async fn seconds_to_next_message(&self) -> Result<Option<u64>, Problem> {
        let at = self.0.store.next_message_at().await?;
        Ok(at.map(|at| at.saturating_sub(self.now().timestamp()).max(0).unsigned_abs()))
    }

    /// Notes what became of an attempt.
    pub async fn attempted(&self, id: &str, attempt: Attempt) -> Result<(), Problem> {
        let mut write = self.0.store.begin().await?;
        write.attempted(id, &attempt, self.now().timestamp()).await?;
        Ok(write.commit().await?)
    }

    /// Messages in this state, the newest first.
    pub async fn messages(&self, state: &str) -> Result<Vec<Message>, Problem> {
        Ok(self.0.store.messages(state, 100).await?)
    }

    /// Lets a message that was put aside be tried again.
    pub(super) async fn resend(&self, write: &mut Write, id: &str) -> Result<Answer, Problem> {
        match write.resend(id, self.now().timestamp()).await? {
            true => Ok(Answer::Resent { id: id.to_owned() }),
            false => Err(Problem::UnknownMessage),
        }
    }

    /// The same by the retailer's request, once for its key.
    pub async fn resend_message(&self, once: Once, id: String) -> Result<Answer, Problem> {
        let answer = self.once(once, super::Command::Resend { id }).await?;
        self.0.posted.notify_one();
        Ok(answer)
    }
}
