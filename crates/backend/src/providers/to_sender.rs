//! Parcels that were delivered to whoever sent them. Providers report that as delivered, and only the carrier's words say to whom:
//! `Delivered, To Original Sender`. What they say is read here, for every provider alike; that a delivery which follows a return is one to
//! the sender is the domain's rule and not decided here.
//!
//! Sources of the words, each seen in at least two public places:
//! - English: USPS's event "Delivered, To Original Sender" (the WooCommerce plugin `bh-wc-shipment-tracking-updates`; code that handles
//!   EasyPost's webhooks), UPS's status 034 and 067 ("Returned to Sender", which UPS explains as delivered back to the original sender), DHL
//!   Express's checkpoint RT ("Returned to consignor"). USPS's "Delivered to Returns Agent or College/University" is not one of them, and
//!   "delivered to the merchant" is where a return is meant to arrive.
//! - German: Österreichische Post ("dem Absender zugestellt"), Hermes and DPD ("an den Absender zugestellt", "an den Absender zurückgegeben").
//! - Portuguese: Correios ("Objeto entregue ao remetente", "Objeto devolvido ao remetente"). Spanish: Correos and InPost ("Entregado al
//!   remitente", "Devuelto al remitente"). Polish: InPost ("Zwrócona do nadawcy"). Italian: "(ri)consegnata al mittente". French: "Colis
//!   retourné à l'expéditeur".

use doorstep_core::wire::{Event, Stage};

use super::wording;
use crate::domain::update::Update;

/// Words for a delivery; one of [`TO_SENDER`] follows directly.
const DELIVERED: &[&str] = &[
    "delivered",
    "delivered back",
    "redelivered",
    "handed over",
    "handed back",
    "zugestellt",
    "entregue",
    "entregado",
    "entregada",
    "consegnato",
    "consegnata",
    "riconsegnato",
    "riconsegnata",
    "livré",
    "livrée",
    "remis",
    "remise",
    "doręczona",
    "doręczono",
];
/// Words for the sender behind one of [`DELIVERED`] or [`BROUGHT_BACK`].
const TO_SENDER: &[&str] = &[
    "to sender",
    "to the sender",
    "to original sender",
    "to the original sender",
    "to shipper",
    "to the shipper",
    "to original shipper",
    "to consignor",
    "to the consignor",
    "to origin shipper",
    "ao remetente",
    "al remitente",
    "a remitente",
    "al mittente",
    "à l'expéditeur",
    "a l'expediteur",
    "do nadawcy",
    "an absender",
    "an den absender",
];
/// Words for a way back that is over; one of [`TO_SENDER`] follows directly.
const BROUGHT_BACK: &[&str] = &[
    "returned",
    "returned back",
    "return",
    "devolvido",
    "devolvida",
    "devuelto",
    "devuelta",
    "restituito",
    "restituita",
    "retourné",
    "retournée",
    "zwrócona",
    "zwrócono",
    "zwrot",
    "zurück",
    "zurückgesandt",
];
/// Whole phrases that have the sender before the verb.
const PHRASES: &[&str] = &[
    "dem absender zugestellt",
    "an den absender zugestellt",
    "an absender zugestellt",
    "an den absender zurückgegeben",
    "dem absender zurückgegeben",
    "an den versender zugestellt",
    "dem versender zugestellt",
];
/// Words that deny or announce what follows: nothing was delivered.
const NOT_YET: &[&str] = &[
    "not", "be", "cannot", "nicht", "no", "não", "non", "nie", "being", "for", "wird", "will", "to be", "será", "attempt",
    "soll", "kann",
];

/// Corrects what a provider reports as delivered where the carrier's words say that it was delivered to the sender: the scan is a return,
/// and so is the parcel as a whole if that was the last delivery. A return has no proof and no place where it was left.
pub(super) fn correct(update: &mut Update) {
    for event in &mut update.events {
        let said = words(event);
        let is_back = match &event.stage {
            Stage::Delivered => says_delivered_to_sender(&said) || says_brought_back(&said),
            // On its way back for the provider, or a word that nobody knows: only a delivery ends it.
            Stage::Returning | Stage::Unknown(_) => says_delivered_to_sender(&said),
            Stage::Ordered
            | Stage::Packed
            | Stage::LabelCreated
            | Stage::HandedOver
            | Stage::InTransit
            | Stage::Customs
            | Stage::AtLocalDepot
            | Stage::OutForDelivery
            | Stage::ReadyForPickup
            | Stage::Returned
            | Stage::Cancelled
            | Stage::Lost
            | Stage::Destroyed => false,
        };
        if is_back {
            event.stage = Stage::Returned;
        }
    }
    let facts = &mut update.facts;
    let is_an_end = |event: &&Event| matches!(event.stage, Stage::Delivered | Stage::Returned);
    let last = update.events.iter().filter(is_an_end).max_by_key(|event| event.at.local);
    let went_back = last.is_some_and(|event| event.stage == Stage::Returned);
    if went_back && matches!(facts.stage, Some(Stage::Delivered | Stage::Returning)) {
        facts.stage = Some(Stage::Returned);
    }
    if facts.stage == Some(Stage::Returned) || went_back {
        facts.delivered = None;
    }
}

/// Where a summary says that a parcel is, in view of its words: delivered to the sender is returned.
pub(super) fn stage(summary: Option<Stage>, said: Option<&str>) -> Option<Stage> {
    let is_back = said.is_some_and(|said| says_delivered_to_sender(said) || says_brought_back(said));
    if summary == Some(Stage::Delivered) && is_back { Some(Stage::Returned) } else { summary }
}

/// What the carrier wrote, as it was sent or else as it is shown.
fn words(event: &Event) -> String {
    let raw = event.raw.as_ref().and_then(|raw| raw.text.as_deref());
    raw.or(event.text.as_deref()).unwrap_or_default().to_owned()
}

/// Whether the words say that it was delivered to whoever sent it.
pub(super) fn says_delivered_to_sender(said: &str) -> bool {
    let said = normal(said);
    PHRASES.iter().any(|phrase| has(&said, phrase)) || has_pair(&said, DELIVERED)
}

/// Whether the words of something that was delivered say that it went back.
fn says_brought_back(said: &str) -> bool {
    has_pair(&normal(said), BROUGHT_BACK)
}

fn has_pair(said: &str, verbs: &[&str]) -> bool {
    TO_SENDER.iter().any(|whom| verbs.iter().any(|verb| has(said, &format!("{verb} {whom}"))))
}

/// Whether a phrase stands in the text as whole words, and nothing before it denies it.
fn has(said: &str, phrase: &str) -> bool {
    let padded = format!(" {said} ");
    padded.match_indices(&format!(" {phrase} ")).any(|(at, _)| {
        let before = padded.get(..at).unwrap_or_default().trim_end();
        !NOT_YET.iter().any(|word| before == *word || before.ends_with(&format!(" {word}")))
    })
}

/// Small letters, one space between words, and nothing but letters, digits and apostrophes; `Objeto(s)` and commas do not matter.
fn normal(said: &str) -> String {
    let text = wording::plain(said).unwrap_or_default().to_lowercase().replace('’', "'");
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "to_sender_tests.rs"]
mod tests;
