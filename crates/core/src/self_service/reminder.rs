//! Calendar entry for the time from which an action is possible (iCalendar, RFC 5545).

use chrono::{Datelike, Timelike};

use super::dialog::Dialog;
use super::{Context, Effect, Reply};
use doorstep_contract::{Timestamp, concat, digits};

/// Adds the effect that saves a calendar entry for a dialog's action. Does nothing if the action has no start time.
pub(super) fn reminder(dialog: Option<&Dialog>, context: &Context<'_>, reply: &mut Reply) {
    let Some(from) = dialog.and_then(|dialog| dialog.action(context)).and_then(|action| action.from) else { return };
    let order = plain(&context.order.number);
    let lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Doorstep//Order tracking//EN",
        "BEGIN:VEVENT",
        &concat(&["UID:", &stamp(from), "-", &plain(&context.order.id), "@doorstep"]),
        &concat(&["DTSTAMP:", &stamp(context.clock.now.into())]),
        &concat(&["DTSTART:", &stamp(from)]),
        "DURATION:PT15M",
        &concat(&["SUMMARY:", &order]),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:PT0M",
        &concat(&["DESCRIPTION:", &order]),
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    reply.push(Effect::Save {
        name: "reminder.ics".to_owned(),
        media_type: "text/calendar;charset=utf-8",
        text: lines.join("\r\n"),
    });
}

/// Returns a time in UTC in the form of RFC 5545.
fn stamp(at: Timestamp) -> String {
    let at = at.utc();
    let two = |number: u32| concat(&[if number < 10 { "0" } else { "" }, &digits(number.into())]);
    let year = digits(u64::try_from(at.year()).unwrap_or_default());
    concat(&[&year, &*two(at.month()), &two(at.day()), "T", &two(at.hour()), &two(at.minute()), &two(at.second()), "Z"])
}

/// Returns the text without control characters and without `,`, `;`, `\` and `:`, which have a meaning in RFC 5545.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() && !matches!(letter, ',' | ';' | '\\' | ':')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::at;

    #[test]
    fn an_instant_is_written_in_utc() {
        assert_eq!(stamp(at("2026-11-20T09:05:07+01:00")), "20261120T080507Z");
    }

    #[test]
    fn a_text_cannot_add_lines() {
        assert_eq!(plain("10\r\nBEGIN:X,4;2"), "10BEGINX42");
    }
}
