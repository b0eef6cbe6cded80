//! Carries out a command once for its idempotency key: its effect and its answer are stored in one transaction. A repetition of
//! the request gets the stored answer.

use super::command::{Answer, Command};
use super::{cases, messages, orders, returns, self_service, tracking};
use crate::error::Error;
use crate::idempotency_key::IdempotencyKey;
use crate::service::Service;
use crate::task::run_detached;
use crate::unit_of_work::UnitOfWork;

impl Service {
    /// Carries out the command once for its idempotency key. A command that fails has no effect and may be repeated.
    pub async fn execute(&self, idempotency: IdempotencyKey, command: Command) -> Result<Answer, Error> {
        let running = self.0.running_keys.reserve(&idempotency.key).ok_or(Error::IdempotencyInProgress)?;
        let context = self.0.clone();
        run_detached(async move {
            let _running = running;
            let mut unit = UnitOfWork::begin(context).await?;
            if let Some(answer) = unit.first_answer(&idempotency).await? {
                return Ok(answer);
            }
            let answer = carry_out(&mut unit, command).await?;
            unit.keep_answer(&idempotency, answer.order_id(), &answer).await?;
            unit.commit().await?;
            Ok(answer)
        })
        .await
    }
}

async fn carry_out(unit: &mut UnitOfWork, command: Command) -> Result<Answer, Error> {
    match command {
        Command::Create(order) => orders::create(unit, order).await.map(Answer::Created),
        Command::Replace { order_id, with, if_match } => {
            orders::replace(unit, &order_id, with, if_match.as_deref()).await.map(Answer::Order)
        }
        Command::Event { order_id, event } => tracking::add_event(unit, &order_id, event).await.map(Answer::Order),
        Command::Resend { id, channel } => messages::resend(unit, id, channel).await,
        Command::Mint { order_id, scopes, ttl } => orders::mint(unit, order_id, scopes, ttl).await,
        Command::RevokeLinks { order_id } => orders::revoke_links(unit, order_id).await,
        Command::Request(request) => self_service::request(unit, *request).await.map(Answer::Opened),
        Command::Message { case, message } => cases::add_message(unit, &case, &message).await.map(Answer::Case),
        Command::Rate { case, rating } => cases::rate(unit, &case, &rating).await.map(Answer::Case),
        Command::UpdateCase { case, update } => cases::decide(unit, &case, &update).await.map(Answer::Case),
        Command::UpdateReturn { of, update } => returns::decide(unit, &of, &update).await.map(Answer::Order),
        Command::UpdateRefund { refund, update } => returns::update_refund(unit, &refund, &update).await.map(Answer::Order),
    }
}
