//! Describes a parcel as lines of text. Each time is written with its time zone.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::{ConditionState, Delivered, Event, Money, Order, Promise, Shipment, Timestamp, Window};
use doorstep_domain::calendar::zone;

/// Maximum number of scans in a note. The carrier's tracking page has the older scans.
const SCANS: usize = 8;

/// Formats a time in a time zone and names the zone.
pub(super) fn when(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%a %-d %b %Y %H:%M %Z").to_string()
}

/// Formats an enum value of the contract for a reader: replaces underscores by spaces.
pub(super) fn spoken(word: &str) -> String {
    word.replace('_', " ")
}

/// Formats an amount with the code of its currency.
pub(super) fn money(money: &Money) -> String {
    format!("{} {}", money.decimal(), money.currency)
}

/// Returns the description of a parcel without its scans, one text per line.
pub(super) fn parcel(shipment: &Shipment, order: &Order) -> Vec<String> {
    let mut lines = vec![in_a_line(shipment)];
    lines.extend(shipment.tracking_url.as_ref().map(|url| format!("Tracking page: {url}")));
    if let Some(carrier) = &shipment.carrier {
        lines.extend(carrier.phone.as_ref().map(|phone| format!("{} by telephone: {phone}", carrier.name)));
    }
    if shipment.condition.state != ConditionState::Ok {
        let condition = &shipment.condition;
        let reason = condition.reason.as_ref().map(|reason| format!(", {}", spoken(reason.as_str()))).unwrap_or_default();
        let since = condition.since.map(|since| format!(", since {}", when(since.utc(), zone(order)))).unwrap_or_default();
        lines.push(format!("How it goes: {}{reason}{since}", spoken(condition.state.as_str())));
    }
    lines.extend(shipment.promise.as_ref().map(|promise| promised(promise, zone(order))));
    match &shipment.delivered {
        Some(delivered) => lines.extend(place_and_proof(delivered)),
        None => lines.push("No delivery is recorded".to_owned()),
    }
    if shipment.attempts > 0 {
        lines.push(format!("Failed delivery attempts: {}", shipment.attempts));
    }
    if let Some(pickup) = &shipment.pickup {
        lines.push(format!("Waits at {}, {}", pickup.name, pickup.lines.join(", ")));
    }
    lines.extend(shipment.last_carrier_update.map(|at| format!("The carrier last spoke {}", when(at.utc(), zone(order)))));
    lines
}

/// Returns carrier, tracking number, direction and stage in one line.
pub(super) fn in_a_line(shipment: &Shipment) -> String {
    let carrier = shipment.carrier.as_ref().map_or("unknown carrier", |carrier| &carrier.name);
    let number = shipment.tracking_number.as_deref().unwrap_or("no tracking number");
    format!("{carrier} {number} ({}): {}", spoken(shipment.direction.as_str()), spoken(shipment.stage.as_str()))
}

/// Returns place and proof of the delivery, one text per line. States a missing signature or photo too, because agents look for
/// them.
fn place_and_proof(delivered: &Delivered) -> Vec<String> {
    let at = delivered.at.map_or("at an unknown time".to_owned(), written);
    let detail = delivered.detail.as_ref().map(|detail| format!(" (\"{detail}\")")).unwrap_or_default();
    let photo = delivered.photo_url.as_deref().unwrap_or("none");
    let signed = delivered.signed_by.as_deref().unwrap_or("nobody");
    vec![
        format!("Delivered {at}, left with or at: {}{detail}", spoken(delivered.to.as_str())),
        format!("Proof: signed by {signed}; photo: {photo}"),
    ]
}

/// Formats a time with its UTC offset as the carrier reported it.
fn written(at: Timestamp) -> String {
    at.0.format("%a %-d %b %Y %H:%M (UTC%:z)").to_string()
}

fn promised(promise: &Promise, zone: Tz) -> String {
    let formatted = |window: Option<&Window>| window.map_or("nothing".to_owned(), |window| window_text(window, zone));
    let (first, now) = (formatted(promise.promised.as_ref()), formatted(promise.expected.as_ref()));
    format!("Promised: {first}; expected: {now} ({})", spoken(promise.verdict.as_str()))
}

fn window_text(window: &Window, zone: Tz) -> String {
    match window {
        Window::Days { from, to } if from == to => from.0.format("%a %-d %b %Y").to_string(),
        Window::Days { from, to } => format!("{} to {}", from.0.format("%a %-d %b"), to.0.format("%a %-d %b %Y")),
        Window::Times { from, to } => format!("{} to {}", when(from.utc(), zone), when(to.utc(), zone)),
    }
}

/// Returns the newest scans, one text per line, newest first, and the number of older scans.
pub(super) fn scans(shipment: &Shipment) -> Vec<String> {
    let mut scans: Vec<&Event> = shipment.events.iter().collect();
    scans.sort_by_key(|event| std::cmp::Reverse((event.at.local.date, event.at.local.time)));
    let more = scans.len().saturating_sub(SCANS);
    let mut lines: Vec<String> = scans.into_iter().take(SCANS).map(scan).collect();
    if more > 0 {
        lines.push(format!("and {more} before"));
    }
    lines
}

fn scan(event: &Event) -> String {
    let local = event.at.local;
    let date = local.date.format("%a %-d %b %Y");
    let time = local.time.map_or("no time".to_owned(), |time| time.format("%H:%M").to_string());
    let offset = event.at.offset_min.map_or("zone unknown".to_owned(), |minutes| {
        format!("UTC{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
    });
    let mut line = format!("{date} {time} ({offset}) {}", spoken(event.stage.as_str()));
    if let Some(place) = &event.place {
        let place = place.name.iter().chain(&place.country).cloned().collect::<Vec<_>>().join(", ");
        line += &format!(", {place}");
    }
    if let Some(text) = &event.text {
        line += &format!(": {text}");
    }
    if let Some(reason) = &event.reason {
        line += &format!(" ({})", spoken(reason.as_str()));
    }
    line
}
