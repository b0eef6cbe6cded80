//! The three kinds of time on the wire: an instant, a calendar date, and a local time that has no zone.

use super::concat::concat;
use super::json::Value;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Timelike, Utc};

use super::digits::padded;
use super::lenient::Lenient;

/// Instant with the offset in which it was written (RFC 3339).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub DateTime<FixedOffset>);

impl Timestamp {
    /// Returns the instant in UTC, without its offset.
    pub fn utc(self) -> DateTime<Utc> {
        self.0.to_utc()
    }

    /// Reads RFC 3339 and drops a fraction of a second. The seconds may be missing. Returns None for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (reading, offset_min) = match text.strip_suffix(['Z', 'z']) {
            Some(reading) => (reading, 0),
            None => {
                let (reading, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
                let [hours, minutes] = numbers(offset.get(1..)?, ':')?;
                let minutes = i32::try_from(hours * 60 + minutes).ok()?;
                (
                    reading,
                    match offset.as_bytes().first()? {
                        b'+' => minutes,
                        b'-' => -minutes,
                        _ => return None,
                    },
                )
            }
        };
        let local = LocalTime::parse(reading)?;
        let offset = FixedOffset::east_opt(offset_min.checked_mul(60)?)?;
        Some(Self(local.date.and_time(local.time?).and_local_timezone(offset).single()?))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.fixed_offset())
    }
}

/// Calendar date, `YYYY-MM-DD`. It belongs to a place and is never converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

impl Date {
    /// Reads exactly `YYYY-MM-DD`. Returns None for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = numbers(text, '-')?;
        (text.len() == 10).then(|| NaiveDate::from_ymd_opt(year.cast_signed(), month, day).map(Self))?
    }
}

/// Local date and time as written by the carrier: mostly with a time, never with a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// Calendar date.
    pub date: NaiveDate,
    /// Time of day; absent if the carrier gave only a date.
    pub time: Option<NaiveTime>,
}

impl LocalTime {
    /// Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS]`, also with a space in place of `T`. Drops a fraction of a second. Returns
    /// None for any other text, such as a text with an offset.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(['T', 't', ' ']) {
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
        Some(Self { date, time: Some(NaiveTime::from_hms_opt(hour, minute, second)?) })
    }
}

fn numbers<const N: usize>(text: &str, separator: char) -> Option<[u32; N]> {
    let mut found = [0; N];
    let mut parts = text.split(separator);
    for slot in &mut found {
        let part = parts.next().filter(|part| (1..=9).contains(&part.len()))?;
        for byte in part.bytes() {
            *slot = *slot * 10 + char::from(byte).to_digit(10)?;
        }
    }
    parts.next().is_none().then_some(found)
}

impl Date {
    /// Returns the date as written in JSON.
    pub fn text(self) -> String {
        let two = |number: u32| padded(number.into(), 2);
        concat(&[&padded(u64::from(self.0.year().unsigned_abs()), 4), "-", &two(self.0.month()), "-", &two(self.0.day())])
    }
}

impl LocalTime {
    /// Returns the local time as written in JSON.
    pub fn text(self) -> String {
        let two = |number: u32| padded(number.into(), 2);
        let date = Date(self.date).text();
        match self.time {
            Some(time) => concat(&[&date, "T", &two(time.hour()), ":", &two(time.minute()), ":", &two(time.second())]),
            None => date,
        }
    }
}

impl Timestamp {
    /// Returns the instant as written in JSON, in whole seconds.
    pub fn text(self) -> String {
        let (local, offset_min) = (self.0.naive_local(), self.0.offset().local_minus_utc() / 60);
        let local = LocalTime { date: local.date(), time: Some(local.time()) }.text();
        if offset_min == 0 {
            return concat(&[&local, "Z"]);
        }
        let (sign, minutes) = (if offset_min < 0 { "-" } else { "+" }, u64::from(offset_min.unsigned_abs()));
        concat(&[&local, sign, &padded(minutes / 60, 2), ":", &padded(minutes % 60, 2)])
    }
}

macro_rules! travels_as_text {
    ($($name:ident $format:literal $example:literal),*) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.text())
            }
        }
        impl Lenient for $name {
            fn read(json: &Value) -> Option<Self> {
                json.as_str().and_then(Self::parse)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                sink.serialize_str(&self.text())
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
    fn an_instant_is_read_as_the_standard_writes_it() {
        for (text, utc) in [
            ("2026-11-20T07:30:00.123456Z", "2026-11-20T07:30:00Z"),
            ("2026-11-20t07:30:00z", "2026-11-20T07:30:00Z"),
            ("2026-11-20T00:30:00-08:00", "2026-11-20T08:30:00Z"),
            ("2026-11-20T00:30:00+05:45", "2026-11-19T18:45:00Z"),
        ] {
            assert_eq!(Timestamp::parse(text).map(|at| Timestamp::from(at.utc()).text()).as_deref(), Some(utc), "{text}");
        }
        for bad in [
            "",
            "Z",
            "2026-11-20",
            "2026-11-20Z",
            "2026-11-20T07:30:00",
            "2026-11-20T07:30:00+99:99",
            "2026-02-30T00:00:00Z",
            "é+01:00",
        ] {
            assert_eq!(Timestamp::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_read_is_written_back() {
        for text in ["2026-11-20T07:30:00Z", "2026-11-20T07:30:00+05:45", "2026-11-20T07:30:00-08:00"] {
            assert_eq!(Timestamp::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
        }
        for text in ["2026-11-20", "2026-11-20T07:30:00"] {
            assert_eq!(LocalTime::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_local_time_with_a_zone_is_refused_because_it_would_lose_it() {
        for text in ["2026-11-20T07:30:00Z", "2026-11-20T07:30:00+01:00", "2026-11-20T7:30", "2026-02-30", "+026-01-01", ""] {
            assert_eq!(LocalTime::parse(text), None, "{text}");
        }
    }
}
