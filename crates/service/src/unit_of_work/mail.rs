//! Mails to shoppers, posted to the outbox in the transaction of the change that they tell. A message has the news and neither the address
//! nor the text: both are read when the mail is sent, so that the mail says what is true then.

use doorstep_contract::{CaseId, Order, OrderId};
use doorstep_documents::news::{News, NewsKind, discover, first_kind, latest, quiet_until};

use super::contact_change::ContactChange;
use super::unit::UnitOfWork;
use crate::context::Context;
use crate::error::Error;
use crate::outbox::{MessageSubject, new_message};
use crate::store::{Channel, WaitingMail, Write};

/// Time in seconds before the sending of a mail from which no news is added to it, because its sender may have read it.
const CLOSED_BEFORE_S: i64 = 5;

impl UnitOfWork {
    /// Stores the contact that a body names. Stores nothing if no mails are configured.
    pub(super) async fn save_contact(&mut self, order_id: &OrderId, change: &ContactChange) -> Result<(), Error> {
        let Some(mails) = &self.context.mails else { return Ok(()) };
        let has_contact = self.write.contact(order_id).await?.is_some();
        if change.notify == Some(false) {
            if self.write.delete_contact(order_id).await? {
                self.announce_erased_data();
            }
            return Ok(());
        }
        let language = change.language.as_deref();
        match (&change.email, language) {
            (Some(email), _) if has_contact || change.notify == Some(true) => {
                let sealed = mails.cipher.seal(order_id, email.trim())?;
                self.write.set_contact(order_id, &sealed, language).await?;
            }
            (_, Some(language)) if has_contact => self.write.set_contact_language(order_id, language).await?,
            (_, _) => {}
        }
        Ok(())
    }
}

/// Puts the news of a change from `before` to `order` into the outbox. Does nothing if no mails are configured, or if the order has no
/// contact. `before` is None for a new order.
pub(super) async fn post(context: &Context, write: &mut Write, before: Option<&Order>, order: &Order) -> Result<(), Error> {
    let Some(mails) = &context.mails else { return Ok(()) };
    let Some(contact) = write.contact(&order.id).await? else { return Ok(()) };
    let now = context.now();
    let found = discover(before, order, &write.seen_facts(&order.id).await?, now);
    for key in &found.keys {
        write.insert_seen_fact(&order.id, key).await?;
    }
    let sent = found.news.into_iter().filter(|fact| fact.kind.is_required() || mails.kinds.contains(&fact.kind));
    let (required, news): (Vec<News>, Vec<News>) = sent.partition(|fact| fact.kind.is_required());
    for fact in required {
        let case_id = CaseId::from(fact.of.as_str());
        let subject = MessageSubject { order_id: &order.id, case_id: Some(&case_id), event: fact.kind.as_str() };
        let message = new_message(Channel::Mail, subject, now.timestamp())?;
        write.insert_message(&message.with_payload(serde_json::to_string(&[fact])?)).await?;
    }
    if contact.unsubscribed_at.is_some() || news.is_empty() {
        return Ok(());
    }
    // Parcels of one order often leave one after the other.
    let is_held = news.iter().all(|fact| fact.kind == NewsKind::Dispatched);
    let at = if is_held { now + mails.hold } else { now };
    let next_at = quiet_until(order, at).unwrap_or(at).timestamp();
    match write.waiting_mail(&order.id, now.timestamp() + CLOSED_BEFORE_S).await? {
        Some(waiting) => add(write, waiting, news, next_at).await,
        None => {
            let event = first_kind(&news).map_or("", NewsKind::as_str);
            let message =
                new_message(Channel::Mail, MessageSubject { order_id: &order.id, case_id: None, event }, now.timestamp())?;
            let message = message.with_payload(serde_json::to_string(&news)?).due_at(next_at);
            Ok(write.insert_message(&message).await?)
        }
    }
}

/// Adds news to a mail that waits. The mail is sent at the earlier of the two times.
async fn add(write: &mut Write, waiting: WaitingMail, news: Vec<News>, next_at: i64) -> Result<(), Error> {
    let mut all: Vec<News> = serde_json::from_str(&waiting.payload)?;
    all.extend(news);
    let all = latest(all);
    let event = first_kind(&all).map_or("", NewsKind::as_str);
    let mail = WaitingMail { payload: serde_json::to_string(&all)?, next_at: waiting.next_at.min(next_at), ..waiting };
    Ok(write.replace_waiting_mail(event, &mail).await?)
}
