//! Times as the scenarios write them: relative to now, on the clock of a place, so that the demo stays current.
//!
//! `-3d 18:42` is a time of day, `-3d` a date, `-3d 18:42 ?` a time without a known zone, `2h10m ago` and `in 40m` are durations from now.
//! In a provider's payload, a time is followed by its format: `-3d 18:42 | %Y-%m-%dT%H:%M:%SZ`. A window is one time or two: `+1d`,
//! `+1d..+3d`, `+1d 10:00..12:00`, `in 40m..in 1h40m`.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Date, LocalTime, Timestamp, Window, Zone};
use doorstep_domain::tracking::new_event::NewEventTime;

/// Current time and time zone of a scenario.
#[derive(Clone, Copy)]
pub(super) struct DemoClock {
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Tz,
}

/// A time in a scenario.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Moment {
    Date(NaiveDate),
    Instant(DateTime<Tz>),
    /// A local time without a known zone.
    Unzoned(NaiveDate, NaiveTime),
}

impl DemoClock {
    /// Returns the time with the offset of the zone; a date counts as noon. Returns None if the text cannot be read.
    pub(super) fn instant(self, notation: &str) -> Option<Timestamp> {
        Some(Timestamp(match self.moment(notation)? {
            Moment::Instant(at) => at.fixed_offset(),
            Moment::Date(date) => self.at(date, NaiveTime::from_hms_opt(12, 0, 0)?)?.fixed_offset(),
            Moment::Unzoned(date, time) => self.at(date, time)?.fixed_offset(),
        }))
    }

    /// Returns the date in this zone, or None if the text cannot be read.
    pub(super) fn date(self, notation: &str) -> Option<Date> {
        Some(Date(match self.moment(notation)? {
            Moment::Date(date) | Moment::Unzoned(date, _) => date,
            Moment::Instant(at) => at.date_naive(),
        }))
    }

    /// Returns the time of a tracking event, or None if the text cannot be read.
    pub(super) fn event_time(self, notation: &str) -> Option<NewEventTime> {
        let unzoned = |date, time| NewEventTime { local: LocalTime { date, time }, offset_min: None, zone: None };
        Some(match self.moment(notation)? {
            Moment::Date(date) => unzoned(date, None),
            Moment::Unzoned(date, time) => unzoned(date, Some(time)),
            Moment::Instant(at) => {
                let local = at.naive_local();
                let offset_min = chrono::Offset::fix(at.offset()).local_minus_utc() / 60;
                let time = local.time().with_nanosecond(0);
                NewEventTime {
                    local: LocalTime { date: local.date(), time },
                    offset_min: Some(offset_min),
                    zone: Some(Zone::Explicit),
                }
            }
        })
    }

    /// Returns a window of times if both ends are times with a known zone, rounded up to five minutes as carriers do. Otherwise
    /// returns a window of days. Returns None if the text cannot be read.
    pub(super) fn window(self, notation: &str) -> Option<Window> {
        let (from, to) = notation.split_once("..").unwrap_or((notation, notation));
        // In `+1d 10:00..12:00`, the second time is on the day of the first.
        let to = match (from.split_once(' '), to.contains(':') && !to.contains(' ')) {
            (Some((day, _)), true) => format!("{day} {to}"),
            _ => to.to_owned(),
        };
        match (self.moment(from)?, self.moment(&to)?) {
            (Moment::Instant(from), Moment::Instant(to)) => {
                Some(Window::Times { from: Timestamp(rounded(from).fixed_offset()), to: Timestamp(rounded(to).fixed_offset()) })
            }
            _ => Some(Window::Days { from: self.date(from)?, to: self.date(&to)? }),
        }
    }

    /// Returns the time in the format that follows the time: `utc`, `seconds` (since the Unix epoch), or a pattern for the local
    /// time. `utc` and `seconds` need a time with a known zone. Without a format, the result is in RFC 3339. Returns None if the
    /// text cannot be read.
    pub(super) fn formatted(self, notation: &str) -> Option<String> {
        let (notation, form) =
            notation.split_once('|').map_or((notation, None), |(notation, form)| (notation, Some(form.trim())));
        let notation = notation.trim();
        let Some(form) = form else {
            return self.instant(notation).map(|at| at.to_string());
        };
        let reading = match self.moment(notation)? {
            Moment::Instant(at) if form == "utc" => return Some(at.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            Moment::Instant(at) if form == "seconds" => return Some(at.timestamp().to_string()),
            Moment::Instant(at) => at.naive_local(),
            Moment::Date(date) => date.and_time(NaiveTime::MIN),
            Moment::Unzoned(date, time) => date.and_time(time),
        };
        Some(reading.format(form).to_string())
    }

    fn moment(self, notation: &str) -> Option<Moment> {
        let here = self.now.with_timezone(&self.zone);
        let notation = notation.trim();
        if notation == "now" {
            return Some(Moment::Instant(here));
        }
        if let Some(before) = notation.strip_suffix(" ago") {
            return Some(Moment::Instant(here - duration(before)?));
        }
        if let Some(after) = notation.strip_prefix("in ") {
            return Some(Moment::Instant(match after.strip_prefix('-') {
                Some(before) => here - duration(before)?,
                None => here + duration(after)?,
            }));
        }
        let (day, time) = notation.split_once(' ').unwrap_or((notation, ""));
        let days: i64 = day.strip_suffix('d')?.parse().ok()?;
        let away = Days::new(days.unsigned_abs());
        let date = here.date_naive();
        let date = if days < 0 { date.checked_sub_days(away)? } else { date.checked_add_days(away)? };
        match (time, time.strip_suffix(" ?")) {
            ("", _) => Some(Moment::Date(date)),
            (_, Some(time)) => Some(Moment::Unzoned(date, clock(time)?)),
            (time, None) => self.at(date, clock(time)?).map(Moment::Instant),
        }
    }

    fn at(self, date: NaiveDate, time: NaiveTime) -> Option<DateTime<Tz>> {
        // A local time that the clock skips, at the start of summer time, is moved by one hour.
        let reading = date.and_time(time);
        reading
            .and_local_timezone(self.zone)
            .earliest()
            .or_else(|| (reading + TimeDelta::hours(1)).and_local_timezone(self.zone).earliest())
    }
}

fn clock(time: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(time, "%H:%M").ok()
}

/// Reads a duration such as `1h40m`, `25m` or `6h`.
fn duration(notation: &str) -> Option<TimeDelta> {
    let (hours, rest) = notation.split_once('h').unwrap_or(("0", notation));
    let minutes = if rest.is_empty() { "0" } else { rest.strip_suffix('m')? };
    TimeDelta::try_minutes(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}

fn rounded(at: DateTime<Tz>) -> DateTime<Tz> {
    let over = i64::from(at.minute() % 5 * 60 + at.second());
    let whole = at.with_nanosecond(0).unwrap_or(at);
    if over == 0 { whole } else { whole + TimeDelta::seconds(300 - over) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> DemoClock {
        DemoClock { now: "2026-11-20T14:03:10Z".parse().expect("an instant"), zone: chrono_tz::America::New_York }
    }

    #[test]
    fn moments_are_counted_on_the_clock_of_the_place() {
        for (notation, event) in [
            ("-3d 18:42", ("2026-11-17T18:42:00", Some(-300))),
            ("-3d", ("2026-11-17", None)),
            ("-3d 18:42 ?", ("2026-11-17T18:42:00", None)),
            ("2h10m ago", ("2026-11-20T06:53:10", Some(-300))),
            ("now", ("2026-11-20T09:03:10", Some(-300))),
            // This date is before the end of summer time.
            ("-25d 12:00", ("2026-10-26T12:00:00", Some(-240))),
        ] {
            let at = here().event_time(notation).expect(notation);
            assert_eq!((at.local.to_string().as_str(), at.offset_min), event, "{notation}");
        }
        for nonsense in ["", "yesterday", "3d 18", "in a minute", "-3d 25:00"] {
            assert_eq!(here().moment(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_provider_spells_a_moment_in_its_own_way() {
        for (notation, formatted) in [
            ("-3d 18:42", "2026-11-17T18:42:00-05:00"),
            ("-3d 18:42 | %Y-%m-%dT%H:%M:%SZ", "2026-11-17T18:42:00Z"),
            ("-3d 18:42 | utc", "2026-11-17T23:42:00Z"),
            ("-3d | %Y%m%d", "20261117"),
        ] {
            assert_eq!(here().formatted(notation).as_deref(), Some(formatted), "{notation}");
        }
    }

    #[test]
    fn windows_are_dates_or_times() {
        for (notation, from, to) in [
            ("+1d", "2026-11-21", "2026-11-21"),
            ("+1d..+3d", "2026-11-21", "2026-11-23"),
            ("+1d 10:00..12:00", "2026-11-21T10:00:00-05:00", "2026-11-21T12:00:00-05:00"),
            ("in 40m..in 1h40m", "2026-11-20T09:45:00-05:00", "2026-11-20T10:45:00-05:00"),
            ("in -3h..in 5h", "2026-11-20T06:05:00-05:00", "2026-11-20T14:05:00-05:00"),
        ] {
            let expected: Window = serde_json::from_value(serde_json::json!({"from": from, "to": to})).expect("a window");
            assert_eq!(here().window(notation), Some(expected), "{notation}");
        }
    }
}
