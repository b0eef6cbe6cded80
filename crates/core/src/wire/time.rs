//! The three kinds of time on the wire: an instant, a calendar date, and a local time that may know no zone.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};
use serde_json::Value;

use super::lenient::Lenient;

/// An instant with the offset it was written in (RFC 3339).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub DateTime<FixedOffset>);

impl Timestamp {
    /// The instant, without the offset it was written in.
    pub fn utc(self) -> DateTime<Utc> {
        self.0.to_utc()
    }

    /// Reads RFC 3339.
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(Self)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.fixed_offset())
    }
}

/// A calendar date, `YYYY-MM-DD`; it belongs to a place and is never converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

impl Date {
    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = numbers(text, '-')?;
        (text.len() == 10).then(|| NaiveDate::from_ymd_opt(year.cast_signed(), month, day).map(Self))?
    }
}

/// A wall-clock reading as written by the carrier: a date, mostly with a time, never with a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// The calendar date.
    pub date: NaiveDate,
    /// The time of day; absent where the carrier gave only a date.
    pub time: Option<NaiveTime>,
}

impl LocalTime {
    /// Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS]`; a fraction of a second is dropped, an offset is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(['T', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let date = Date::parse(date)?.0;
        let Some(time) = time else {
            return Some(Self { date, time: None });
        };
        let seconds = time.split_once('.').map_or(time, |(whole, _)| whole);
        let [hour, minute, second] = match seconds.len() {
            5 => numbers(seconds, ':').map(|[hour, minute]| [hour, minute, 0])?,
            8 => numbers(seconds, ':')?,
            _ => return None,
        };
        Some(Self {
            date,
            time: Some(NaiveTime::from_hms_opt(hour, minute, second)?),
        })
    }
}

fn numbers<const N: usize>(text: &str, separator: char) -> Option<[u32; N]> {
    let mut found = [0; N];
    let mut parts = text.split(separator);
    for slot in &mut found {
        let part = parts.next()?;
        if !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

impl std::fmt::Display for Date {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use chrono::Datelike;
        write!(out, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl std::fmt::Display for LocalTime {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use chrono::Timelike;
        write!(out, "{}", Date(self.date))?;
        match self.time {
            Some(time) => write!(out, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()),
            None => Ok(()),
        }
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let local = self.0.naive_local();
        let offset_min = self.0.offset().local_minus_utc() / 60;
        write!(
            out,
            "{}",
            LocalTime {
                date: local.date(),
                time: Some(local.time())
            }
        )?;
        if offset_min == 0 {
            return write!(out, "Z");
        }
        let sign = if offset_min < 0 { '-' } else { '+' };
        write!(out, "{sign}{:02}:{:02}", offset_min.abs() / 60, offset_min.abs() % 60)
    }
}

macro_rules! travels_as_text {
    ($($name:ident $format:literal $example:literal),*) => {$(
        impl Lenient for $name {
            fn read(json: &Value) -> Option<Self> {
                json.as_str().and_then(Self::parse)
            }
        }
        impl super::lenient::Field for $name {
            fn take(json: Option<&Value>) -> Option<Self> {
                json.and_then(Self::read)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                sink.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(source)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom(concat!("must be written like ", $example)))
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::SchemaFormat::Custom($format.to_owned())))
                    .examples([$example])
                    .into()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )*};
}
travels_as_text!(
    Timestamp "date-time" "2026-11-20T07:30:00+00:00",
    Date "date" "2026-11-20",
    LocalTime "local-date-time" "2026-11-20T07:30:00"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_back() {
        for text in [
            "2026-11-20T07:30:00Z",
            "2026-11-20T07:30:00+05:45",
            "2026-11-20T07:30:00-08:00",
        ] {
            assert_eq!(Timestamp::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
        }
        for text in ["2026-11-20", "2026-11-20T07:30:00"] {
            assert_eq!(LocalTime::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_local_time_with_a_zone_is_refused_because_it_would_lose_it() {
        for text in [
            "2026-11-20T07:30:00Z",
            "2026-11-20T07:30:00+01:00",
            "2026-11-20T7:30",
            "2026-02-30",
            "+026-01-01",
            "",
        ] {
            assert_eq!(LocalTime::parse(text), None, "{text}");
        }
    }
}
