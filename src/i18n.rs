//! Formats messages: looks the key up in the catalogue, selects the plural form, and formats the arguments with the browser's
//! Intl.

use std::cell::{Cell, OnceCell};

use chrono::{NaiveDate, NaiveTime};
use doorstep_core::message::{Ago, Key, Message, MessageArg, PRINTED, Unit};
use wasm_bindgen::JsValue;

use crate::browser::{intl, object};

/// Catalogue of one language and the formatters of its locale.
pub(crate) struct Localizer {
    catalogue: JsValue,
    /// Catalogue of the second chunk, once it is loaded.
    requests: JsValue,
    lang: String,
    /// True while a text for print is formatted.
    print: Cell<bool>,
    /// Formatters, created when first needed, in the order of [`FORMATTERS`].
    formatters: [OnceCell<Option<JsValue>>; FORMATTERS.len()],
}

/// Formatter of Intl; its value is the index of its entry in [`FORMATTERS`].
#[derive(Clone, Copy)]
enum Formatter {
    Plural,
    Number,
    RelativeTime,
    Time,
    Date,
    DateWithYear,
    DateRange,
    DateRangeWithYear,
}

type Options = &'static [(&'static str, &'static str)];

const LONG: [(&str, &str); 5] =
    [("timeZone", "UTC"), ("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];
const SHORT: [(&str, &str); 5] =
    [("timeZone", "UTC"), ("weekday", "short"), ("day", "numeric"), ("month", "short"), ("year", "numeric")];

const FORMATTERS: [(&str, Options); 8] = [
    ("PluralRules", &[]),
    ("NumberFormat", &[]),
    ("RelativeTimeFormat", &[("numeric", "always"), ("style", "short")]),
    ("DateTimeFormat", &[("timeZone", "UTC"), ("timeStyle", "short")]),
    ("DateTimeFormat", LONG.split_at(4).0),
    ("DateTimeFormat", &LONG),
    ("DateTimeFormat", SHORT.split_at(4).0),
    ("DateTimeFormat", &SHORT),
];

impl Localizer {
    /// Creates a localizer for a language from the catalogues of the first load and the second chunk.
    pub(crate) fn new(catalogue: JsValue, requests: JsValue, lang: &str) -> Self {
        Self { catalogue, requests, lang: lang.to_owned(), print: Cell::default(), formatters: Default::default() }
    }

    /// Formats a value with Intl; returns an empty text if the browser refuses.
    fn intl(&self, formatter: Formatter, method: &str, first: &JsValue, second: Option<&JsValue>) -> String {
        let at = formatter as usize;
        let (Some(cell), Some((kind, options))) = (self.formatters.get(at), FORMATTERS.get(at)) else { return String::new() };
        let made = cell.get_or_init(|| intl::make(kind, &self.lang, options));
        made.as_ref().map(|formatter| intl::call(formatter, method, first, second)).unwrap_or_default()
    }

    /// Returns the text of an entry that has no placeholders.
    pub(crate) fn key(&self, key: Key) -> String {
        self.entry(key, None)
    }

    /// Returns a message in its printed form: with dates in place of "today" or "7 hours ago", which have no meaning on paper.
    pub(crate) fn printed(&self, message: &Message) -> String {
        self.print.set(true);
        let text = self.message(message);
        self.print.set(false);
        text
    }

    /// Returns the text of a message.
    pub(crate) fn message(&self, message: &Message) -> String {
        if self.print.get()
            && let Some((_, written)) = message.args.iter().find(|(name, _)| *name == PRINTED)
        {
            return self.arg(written);
        }
        let template = self.entry(message.key, message.args.iter().find(|(name, _)| *name == "count").map(|(_, arg)| arg));
        let mut text = String::with_capacity(template.len());
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            if let Some((_, arg)) = message.args.iter().find(|(known, _)| *known == name) {
                text.push_str(&self.arg(arg));
            }
            rest = tail;
        }
        text.push_str(rest);
        text
    }

    /// Returns the text of an argument.
    pub(crate) fn arg(&self, arg: &MessageArg) -> String {
        match arg {
            MessageArg::Text(text) => isolated(text),
            MessageArg::Count(count) => self.intl(Formatter::Number, "format", &(*count).into(), None),
            MessageArg::Date { date, year } => {
                self.intl(if *year { Formatter::DateWithYear } else { Formatter::Date }, "format", &noon(*date), None)
            }
            MessageArg::Dates { from, to, year } => {
                let formatter = if *year { Formatter::DateRangeWithYear } else { Formatter::DateRange };
                let text = self.intl(formatter, "formatRange", &noon(*from), Some(&noon(*to)));
                // A line may break after the dash, but not within a date, and neither a space nor the dash may begin a line.
                let mut after_dash = false;
                let space = |letter| match (std::mem::replace(&mut after_dash, letter == '–'), letter) {
                    (true, ' ' | '\u{2009}') => ' ',
                    (false, ' ' | '\u{2009}') => '\u{a0}',
                    (_, letter) => letter,
                };
                text.chars().map(space).collect()
            }
            MessageArg::Clock(time) => self.intl(Formatter::Time, "format", &at(NaiveDate::default(), *time), None),
            MessageArg::Money { amount, currency } => intl::money(&self.lang, amount, currency),
            MessageArg::Tenths(tenths) => self.intl(Formatter::Number, "format", &(f64::from(*tenths) / 10.0).into(), None),
            MessageArg::Ago(ago) => self.ago(*ago),
            MessageArg::Message(message) => self.message(message),
        }
    }

    /// Returns the text of an entry, in the plural form that the count selects. Returns an empty text if the entry belongs to the
    /// second chunk and the chunk is not loaded, or if the catalogue lacks the entry, which the check of the catalogues prevents.
    fn entry(&self, key: Key, count: Option<&MessageArg>) -> String {
        let half = if key.is_request() { &self.requests } else { &self.catalogue };
        let entry = js_sys::Reflect::get_u32(half, key.index().into()).unwrap_or_default();
        if let Some(text) = entry.as_string() {
            return text;
        }
        let form = |name: &str| object::field(&entry, name).and_then(|text| text.as_string());
        let chosen = match count {
            Some(MessageArg::Count(0)) if form("zero").is_some() => form("zero"),
            Some(MessageArg::Count(count)) => form(&self.intl(Formatter::Plural, "select", &(*count).into(), None)),
            Some(_) | None => None,
        };
        chosen.or_else(|| form("other")).unwrap_or_default()
    }

    fn ago(&self, ago: Ago) -> String {
        let unit = match ago.unit {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
        };
        self.intl(Formatter::RelativeTime, "format", &(-f64::from(ago.count)).into(), Some(&unit.into()))
    }
}

/// Returns a name or a third party's text for use within a sentence. Right-to-left text is isolated (U+2068, U+2069), so that it
/// does not reorder the punctuation and numbers beside it.
fn isolated(text: &str) -> String {
    let right_to_left =
        |letter: char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}' | '\u{10800}'..='\u{1efff}');
    if text.contains(right_to_left) { ["\u{2068}", text, "\u{2069}"].concat() } else { text.to_owned() }
}

/// Returns noon of a calendar date in UTC. The date formatters use UTC too, so that nothing is converted between time zones.
fn noon(date: NaiveDate) -> JsValue {
    at(date, NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default())
}

fn at(date: NaiveDate, time: NaiveTime) -> JsValue {
    intl::date(date.and_time(time).and_utc().timestamp_millis())
}
