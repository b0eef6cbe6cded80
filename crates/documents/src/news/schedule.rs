//! Times of mails: quiet hours, and the reminder before the last day for collection.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Date, Order, Shipment, Stage};
use doorstep_domain::calendar::{at, zone};

/// Local hour at which the quiet hours begin.
const QUIET_FROM_H: u32 = 22;
/// Local hour at which the quiet hours end.
const QUIET_UNTIL_H: u32 = 7;
/// Local hour at which a reminder is sent.
const REMINDER_H: u32 = 9;
/// Local hour of the last day after which a reminder would come too late.
const REMINDER_UNTIL_H: u32 = 12;

/// Returns the end of the quiet hours at the destination, or None if `now` is not within them.
pub fn quiet_until(order: &Order, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let zone = zone(order);
    let local = now.with_timezone(&zone);
    let date = match local.hour() {
        QUIET_FROM_H.. => local.date_naive().checked_add_days(Days::new(1))?,
        ..QUIET_UNTIL_H => local.date_naive(),
        QUIET_UNTIL_H..QUIET_FROM_H => return None,
    };
    Some(at(date, hour(QUIET_UNTIL_H), zone))
}

/// Returns the last day for collection of a parcel, with the time from which and until which a reminder of it is sent: from the morning
/// of the day before until noon of that day.
pub(super) fn reminder(order: &Order, shipment: &Shipment) -> Option<(Date, DateTime<Utc>, DateTime<Utc>)> {
    let last_day = shipment.pickup.as_ref()?.collect_by?;
    let zone: Tz = zone(order);
    let day_before = last_day.0.checked_sub_days(Days::new(1))?;
    Some((last_day, at(day_before, hour(REMINDER_H), zone), at(last_day.0, hour(REMINDER_UNTIL_H), zone)))
}

/// Returns the next time at which an order has a new fact because time has passed: a reminder.
pub fn next_fact_at(order: &Order, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let waiting = order.shipments.iter().filter(|shipment| shipment.stage == Stage::ReadyForPickup);
    waiting.filter_map(|shipment| reminder(order, shipment)).map(|(_, from, _)| from).filter(|from| *from > now).min()
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::MIN + TimeDelta::hours(hour.into())
}
