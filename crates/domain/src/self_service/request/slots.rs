//! Delivery slots: the delivery windows of the policy on the coming days. The caller supplies the number of bookings.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Money, Order, Slot, Timestamp, Window};

use crate::calendar::{at, zone};
use crate::policy::Rules;

/// Name of a time zone. Orders with destinations in one time zone share the capacity of the slots.
pub type Pool = String;

/// Returns the name of the time zone whose slots the order uses.
pub fn pool(order: &Order) -> Pool {
    zone(order).name().to_owned()
}

/// Returns every slot that is offered to the order, each with its capacity, earliest first. Booked slots are included.
pub fn slots(order: &Order, rules: &Rules, now: DateTime<Utc>) -> Vec<(Slot, u32)> {
    let rules = &rules.reschedule;
    let zone = zone(order);
    let local_now = now.with_timezone(&zone);
    let skip = u64::from(local_now.time() >= rules.cut_off);
    let mut slots = Vec::new();
    for ahead in 1 + skip..=u64::from(rules.days_ahead) + skip {
        let Some(date) = local_now.date_naive().checked_add_days(Days::new(ahead)) else { break };
        let mut windows: Vec<_> = rules.windows.iter().filter(|window| window.days.contains(&date.weekday())).collect();
        windows.sort_by_key(|window| (window.from, window.to));
        for window in windows {
            let fee = window.fee.as_ref().map(|fee| Money { minor: fee.minor, currency: fee.currency.clone() });
            let id = format!("{date}_{}-{}", window.from.format("%H%M"), window.to.format("%H%M"));
            slots.push((Slot { window: window_of(&id, zone), id, fee }, window.capacity));
        }
    }
    slots
}

/// Returns the slots with free capacity. `booked` contains the number of bookings by slot id.
pub fn free_slots(all: Vec<(Slot, u32)>, booked: &BTreeMap<String, u32>) -> Vec<Slot> {
    let has_capacity = |(slot, capacity): &(Slot, u32)| booked.get(&slot.id).copied().unwrap_or_default() < *capacity;
    all.into_iter().filter(has_capacity).map(|(slot, _)| slot).collect()
}

/// Returns the window that the id of a slot encodes. Returns None if the id is malformed.
pub(super) fn window_of(id: &str, zone: Tz) -> Option<Window> {
    let (date, times) = id.split_once('_')?;
    let (from, to) = times.split_once('-')?;
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H%M").ok();
    let instant = |time: NaiveTime| Timestamp(at(date, time, zone).with_timezone(&zone).fixed_offset());
    Some(Window::Times { from: instant(time(from)?), to: instant(time(to)?) })
}
