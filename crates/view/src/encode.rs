//! Encodes messages as JSON for the loader's formatter (`embed/format.ts`), which looks up the entry and formats the arguments
//! with Intl. Called by the widget for every message.
//!
//! A text is a string, a count is a number, and everything else is an array that begins with its kind:
//!
//! | array | value |
//! |---|---|
//! | `["m", entry, name, value, …]` | message: the entry of the catalogue, and the names and values of its placeholders |
//! | `["d", day]`, `["D", day]` | date without and with its year, as the number of days since 0000-12-31 |
//! | `["r", from, to]`, `["R", from, to]` | range of dates without and with the year |
//! | `["t", minutes]` | time of day, in minutes since midnight |
//! | `["w", day]` | short name of the weekday |
//! | `["n", tenths]` | number in tenths |
//! | `["c", amount, currency]` | amount of money |
//! | `["a", count, unit]` | elapsed time |

use chrono::{Datelike, NaiveDate, Timelike};
use doorstep_contract::digits;
use doorstep_core::message::{Key, Message, MessageArg, PRINTED, Unit};

/// Form of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Form for the screen.
    Screen,
    /// Form for paper, with dates in place of "today" or "7 hours ago".
    Printed,
}

/// Writer of encoded messages. `entry` writes the entry of a key as JSON.
pub struct Encoder<'a> {
    /// Form of the messages.
    pub form: Form,
    /// Writes the entry of a key.
    pub entry: &'a dyn Fn(Key, &mut String),
}

impl Encoder<'_> {
    /// Writes a message.
    pub fn message(&self, message: &Message, out: &mut String) {
        if self.form == Form::Printed
            && let Some((_, printed)) = message.args.iter().find(|(name, _)| *name == PRINTED)
        {
            return self.arg(printed, out);
        }
        out.push_str("[\"m\",");
        (self.entry)(message.key, out);
        for (name, arg) in &message.args {
            if *name != PRINTED {
                out.push(',');
                quote(name, out);
                out.push(',');
                self.arg(arg, out);
            }
        }
        out.push(']');
    }

    /// Writes an argument.
    pub fn arg(&self, arg: &MessageArg, out: &mut String) {
        match arg {
            MessageArg::Text(text) => quote(text, out),
            MessageArg::Count(count) => out.push_str(&digits((*count).into())),
            MessageArg::Date { date, year } => array(if *year { "D" } else { "d" }, &[day(*date)], out),
            MessageArg::Dates { from, to, year } => array(if *year { "R" } else { "r" }, &[day(*from), day(*to)], out),
            MessageArg::Clock(time) => array("t", &[digits((time.num_seconds_from_midnight() / 60).into())], out),
            MessageArg::Money { amount, currency } => array("c", &[quoted(amount), quoted(currency)], out),
            MessageArg::Weekday(date) => array("w", &[day(*date)], out),
            MessageArg::Tenths(tenths) => array("n", &[digits((*tenths).into())], out),
            MessageArg::Ago(ago) => {
                let unit = match ago.unit {
                    Unit::Minute => "minute",
                    Unit::Hour => "hour",
                    Unit::Day => "day",
                };
                array("a", &[digits(ago.count.into()), quoted(unit)], out);
            }
            MessageArg::Message(message) => self.message(message, out),
        }
    }
}

/// Writes an array of a kind and its values, which are JSON.
fn array(kind: &str, values: &[String], out: &mut String) {
    out.push_str("[\"");
    out.push_str(kind);
    out.push('"');
    for value in values {
        out.push(',');
        out.push_str(value);
    }
    out.push(']');
}

/// Returns the number of days since 0000-12-31. Earlier dates, which no order has, count as that day.
fn day(date: NaiveDate) -> String {
    digits(u64::try_from(date.num_days_from_ce()).unwrap_or_default())
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(text, &mut out);
    out
}

/// Writes a text as a JSON string.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            '\0'..='\u{1f}' => {
                out.push_str(if letter < '\u{10}' { "\\u000" } else { "\\u001" });
                out.push(char::from_digit(letter as u32 % 16, 16).unwrap_or_default());
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}
