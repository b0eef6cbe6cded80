//! The moment and the place for which a page is made: now, and the clock on the wall at the destination.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use crate::phrase::{Ago, Arg, Key, Phrase, Unit, keys};
use crate::wire::{EventTime, Timestamp, Window};

/// Turns an instant into the wall-clock reading of an IANA zone; `None` where the zone is not known.
pub type ToLocal<'a> = &'a dyn Fn(DateTime<Utc>, &str) -> Option<NaiveDateTime>;

/// Now, at the destination of an order.
#[derive(Clone, Copy)]
pub struct Here<'a> {
    /// The current instant.
    pub now: DateTime<Utc>,
    /// The zone of the destination, where the order says one.
    pub zone: Option<&'a str>,
    /// The zone database of whoever asks: the browser's, the backend's, or a test's.
    pub to_local: ToLocal<'a>,
}

impl Here<'_> {
    /// What the clock at the destination shows at an instant; without a zone, what the instant was written as.
    pub fn local(&self, at: Timestamp) -> NaiveDateTime {
        self.zone.and_then(|zone| (self.to_local)(at.utc(), zone)).unwrap_or_else(|| at.0.naive_local())
    }

    /// Today at the destination.
    pub fn today(&self) -> NaiveDate {
        self.local(self.now.into()).date()
    }

    /// The calendar dates that a window covers at the destination.
    pub fn dates(&self, window: &Window) -> (NaiveDate, NaiveDate) {
        match window {
            Window::Days { from, to } => (from.0, to.0),
            Window::Times { from, to } => (self.local(*from).date(), self.local(*to).date()),
        }
    }

    /// A date as people say it: today, tomorrow, yesterday, or its weekday and date.
    pub fn day(&self, date: NaiveDate) -> Phrase {
        let today = self.today();
        let name = match date {
            _ if date == today => keys::DAY_TODAY,
            _ if today.succ_opt() == Some(date) => keys::DAY_TOMORROW,
            _ if today.pred_opt() == Some(date) => keys::DAY_YESTERDAY,
            _ => return Phrase::new(keys::DAY_ON).with("date", self.date(date)),
        };
        Phrase::new(name).on_paper(full_date(date))
    }

    /// A date with its weekday, and with the year only when it is another one.
    pub fn date(&self, date: NaiveDate) -> Arg {
        use chrono::Datelike;
        Arg::Date { date, year: date.year() != self.today().year() }
    }

    /// A range of dates, or the one day that it is.
    pub fn days(&self, from: NaiveDate, to: NaiveDate) -> Phrase {
        use chrono::Datelike;
        if from == to {
            return self.day(from);
        }
        let year = from.year() != self.today().year() || to.year() != self.today().year();
        Phrase::new(keys::DAYS_RANGE).with("dates", Arg::Dates { from, to, year })
    }

    /// A window in calendar dates alone, which mean the same whenever they are read.
    pub fn dated(&self, window: &Window) -> Phrase {
        let (from, to) = self.dates(window);
        if from == to { Phrase::new(keys::DAY_NAME).with("date", self.date(from)) } else { self.days(from, to) }
    }

    /// A window as precise as it is: a day, days, or hours of a day.
    pub fn window(&self, window: &Window) -> Phrase {
        let (from, to) = self.dates(window);
        match window {
            Window::Times { from: start, to: end } if from == to => self.hours(self.day(from), *start, *end),
            Window::Times { .. } | Window::Days { .. } => self.days(from, to),
        }
    }

    /// A window with its hours, in calendar dates alone; nothing where it has none on one day.
    pub fn dated_hours(&self, window: &Window) -> Option<Phrase> {
        match (window, self.dates(window)) {
            (Window::Times { from: start, to: end }, (from, to)) if from == to => {
                Some(self.hours(self.dated(window), *start, *end))
            }
            (Window::Times { .. } | Window::Days { .. }, _) => None,
        }
    }

    /// Hours of a day, or the one time that both are.
    fn hours(&self, day: Phrase, start: Timestamp, end: Timestamp) -> Phrase {
        // To the minute, as they are written: seconds would make two times of one.
        let [from, to] = [start, end].map(|at| {
            let time = self.local(at).time();
            NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time)
        });
        if from == to {
            return Phrase::new(keys::MOMENT).with("day", day).with("time", from);
        }
        Phrase::new(keys::WINDOW_HOURS).with("day", day).with("from", from).with("to", to)
    }

    /// An instant as a day and a time of the destination.
    pub fn moment(&self, at: Timestamp) -> Phrase {
        let local = self.local(at);
        Phrase::new(keys::MOMENT).with("day", standing(self.day(local.date()))).with("time", local.time())
    }

    /// The last day before an instant that ends something: midnight is the end of the day before it.
    pub fn last_day(&self, end: Timestamp) -> NaiveDate {
        let local = self.local(end);
        local.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(local).date()
    }

    /// An instant that ends something: the whole of a day where it is the midnight after it.
    pub fn end(&self, end: Timestamp) -> Phrase {
        let midnight = self.local(end).time() == chrono::NaiveTime::MIN;
        if midnight { standing(self.day(self.last_day(end))) } else { self.moment(end) }
    }

    /// How long ago: minutes up to an hour, hours up to a day, days up to `OLD_DAYS`, then the day itself. `None` for less than a minute
    /// and for a clock that is up to an hour ahead; what is further ahead has its day, too.
    pub fn ago(&self, at: Timestamp) -> Option<Phrase> {
        let minutes = (self.now - at.utc()).num_minutes();
        let (count, unit) = match minutes {
            AHEAD..1 => return None,
            1..HOUR => (minutes, Unit::Minute),
            HOUR..DAY => (minutes / HOUR, Unit::Hour),
            DAY..OLD => (minutes / DAY, Unit::Day),
            _ => return Some(self.day(self.local(at).date())),
        };
        let count = u32::try_from(count).unwrap_or_default();
        Some(Phrase::new(keys::AGO).with("ago", Arg::Ago(Ago { count, unit })).on_paper(self.written(at)))
    }

    /// An instant as the full date and the time of the destination, within a sentence.
    pub fn written(&self, at: Timestamp) -> Phrase {
        let local = self.local(at);
        Phrase::new(keys::MOMENT).with("day", full_date(local.date())).with("time", local.time())
    }

    /// How far the destination's clock is ahead of UTC now: the best guess for a reading that knows no zone.
    pub fn offset(&self) -> TimeDelta {
        self.local(self.now.into()) - self.now.naive_utc()
    }
}

/// From this age on (days) a date says more than the number of days.
const OLD_DAYS: i64 = 14;

/// Spans in minutes.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
const OLD: i64 = OLD_DAYS * DAY;
const AHEAD: i64 = -HOUR;

/// A date with its year, within a sentence.
fn full_date(date: NaiveDate) -> Phrase {
    Phrase::new(keys::DAY_ON).with("date", Arg::Date { date, year: true })
}

impl EventTime {
    /// The instant of the reading, as near as it can be known: by its own offset where it has one, else by another.
    pub fn instant(&self, else_offset: TimeDelta) -> NaiveDateTime {
        let reading = self.local.date.and_time(self.local.time.unwrap_or_default());
        let offset = self.offset_min.map_or(else_offset, |minutes| TimeDelta::try_minutes(minutes.into()).unwrap_or_default());
        reading.checked_sub_signed(offset).unwrap_or(reading)
    }
}

/// A date that stands by itself, such as a heading, instead of within a sentence.
#[must_use]
pub fn standing(mut phrase: Phrase) -> Phrase {
    if phrase.key == keys::DAY_ON {
        phrase.key = keys::DAY_NAME;
    }
    for (_, arg) in &mut phrase.args {
        if let Arg::Phrase(inner) = arg {
            *inner = standing(std::mem::replace(inner, keys::DAY_TODAY.into()));
        }
    }
    phrase
}

/// The same date some days later; the last one that can be counted at the end of time.
pub fn days_later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

/// A phrase with one day in it.
pub fn with_day(key: Key, day: Phrase) -> Phrase {
    Phrase::new(key).with("day", day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, here, zone};

    #[test]
    fn a_day_has_the_name_that_people_use_at_the_destination() {
        // 23:30 in London is already tomorrow in Kathmandu.
        let now = at("2026-11-20T23:30:00Z");
        let kathmandu = Here { zone: Some("+05:45"), ..here(now, &zone) };
        assert_eq!(here(now, &zone).day(now.0.date_naive()).key, keys::DAY_TODAY);
        assert_eq!(kathmandu.day(now.0.date_naive()).key, keys::DAY_YESTERDAY);
    }

    #[test]
    fn a_time_window_over_midnight_is_shown_as_its_two_days() {
        let now = at("2026-11-20T12:00:00Z");
        let window = Window::Times { from: at("2026-11-21T22:00:00Z"), to: at("2026-11-22T02:00:00Z") };
        assert_eq!(here(now, &zone).window(&window).key, keys::DAYS_RANGE);
    }

    #[test]
    fn what_ends_at_midnight_ends_with_the_day_before() {
        let now = at("2026-11-20T12:00:00Z");
        let here = here(now, &zone);
        assert_eq!(here.end(at("2026-11-21T00:00:00Z")).key, keys::DAY_TODAY);
        assert_eq!(here.end(at("2026-11-21T00:00:01Z")).key, keys::MOMENT);
        assert_eq!(here.last_day(at("2026-12-02T00:00:00Z")), at("2026-12-01T12:00:00Z").0.date_naive());
    }

    #[test]
    fn a_span_is_told_in_the_unit_that_people_use() {
        let now = at("2026-11-20T12:00:00Z");
        let table = [
            ("2026-11-20T11:59:30Z", None),
            ("2026-11-20T12:05:00Z", None),
            ("2026-11-20T11:01:00Z", Some((59, Unit::Minute))),
            ("2026-11-20T11:00:00Z", Some((1, Unit::Hour))),
            ("2026-11-19T12:01:00Z", Some((23, Unit::Hour))),
            ("2026-11-19T12:00:00Z", Some((1, Unit::Day))),
            ("2026-11-18T12:00:00Z", Some((2, Unit::Day))),
            ("2026-11-06T12:01:00Z", Some((13, Unit::Day))),
        ];
        for (then, expected) in table {
            let expected = expected.map(|(count, unit)| Arg::Ago(Ago { count, unit }));
            let told = here(now, &zone).ago(at(then)).map(|phrase| phrase.args[0].1.clone());
            assert_eq!(told, expected, "{then}");
        }
    }

    #[test]
    fn what_is_weeks_old_or_ahead_of_every_clock_has_its_date() {
        let now = at("2026-11-20T12:00:00Z");
        for (then, year) in [("2026-11-06T12:00:00Z", false), ("2014-11-21T12:00:00Z", true), ("2026-11-25T12:00:00Z", false)] {
            let date = at(then).0.date_naive();
            assert_eq!(here(now, &zone).ago(at(then)), Some(Phrase::new(keys::DAY_ON).with("date", Arg::Date { date, year })));
        }
    }

    #[test]
    fn what_is_relative_has_its_date_on_paper() {
        let now = at("2026-11-20T12:00:00Z");
        let here = here(now, &zone);
        let on_paper =
            |phrase: Phrase| phrase.args.into_iter().find(|(name, _)| *name == crate::phrase::PAPER).map(|(_, arg)| arg);
        let day = |date: &str| Arg::Date { date: date.parse().unwrap(), year: true };
        for days in ["2026-11-19", "2026-11-20", "2026-11-21"] {
            let written = Phrase::new(keys::DAY_ON).with("date", day(days));
            assert_eq!(on_paper(here.day(days.parse().unwrap())), Some(written.clone().into()), "{days}");
            assert_eq!(on_paper(standing(here.day(days.parse().unwrap()))), Some(standing(written).into()), "{days}");
        }
        let written = Phrase::new(keys::MOMENT)
            .with("day", Phrase::new(keys::DAY_ON).with("date", day("2026-11-20")))
            .with("time", at("2026-11-20T05:00:00Z").0.time());
        assert_eq!(on_paper(here.ago(at("2026-11-20T05:00:00Z")).unwrap()), Some(written.into()));
    }

    #[test]
    fn a_window_of_one_moment_is_that_moment() {
        let now = at("2026-11-20T12:00:00Z");
        let ten = at("2026-11-21T10:00:00Z");
        assert_eq!(here(now, &zone).window(&Window::Times { from: ten, to: ten }).key, keys::MOMENT);
    }
}
