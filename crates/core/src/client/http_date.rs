//! Dates of HTTP headers, in the one form that servers may send (RFC 9110, section 5.6.7).

use chrono::{DateTime, NaiveDate, Utc};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads a date such as `Fri, 20 Nov 2026 12:00:00 GMT`; the weekday is not checked.
pub fn http_date(text: &str) -> Option<DateTime<Utc>> {
    let mut parts = text.trim().split_once(',')?.1.trim_start().split(' ');
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let month = MONTHS.iter().zip(1..).find_map(|(name, number)| (*name == month).then_some(number))?;
    let year = parts.next()?.parse().ok()?;
    let mut clock = parts.next()?.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let over = parts.next() != Some("GMT") || parts.next().is_some() || clock.next().is_some();
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| !over)?;
    Some(date.and_hms_opt(hour, minute, second)?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_preferred_form_is_read() {
        assert_eq!(http_date("Fri, 20 Nov 2026 12:00:00 GMT"), Some(crate::testing::noon().utc()));
        for bad in
            ["", "Fri, 20 Nov 2026 12:00:00", "Fri, 31 Feb 2026 12:00:00 GMT", "Friday, 20-Nov-26 12:00:00 GMT", "2026-11-20"]
        {
            assert_eq!(http_date(bad), None, "{bad}");
        }
    }
}
