//! Shipments that were delivered back to their sender. Providers report such a shipment as delivered, and only the carrier's text
//! names the sender as the recipient: `Delivered, To Original Sender`. This file reads the texts of every provider. The rule that
//! a delivery after a return goes to the sender is in the domain.
//!
//! Sources of the texts, each found in at least two public places:
//! - English: USPS's event "Delivered, To Original Sender" (the WooCommerce plugin `bh-wc-shipment-tracking-updates`; code that handles
//!   EasyPost's webhooks), UPS's status 034 and 067 ("Returned to Sender", which UPS explains as delivered back to the original sender),
//!   DHL Express's checkpoint RT ("Returned to consignor"). USPS's "Delivered to Returns Agent or College/University" is not included, and
//!   neither is "delivered to the merchant", which is the normal end of a return.
//! - German: Österreichische Post ("dem Absender zugestellt"), Hermes and DPD ("an den Absender zugestellt", "an den Absender
//!   zurückgegeben").
//! - Portuguese: Correios ("Objeto entregue ao remetente", "Objeto devolvido ao remetente"). Spanish: Correos and InPost ("Entregado al
//!   remitente", "Devuelto al remitente"). Polish: InPost ("Zwrócona do nadawcy"). Italian: "(ri)consegnata al mittente". French: "Colis
//!   retourné à l'expéditeur".

use doorstep_contract::{Event, Stage};
use doorstep_domain::tracking::TrackingUpdate;

use crate::carrier_text;

/// Words for a delivery, directly followed by one of [`TO_SENDER`].
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
/// Words for the sender, directly after one of [`DELIVERED`] or [`BROUGHT_BACK`].
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
/// Words for a completed return transport, directly followed by one of [`TO_SENDER`].
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
/// Phrases that name the sender before the verb.
const PHRASES: &[&str] = &[
    "dem absender zugestellt",
    "an den absender zugestellt",
    "an absender zugestellt",
    "an den absender zurückgegeben",
    "dem absender zurückgegeben",
    "an den versender zugestellt",
    "dem versender zugestellt",
];
/// Words directly before a phrase by which the carrier denies or announces the delivery, so that it has not happened.
const NEGATIONS: &[&str] = &[
    "not", "be", "cannot", "nicht", "no", "não", "non", "nie", "being", "for", "wird", "will", "to be", "será", "attempt",
    "soll", "kann",
];

/// Corrects an update about a parcel that went to its sender, although only the carrier's text says so. The stage of a scan with
/// this text becomes returned. Of all scans with the stage delivered or returned, the newest decides about the shipment. If this
/// scan is returned, the shipment's proof of delivery is removed, and its stage becomes returned if it was delivered or
/// returning.
pub(super) fn correct_stages(update: &mut TrackingUpdate) {
    for event in &mut update.events {
        let text = carrier_text_of(event);
        let is_returned = match &event.stage {
            Stage::Delivered => says_delivered_to_sender(&text) || says_brought_back(&text),
            // The provider reports a return in progress or an unknown code. Only a text that names a delivery to the sender
            // completes the return.
            Stage::Returning | Stage::Unknown(_) => says_delivered_to_sender(&text),
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
        if is_returned {
            event.stage = Stage::Returned;
        }
    }
    let facts = &mut update.facts;
    let is_final = |event: &&Event| matches!(event.stage, Stage::Delivered | Stage::Returned);
    let last = update.events.iter().filter(is_final).max_by_key(|event| event.at.local);
    let was_returned = last.is_some_and(|event| event.stage == Stage::Returned);
    if was_returned && matches!(facts.stage, Some(Stage::Delivered | Stage::Returning)) {
        facts.stage = Some(Stage::Returned);
    }
    if facts.stage == Some(Stage::Returned) || was_returned {
        facts.delivered = None;
    }
}

/// Returns the stage of a provider's summary. A delivery becomes returned if the text says that the parcel went to the sender.
pub(super) fn corrected_stage(summary: Option<Stage>, text: Option<&str>) -> Option<Stage> {
    let is_returned = text.is_some_and(|text| says_delivered_to_sender(text) || says_brought_back(text));
    if summary == Some(Stage::Delivered) && is_returned { Some(Stage::Returned) } else { summary }
}

/// Returns the carrier's text of an event: the raw text, or else the shown text.
fn carrier_text_of(event: &Event) -> String {
    let raw = event.raw.as_ref().and_then(|raw| raw.text.as_deref());
    raw.or(event.text.as_deref()).unwrap_or_default().to_owned()
}

/// Returns true if the text says that the parcel was delivered to its sender.
pub(super) fn says_delivered_to_sender(text: &str) -> bool {
    let text = normal(text);
    PHRASES.iter().any(|phrase| has(&text, phrase)) || has_pair(&text, DELIVERED)
}

/// Returns true if the text of a delivered scan says that the parcel was brought back.
fn says_brought_back(text: &str) -> bool {
    has_pair(&normal(text), BROUGHT_BACK)
}

fn has_pair(text: &str, verbs: &[&str]) -> bool {
    TO_SENDER.iter().any(|whom| verbs.iter().any(|verb| has(text, &format!("{verb} {whom}"))))
}

/// Returns true if a phrase occurs in the text as whole words and does not directly follow one of [`NEGATIONS`].
fn has(text: &str, phrase: &str) -> bool {
    let padded = format!(" {text} ");
    padded.match_indices(&format!(" {phrase} ")).any(|(at, _)| {
        let before = padded.get(..at).unwrap_or_default().trim_end();
        !NEGATIONS.iter().any(|word| before == *word || before.ends_with(&format!(" {word}")))
    })
}

/// Returns the text in lower case, with single spaces, and with letters, digits and apostrophes only, so that commas and spellings such as
/// `Objeto(s)` make no difference.
fn normal(text: &str) -> String {
    let text = carrier_text::plain(text).unwrap_or_default().to_lowercase().replace('’', "'");
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "return_to_sender_tests.rs"]
mod tests;
