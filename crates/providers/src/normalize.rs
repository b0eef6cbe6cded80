//! Last step of reading, for every provider: removes markup that the reader left, turns a delivery to the sender into a return,
//! and dates updates that have no time. Called by `lib.rs` for verified and unverified payloads.

use chrono_tz::Tz;
use doorstep_contract::{Delivered, Pickup, Timestamp};
use doorstep_domain::tracking::TrackingUpdate;
use doorstep_domain::tracking::stage::instant;

use crate::delivery::Delivery;
use crate::{carrier_text, return_to_sender};

/// Returns the updates in the form that the domain expects.
pub(super) fn normalized(mut deliveries: Vec<Delivery>) -> Vec<Delivery> {
    for update in deliveries.iter_mut().map(|delivery| &mut delivery.update) {
        clean(update);
        return_to_sender::correct_stages(update);
        date(update);
    }
    deliveries
}

/// Sets the time of an update without a time to the time of its newest scan. The time of receipt is not used, because a repeated
/// payload must give the same update.
fn date(update: &mut TrackingUpdate) {
    let newest = update.events.iter().map(|event| instant(event, Tz::UTC)).max();
    update.reported_at = update.reported_at.or(newest.map(Timestamp::from));
}

/// Removes markup from every text that a shopper reads. Texts that are already clean stay unchanged.
fn clean(update: &mut TrackingUpdate) {
    for event in &mut update.events {
        clear(&mut event.text);
        if let Some(place) = &mut event.place {
            clear(&mut place.name);
        }
    }
    let facts = &mut update.facts;
    if let Some(action) = &mut facts.action_required {
        clear(&mut action.what);
    }
    if let Some(Delivered { detail, signed_by, .. }) = &mut facts.delivered {
        clear(detail);
        clear(signed_by);
    }
    if let Some(Pickup { name, lines, hours, code, .. }) = &mut facts.pickup {
        *name = carrier_text::plain(name).unwrap_or_default();
        clear_lines(lines);
        clear_lines(hours);
        clear(code);
    }
    if let Some(carrier) = &mut facts.last_mile_carrier {
        carrier.name = carrier_text::plain(&carrier.name).unwrap_or_default();
        clear(&mut carrier.phone);
    }
}

fn clear(text: &mut Option<String>) {
    *text = text.as_deref().and_then(carrier_text::plain);
}

fn clear_lines(lines: &mut Vec<String>) {
    *lines = lines.iter().filter_map(|line| carrier_text::plain(line)).collect();
}
