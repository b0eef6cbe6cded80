//! Formats messages on the server, with ICU4X and the catalogue of a language, so that the loader can paint texts without loading the
//! browser's Intl. The texts follow the same Unicode data as Intl (`embed/format.ts`). `tests/first-page.spec.ts` compares the two.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use doorstep_core::message::{Ago, Key, Message, MessageArg, PRINTED, Unit};
use doorstep_view::Texts;
use doorstep_view::encode::Form;
use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{E, MDE, T, YMDE};
use icu_datetime::input::{Date, Time};
use icu_datetime::options::TimePrecision;
use icu_datetime::range::DateRangeFormatter;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use icu_experimental::relativetime::{RelativeTimeFormatter, RelativeTimeFormatterOptions};
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules};
use serde_json::Value;

use crate::catalogue::Catalogue;

/// Formatter of one language.
pub struct Localizer {
    catalogue: Catalogue,
    locale: Locale,
}

impl Localizer {
    /// Creates the formatter of a BCP 47 tag, such as `de-AT`. Without a catalogue for its language, or if the tag is not valid,
    /// texts and dates are English.
    pub fn new(tag: &str) -> Self {
        let locale: Locale = tag.replace('_', "-").parse().unwrap_or(locale!("en"));
        let tag = locale.to_string();
        let catalogue = Catalogue::of(&tag);
        let is_known = catalogue.is_of(&tag);
        Self { catalogue, locale: if is_known { locale } else { locale!("en") } }
    }

    /// Returns the BCP 47 tag of the texts.
    pub fn tag(&self) -> String {
        self.locale.to_string()
    }

    /// Returns the text of a message, with its placeholders replaced. A placeholder without a value is left out.
    fn replaced(&self, message: &Message, form: Form) -> String {
        let printed = message.args.iter().find(|(name, _)| form == Form::Printed && *name == PRINTED);
        if let Some((_, printed)) = printed {
            return self.value(printed, form);
        }
        let value = |name: &str| message.args.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let template = self.template(message.key, value("count"));
        let mut pieces = template.split('{');
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (name, after) = piece.split_once('}').unwrap_or((piece, ""));
            text.push_str(&value(name).map(|value| self.value(value, form)).unwrap_or_default());
            text.push_str(after);
        }
        text
    }

    /// Returns the text of an entry, in the plural form that the count selects. Returns an empty text if there is no such entry.
    fn template(&self, key: Key, count: Option<&MessageArg>) -> String {
        let forms = match self.catalogue.value(key) {
            Some(Value::String(text)) => return text.clone(),
            Some(Value::Object(forms)) => forms,
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_)) | None => return String::new(),
        };
        let form = |name: &str| forms.get(name).and_then(Value::as_str).map(str::to_owned);
        let chosen = match count {
            Some(MessageArg::Count(count)) => {
                let zero = if *count == 0 { form("zero") } else { None };
                zero.or_else(|| form(self.plural_form(*count)))
            }
            _ => None,
        };
        chosen.or_else(|| form("other")).unwrap_or_default()
    }

    /// Returns the name of the plural category (CLDR) of a count.
    pub fn plural_form(&self, count: u32) -> &'static str {
        let rules = PluralRules::try_new_cardinal((&self.locale).into());
        match rules.map_or(PluralCategory::Other, |rules| rules.category_for(count)) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    fn value(&self, value: &MessageArg, form: Form) -> String {
        match value {
            MessageArg::Text(text) => isolated(text),
            MessageArg::Count(count) => self.number(&Decimal::from(*count)),
            MessageArg::Tenths(tenths) => {
                let mut number = Decimal::from(*tenths);
                number.multiply_pow10(-1);
                number.absolute.trim_end();
                self.number(&number)
            }
            MessageArg::Date { date, year } => self.date(*date, *year),
            MessageArg::Dates { from, to, year } => self.range(*from, *to, *year),
            MessageArg::Weekday(date) => self.weekday(*date),
            MessageArg::Clock(time) => self.clock(*time),
            MessageArg::Ago(ago) => self.elapsed(*ago),
            MessageArg::Money { amount, currency } => {
                self.money(amount, currency).unwrap_or_else(|| format!("{amount}\u{a0}{currency}"))
            }
            MessageArg::Message(message) => self.replaced(message, form),
        }
    }

    fn number(&self, number: &Decimal) -> String {
        let formatter = DecimalFormatter::try_new((&self.locale).into(), Default::default());
        formatter.map_or_else(|_| number.to_string(), |formatter| formatter.format(number).to_string())
    }

    /// Returns a date with the full names of weekday and month, in ISO 8601 if it cannot be formatted.
    fn date(&self, date: NaiveDate, has_year: bool) -> String {
        let formatted = gregorian(date).and_then(|day| {
            Some(if has_year {
                DateTimeFormatter::try_new(self.preferences(), YMDE::long()).ok()?.format(&day).to_string()
            } else {
                DateTimeFormatter::try_new(self.preferences(), MDE::long()).ok()?.format(&day).to_string()
            })
        });
        formatted.unwrap_or_else(|| date.to_string())
    }

    /// Returns the short name of the weekday, or an empty text if it cannot be formatted.
    fn weekday(&self, date: NaiveDate) -> String {
        let formatter = DateTimeFormatter::try_new(self.preferences(), E::short());
        formatter.ok().zip(gregorian(date)).map(|(formatter, day)| formatter.format(&day).to_string()).unwrap_or_default()
    }

    /// Returns a range of dates with short names, in ISO 8601 if it cannot be formatted. A line may break after the dash, but not within
    /// a date, and neither a space nor the dash may begin a line.
    fn range(&self, from: NaiveDate, to: NaiveDate, has_year: bool) -> String {
        let formatted =
            if has_year || from.year() != to.year() { self.range_with_year(from, to) } else { self.range_without_year(from, to) };
        let formatted = formatted.unwrap_or_else(|| format!("{from} – {to}"));
        formatted.replace([' ', '\u{2009}'], "\u{a0}").replace("–\u{a0}", "– ")
    }

    fn range_without_year(&self, from: NaiveDate, to: NaiveDate) -> Option<String> {
        let formatter = DateRangeFormatter::try_new(self.preferences(), MDE::medium()).ok()?;
        Some(formatter.format(&gregorian(from)?, &gregorian(to)?).to_string())
    }

    fn range_with_year(&self, from: NaiveDate, to: NaiveDate) -> Option<String> {
        let last = gregorian(to)?;
        let short = DateTimeFormatter::try_new(self.preferences(), YMDE::medium()).ok()?.format(&last).to_string();
        let numbers = short.split(|letter: char| !letter.is_numeric()).filter(|number| !number.is_empty()).count();
        if numbers < 3 {
            let formatter = DateRangeFormatter::try_new(self.preferences(), YMDE::medium()).ok()?;
            return Some(formatter.format(&gregorian(from)?, &last).to_string());
        }
        // In German, ICU4X writes the month of a short date with a year as a number. Intl writes its name.
        let with_year = |range: String, year: NaiveDate| Some(format!("{range}{}", self.year(year)?));
        if from.year() == to.year() {
            return with_year(self.range_without_year(from, to)?, to);
        }
        let [from, to] = [from, to].map(|day| with_year(self.range_without_year(day, day)?, day));
        Some(format!("{} – {}", from?, to?))
    }

    /// Returns the year of a date as it follows the date in a text, such as `, 2026`.
    fn year(&self, date: NaiveDate) -> Option<String> {
        Some(self.date(date, true).strip_prefix(&self.date(date, false))?.to_owned())
    }

    fn preferences(&self) -> DateTimeFormatterPreferences {
        (&self.locale).into()
    }

    /// Returns a time of day in hours and minutes, in the format `19:05` if it cannot be formatted.
    fn clock(&self, time: NaiveTime) -> String {
        let fields = T::short().with_time_precision(TimePrecision::Minute);
        let formatted = u8::try_from(time.hour()).ok().zip(u8::try_from(time.minute()).ok()).and_then(|(hour, minute)| {
            let time = Time::try_new(hour, minute, 0, 0).ok()?;
            // Browsers write a space before AM and PM, not the narrow one of the Unicode data.
            Some(
                NoCalendarFormatter::try_new((&self.locale).into(), fields)
                    .ok()?
                    .format(&time)
                    .to_string()
                    .replace('\u{202f}', " "),
            )
        });
        formatted.unwrap_or_else(|| time.format("%H:%M").to_string())
    }

    /// Returns elapsed time such as `3 hr. ago`, or an empty text if it cannot be formatted.
    fn elapsed(&self, ago: Ago) -> String {
        let create = match ago.unit {
            Unit::Minute => RelativeTimeFormatter::try_new_short_minute,
            Unit::Hour => RelativeTimeFormatter::try_new_short_hour,
            Unit::Day => RelativeTimeFormatter::try_new_short_day,
        };
        let formatter = create((&self.locale).into(), RelativeTimeFormatterOptions::default());
        // A negative zero is "0 minutes ago", a positive one "in 0 minutes".
        let past = Decimal::try_from_str(&format!("-{}", ago.count)).ok();
        formatter.ok().zip(past).map(|(formatter, past)| formatter.format(past).to_string()).unwrap_or_default()
    }

    /// Returns an amount of money, or None if ICU4X rejects the currency or the amount. ICU4X rounds to the usual decimals of the
    /// currency. If digits would be lost, the number is formatted by itself and put in their place.
    fn money(&self, amount: &str, currency: &str) -> Option<String> {
        let currency: CurrencyType = currency.parse().ok()?;
        let exact = Decimal::try_from_str(amount).ok()?;
        let formatter = CurrencyFormatter::try_new_symbol((&self.locale).into(), currency, Default::default()).ok()?;
        let formatted = formatter.format_fixed_decimal(&exact).to_string();
        let digits = |text: &str| text.chars().filter(|letter| letter.is_numeric()).count();
        if digits(&formatted) >= digits(amount) {
            return Some(formatted);
        }
        let before = formatted.get(..formatted.find(char::is_numeric)?)?;
        let last =
            formatted.char_indices().rfind(|(_, letter)| letter.is_numeric()).map(|(at, letter)| at + letter.len_utf8())?;
        let after = formatted.get(last..)?;
        let unsigned = Decimal::try_from_str(amount.trim_start_matches(['-', '+'])).ok()?;
        Some(format!("{before}{}{after}", self.number(&unsigned)))
    }
}

/// Returns a date of the Gregorian calendar, or None if it is beyond the years of that calendar.
fn gregorian(date: NaiveDate) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

impl Texts for Localizer {
    fn message(&self, message: &Message) -> String {
        self.replaced(message, Form::Screen)
    }

    fn printed(&self, message: &Message) -> Option<String> {
        let printed = self.replaced(message, Form::Printed);
        (printed != self.message(message)).then_some(printed)
    }

    fn arg(&self, arg: &MessageArg) -> String {
        self.value(arg, Form::Screen)
    }

    fn key(&self, key: Key) -> String {
        self.message(&key.into())
    }
}

/// Returns a text for use within a sentence. Right-to-left text is isolated, so that it does not reorder the punctuation and
/// numbers beside it.
fn isolated(text: &str) -> String {
    let is_right_to_left =
        |letter: char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}' | '\u{10800}'..='\u{1efff}');
    if text.contains(is_right_to_left) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

#[cfg(test)]
#[path = "localizer_tests.rs"]
mod tests;
