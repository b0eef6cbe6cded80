//! Turns phrases into words: looks the key up in the catalogue, picks the plural form, and lets Intl write what goes into it.

use std::cell::OnceCell;

use chrono::{NaiveDate, NaiveTime};
use doorstep_core::phrase::{Ago, Arg, Key, Phrase, Unit};
use js_sys::Intl::{DateTimeFormat, ListFormat, NumberFormat, PluralRules, RelativeTimeFormat};
use wasm_bindgen::JsValue;

use crate::browser::{intl, object};

/// The texts of one language and the formatters of its locale.
pub(crate) struct Text {
    catalogue: JsValue,
    plurals: Option<PluralRules>,
    numbers: Option<NumberFormat>,
    spans: Option<RelativeTimeFormat>,
    lists: Option<ListFormat>,
    /// Whole dates and ranges, without and with the year; made when first needed.
    dates: [OnceCell<Option<DateTimeFormat>>; 4],
    lang: String,
    clock: Option<DateTimeFormat>,
}

impl Text {
    /// The texts of a catalogue; dates and numbers as the locale writes them.
    pub(crate) fn new(catalogue: JsValue, lang: &str) -> Self {
        Self {
            catalogue,
            plurals: intl::make("PluralRules", lang, &[]),
            numbers: intl::make("NumberFormat", lang, &[]),
            spans: intl::make("RelativeTimeFormat", lang, &[("numeric", "always"), ("style", "short")]),
            lists: intl::make("ListFormat", lang, &[]),
            dates: Default::default(),
            lang: lang.to_owned(),
            clock: intl::make("DateTimeFormat", lang, &[("timeZone", "UTC"), ("hour", "2-digit"), ("minute", "2-digit")]),
        }
    }

    /// An entry without placeholders.
    pub(crate) fn key(&self, key: Key) -> String {
        self.entry(key, None)
    }

    /// A phrase in words.
    pub(crate) fn phrase(&self, phrase: &Phrase) -> String {
        let template = self.entry(phrase.key, phrase.args.iter().find(|(name, _)| *name == "count").map(|(_, arg)| arg));
        let mut words = String::with_capacity(template.len());
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            words.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            if let Some((_, arg)) = phrase.args.iter().find(|(known, _)| *known == name) {
                words.push_str(&self.arg(arg));
            }
            rest = tail;
        }
        words.push_str(rest);
        words
    }

    /// A value in words.
    pub(crate) fn arg(&self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Count(count) => self.numbers.as_ref().map(|numbers| intl::number(numbers, *count)).unwrap_or_default(),
            Arg::Date { date, year } => self.date(*date, None, *year),
            Arg::Dates { from, to, year } => self.date(*from, Some(*to), *year),
            Arg::Clock(time) => self.time(*time),
            Arg::Ago(ago) => self.ago(*ago),
            Arg::Phrase(phrase) => self.phrase(phrase),
            Arg::List(entries) => {
                let entries: Vec<String> = entries.iter().map(|entry| self.phrase(entry)).collect();
                self.lists.as_ref().map(|lists| intl::list(lists, &entries)).unwrap_or_default()
            }
        }
    }

    /// The text of an entry, in the form that a count asks for; nothing where the catalogue lacks it, which its check prevents.
    fn entry(&self, key: Key, count: Option<&Arg>) -> String {
        let Some(entry) = object::field(&self.catalogue, key.0) else {
            return String::new();
        };
        if let Some(text) = entry.as_string() {
            return text;
        }
        let form = |name: &str| object::field(&entry, name).and_then(|text| text.as_string());
        let chosen = match count {
            Some(Arg::Count(0)) if form("zero").is_some() => form("zero"),
            Some(Arg::Count(count)) => self.plurals.as_ref().and_then(|rules| form(&intl::plural(rules, *count))),
            Some(_) | None => None,
        };
        chosen.or_else(|| form("other")).unwrap_or_default()
    }

    /// Calendar dates are written as noon of that day in UTC, by formatters of that zone: nothing is ever converted.
    fn date(&self, from: NaiveDate, to: Option<NaiveDate>, year: bool) -> String {
        let [date, date_year, range, range_year] = &self.dates;
        let (cell, length) = match (to.is_some(), year) {
            (false, false) => (date, "long"),
            (false, true) => (date_year, "long"),
            (true, false) => (range, "short"),
            (true, true) => (range_year, "short"),
        };
        let formatter = cell.get_or_init(|| {
            let options = [("timeZone", "UTC"), ("weekday", length), ("day", "numeric"), ("month", length), ("year", "numeric")];
            intl::make("DateTimeFormat", &self.lang, options.get(..if year { 5 } else { 4 }).unwrap_or_default())
        });
        let Some(formatter) = formatter else { return String::new() };
        let noon = |date: NaiveDate| date.and_time(NaiveTime::default()).and_utc().timestamp_millis() + 43_200_000;
        match to {
            Some(to) => intl::format_range(formatter, noon(from), noon(to)),
            None => intl::format(formatter, noon(from)),
        }
    }

    fn time(&self, time: NaiveTime) -> String {
        let at = NaiveDate::default().and_time(time).and_utc().timestamp_millis();
        self.clock.as_ref().map(|clock| intl::format(clock, at)).unwrap_or_default()
    }

    fn ago(&self, ago: Ago) -> String {
        let unit = match ago.unit {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
        };
        self.spans.as_ref().map(|spans| intl::ago(spans, ago.count, unit)).unwrap_or_default()
    }
}
