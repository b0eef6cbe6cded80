//! The time and the time zone for which a page is computed, and the messages for dates and times at the destination.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use crate::message::{Ago, Key, Message, MessageArg, Unit, keys};
use doorstep_contract::{Timestamp, Window};

/// Function that converts an instant to the local time of an IANA zone, and returns None for an unknown zone.
pub type ToLocal<'a> = &'a dyn Fn(DateTime<Utc>, &str) -> Option<NaiveDateTime>;

/// Current time at the destination of an order.
#[derive(Clone, Copy)]
pub struct LocalClock<'a> {
    /// Current instant.
    pub now: DateTime<Utc>,
    /// IANA zone of the destination, if the order names one.
    pub zone: Option<&'a str>,
    /// Time zone database of the caller, such as that of the browser.
    pub to_local: ToLocal<'a>,
}

impl LocalClock<'_> {
    /// Returns the local time of an instant at the destination. Without a known zone, returns the local time in which the instant
    /// was written.
    pub fn local(&self, at: Timestamp) -> NaiveDateTime {
        self.zone.and_then(|zone| (self.to_local)(at.utc(), zone)).unwrap_or_else(|| at.0.naive_local())
    }

    /// Returns today's date at the destination.
    pub fn today(&self) -> NaiveDate {
        self.local(self.now.into()).date()
    }

    /// Returns the first and the last calendar date of a window at the destination.
    pub fn dates(&self, window: &Window) -> (NaiveDate, NaiveDate) {
        match window {
            Window::Days { from, to } => (from.0, to.0),
            Window::Times { from, to } => (self.local(*from).date(), self.local(*to).date()),
        }
    }

    /// Returns the message for a date: today, tomorrow, yesterday, or its weekday and date.
    pub fn day(&self, date: NaiveDate) -> Message {
        let today = self.today();
        let name = match date {
            _ if date == today => keys::DAY_TODAY,
            _ if today.succ_opt() == Some(date) => keys::DAY_TOMORROW,
            _ if today.pred_opt() == Some(date) => keys::DAY_YESTERDAY,
            _ => return Message::new(keys::DAY_ON).with("date", self.date(date)),
        };
        Message::new(name).with_printed_form(full_date(date))
    }

    /// Returns a date with its weekday, and with the year only if it is not the current one.
    pub fn date(&self, date: NaiveDate) -> MessageArg {
        use chrono::Datelike;
        MessageArg::Date { date, year: date.year() != self.today().year() }
    }

    /// Returns the message for a range of dates, or for one day if both dates are equal.
    pub fn days(&self, from: NaiveDate, to: NaiveDate) -> Message {
        use chrono::Datelike;
        if from == to {
            return self.day(from);
        }
        let year = from.year() != self.today().year() || to.year() != self.today().year();
        Message::new(keys::DAYS_RANGE).with("dates", MessageArg::Dates { from, to, year })
    }

    /// Returns the message for a window as calendar dates, never as "today" or "tomorrow". A calendar date stays correct as time
    /// passes.
    pub fn absolute_dates(&self, window: &Window) -> Message {
        let (from, to) = self.dates(window);
        if from == to { Message::new(keys::DAY_NAME).with("date", self.date(from)) } else { self.days(from, to) }
    }

    /// Returns the message for a window: a day, a range of days, hours of one day, or one moment.
    pub fn window(&self, window: &Window) -> Message {
        let (from, to) = self.dates(window);
        match window {
            Window::Times { from: start, to: end } if from == to => self.hours(self.day(from), *start, *end),
            Window::Times { .. } | Window::Days { .. } => self.days(from, to),
        }
    }

    /// Returns the message for a window with its hours and calendar date. Returns None for a window of dates, and for a window of
    /// hours that ends on another day than it begins.
    pub fn absolute_hours(&self, window: &Window) -> Option<Message> {
        match (window, self.dates(window)) {
            (Window::Times { from: start, to: end }, (from, to)) if from == to => {
                Some(self.hours(self.absolute_dates(window), *start, *end))
            }
            (Window::Times { .. } | Window::Days { .. }, _) => None,
        }
    }

    /// Returns the message for a range of hours on a day, or for one time if start and end are in the same minute.
    fn hours(&self, day: Message, start: Timestamp, end: Timestamp) -> Message {
        // Seconds are dropped because they are not shown. With them, two equal times could look like a range.
        let [from, to] = [start, end].map(|at| {
            let time = self.local(at).time();
            NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time)
        });
        if from == to {
            return Message::new(keys::MOMENT).with("day", day).with("time", from);
        }
        Message::new(keys::WINDOW_HOURS).with("day", day).with("from", from).with("to", to)
    }

    /// Returns the message for an instant as day and time at the destination.
    pub fn moment(&self, at: Timestamp) -> Message {
        let local = self.local(at);
        Message::new(keys::MOMENT).with("day", as_heading(self.day(local.date()))).with("time", local.time())
    }

    /// Returns the last day of a period that ends at an instant. A period that ends at midnight ends with the day before.
    pub fn last_day(&self, end: Timestamp) -> NaiveDate {
        let local = self.local(end);
        local.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(local).date()
    }

    /// Returns the message for the end of a period: the last day alone if it ends at midnight, else the day and the time.
    pub fn end(&self, end: Timestamp) -> Message {
        let midnight = self.local(end).time() == chrono::NaiveTime::MIN;
        if midnight { as_heading(self.day(self.last_day(end))) } else { self.moment(end) }
    }

    /// Returns the message for the age of an instant: minutes up to an hour, hours up to a day, days up to `OLD_DAYS`, then the
    /// date. Returns None for less than a minute and for an instant up to an hour ahead, because a clock may be wrong. For an
    /// instant further ahead, returns the date.
    pub fn ago(&self, at: Timestamp) -> Option<Message> {
        let minutes = (self.now - at.utc()).num_minutes();
        let (count, unit) = match minutes {
            AHEAD..1 => return None,
            1..HOUR => (minutes, Unit::Minute),
            HOUR..DAY => (minutes / HOUR, Unit::Hour),
            DAY..OLD => (minutes / DAY, Unit::Day),
            _ => return Some(self.day(self.local(at).date())),
        };
        let count = u32::try_from(count).unwrap_or_default();
        Some(Message::new(keys::AGO).with("ago", MessageArg::Ago(Ago { count, unit })).with_printed_form(self.written(at)))
    }

    /// Returns the message for an instant as full date and time at the destination, for use within a sentence.
    pub fn written(&self, at: Timestamp) -> Message {
        let local = self.local(at);
        Message::new(keys::MOMENT).with("day", full_date(local.date())).with("time", local.time())
    }

    /// Returns the present offset of the destination from UTC. It is used as an estimate for local times without an offset.
    pub fn offset(&self) -> TimeDelta {
        self.local(self.now.into()) - self.now.naive_utc()
    }
}

/// Age in days from which a date is shown instead of the number of days.
const OLD_DAYS: i64 = 14;

/// Time spans in minutes.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
const OLD: i64 = OLD_DAYS * DAY;
const AHEAD: i64 = -HOUR;

/// Returns the message for a date with its year, for use within a sentence.
fn full_date(date: NaiveDate) -> Message {
    Message::new(keys::DAY_ON).with("date", MessageArg::Date { date, year: true })
}

/// Returns the message with its dates in the form for a heading or a label, instead of the form for use within a sentence.
#[must_use]
pub fn as_heading(mut message: Message) -> Message {
    if message.key == keys::DAY_ON {
        message.key = keys::DAY_NAME;
    }
    for (_, arg) in &mut message.args {
        if let MessageArg::Message(inner) = arg {
            *inner = as_heading(std::mem::replace(inner, keys::DAY_TODAY.into()));
        }
    }
    message
}

/// Returns the date some days later, or the date itself if the result lies outside the calendar.
pub fn days_later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

/// Creates a message with a day as the value of its placeholder `day`.
pub fn with_day(key: Key, day: Message) -> Message {
    Message::new(key).with("day", day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, clock, zone};

    #[test]
    fn a_day_has_the_name_that_people_use_at_the_destination() {
        // 23:30 in London is already the next day in Kathmandu.
        let now = at("2026-11-20T23:30:00Z");
        let kathmandu = LocalClock { zone: Some("+05:45"), ..clock(now, &zone) };
        assert_eq!(clock(now, &zone).day(now.0.date_naive()).key, keys::DAY_TODAY);
        assert_eq!(kathmandu.day(now.0.date_naive()).key, keys::DAY_YESTERDAY);
    }

    #[test]
    fn a_time_window_over_midnight_is_shown_as_its_two_days() {
        let now = at("2026-11-20T12:00:00Z");
        let window = Window::Times { from: at("2026-11-21T22:00:00Z"), to: at("2026-11-22T02:00:00Z") };
        assert_eq!(clock(now, &zone).window(&window).key, keys::DAYS_RANGE);
    }

    #[test]
    fn what_ends_at_midnight_ends_with_the_day_before() {
        let now = at("2026-11-20T12:00:00Z");
        let clock = clock(now, &zone);
        assert_eq!(clock.end(at("2026-11-21T00:00:00Z")).key, keys::DAY_TODAY);
        assert_eq!(clock.end(at("2026-11-21T00:00:01Z")).key, keys::MOMENT);
        assert_eq!(clock.last_day(at("2026-12-02T00:00:00Z")), at("2026-12-01T12:00:00Z").0.date_naive());
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
            let expected = expected.map(|(count, unit)| MessageArg::Ago(Ago { count, unit }));
            let shown = clock(now, &zone).ago(at(then)).map(|message| message.args[0].1.clone());
            assert_eq!(shown, expected, "{then}");
        }
    }

    #[test]
    fn what_is_weeks_old_or_ahead_of_every_clock_has_its_date() {
        let now = at("2026-11-20T12:00:00Z");
        for (then, year) in [("2026-11-06T12:00:00Z", false), ("2014-11-21T12:00:00Z", true), ("2026-11-25T12:00:00Z", false)] {
            let date = at(then).0.date_naive();
            assert_eq!(
                clock(now, &zone).ago(at(then)),
                Some(Message::new(keys::DAY_ON).with("date", MessageArg::Date { date, year }))
            );
        }
    }

    #[test]
    fn what_is_relative_has_its_date_on_paper() {
        let now = at("2026-11-20T12:00:00Z");
        let clock = clock(now, &zone);
        let with_printed_form =
            |message: Message| message.args.into_iter().find(|(name, _)| *name == crate::message::PRINTED).map(|(_, arg)| arg);
        let day = |date: &str| MessageArg::Date { date: date.parse().unwrap(), year: true };
        for days in ["2026-11-19", "2026-11-20", "2026-11-21"] {
            let written = Message::new(keys::DAY_ON).with("date", day(days));
            assert_eq!(with_printed_form(clock.day(days.parse().unwrap())), Some(written.clone().into()), "{days}");
            assert_eq!(
                with_printed_form(as_heading(clock.day(days.parse().unwrap()))),
                Some(as_heading(written).into()),
                "{days}"
            );
        }
        let written = Message::new(keys::MOMENT)
            .with("day", Message::new(keys::DAY_ON).with("date", day("2026-11-20")))
            .with("time", at("2026-11-20T05:00:00Z").0.time());
        assert_eq!(with_printed_form(clock.ago(at("2026-11-20T05:00:00Z")).unwrap()), Some(written.into()));
    }

    #[test]
    fn a_window_of_one_moment_is_that_moment() {
        let now = at("2026-11-20T12:00:00Z");
        let ten = at("2026-11-21T10:00:00Z");
        assert_eq!(clock(now, &zone).window(&Window::Times { from: ten, to: ten }).key, keys::MOMENT);
    }
}
